import { describe, expect, test } from 'vitest'
import type { Language } from '../../flows/kit/words.ts'
import { checkLocales, checkWords } from '../../src/i18n/check.ts'
import type { LocaleTree } from '../../src/i18n/load.ts'

test('finds nothing wrong with the words of the project', async () => {
  expect(await checkLocales(new URL('../../locales/', import.meta.url))).toEqual([])
})

describe('the checker', () => {
  const check = (one: LocaleTree, changed: Partial<Record<Language, LocaleTree>> = {}) =>
    checkWords({ kk: { a: changed.kk ?? one }, ru: { a: changed.ru ?? one }, en: { a: changed.en ?? one } }).map(
      ({ language, key, problem }) => `${language} ${key} ${problem}`,
    )

  test('accepts good words', () => {
    expect(check({ a: '<b>x</b> {{n}} &amp; <a href="https://x.kz/?a=1&amp;b=2">y</a>', g: { h: 'x' } })).toEqual([])
  })

  test('finds keys that are missing in one language', () => {
    expect(check({ a: 'x', g: { h: 'y' } }, { ru: { a: 'x' } })).toEqual(['ru g.h is missing: add the words'])
  })

  test('finds places that differ', () => {
    expect(check({ a: '{{n}}' }, { en: { a: '{{m}}' } })).toHaveLength(3)
  })

  test('wants the plural forms of each language', () => {
    const forms = { d_one: '{{count}} x', d_other: '{{count}} x' }
    expect(check(forms)).toEqual([
      'ru d lacks the plural form _few, which the language has',
      'ru d lacks the plural form _many, which the language has',
    ])
    const russian = { ...forms, d_few: '{{count}} x', d_many: '{{count}} x' }
    expect(check(forms, { ru: russian })).toEqual([])
    expect(check(russian)).toHaveLength(4)
    expect(check({ ...forms, d_one: 'one', d_zero: 'none' }, { ru: russian })).toEqual([])
    expect(check({ the_one: 'a name that only looks like a form' })).toEqual([])
  })

  test.each([
    ['', 'is empty'],
    ['<b>x', 'does not close'],
    ['<b><i>x</b></i>', 'closes </b>'],
    ['<p>x</p>', 'is not allowed'],
    ['<b class="x">x</b>', 'wrong attributes'],
    ['<a href=x>x</a>', 'wrong attributes'],
    ['a < b', 'bare'],
    ['a & b', 'bare'],
  ])('finds what is wrong in %j', (text, problem) => {
    expect(check({ a: text }).every((found) => found.includes(problem))).toBe(true)
    expect(check({ a: text })).toHaveLength(3)
  })
})
