import {
  addDays,
  addMonths,
  compareDates,
  isValidDate,
  type LocalDate,
  toLocal,
  toUtc,
  weekdayOf,
} from '../../common/calendar.ts'
import { nextTime, type Repeat, type TimeOfDay } from '../repeat.ts'
import { type Clock, type Day, type Flawed, type Found, flawed, type Part, type SaidRepeat } from './found.ts'

/** When a reminder comes first (epoch ms) and how it repeats, or why that cannot be. */
export type Settled = { readonly type: 'settled'; readonly at: number; readonly repeat: Repeat } | Flawed

type Outcome<Value> = { readonly type: 'value'; readonly value: Value } | Flawed

const partHours: Readonly<Record<Part, number>> = { morning: 9, midday: 13, afternoon: 15, evening: 19, night: 22 }
const defaultClock: TimeOfDay = { hour: 9, minute: 0 }
/** "Today" without an hour takes the first of these that is still to come. */
const todayHours = [9, 13, 19]
/** A 29 February may be eight years away, as from 1896 to 1904. */
const yearsToTry = 8

type Moment = {
  readonly now: number
  readonly today: LocalDate
  readonly zone: string
}

/** Turns what a line says into one instant: defaults for what was left out, the next time that is still ahead. */
export function settle(found: Found, now: number, zone: string): Settled {
  if (found.wait !== undefined) return once(settleWait(found.wait, now))
  const { year, month, day } = toLocal(now, zone)
  const moment: Moment = { now, zone, today: { year, month, day } }
  const time = timeOf(found)
  if (found.repeat) return settleRepeat(found, found.repeat, time, moment)
  return once(settleDay(found, time, moment))
}

function once(at: Outcome<number>): Settled {
  return at.type === 'flaw' ? at : { type: 'settled', at: at.value, repeat: { type: 'once' } }
}

function settleWait(wait: number, now: number): Outcome<number> {
  return wait > 0 ? outcome(now + wait) : flawed('past')
}

function outcome<Value>(value: Value): Outcome<Value> {
  return { type: 'value', value }
}

/** The hour 0–24 that was meant: 24 is the midnight at the end of the day. */
function timeOf({ clock, part }: Found): TimeOfDay | undefined {
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
      return hour === 12 ? 24 : hour >= 6 ? hour + 12 : hour
    default:
      // Nobody who says "at five" and no more wants to be woken before dawn.
      return loose && hour >= 1 && hour <= 6 ? hour + 12 : hour
  }
}

function settleDay(found: Found, time: TimeOfDay | undefined, moment: Moment): Outcome<number> {
  const { day, next } = found
  if (!day && !next) return time ? outcome(nextOccurrence(time, moment)) : flawed('no-time')
  const date = dateOf(day, next, time ?? defaultClock, moment)
  if (date.type === 'flaw') return date
  if (compareDates(date.value, moment.today) === 0) return settleToday(found, time, moment)
  const at = instantOf(date.value, time ?? defaultClock, moment.zone)
  return at > moment.now ? outcome(at) : flawed('past')
}

function nextOccurrence(time: TimeOfDay, { now, today, zone }: Moment): number {
  const at = instantOf(today, time, zone)
  return at > now ? at : instantOf(addDays(today, 1), time, zone)
}

function settleToday({ part }: Found, time: TimeOfDay | undefined, { now, today, zone }: Moment): Outcome<number> {
  if (!time) {
    const hour = todayHours.find((hour) => instantOf(today, { hour, minute: 0 }, zone) > now)
    return hour === undefined ? flawed('no-time') : outcome(instantOf(today, { hour, minute: 0 }, zone))
  }
  const at = instantOf(today, time, zone)
  if (at > now) return outcome(at)
  // "Tonight at two" is already tomorrow by the calendar.
  const afterMidnight = (part === 'night' || part === 'evening') && time.hour < 6
  return afterMidnight ? outcome(instantOf(addDays(today, 1), time, zone)) : flawed('past')
}

function instantOf(date: LocalDate, { hour, minute }: TimeOfDay, zone: string): number {
  return hour === 24 ? toUtc({ ...addDays(date, 1), hour: 0, minute }, zone) : toUtc({ ...date, hour, minute }, zone)
}

function dateOf(
  day: Day | undefined,
  next: Found['next'],
  time: TimeOfDay,
  { now, today, zone }: Moment,
): Outcome<LocalDate> {
  const start = next === 'month' ? addMonths({ ...today, day: 1 }, 1) : next === 'week' ? nextMonday(today) : today
  if (!day) return outcome(start)
  const isAhead = (date: LocalDate) => compareDates(date, today) > 0 || instantOf(date, time, zone) > now
  switch (day.type) {
    case 'ahead':
      return outcome(aheadOf(start, day))
    case 'weekday': {
      const nearest = addDays(start, (day.weekday - weekdayOf(start) + 7) % 7)
      return outcome(isAhead(nearest) ? nearest : addDays(nearest, 7))
    }
    case 'date':
      return day.month === undefined ? dayOfMonth(day.day, start, isAhead) : dayOfYear(day, day.month, today)
  }
}

function nextMonday(today: LocalDate): LocalDate {
  return addDays(today, 8 - weekdayOf(today))
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

function existing(date: LocalDate | undefined): Outcome<LocalDate> {
  return date ? outcome(date) : flawed('bad-date')
}

function settleRepeat(found: Found, said: SaidRepeat, time: TimeOfDay | undefined, moment: Moment): Settled {
  const { hour, minute } = time ?? defaultClock
  const start = found.day || found.next ? dateOf(found.day, found.next, time ?? defaultClock, moment) : undefined
  if (start?.type === 'flaw') return start
  const repeat = completed(said, found.day, start?.value ?? moment.today)
  if (repeat.type === 'flaw') return repeat
  const midnight = hour === 24
  const clock = { hour: midnight ? 0 : hour, minute }
  const due = midnight ? dayLater(repeat.value) : repeat.value
  const from = start ? toUtc({ ...start.value, hour: 0, minute: 0 }, moment.zone) - 1 : moment.now
  const at = nextTime(Math.max(moment.now, from), clock, due, moment.zone)
  return at === undefined ? flawed('no-time') : { type: 'settled', at, repeat: due }
}

/** Fills in what "every week" and "every month" leave open: the day that was named beside it, or today's. */
function completed(said: SaidRepeat, day: Day | undefined, start: LocalDate): Outcome<Repeat> {
  switch (said.type) {
    case 'daily':
      return outcome({ type: 'daily' })
    case 'weekly':
      return outcome({ type: 'weekly', days: said.days ?? [weekdayOf(start)] })
    case 'monthly': {
      const chosen = said.day ?? (day?.type === 'date' ? day.day : start.day)
      return chosen >= 1 && chosen <= 31 ? outcome({ type: 'monthly', day: chosen }) : flawed('bad-date')
    }
  }
}

/** Midnight at the end of a Monday rings on Tuesday. A month's day stays: its end has no number of its own. */
function dayLater(repeat: Repeat): Repeat {
  return repeat.type === 'weekly' ? { type: 'weekly', days: repeat.days.map((day) => (day % 7) + 1) } : repeat
}
