import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toLocal } from '../../../flows/common/calendar.ts'
import { nextTime, type Repeat } from '../../../flows/reminders/repeat.ts'

const almaty = 'Asia/Almaty'
const berlin = 'Europe/Berlin'
/** A Wednesday. */
const since = { year: 2026, month: 11, day: 25 }

describe('nextTime', () => {
  test.each<[string, Repeat, string, string]>([
    ['daily, still today', { type: 'daily' }, '2026-11-25T08:59+05:00', '2026-11-25T09:00+05:00'],
    ['daily, exactly now', { type: 'daily' }, '2026-11-25T09:00+05:00', '2026-11-26T09:00+05:00'],
    ['daily, over the year', { type: 'daily' }, '2026-12-31T09:00+05:00', '2027-01-01T09:00+05:00'],
    ['weekly, the same week', { type: 'weekly', days: [5, 1] }, '2026-11-25T10:00+05:00', '2026-11-27T09:00+05:00'],
    ['weekly, the next week', { type: 'weekly', days: [3] }, '2026-11-25T10:00+05:00', '2026-12-02T09:00+05:00'],
    ['monthly', { type: 'monthly', day: 5 }, '2026-11-25T10:00+05:00', '2026-12-05T09:00+05:00'],
    ['monthly on the 31st', { type: 'monthly', day: 31 }, '2027-01-31T09:00+05:00', '2027-02-28T09:00+05:00'],
    ['monthly after the short one', { type: 'monthly', day: 31 }, '2027-02-28T09:00+05:00', '2027-03-31T09:00+05:00'],
    ['monthly in a leap year', { type: 'monthly', day: 30 }, '2028-02-01T10:00+05:00', '2028-02-29T09:00+05:00'],
    [
      'every second day',
      { type: 'daily', step: { every: 2, since } },
      '2026-11-25T09:00+05:00',
      '2026-11-27T09:00+05:00',
    ],
    [
      'every second day, not before it begins',
      { type: 'daily', step: { every: 2, since } },
      '2026-11-01T09:00+05:00',
      '2026-11-25T09:00+05:00',
    ],
    [
      'every second week',
      { type: 'weekly', days: [1, 5], step: { every: 2, since } },
      '2026-11-27T09:00+05:00',
      '2026-12-07T09:00+05:00',
    ],
    [
      'the first Monday',
      { type: 'monthlyWeekday', place: 1, weekday: 1 },
      '2026-11-25T10:00+05:00',
      '2026-12-07T09:00+05:00',
    ],
    [
      'the last Friday',
      { type: 'monthlyWeekday', place: -1, weekday: 5 },
      '2026-11-27T09:00+05:00',
      '2026-12-25T09:00+05:00',
    ],
    ['yearly', { type: 'yearly', month: 9, day: 7 }, '2026-11-25T10:00+05:00', '2027-09-07T09:00+05:00'],
    ['yearly on a leap day', { type: 'yearly', month: 2, day: 29 }, '2026-11-25T10:00+05:00', '2027-02-28T09:00+05:00'],
    [
      'on its last day',
      { type: 'daily', until: { year: 2026, month: 11, day: 26 } },
      '2026-11-25T10:00+05:00',
      '2026-11-26T09:00+05:00',
    ],
  ])('%s', (_, repeat, after, due) => {
    expect(nextTime(Date.parse(after), { hour: 9, minute: 0 }, repeat, almaty)).toBe(Date.parse(due))
  })

  test.each<Repeat>([
    { type: 'once' },
    { type: 'weekly', days: [] },
    { type: 'weekly', days: [8] },
    { type: 'monthly', day: 0 },
    { type: 'monthly', day: 32 },
    { type: 'daily', until: { year: 1969, month: 12, day: 31 } },
  ])('never comes for $type', (repeat) => {
    expect(nextTime(0, { hour: 9, minute: 0 }, repeat, almaty)).toBeUndefined()
  })

  test('keeps the hour when the clocks change', () => {
    const spring = nextTime(Date.parse('2026-03-28T09:00+01:00'), { hour: 9, minute: 0 }, { type: 'daily' }, berlin)
    expect(spring).toBe(Date.parse('2026-03-29T09:00+02:00'))
  })

  test('rings once when an hour happens twice, and after the gap when it is skipped', () => {
    const time = { hour: 2, minute: 30 }
    const twice = nextTime(Date.parse('2026-10-25T02:30+02:00'), time, { type: 'daily' }, berlin)
    expect(twice).toBe(Date.parse('2026-10-26T02:30+01:00'))
    const skipped = nextTime(Date.parse('2026-03-28T02:30+01:00'), time, { type: 'daily' }, berlin)
    expect(skipped).toBe(Date.parse('2026-03-29T03:30+02:00'))
    expect(nextTime(skipped ?? 0, time, { type: 'daily' }, berlin)).toBe(Date.parse('2026-03-30T02:30+02:00'))
  })

  test('is always later and at the time of day that was asked', () => {
    const repeat = fc.oneof(
      fc.constant<Repeat>({ type: 'daily' }),
      fc.record({
        type: fc.constant('weekly' as const),
        days: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      }),
      fc.record({ type: fc.constant('monthly' as const), day: fc.integer({ min: 1, max: 31 }) }),
      fc.record({
        type: fc.constant('monthlyWeekday' as const),
        place: fc.constantFrom(1, 2, 3, 4, -1),
        weekday: fc.integer({ min: 1, max: 7 }),
      }),
      fc.record({
        type: fc.constant('yearly' as const),
        month: fc.integer({ min: 1, max: 12 }),
        day: fc.integer({ min: 1, max: 31 }),
      }),
      fc.record({
        type: fc.constant('weekly' as const),
        days: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        step: fc.record({ every: fc.integer({ min: 2, max: 8 }), since: fc.constant(since) }),
      }),
    )
    const instant = fc.integer({ min: Date.parse('2025-01-01'), max: Date.parse('2040-01-01') })
    const time = fc.record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) })
    fc.assert(
      fc.property(instant, time, repeat, (after, clock, rhythm) => {
        const due = nextTime(after, clock, rhythm, almaty) ?? Number.NaN
        expect(due).toBeGreaterThan(after)
        expect(toLocal(due, almaty)).toMatchObject(clock)
      }),
    )
  })
})
