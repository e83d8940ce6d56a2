import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { localeTexts, wordingProblems, wordingRules } from '../support/wording.ts'

const languages = ['kk', 'ru', 'en'] as const
const scales = ['R', 'I', 'A', 'S', 'E', 'C']
const itemKeys = scales.flatMap((scale) => [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `${scale}${number}`))
const next = z.strictObject({ school: z.string(), study: z.string(), work: z.string() })
const scale = z.strictObject({ name: z.string(), next })
const ofEachAnswer = z.strictObject({ 1: z.string(), 2: z.string(), 3: z.string(), 4: z.string(), 5: z.string() })
const words = z.strictObject({
  name: z.string(),
  about: z.string(),
  sample: z.string(),
  rate: ofEachAnswer,
  meaning: ofEachAnswer,
  said: ofEachAnswer,
  ends: z.strictObject({ low: z.string(), high: z.string() }),
  picture: z.string(),
  lead: z.strictObject({
    clear: z.string(),
    likely: z.string(),
    close: z.string(),
    faint: z.string(),
  }),
  flat: z.strictObject({ high: z.string(), low: z.string() }),
  liked: z.string(),
  card: z.string(),
  items: z.record(z.string(), z.string()),
  scales: z.record(z.string(), scale),
})

function read(language: string, namespace: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../locales/${language}/${namespace}.json`, import.meta.url), 'utf8'))
}

describe.each(languages)('the words of the interest survey in %s', (language) => {
  const riasec = words.parse(read(language, 'riasec'))
  const items = Object.values(riasec.items)

  test('are the 48 activities and the six scales', () => {
    expect(Object.keys(riasec.items)).toEqual(itemKeys)
    expect(Object.keys(riasec.scales)).toEqual(scales)
  })

  test('fit their places: an activity 110 characters, the name of a scale 22', () => {
    expect(items.filter((item) => item.length > 110)).toEqual([])
    expect(Object.values(riasec.scales).filter(({ name }) => name.length > 22)).toEqual([])
  })

  test('name no activity or scale twice', () => {
    const said = Object.values(riasec.scales).flatMap((one) => localeTexts(one).map(({ text }) => text))
    const lower = [...items, ...said].map((text) => text.toLowerCase())
    expect(lower.filter((text, at) => lower.indexOf(text) !== at)).toEqual([])
  })

  test('are phrases without stray spaces, empty texts or a full stop after an activity', () => {
    const texts = localeTexts(riasec).map(({ text }) => text)
    expect(texts.filter((text) => text === '' || text !== text.trim() || text.includes('  '))).toEqual([])
    expect(items.filter((item) => /[.!?]$/.test(item))).toEqual([])
  })

  test('keep to the wording rules', () => {
    const problems = localeTexts(riasec).flatMap(({ key, text }) =>
      wordingProblems(language, text).map((problem) => `${key}: ${problem}`),
    )
    expect(problems).toEqual([])
  })
})

test('each Kazakh activity is a verbal noun, so that one question fits them all', () => {
  const { items } = words.parse(read('kk', 'riasec'))
  expect(Object.values(items).filter((item) => !/[ую]$/.test(item))).toEqual([])
})

describe('the help screens', () => {
  test.each(['ru', 'en'])('have the same keys in %s as in kk', (language) => {
    const keys = (of: string) => localeTexts(read(of, 'help')).map(({ key }) => key)
    expect(keys(language)).toEqual(keys('kk'))
  })

  test.each(languages)(
    'name the people who can be reached, carry the attribution and hurry nobody (%s)',
    (language) => {
      const texts = localeTexts(read(language, 'help'))
      const words = (name: string) => texts.find(({ key }) => key === name)?.text ?? ''
      for (const number of ['111', '150', '112']) expect(words(`lines.${number}`)).toContain(`<b>${number}</b>`)
      expect(words('danger.text')).not.toContain('?')
      expect(words('warm')).toMatch(/111.*150/)
      expect(texts.find(({ key }) => key === 'attribution')?.text).toMatch(/O\*NET 29\.3.*CC BY 4\.0/s)
      expect(texts.filter(({ text }) => /<(?!\/?[bi]>)/.test(text))).toEqual([])
      expect(texts.flatMap(({ text }) => wordingProblems(language, text))).toEqual([])
    },
  )
})

describe('the wording rules themselves', () => {
  const examples = Object.entries(wordingRules).flatMap(([rule, texts]) =>
    languages.flatMap((language) => texts[language].finds.map((text) => [rule, language, text] as const)),
  )

  test.each(examples)('%s in %s is found in "%s"', (rule, language, text) => {
    expect(wordingProblems(language, text).filter((problem) => problem.startsWith(`${rule}:`))).not.toEqual([])
  })
})
