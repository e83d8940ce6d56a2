import { describe, expect, test } from 'vitest'
import type { Locales } from '../../src/i18n/load.ts'
import { createWords, wordsOf } from '../../src/i18n/words.ts'

const locales: Locales = {
  kk: {
    home: {
      title: '<b>Сәлем</b> &amp; рақмет',
      hello: 'Сәлем, <b>{{name}}</b>!',
      days_one: '{{count}} күн',
      days_other: '{{count}} күн',
      only: 'тек қазақша',
    },
  },
  ru: {
    home: {
      title: '<b>Привет</b>',
      hello: 'Привет, <b>{{name}}</b>!',
      days_one: '{{count}} день',
      days_few: '{{count}} дня',
      days_many: '{{count}} дней',
      days_other: '{{count}} дня',
    },
  },
  en: {
    home: {
      title: '<b>Hello</b>',
      hello: 'Hello, <b>{{name}}</b>!',
      days_zero: 'no days',
      days_one: 'one day',
      days_other: '{{count}} days',
    },
  },
}
const strict = wordsOf(locales, { strict: true })

describe('values', () => {
  const hello = (name: string) => strict.render({ key: 'home:hello', values: { name } }, 'en')

  test('escapes foreign text and keeps the markup of the locale', () => {
    expect(hello('<b>"A & B"</b>')).toBe('Hello, <b>&lt;b&gt;&quot;A &amp; B&quot;&lt;/b&gt;</b>!')
  })

  test('takes places, nesting and patterns in foreign text for what they are: text', () => {
    for (const name of ['{{name}}', '{{other}}', '$t(home:title)', '$1$$ $`', '{{- name}}']) {
      expect(hello(name)).toBe(`Hello, <b>${name}</b>!`)
    }
  })

  test('renders messages, catalogue words, moments, numbers and lists in the language of the reader', () => {
    const say = (
      name: NonNullable<Parameters<typeof strict.render>[0]['values']>[string],
      language: 'kk' | 'ru' | 'en',
    ) => strict.plain({ key: 'home:hello', values: { name } }, language)
    expect(strict.render({ key: 'home:hello', values: { name: { key: 'home:title' } } }, 'ru')).toBe(
      'Привет, <b><b>Привет</b></b>!',
    )
    expect(say({ kk: 'дәрігер', ru: 'врач', en: 'a <doctor>' }, 'en')).toBe('Hello, a <doctor>!')
    expect(say([1, 'b', { key: 'home:days', values: { count: 2 } }], 'ru')).toBe('Привет, 1, b, 2 дня!')
    const moment = { moment: 0, zone: 'Asia/Almaty', style: 'datetime' } as const
    expect(say(moment, 'kk')).toBe('Сәлем, 1970 ж. 1 қаңтар, 06:00!')
    expect(say({ ...moment, style: 'date' }, 'ru')).toBe('Привет, 1 января 1970 г.!')
    expect(say({ ...moment, style: 'time' }, 'en')).toBe('Hello, 06:00!')
    expect(say(2026, 'en')).toBe('Hello, 2026!')
    expect(say(85_000, 'en')).toBe('Hello, 85,000!')
  })

  test('chooses the plural form of the language, and words for zero where there are some', () => {
    const days = (count: number, language: 'kk' | 'ru' | 'en') =>
      strict.render({ key: 'home:days', values: { count } }, language)
    expect([1, 2, 5, 21, 0].map((count) => days(count, 'ru'))).toEqual([
      '1 день',
      '2 дня',
      '5 дней',
      '21 день',
      '0 дней',
    ])
    expect([0, 1, 2].map((count) => days(count, 'en'))).toEqual(['no days', 'one day', '2 days'])
    expect(days(7, 'kk')).toBe('7 күн')
  })
})

describe('plain', () => {
  test('drops markup and turns entities back', () => {
    expect(strict.plain({ key: 'home:title' }, 'kk')).toBe('Сәлем & рақмет')
    expect(strict.plain({ key: 'home:hello', values: { name: 'a<b>&quot;' } }, 'en')).toBe('Hello, a<b>&quot;!')
  })
})

describe('missing words', () => {
  test('throw where strict, naming the file and the key', () => {
    expect(() => strict.render({ key: 'home:only' }, 'ru')).toThrow('locales/ru/home.json: only is missing')
    expect(() => strict.render({ key: 'home:hello', values: {} }, 'ru')).toThrow('{{name}} in home:hello')
  })

  test('fall back to another language otherwise and are reported once', () => {
    const problems: string[] = []
    const lenient = wordsOf(locales, { onMissing: (problem) => problems.push(problem) })
    expect(lenient.render({ key: 'home:only' }, 'ru')).toBe('тек қазақша')
    expect(lenient.render({ key: 'home:only', values: {} }, 'ru')).toBe('тек қазақша')
    expect(lenient.render({ key: 'home:nowhere.<x>' }, 'en')).toBe('home:nowhere.&lt;x&gt;')
    expect(lenient.render({ key: 'home:hello', values: {} }, 'en')).toBe('Hello, <b></b>!')
    expect(problems).toHaveLength(5)
  })
})

test('loads the project’s own folder', async () => {
  const words = await createWords(new URL('../../locales/', import.meta.url), { strict: true })
  expect(words.plain({ key: 'telegram:bot.name' }, 'kk')).toBe('Серік')
  expect(words.has('telegram:bot.name', 'en')).toBe(true)
  expect(words.has('telegram:bot.nothing', 'en')).toBe(false)
})
