import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { createFlows } from '../../../flows/index.ts'
import { compileFlows, examplePeople } from '../../../flows/kit/compile.ts'
import { walk } from '../../../flows/kit/walk.ts'
import type { Language } from '../../../flows/kit/words.ts'
import { parseInstrument } from '../../../flows/survey/instrument.ts'
import { loadLocales } from '../../../src/i18n/load.ts'
import { wordsOf } from '../../../src/i18n/words.ts'
import { renderScreen } from '../../../src/telegram/render.ts'
import { smallInstrument } from '../../support/instruments.ts'

/** Made up for this test: what one would put into a new YAML file and three locale files. */
const yaml = `
id: objects
version: 1
scoring: choice
scales: [nature, technics, art]
items:
  - { id: p1, options: [nature, technics] }
  - { id: p2, options: [technics, art] }
  - { id: p3, options: [art, nature] }
forms: { quick: [p1, p2, p3], rest: [] }
`
const namespace = {
  name: 'Objects',
  about: 'A test.',
  picture: 'A picture',
  lead: { clear: '{{first}}', likely: '{{first}}, then {{second}}', close: '{{names}}' },
  liked: '{{items}}',
  card: 'A card',
  items: { p1: 'One?', p2: 'Two?', p3: 'Three?' },
  options: { p1: { 1: 'a', 2: 'b' }, p2: { 1: 'c', 2: 'd' }, p3: { 1: 'e', 2: 'f' } },
  scales: Object.fromEntries(
    ['nature', 'technics', 'art'].map((scale) => [
      scale,
      { name: scale, next: { school: scale, study: scale, work: scale } },
    ]),
  ),
}

test('a new instrument is data alone: one YAML file and one namespace a language', async () => {
  const instrument = parseInstrument(parse(yaml))
  const flows = createFlows({ instruments: [smallInstrument, instrument] })
  compileFlows(flows)
  const locales = await loadLocales(new URL('../../../locales/', import.meta.url))
  const added = (language: Language) => ({ ...locales[language], objects: namespace })
  const words = wordsOf({ kk: added('kk'), ru: added('ru'), en: added('en') }, { strict: true })
  const survey = flows.find(({ id }) => id === 'survey')
  if (survey === undefined) throw new Error('no survey')
  const places = examplePeople().flatMap((person) => walk(survey, person).map((place) => ({ ...place, person })))
  expect(new Set(places.map(({ state }) => state))).toContain('choosing')
  const seen = places.map(({ screen, person }) => {
    const showing = { chatId: 1, revision: 1, screen, person, fresh: true }
    return renderScreen(showing, words, person.language)
  })
  expect(seen.some(({ html }) => html.includes('Three?'))).toBe(true)
  expect(seen.flatMap(({ keyboard }) => keyboard.flat().map(({ text }) => text))).toContain('Objects')
})
