import { z } from 'zod'
import {
  addDays,
  compareDates,
  dayLength,
  daysInMonth,
  type LocalTime,
  toLocal,
  toUtc,
  weekdayOf,
} from '../common/calendar.ts'

/** A calendar day: month 1–12, day 1–31. */
export const LocalDate = z.object({ year: z.int(), month: z.int().min(1).max(12), day: z.int().min(1).max(31) })
export type LocalDate = z.infer<typeof LocalDate>

const Weekday = z.int().min(1).max(7)
/** Only every second (third …) day or week, reckoned from that of `since`. */
const Step = z.object({ every: z.int().min(2).max(99), since: LocalDate })
const bounds = {
  /** The last day on which it may come. */
  until: LocalDate.optional(),
}

/**
 * How often a reminder comes. Weekdays are 1 = Monday … 7 = Sunday; `place` is which of these weekdays in its month,
 * -1 the last.
 */
export const Repeat = z.discriminatedUnion('type', [
  z.object({ type: z.literal('once') }),
  z.object({ type: z.literal('daily'), step: Step.optional(), ...bounds }),
  z.object({ type: z.literal('weekly'), days: z.array(Weekday).min(1), step: Step.optional(), ...bounds }),
  z.object({ type: z.literal('monthly'), day: z.int().min(1).max(31), ...bounds }),
  z.object({
    type: z.literal('monthlyWeekday'),
    place: z.int().min(-1).max(4),
    weekday: Weekday,
    ...bounds,
  }),
  z.object({ type: z.literal('yearly'), month: z.int().min(1).max(12), day: z.int().min(1).max(31), ...bounds }),
])
export type Repeat = z.infer<typeof Repeat>
/** A rhythm: what comes more than once. */
export type Rhythm = Exclude<Repeat, { type: 'once' }>

/** A time of day on the wall clock: hour 0–23, minute 0–59. */
export type TimeOfDay = Pick<LocalTime, 'hour' | 'minute'>

/**
 * The first instant (epoch ms) strictly after `after` at which a repeating reminder is due, keeping the wall-clock
 * time across clock changes. On a day that the month lacks it falls on the last day there is. Undefined when it never
 * comes: a reminder for once, one whose last day is over, no weekdays, or a day outside 1–31.
 */
export function nextTime(after: number, time: TimeOfDay, repeat: Repeat, zone: string): number | undefined {
  if (repeat.type === 'once') return undefined
  return daysAhead(firstDay(toLocal(after, zone), repeat), repeat)
    .filter((date) => fallsOn(date, repeat))
    .map((date) => toUtc({ ...date, ...time }, zone))
    .find((instant) => instant > after)
}

/** The longest a rhythm can pause between two times, and a day more for a change of clocks, in days. */
export function longestPause(repeat: Repeat): number {
  switch (repeat.type) {
    case 'once':
      return 1
    case 'daily':
      return (repeat.step?.every ?? 1) + 1
    case 'weekly':
      return (repeat.step?.every ?? 1) * 7 + 1
    case 'monthly':
      return 32
    case 'monthlyWeekday':
      return 36
    case 'yearly':
      return 367
  }
}

function firstDay(today: LocalDate, repeat: Rhythm): LocalDate {
  const since = 'step' in repeat ? repeat.step?.since : undefined
  const { year, month, day } = since !== undefined && compareDates(since, today) > 0 ? since : today
  return { year, month, day }
}

function daysAhead(from: LocalDate, repeat: Rhythm): LocalDate[] {
  const all = Array.from({ length: longestPause(repeat) + 1 }, (_, count) => addDays(from, count))
  const { until } = repeat
  return until === undefined ? all : all.filter((date) => compareDates(date, until) <= 0)
}

/** Whether the rhythm has this day. */
function fallsOn(date: LocalDate, repeat: Rhythm): boolean {
  switch (repeat.type) {
    case 'daily':
      return repeat.step === undefined || daysBetween(repeat.step.since, date) % repeat.step.every === 0
    case 'weekly':
      return repeat.days.includes(weekdayOf(date)) && isInStep(date, repeat.step)
    case 'monthly':
      return isThatDay(date, repeat.day)
    case 'monthlyWeekday':
      return weekdayOf(date) === repeat.weekday && isThatPlace(date, repeat.place)
    case 'yearly':
      return date.month === repeat.month && isThatDay(date, repeat.day)
  }
}

function isInStep(date: LocalDate, step: z.infer<typeof Step> | undefined): boolean {
  if (step === undefined) return true
  const weeks = daysBetween(mondayOf(step.since), mondayOf(date)) / 7
  return weeks % step.every === 0
}

function mondayOf(date: LocalDate): LocalDate {
  return addDays(date, 1 - weekdayOf(date))
}

function isThatDay(date: LocalDate, day: number): boolean {
  return day >= 1 && day <= 31 && date.day === Math.min(day, daysInMonth(date.year, date.month))
}

function isThatPlace({ year, month, day }: LocalDate, place: number): boolean {
  return place === -1 ? day + 7 > daysInMonth(year, month) : Math.ceil(day / 7) === place
}

function daysBetween(first: LocalDate, second: LocalDate): number {
  return Math.round((wallOf(second) - wallOf(first)) / dayLength)
}

function wallOf({ year, month, day }: LocalDate): number {
  return Date.UTC(year, month - 1, day)
}
