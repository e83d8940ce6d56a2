import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  isValidDate,
  type LocalTime,
  offsetMinutes,
  toLocal,
  toUtc,
  weekdayOf,
} from '../../../flows/common/calendar.ts'

const almaty = 'Asia/Almaty'
const berlin = 'Europe/Berlin'

describe('toUtc and toLocal', () => {
  test('know that Almaty is five hours ahead', () => {
    expect(toUtc(local(2026, 11, 25, 10, 30), almaty)).toBe(Date.parse('2026-11-25T10:30:00+05:00'))
    expect(toLocal(Date.parse('2026-11-25T22:15:40Z'), almaty)).toEqual(local(2026, 11, 26, 3, 15))
    expect(offsetMinutes(Date.parse('2026-11-25T00:00:00Z'), almaty)).toBe(300)
  })

  test('move a skipped time forward by the length of the gap', () => {
    expect(toUtc(local(2026, 3, 29, 2, 30), berlin)).toBe(Date.parse('2026-03-29T03:30:00+02:00'))
  })

  test('take the earlier of two equal times', () => {
    expect(toUtc(local(2026, 10, 25, 2, 30), berlin)).toBe(Date.parse('2026-10-25T02:30:00+02:00'))
  })

  test('are each other’s reverse for every minute of a zone without clock changes', () => {
    const minute = 60_000
    fc.assert(
      fc.property(
        fc.integer({
          min: Date.parse('2025-01-01T00:00:00Z') / minute,
          max: Date.parse('2040-01-01T00:00:00Z') / minute,
        }),
        (minutes) => {
          expect(toUtc(toLocal(minutes * minute, almaty), almaty)).toBe(minutes * minute)
        },
      ),
    )
  })

  test('know to the minute when Almaty set its clocks back, on the day itself and beside it', () => {
    const change = Date.parse('2024-02-29T18:00:00Z')
    const offsets = [-24 * 60, -60, -1, 0, 1, 60, 24 * 60].map((minutes) => offsetMinutes(change + minutes * 60_000))
    expect(offsets).toEqual([360, 360, 360, 300, 300, 300, 300])
  })

  test('refuse an unknown zone', () => {
    expect(() => toUtc(local(2026, 1, 1, 0, 0), 'Asia/Nowhere')).toThrow(RangeError)
  })
})

describe('isValidDate', () => {
  test.each([
    [2026, 2, 28, true],
    [2026, 2, 29, false],
    [2028, 2, 29, true],
    [2026, 4, 31, false],
    [2026, 1, 32, false],
    [2026, 13, 1, false],
    [2026, 0, 1, false],
    [2026, 1, 0, false],
    [2026, 1, 1.5, false],
  ])('%d-%d-%d is %s', (year, month, day, valid) => {
    expect(isValidDate({ year, month, day })).toBe(valid)
  })
})

describe('calendar steps', () => {
  test('cross the end of a year', () => {
    expect(addDays({ year: 2026, month: 12, day: 31 }, 1)).toEqual({ year: 2027, month: 1, day: 1 })
    expect(addDays({ year: 2026, month: 3, day: 1 }, -1)).toEqual({ year: 2026, month: 2, day: 28 })
  })

  test('keep to the last day of a shorter month', () => {
    expect(addMonths({ year: 2026, month: 1, day: 31 }, 1)).toEqual({ year: 2026, month: 2, day: 28 })
    expect(addMonths({ year: 2026, month: 11, day: 25 }, 2)).toEqual({ year: 2027, month: 1, day: 25 })
  })

  test('count weekdays from Monday', () => {
    expect(weekdayOf({ year: 2026, month: 11, day: 23 })).toBe(1)
    expect(weekdayOf({ year: 2026, month: 11, day: 29 })).toBe(7)
  })
})

function local(year: number, month: number, day: number, hour: number, minute: number): LocalTime {
  return { year, month, day, hour, minute }
}
