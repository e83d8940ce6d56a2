import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLanguageOf, lineOf, pagesOf, plainOf } from '../../../flows/vacancies/normalise/text.ts'
import { longest } from '../../../flows/vacancies/vacancy.ts'
import { readVacancyWords } from '../../../src/capabilities/vacancies/terms.ts'
import { root } from '../../../src/config.ts'

describe('marks of HTML become plain paragraphs', () => {
  test.each([
    ['<p>Один</p><p>Два</p>', 'Один\n\nДва'],
    ['Один<br>Два<br/>Три', 'Один\nДва\nТри'],
    ['<ul><li>Один</li><li>Два</li></ul>Три', '• Один\n• Два\nТри'],
    ['<p>Талаптар:</p><ul><li>Тәжірибе</li></ul>', 'Талаптар:\n• Тәжірибе'],
    ['<highlighttext>Повар</highlighttext> в кафе', 'Повар в кафе'],
    ['a<script>alert(1)</script>b<style>p{}</style>c', 'abc'],
    ['<script>не закрыт', ''],
    ['&lt;b&gt;не тег&lt;/b&gt; &amp; &quot;да&quot; &#1087;', 'не тег & "да" п'],
    ['Зарплата < 200 000 и > 100 000', 'Зарплата < 200 000 и > 100 000'],
    ['ТОО A&B', 'ТОО A&B'],
    ['- Один\n- Два\n* Три', '• Один\n• Два\n• Три'],
    ['Один\r\n\r\n\r\n\r\nДва', 'Один\n\nДва'],
    ['Один\u00a0\u2009два\u0000\u200b', 'Один два'],
    ['<div>Один<div>Два', 'Один\nДва'],
    ['<p class="a" onclick="x>y">Один</p', 'Один'],
    ['<!-- нет --><b>Да</b>', 'Да'],
    ['<table><tr><td>Один</td><td>Два</td></tr></table>', 'Один Два'],
    ['2 < 3', '2 < 3'],
    ['', ''],
  ])('%s', (text, expected) => {
    expect(plainOf(text)).toBe(expected)
  })
})

test('no text is longer than one may be, and none has a half of a letter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 2, max: 80 }), (text, most) => {
      for (const read of [plainOf(text, most), lineOf(text, most)]) {
        expect(read.length).toBeLessThanOrEqual(most)
        expect(read.isWellFormed()).toBe(true)
      }
    }),
  )
  expect(plainOf('слово '.repeat(100_000)).length).toBeLessThanOrEqual(longest.description)
})

describe('a long text in pages', () => {
  test('ends with paragraphs, else sentences, else words', () => {
    expect(pagesOf('Первый абзац.\n\nВторой абзац.', 20)).toEqual(['Первый абзац.', 'Второй абзац.'])
    expect(pagesOf('Первое предложение. Второе предложение.', 25)).toEqual([
      'Первое предложение.',
      'Второе предложение.',
    ])
    expect(pagesOf('слово слово слово', 12)).toEqual(['слово слово', 'слово'])
    expect(pagesOf('я'.repeat(25), 10)).toEqual(['я'.repeat(10), 'я'.repeat(10), 'я'.repeat(5)])
    expect(pagesOf('', 10)).toEqual([])
  })

  test('loses no word, and no page is longer than it may be', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'я', ' ', '\n', '. ', '🙂'), maxLength: 300 }), (text) => {
        const pages = pagesOf(text, 20)
        expect(pages.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
        for (const page of pages) expect(page.length).toBeLessThanOrEqual(20)
      }),
    )
  })
})

describe('the language of a text is told', async () => {
  const languageOf = createLanguageOf((await readVacancyWords(root)).titles.languages)
  test.each([
    ['Требуется повар в столовую, опыт не обязателен', 'ru'],
    ['Асханаға аспаз керек, жұмыс тәжірибесі міндетті емес', 'kk'],
    ['Дукенге сатушы керек, жумыс уакыты 9-18', 'kk'],
    ['We are looking for a cook with experience', 'en'],
    ['Водитель', 'ru'],
    ['Жүргізуші', 'kk'],
    ['Waiter', 'en'],
    ['ТОО «Қазақстан темір жолы» приглашает на работу слесаря, опыт работы от года', 'ru'],
    ['12345', null],
    ['', null],
  ])('%s', (text, expected) => {
    expect(languageOf(text)).toBe(expected)
  })
})
