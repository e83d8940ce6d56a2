import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { foldText } from '../../../flows/common/letters.ts'
import { createDangerCheck } from '../../../flows/help/danger.ts'

const languages = ['kk', 'ru', 'en']
const texts = z.record(z.string(), z.array(z.string()))
const cases = z
  .object({ caught: texts, harmless: texts })
  .parse(parse(readFileSync(new URL('danger.cases.yaml', import.meta.url), 'utf8')))

const phrases = languages.flatMap(
  (language) => readLocale(language, 'danger', z.object({ phrases: z.array(z.string()) })).phrases,
)
const isDanger = createDangerCheck(phrases)

function readLocale<Schema extends z.ZodType>(language: string, namespace: string, schema: Schema): z.infer<Schema> {
  const file = new URL(`../../../locales/${language}/${namespace}.json`, import.meta.url)
  return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
}

describe('messages that open the help screen', () => {
  for (const [language, messages] of Object.entries(cases.caught)) {
    test.each(messages)(`${language}: %s`, (message) => expect(isDanger(message)).toBe(true))
  }
})

describe('messages that do not', () => {
  for (const [language, messages] of Object.entries(cases.harmless)) {
    test.each(messages)(`${language}: %s`, (message) => expect(isDanger(message)).toBe(false))
  }

  test.each(languages)('the activities of the interest survey (%s)', (language) => {
    const { items } = readLocale(language, 'riasec', z.object({ items: z.record(z.string(), z.string()) }))
    expect(Object.values(items).filter(isDanger)).toEqual([])
  })
})

describe('the surroundings of a phrase do not hide it', () => {
  const long = 'мен дәрігер болғым келеді, не знаю куда пойти учиться. '.repeat(70)

  test.each([
    ['emoji', '😭😭өлгім келеді💔'],
    ['punctuation between words', 'хочу... умереть'],
    ['several spaces and lines', 'хочу\n\n   умереть'],
    ['a long message', `${long} мені ұрады ${long}`],
    ['zero-width characters', 'хо\u200bчу уме\u200bреть'],
    ['accents put on letters', 'хо\u0301чу умере\u0301ть'],
    ['full-width letters', 'ｋｉｌｌ ｍｙｓｅｌｆ'],
    ['digits for letters', 'хочу умереть'.replaceAll('о', '0')],
    ['Latin look-alikes', 'xочу yмeрeть'],
    ['harmless words in the same message', 'не хочу жить в общежитии, не хочу жить'],
  ])('%s', (_, message) => expect(isDanger(message)).toBe(true))
})

describe('foldText', () => {
  test.each([
    ['Өмір сүргім келмейді', 'омир сургим келмейди'],
    ['ҚАҢҒЫП һәм Ұлан', 'кангып хам улан'],
    ['Ёлка, ещё!', 'елка еще'],
    ['  a -- b\n\tc ', 'a b c'],
    ['умрууууу', 'умру'],
    ['с у и ц и д', 'суицид'],
    ["don't", 'dont'],
    ['Ölgim', 'olgim'],
    ['умереть', 'умереть'],
    ['yмeреть', 'умереть'],
    ['su1c1de', 'suicide'],
    ['5б, 9а класс 2026', '5б 9а клас 2026'],
    ['😭', ''],
  ])('%j becomes %j', (text, folded) => expect(foldText(text)).toBe(folded))

  test.each(phrases.slice(0, 20))('folding twice changes nothing: %s', (phrase) => {
    expect(foldText(foldText(phrase))).toBe(foldText(phrase))
  })
})

describe('how a phrase is written', () => {
  test.each([
    ['стем*', 'стемнело', true],
    ['стем*', 'система стемов', true],
    ['стем*', 'подстем', false],
    ['слово', 'слова', false],
    ['один|два кот', 'два кот', true],
    ['один ~ два', 'один', false],
    ['один ~ два', 'один два', true],
    ['один ~ два', 'один бир еки уш торт два', true],
    ['один ~ два', 'один бир еки уш торт бес два', false],
    ['^ слово', 'это слово', false],
    ['слово $', 'слово есть', false],
    ['^ слово $', 'Слово!', true],
  ])('%s in "%s": %s', (phrase, message, expected) => expect(createDangerCheck([phrase])(message)).toBe(expected))

  test('a harmless phrase covers its own words only', () => {
    const check = createDangerCheck(['бить', '!бить рекорд*'])
    expect(check('бить рекорды')).toBe(false)
    expect(check('бить рекорды и бить')).toBe(true)
  })

  test('no phrases, no danger', () => expect(createDangerCheck([])('хочу умереть')).toBe(false))

  test.each(['', '~ слово', 'слово ~', 'а*', 'слово ***', '^ $', 'два-слова'])(
    '%j is refused with a reason',
    (phrase) => {
      expect(() => createDangerCheck([phrase])).toThrow(/Danger phrase/)
    },
  )
})
