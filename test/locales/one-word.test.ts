import { describe, expect, test } from 'vitest'
import { loadLocales } from '../../src/i18n/load.ts'
import { localeTexts } from '../support/wording.ts'

/** Lists of what people write, in whatever words they have for it. */
const written = /:(called|said)\.|^search:(fillers|workWords|questionWords|becoming)$/

const locales = await loadLocales(new URL('../../locales/', import.meta.url))

/** Words that were used for two things, or for one thing that has another word; with the word to use. */
const replaced = {
  kk: [
    [/(?<!к)өшір/iu, 'жою (delete), тоқтату (switch off)'],
    [/еске салу(лар|ы)|бұл еске салу/iu, 'еске салғыш (a reminder)'],
    [/бұйрық/iu, 'команда'],
    [/хабар(?!лама|ландыру|лас)/iu, 'хабарлама (a message), хабарландыру (a notice)'],
    [/ешкім көрмей/iu, 'ешкімге көрсетпеймін: who runs the bot has the key'],
  ],
  ru: [
    [/напоминалк/iu, 'напоминание'],
    [/никто (другой |его )?не (вид|увид)|не видит никто/iu, 'никому не показываю: who runs the bot has the key'],
    [/—/u, 'no dashes as a mannerism'],
  ],
  en: [
    [/\bgo on\b/iu, 'continue'],
    [/\bswitch(ed)? (on|off)\b/iu, 'turn on, turn off'],
    [/nobody (else |but you )?sees/iu, 'I show it to nobody: who runs the bot has the key'],
    [/—/u, 'no dashes as a mannerism'],
  ],
} as const satisfies Record<'kk' | 'ru' | 'en', readonly (readonly [RegExp, string])[]>

describe.each(['kk', 'ru', 'en'] as const)('in %s one thing has one word', (language) => {
  const texts = Object.entries(locales[language]).flatMap(([namespace, tree]) =>
    localeTexts(tree)
      .map(({ key, text }) => ({ key: `${namespace}:${key}`, text }))
      .filter(({ key }) => !written.test(key)),
  )

  test.each([...replaced[language]])('%s is not used: %s', (word) => {
    expect(texts.filter(({ text }) => word.test(text))).toEqual([])
  })
})

test('in Kazakh a notice is a хабарландыру, and work that is advertised never is one alone', () => {
  const ofNotices = /^(alerts:(muted|hours\.quiet)|fairmaking:(confirming\.told|publishing\.how|cancelling\.how_\w+))$/
  const namespaces = ['vacancies', 'alerts', 'applications', 'offers', 'reviews', 'fairs', 'fairmaking', 'sources']
  const texts = namespaces.flatMap((namespace) =>
    localeTexts(locales.kk[namespace] ?? {}).map(({ key, text }) => ({ key: `${namespace}:${key}`, text })),
  )
  const alone = /(?<!жұмыс )хабарландыру/iu
  const notices = texts.filter(({ key }) => ofNotices.test(key))
  expect(notices.length).toBeGreaterThan(5)
  expect(notices.filter(({ text }) => !alone.test(text))).toEqual([])
  expect(texts.filter(({ key, text }) => !written.test(key) && !ofNotices.test(key) && alone.test(text))).toEqual([])
})

test.each(['kk', 'ru', 'en'] as const)(
  'what is kept is listed once and put in wherever it is said (%s)',
  (language) => {
    const trees = Object.values(locales[language]).flatMap((tree) => localeTexts(tree))
    const all = trees.filter(({ key }) => !key.startsWith('called.'))
    const listing = { kk: /тыныш уақыт,/u, ru: /тихие часы,/u, en: /quiet hours,/u }[language]
    expect(all.filter(({ text }) => listing.test(text)).map(({ key }) => key)).toEqual(['keptRest'])
  },
)
