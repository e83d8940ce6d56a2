// The day and the hour that a line names, as one instant.

import {
  addDays,
  addMonths,
  compareDates,
  daysInMonth,
  isValidDate,
  type LocalDate,
  toLocal,
  toUtc,
  weekdayOf,
} from '../../common/calendar.ts'
import type { TimeOfDay } from '../repeat.ts'
import { type Clock, type Day, type Flawed, type Found, flawed, type Part } from './found.ts'

export type Outcome<Value> = { readonly type: 'value'; readonly value: Value } | Flawed

const partHours: Readonly<Record<Part, number>> = { morning: 9, midday: 13, afternoon: 15, evening: 19, night: 22 }
/** From this hour on it is over. */
const partEnds: Readonly<Record<Part, number>> = { morning: 12, midday: 15, afternoon: 18, evening: 23, night: 24 }
export const defaultClock: TimeOfDay = { hour: 9, minute: 0 }
/** "Today" without an hour takes the first of these that is still to come. */
const todayHours = [9, 13, 19]
/** A 29 February may be eight years away, as from 1896 to 1904. */
const yearsToTry = 8

export type Moment = {
  readonly now: number
  readonly today: LocalDate
  readonly zone: string
}

export function outcome<Value>(value: Value): Outcome<Value> {
  return { type: 'value', value }
}

/** The hour 0–24 that was meant: 24 is the midnight at the end of the day. */
export function timeOf({ clock, part, sameTime }: Found, { now, zone }: Moment): TimeOfDay | undefined {
  if (sameTime) return toLocal(now, zone)
  if (clock) return { hour: hourOf(clock, part), minute: clock.minute }
  return part === undefined ? undefined : { hour: partHours[part], minute: 0 }
}

function hourOf({ hour, loose }: Clock, part: Part | undefined): number {
  if (hour > 12) return hour
  switch (part) {
    case 'morning':
      return hour
    case 'midday':
    case 'afternoon':
      return hour >= 1 && hour <= 8 ? hour + 12 : hour
    case 'evening':
      return hour === 12 ? 24 : hour >= 4 ? hour + 12 : hour
    case 'night':
      return hour === 12 ? 24 : hour >= 8 ? hour + 12 : hour
    default:
      // Nobody who says "at five" and no more wants to be woken before dawn.
      return loose && hour >= 1 && hour <= 6 ? hour + 12 : hour
  }
}

export function settleDay(found: Found, time: TimeOfDay | undefined, moment: Moment): Outcome<number> {
  if (!namesDay(found)) return time ? outcome(nextOccurrence(time, moment)) : flawed('no-time')
  const date = dateOf(found, time ?? defaultClock, moment)
  if (date.type === 'flaw') return date
  if (compareDates(date.value, moment.today) === 0) return settleToday(found, time, moment)
  const at = instantOf(date.value, time ?? defaultClock, moment.zone)
  return at > moment.now ? outcome(at) : flawed('past')
}

export function namesDay({ day, weekday, next, until }: Found): boolean {
  return (day ?? weekday ?? next ?? until) !== undefined
}

function nextOccurrence(time: TimeOfDay, { now, today, zone }: Moment): number {
  const at = instantOf(today, time, zone)
  return at > now ? at : instantOf(addDays(today, 1), time, zone)
}

function settleToday(
  { part, clock }: Found,
  time: TimeOfDay | undefined,
  { now, today, zone }: Moment,
): Outcome<number> {
  if (!time) {
    const hour = todayHours.find((hour) => instantOf(today, { hour, minute: 0 }, zone) > now)
    return hour === undefined ? flawed('no-time') : outcome(instantOf(today, { hour, minute: 0 }, zone))
  }
  const at = instantOf(today, time, zone)
  if (at > now) return outcome(at)
  // "Tonight at two" is already tomorrow by the calendar.
  const afterMidnight = (part === 'night' || part === 'evening') && time.hour < 6
  if (afterMidnight) return outcome(instantOf(addDays(today, 1), time, zone))
  const soon = clock === undefined && part !== undefined ? laterIn(part, now, zone) : undefined
  if (soon !== undefined) return outcome(soon)
  // "Today at eight" in the afternoon means the evening.
  const later = instantOf(today, { ...time, hour: time.hour + 12 }, zone)
  const isOpen = clock?.loose === true && part === undefined && time.hour < 12
  return isOpen && later > now ? outcome(later) : flawed('past')
}

/** The next whole hour, while that part of the day is not over. */
export function laterIn(part: Part, now: number, zone: string): number | undefined {
  const { hour, ...date } = toLocal(now, zone)
  return hour >= partHours[part] && hour + 1 < partEnds[part]
    ? toUtc({ ...date, hour: hour + 1, minute: 0 }, zone)
    : undefined
}

export function instantOf(date: LocalDate, { hour, minute }: TimeOfDay, zone: string): number {
  return hour === 24 ? toUtc({ ...addDays(date, 1), hour: 0, minute }, zone) : toUtc({ ...date, hour, minute }, zone)
}

export function dateOf(found: Found, time: TimeOfDay, moment: Moment): Outcome<LocalDate> {
  const { next, weekday, until } = found
  const { today } = moment
  const day = found.day ?? (weekday === undefined && next === undefined ? until : undefined)
  const start = startOf(next, today)
  if (day) return dayFrom(day, start, next?.unit === 'month', weekday, time, moment)
  if (weekday === undefined) return outcome(start)
  if (next?.unit === 'week') return outcome(addDays(start, weekday - 1))
  return outcome(nearest(weekday, start, time, moment))
}

function startOf(next: Found['next'], today: LocalDate): LocalDate {
  if (next === undefined) return today
  if (next.unit === 'month') return addMonths({ ...today, day: 1 }, next.count)
  return addDays(mondayOf(today), next.count * 7)
}

function mondayOf(date: LocalDate): LocalDate {
  return addDays(date, 1 - weekdayOf(date))
}

export function dayFrom(
  day: Day,
  start: LocalDate,
  isInMonth: boolean,
  weekday: number | undefined,
  time: TimeOfDay,
  moment: Moment,
): Outcome<LocalDate> {
  const { today } = moment
  const isAhead = (date: LocalDate) => isStillAhead(date, time, moment)
  switch (day.type) {
    case 'ahead': {
      const date = aheadOf(start, day)
      // "In a week, on Friday" is the Friday of that week.
      return outcome(day.unit === 'week' && weekday !== undefined ? inWeekOf(date, weekday) : date)
    }
    case 'weekday':
      return outcome(addDays(nearest(day.weekday, start, time, moment), 7 * (day.weeks ?? 0)))
    case 'placed':
      return placedDay(day, start, isAhead)
    case 'monthEnd':
      return outcome({ ...start, day: daysInMonth(start.year, start.month) })
    case 'date':
      if (day.month !== undefined) return dayOfYear(day, day.month, today)
      return isInMonth ? existing([{ ...start, day: day.day }].find(isValidDate)) : dayOfMonth(day.day, start, isAhead)
  }
}

/** From a Sunday, the days before the middle of the week are those that follow. */
function inWeekOf(date: LocalDate, weekday: number): LocalDate {
  const monday = mondayOf(date)
  return addDays(monday, weekday - 1 + (weekdayOf(date) === 7 && weekday <= 3 ? 7 : 0))
}

function isStillAhead(date: LocalDate, time: TimeOfDay, { now, today, zone }: Moment): boolean {
  return compareDates(date, today) > 0 || (compareDates(date, today) === 0 && instantOf(date, time, zone) > now)
}

function nearest(weekday: number, start: LocalDate, time: TimeOfDay, moment: Moment): LocalDate {
  const date = addDays(start, (weekday - weekdayOf(start) + 7) % 7)
  return isStillAhead(date, time, moment) ? date : addDays(date, 7)
}

function aheadOf(today: LocalDate, { count, unit }: Extract<Day, { type: 'ahead' }>): LocalDate {
  switch (unit) {
    case 'day':
      return addDays(today, count)
    case 'week':
      return addDays(today, count * 7)
    case 'month':
      return addMonths(today, count)
  }
}

function dayOfMonth(day: number, start: LocalDate, isAhead: (date: LocalDate) => boolean): Outcome<LocalDate> {
  const months = [0, 1, 2, 3].map((count) => ({ ...addMonths({ ...start, day: 1 }, count), day }))
  return existing(months.find((date) => isValidDate(date) && isAhead(date)))
}

function dayOfYear({ day, year }: { day: number; year?: number }, month: number, today: LocalDate): Outcome<LocalDate> {
  if (year !== undefined) return existing(isValidDate({ year, month, day }) ? { year, month, day } : undefined)
  const years = Array.from({ length: yearsToTry + 1 }, (_, count) => ({ year: today.year + count, month, day }))
  return existing(years.find((date) => isValidDate(date) && compareDates(date, today) >= 0))
}

/** The first such weekday ahead, in the named month or in any. */
function placedDay(
  { place, weekday, month }: Extract<Day, { type: 'placed' }>,
  start: LocalDate,
  isAhead: (date: LocalDate) => boolean,
): Outcome<LocalDate> {
  const months = Array.from({ length: 13 }, (_, count) => addMonths({ ...start, day: 1 }, count))
  const days = months
    .filter((first) => month === undefined || first.month === month)
    .map((first) => placedIn(first, place, weekday))
  return existing(days.find(isAhead))
}

function placedIn(first: LocalDate, place: number, weekday: number): LocalDate {
  const earliest = addDays(first, (weekday - weekdayOf(first) + 7) % 7)
  if (place > 0) return addDays(earliest, 7 * (place - 1))
  return addDays(earliest, 7 * Math.floor((daysInMonth(first.year, first.month) - earliest.day) / 7))
}

function existing(date: LocalDate | undefined): Outcome<LocalDate> {
  return date ? outcome(date) : flawed('bad-date')
}
