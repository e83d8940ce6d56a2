import {
  addDays,
  addMonths,
  daysInMonth,
  type LocalDate,
  type LocalTime,
  toLocal,
  toUtc,
  weekdayOf,
} from '../common/calendar.ts'

/** How often a reminder comes: weekly days are 1 = Monday … 7 = Sunday; a monthly day is 1–31. */
export type Repeat =
  | { readonly type: 'once' }
  | { readonly type: 'daily' }
  | { readonly type: 'weekly'; readonly days: number[] }
  | { readonly type: 'monthly'; readonly day: number }

/** A time of day on the wall clock: hour 0–23, minute 0–59. */
export type TimeOfDay = Pick<LocalTime, 'hour' | 'minute'>

/**
 * The first instant (epoch ms) strictly after `after` at which a repeating reminder is due, keeping the wall-clock
 * time across clock changes. Monthly on a day that the month lacks falls on its last day. Undefined when it never
 * comes: a reminder for once, no weekdays, or a day outside 1–31.
 */
export function nextTime(after: number, time: TimeOfDay, repeat: Repeat, zone: string): number | undefined {
  return candidates(toLocal(after, zone), repeat)
    .map((date) => toUtc({ ...date, ...time }, zone))
    .find((instant) => instant > after)
}

/** Days on which the reminder may fall, in order, from the given one on. */
function candidates(from: LocalDate, repeat: Repeat): LocalDate[] {
  const today: LocalDate = { year: from.year, month: from.month, day: from.day }
  switch (repeat.type) {
    case 'once':
      return []
    case 'daily':
      return [0, 1, 2].map((count) => addDays(today, count))
    case 'weekly':
      return Array.from({ length: 15 }, (_, count) => addDays(today, count)).filter((date) =>
        repeat.days.includes(weekdayOf(date)),
      )
    case 'monthly':
      if (!Number.isInteger(repeat.day) || repeat.day < 1 || repeat.day > 31) return []
      return [0, 1, 2].map((count) => clamped(addMonths({ ...today, day: 1 }, count), repeat.day))
  }
}

function clamped({ year, month }: LocalDate, day: number): LocalDate {
  return { year, month, day: Math.min(day, daysInMonth(year, month)) }
}
