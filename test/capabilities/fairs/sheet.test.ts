import { expect, test } from 'vitest'
import { exampleFair, exampleStand } from '../../../flows/fairs/fair.ts'
import { sheetName, sheetOf } from '../../../src/capabilities/fairs/sheet.ts'
import { readWords } from '../../support/words.ts'

const words = await readWords()

test('the sheet of a stand holds times and numbers, and nothing that could be markup of others', () => {
  const fair = { ...exampleFair(), title: '<b>Үлгі</b>' }
  const slots = [{ from: fair.startsAt, to: fair.startsAt + 20 * 60_000, taken: 1 }]
  const figures = { fair, stand: { ...exampleStand, employer: 'A & B <script>' }, slots }
  const html = new TextDecoder().decode(sheetOf(figures, words, 'kk'))
  expect(html).toContain('<td>10:00–10:20</td><td>1 / 2</td>')
  expect(html).toContain('A &amp; B &lt;script&gt;')
  expect(html).not.toMatch(/<script|<b>Үлгі/)
  expect(sheetName(figures, words, 'ru')).toBe('A B script 20 января 2026 г.html')
})
