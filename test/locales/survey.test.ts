import { describe, expect, test } from 'vitest'
import { languages } from '../../flows/kit/words.ts'
import { loadLocales } from '../../src/i18n/load.ts'
import { localeTexts, wordingProblems } from '../support/wording.ts'

const locales = await loadLocales(new URL('../../locales/', import.meta.url))

describe.each(languages)('the words about results in %s', (language) => {
  const told = ['survey', 'professions', 'home'].flatMap((namespace) =>
    localeTexts(locales[language][namespace]).map(({ key, text }) => ({ key: `${namespace}:${key}`, text })),
  )
  const textOf = (key: string) => told.find((one) => one.key === `survey:${key}`)?.text ?? ''

  test('keep to the wording rules', () => {
    expect(
      told.flatMap(({ key, text }) => wordingProblems(language, text).map((problem) => `${key}: ${problem}`)),
    ).toEqual([])
  })

  test('show no per cent', () => {
    expect(told.filter(({ text }) => /%|пайыз|процент|per ?cent/iu.test(text))).toEqual([])
  })

  test('put a face on each answer, and say what it means beside it', () => {
    const own = (key: string) => localeTexts(locales[language].riasec).find((one) => one.key === key)?.text ?? ''
    const faces = [1, 2, 3, 4, 5].map((value) => own(`rate.${value}`))
    expect(new Set(faces).size).toBe(5)
    expect(faces.filter((face) => /\p{L}/u.test(face))).toEqual([])
    for (const [place, face] of faces.entries())
      expect(own(`meaning.${place + 1}`)).toMatch(new RegExp(`^${face} \\p{L}`, 'u'))
  })

  test('explain the mark of what holds, and for whom the figures hold', () => {
    expect(textOf('family.holds').startsWith('★ {{')).toBe(true)
    expect(textOf('family.legend').startsWith('★')).toBe(true)
    expect(locales[language].riasec?.sample).toMatch(
      { kk: /АҚШ.*Қазақстан/u, ru: /США.*Казахстан/u, en: /US.*Kazakhstan/u }[language],
    )
  })

  test('say that the picture can change', () => {
    for (const key of ['result.changes', 'undifferentiated.text']) {
      expect(textOf(key)).toMatch({ kk: /Бір жыл/u, ru: /Через год/u, en: /In a year/u }[language])
    }
  })
})

test('puts the same faces on the answers in every language', () => {
  const [kk, ru, en] = languages.map((language) => locales[language].riasec?.rate)
  expect(ru).toEqual(kk)
  expect(en).toEqual(kk)
})

test('addresses everybody in Russian without a gender in brackets', () => {
  const texts = Object.entries(locales.ru).flatMap(([namespace, tree]) =>
    localeTexts(tree).map(({ key, text }) => ({ key: `${namespace}:${key}`, text })),
  )
  expect(texts.filter(({ text }) => /\p{L}\([аи]\)|ый\/ая|\bрад\b/u.test(text))).toEqual([])
})
