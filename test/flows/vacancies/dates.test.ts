import { describe, expect, test } from 'vitest'
import { createDateReader } from '../../../flows/vacancies/normalise/dates.ts'
import { readVacancyWords } from '../../../src/capabilities/vacancies/terms.ts'
import { root } from '../../../src/config.ts'
import { rowsOf } from './words.ts'

const read = createDateReader((await readVacancyWords(root)).dates)
const now = Date.UTC(2026, 10, 25, 7)
const written = (at: number | null) => (at === null ? null : new Date(at).toISOString())

describe('a date is read', () => {
  test.each(rowsOf('dates.tsv'))('%s', (text = '', start, end) => {
    expect(written(read(text, 'start', now))).toBe(start || null)
    expect(written(read(text, 'end', now))).toBe(end || null)
  })
})
