import { describe, expect, test } from 'vitest'
import { createPayReader } from '../../../flows/vacancies/normalise/pay.ts'
import { readVacancyWords } from '../../../src/capabilities/vacancies/terms.ts'
import { root } from '../../../src/config.ts'
import { rowsOf } from './words.ts'

const pay = createPayReader((await readVacancyWords(root)).pay)
const nothing = { salary: null, salaryFrom: null, salaryTo: null, currency: null, gross: null, salaryPeriod: null }

function told(reading: ReturnType<typeof pay.read>) {
  return reading.type === 'pay'
    ? [reading.pay.min, reading.pay.max, reading.pay.currency, reading.pay.tax, reading.pay.period]
    : null
}

const number = (cell: string | undefined) => (cell ? Number(cell) : null)

describe('pay is read from one text', () => {
  test.each(rowsOf('pay.tsv'))('%s', (text, min, max, currency, tax, period) => {
    const expected = currency ? [number(min), number(max), currency, tax || null, period] : null
    expect(told(pay.read({ ...nothing, salary: text ?? '' }))).toEqual(expected)
  })
})

describe('pay is read from its parts', () => {
  test.each([
    [
      { salaryFrom: '200000', salaryTo: '300000', currency: 'KZT', gross: 'true' },
      [200_000, 300_000, 'KZT', 'gross', 'month'],
    ],
    [{ salaryFrom: '200000', currency: 'KZT', gross: 'false' }, [200_000, null, 'KZT', 'net', 'month']],
    [{ salaryTo: '300 000' }, [null, 300_000, 'KZT', null, 'month']],
    [{ salaryFrom: '300000', salaryTo: '200000' }, [200_000, 300_000, 'KZT', null, 'month']],
    [{ salaryFrom: '500', salaryTo: '700', currency: 'USD' }, [500, 700, 'USD', null, 'month']],
    [{ salaryFrom: '1000', currency: 'RUR' }, [1000, null, 'RUB', null, 'month']],
    [{ salaryFrom: '1500', salaryTo: '2000', salaryPeriod: 'HOUR' }, [1500, 2000, 'KZT', null, 'hour']],
    [{ salaryFrom: '15000', salaryPeriod: 'SHIFT', currency: 'KZT' }, [15_000, null, 'KZT', null, 'shift']],
    [{ salaryFrom: '200000', salaryPeriod: 'https://schema.org/MONTH' }, [200_000, null, 'KZT', null, 'month']],
    [{ salary: '200000', salaryPeriod: 'айына', gross: 'на руки' }, [200_000, 200_000, 'KZT', 'net', 'month']],
    [{ salary: '200000', gross: 'салық алынғанға дейін' }, [200_000, 200_000, 'KZT', 'gross', 'month']],
    [{ salaryFrom: '85000', salaryTo: '85000' }, [85_000, 85_000, 'KZT', null, 'month']],
    [{ salaryFrom: '150 тыс', salaryTo: '200 тыс' }, [150_000, 200_000, 'KZT', null, 'month']],
    [{ salaryFrom: '250' }, null],
    [{ salaryFrom: 'келісім бойынша', salaryTo: '' }, null],
  ] as const)('%o', (texts, expected) => {
    expect(told(pay.read({ ...nothing, ...texts }))).toEqual(expected)
  })
})

describe('pay within a title', () => {
  test.each([
    ['Повар, з/п 250 000 тг', [250_000, 250_000, 'KZT', null, 'month']],
    ['Курьер от 300 000 ₸', [300_000, null, 'KZT', null, 'month']],
    ['Грузчик (12 000 тг за смену)', [12_000, 12_000, 'KZT', null, 'shift']],
    ['Сварщик 5 разряда', null],
    ['Оператор 1С 8.3', null],
    ['Водитель на 2027 год', null],
    ['Менеджер участка 45000', null],
  ] as const)('%s', (title, expected) => {
    expect(told(pay.within(title))).toEqual(expected)
  })
})

test('a sum that cannot be meant is told with its reason', () => {
  expect(pay.read({ ...nothing, salary: '5000' })).toMatchObject({
    type: 'nonsense',
    why: expect.stringContaining('5000'),
  })
})
