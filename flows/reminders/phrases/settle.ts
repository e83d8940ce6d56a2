import {
  addDays,
  addMonths,
  compareDates,
  dayLength,
  daysInMonth,
  isValidDate,
  type LocalDate,
  minuteLength,
  toLocal,
  toUtc,
  weekdayOf,
} from '../../common/calendar.ts'
import { nextTime, type Repeat, type Rhythm, type TimeOfDay } from '../repeat.ts'
import { type Clock, type Day, type Flawed, type Found, flawed, type Part, type SaidRepeat } from './found.ts'

/**
 * When a reminder comes first (epoch ms) and how it repeats, or why that cannot be. `doubtful` where the parts of the
 * line do not fit each other ("Monday 24 November" in a year in which that is a Tuesday).
 */
export type Settled =
  | { readonly type: 'settled'; readonly at: number; readonly repeat: Repeat; readonly doubtful: boolean }
  | Flawed

type Outcome<Value> = { readonly type: 'value'; readonly value: Value } | Flawed

const partHours: Readonly<Record<Part, number>> = { morning: 9, midday: 13, afternoon: 15, evening: 19, night: 22 }
/** From this hour on it is over. */
const partEnds: Readonly<Record<Part, number>> = { morning: 12, midday: 15, afternoon: 18, evening: 23, night: 24 }
const defaultClock: TimeOfDay = { hour: 9, minute: 0 }
/** "Today" without an hour takes the first of these that is still to come. */
const todayHours = [9, 13, 19]
/** A day without a year that is further ahead than this has most likely just passed. */
const daysAheadMeant = 330
/** A 29 February may be eight years away, as from 1896 to 1904. */
const yearsToTry = 8

type Moment = {
  readonly now: number
  readonly today: LocalDate
  readonly zone: string
}

/** Turns what a line says into one instant: defaults for what was left out, the next time that is still ahead. */
export function settle(found: Found, now: number, zone: string): Settled {
  if (found.wait !== undefined) return settleWait(found, found.wait, now)
  const { year, month, day } = toLocal(now, zone)
  const moment: Moment = { now, zone, today: { year, month, day } }
  const time = timeOf(found, moment)
  if (found.before !== undefined) return earlier(settleTime(found, time, moment), found, now)
  return settleTime(found, time, moment)
}

function settleTime(found: Found, time: TimeOfDay | undefined, moment: Moment): Settled {
  const repeat = found.repeat ?? impliedRepeat(found)
  if (repeat) return settleRepeat(found, repeat, time, moment)
  const doubts = [
    hasOtherWeekday,
    hasOtherDay,
    isLongAhead,
    isEitherHalf,
    isAfternoonBegun,
    isVague,
    isStretch,
    isWeekOff,
    isMidnightVague,
  ]
  return once(settleDay(found, time, moment), isDoubted(found) || doubts.some((is) => is(found, time, moment)))
}

/** "Except on Sundays" is every other day, "ten days in a row" is every day. */
function impliedRepeat({ except, span, day, weekday }: Found): SaidRepeat | undefined {
  if (span !== undefined) return { type: 'daily' }
  return except !== undefined && (day ?? weekday) === undefined ? { type: 'daily' } : undefined
}

/** A reminder before the time that was named; hours before need an hour. */
function earlier(settled: Settled, { clock, before = 0 }: Found, now: number): Settled {
  if (clock === undefined && before < dayLength) return flawed('no-time')
  if (settled.type === 'flaw') return settled
  const at = settled.at - before
  if (at <= now) return flawed('past')
  return { ...settled, at, doubtful: settled.doubtful || settled.repeat.type !== 'once' }
}

function once(at: Outcome<number>, doubtful: boolean): Settled {
  return at.type === 'flaw' ? at : { type: 'settled', at: at.value, repeat: { type: 'once' }, doubtful }
}

/** On the minute: "in one minute" at 3:50:02 is 3:51. */
function settleWait({ day, ...found }: Found, wait: number, now: number): Settled {
  if (wait <= 0) return flawed('past')
  const isToday = day === undefined || (day.type === 'ahead' && day.count === 0)
  return once(outcome(onTheMinute(now + wait, now)), !isToday || Object.keys(found).length > 1)
}

/** The whole minute in which the instant lies, but never one that has begun by `now`. */
export function onTheMinute(instant: number, now: number): number {
  const minute = Math.floor(instant / minuteLength) * minuteLength
  return minute > now ? minute : minute + minuteLength
}

function outcome<Value>(value: Value): Outcome<Value> {
  return { type: 'value', value }
}

/** The hour 0–24 that was meant: 24 is the midnight at the end of the day. */
function timeOf({ clock, part, sameTime }: Found, { now, zone }: Moment): TimeOfDay | undefined {
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

function settleDay(found: Found, time: TimeOfDay | undefined, moment: Moment): Outcome<number> {
  if (!namesDay(found)) return time ? outcome(nextOccurrence(time, moment)) : flawed('no-time')
  const date = dateOf(found, time ?? defaultClock, moment)
  if (date.type === 'flaw') return date
  if (compareDates(date.value, moment.today) === 0) return settleToday(found, time, moment)
  const at = instantOf(date.value, time ?? defaultClock, moment.zone)
  return at > moment.now ? outcome(at) : flawed('past')
}

function namesDay({ day, weekday, next, until }: Found): boolean {
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
function laterIn(part: Part, now: number, zone: string): number | undefined {
  const { hour, ...date } = toLocal(now, zone)
  return hour >= partHours[part] && hour + 1 < partEnds[part]
    ? toUtc({ ...date, hour: hour + 1, minute: 0 }, zone)
    : undefined
}

function instantOf(date: LocalDate, { hour, minute }: TimeOfDay, zone: string): number {
  return hour === 24 ? toUtc({ ...addDays(date, 1), hour: 0, minute }, zone) : toUtc({ ...date, hour, minute }, zone)
}

function dateOf(found: Found, time: TimeOfDay, moment: Moment): Outcome<LocalDate> {
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

function dayFrom(
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

/** A weekday was named beside a day that is another. */
function hasOtherWeekday(found: Found, time: TimeOfDay | undefined, moment: Moment): boolean {
  const { day, weekday, next } = found
  if (weekday === undefined || (day === undefined && next?.unit !== 'month')) return false
  const date = dateOf(found, time ?? defaultClock, moment)
  return date.type === 'value' && weekdayOf(date.value) !== weekday
}

/** A day was named in two ways that do not mean the same. */
function hasOtherDay({ sameDay, ...found }: Found, time: TimeOfDay | undefined, moment: Moment): boolean {
  if (sameDay === undefined) return false
  const [one, other] = [found, { ...found, day: sameDay }].map((said) => dateOf(said, time ?? defaultClock, moment))
  return one?.type !== 'value' || other?.type !== 'value' || compareDates(one.value, other.value) !== 0
}

function isDoubted({ doubt, part }: Found): boolean {
  return doubt === 'meaning' || (doubt === 'half' && part === undefined)
}

/** A day of the year that has just passed, or that this and the next year lack: hardly meant so far ahead. */
function isLongAhead(found: Found, time: TimeOfDay | undefined, moment: Moment): boolean {
  const { day } = found
  const isOfAnyYear = day?.type === 'placed' || (day?.type === 'date' && day.year === undefined)
  if (!isOfAnyYear || day.month === undefined) return false
  const date = dateOf(found, time ?? defaultClock, moment)
  return date.type === 'value' && compareDates(date.value, addDays(moment.today, daysAheadMeant)) > 0
}

/** "In a week, on Friday" on a Sunday: whose week ends, nobody knows. */
function isWeekOff({ day, weekday }: Found, _time: TimeOfDay | undefined, { today }: Moment): boolean {
  if (day?.type !== 'ahead' || day.unit !== 'week' || weekday === undefined) return false
  return weekdayOf(today) === 7 && weekday > 3 && weekday < 7
}

/** Midnight of a date: does the day begin or end with it? And minutes after it are of the next day to some only. */
function isMidnightVague({ day, ...found }: Found, time: TimeOfDay | undefined): boolean {
  if (time?.hour !== 24) return false
  return day?.type === 'date' || (time.minute > 0 && namesDay({ ...found, ...(day && { day }) }))
}

/** A week, a month or a last day, with no hour: which day of it is meant nobody knows. */
function isVague({ day, weekday, next, until }: Found, time: TimeOfDay | undefined): boolean {
  const isSpan = day === undefined ? weekday === undefined && (next ?? until) !== undefined : day.type === 'monthEnd'
  return time === undefined && isSpan
}

/** From one day to another, and nothing that repeats: on the first of them, or on each? */
function isStretch({ until, ...found }: Found): boolean {
  return until !== undefined && namesDay(found)
}

/** "At eleven" after eleven in the morning may be tonight as well as tomorrow. */
function isEitherHalf(found: Found, time: TimeOfDay | undefined, { now, today, zone }: Moment): boolean {
  const { clock, part } = found
  if (clock?.loose !== true || part !== undefined || namesDay(found) || time === undefined) return false
  const { hour, minute } = time
  const evening = instantOf(today, { ...time, hour: hour + 12 }, zone)
  return minute === 0 && hour >= 7 && hour < 12 && instantOf(today, time, zone) <= now && evening > now
}

/** "In the afternoon" at three may be today as well as tomorrow. */
function isAfternoonBegun(found: Found, _time: TimeOfDay | undefined, { now, zone }: Moment): boolean {
  const { clock, part } = found
  if (part !== 'afternoon' || clock !== undefined || namesDay(found)) return false
  return laterIn(part, now, zone) !== undefined
}

function settleRepeat(found: Found, said: SaidRepeat, time: TimeOfDay | undefined, moment: Moment): Settled {
  const clock = time ?? defaultClock
  const { until, ...rest } = found
  const start = namesDay(rest) ? dateOf(rest, clock, moment) : undefined
  if (start?.type === 'flaw') return start
  const completed = withoutExcepted(rhythmOf(said, found, start?.value ?? moment.today), found.except)
  if (completed === undefined) return flawed('no-rhythm')
  const last = until === undefined ? undefined : dayFrom(until, moment.today, false, undefined, clock, moment)
  if (last?.type === 'flaw') return last
  const settled = begun({ ...completed, ...(last && { until: last.value }) }, said, clock, start?.value, moment)
  if (settled.type === 'flaw') return settled
  const isDoubtful = isDoubted(found) || lacksDay(said, found) || isSpanVague(found, time)
  return { ...spanned(settled, found.span, moment.zone), doubtful: isDoubtful }
}

/** So many days in a row: of which rhythm, and from which hour on, has to be plain. */
function isSpanVague({ span, repeat, except, until, ...found }: Found, time: TimeOfDay | undefined): boolean {
  if (span === undefined) return false
  const isDaily = repeat === undefined ? !namesDay(found) : repeat.type === 'daily' && repeat.every === undefined
  return !isDaily || (except ?? until) !== undefined || time === undefined
}

/** Ends on the last of so many days, of which the first is the one on which it comes first. */
function spanned(settled: Extract<Settled, { type: 'settled' }>, span: number | undefined, zone: string) {
  if (span === undefined || settled.repeat.type !== 'daily') return settled
  const { year, month, day } = toLocal(settled.at, zone)
  return { ...settled, repeat: { ...settled.repeat, until: addDays({ year, month, day }, span - 1) } }
}

/** "Once a month", and not on which day. */
function lacksDay(said: SaidRepeat, { day, weekday }: Found): boolean {
  if (said.type === 'yearly') return day === undefined
  if (said.type === 'monthly') return said.day === undefined ? day === undefined : isOtherDay(said.day, day)
  return said.type === 'weekly' && said.days === undefined && day === undefined && weekday === undefined
}

/** "The 10th and the 25th of each month". */
function isOtherDay(chosen: number, day: Day | undefined): boolean {
  return day?.type === 'date' && day.month === undefined && day.day !== chosen
}

/** The first time of a rhythm, and the rhythm reckoned from it. */
function begun(
  rhythm: Rhythm,
  said: SaidRepeat,
  { hour, minute }: TimeOfDay,
  start: LocalDate | undefined,
  { now, zone }: Moment,
): Settled {
  const isMidnight = hour === 24
  const clock = { hour: isMidnight ? 0 : hour, minute }
  const due = isMidnight ? dayLater(rhythm) : rhythm
  const from = start ? toUtc({ ...start, hour: 0, minute: 0 }, zone) - 1 : now
  const at = nextTime(Math.max(now, from), clock, due, zone)
  if (at === undefined) return flawed('until' in rhythm ? 'past' : 'no-time')
  return { type: 'settled', at, repeat: stepped(due, said, at, zone), doubtful: false }
}

/** Fills in what "every week" and "every month" leave open: the day that was named beside it, or today's. */
function rhythmOf(said: SaidRepeat, { day, weekday }: Found, start: LocalDate): Rhythm | undefined {
  switch (said.type) {
    case 'daily':
      return { type: 'daily' }
    case 'weekly':
      return { type: 'weekly', days: [...(said.days ?? [weekday ?? weekdayOf(start)])] }
    case 'monthly': {
      const chosen = said.day ?? (day?.type === 'date' ? day.day : day?.type === 'monthEnd' ? 31 : start.day)
      if (weekday !== undefined || chosen < 1 || chosen > 31) return undefined
      return day?.type === 'placed'
        ? { type: 'monthlyWeekday', place: day.place, weekday: day.weekday }
        : { type: 'monthly', day: chosen }
    }
    case 'monthlyWeekday':
      return { type: 'monthlyWeekday', place: said.place, weekday: said.weekday }
    case 'yearly':
      // Some weekday of a month has another number each year.
      if (day?.type === 'placed') return undefined
      return weekday === undefined || day !== undefined
        ? { type: 'yearly', month: start.month, day: start.day }
        : undefined
  }
}

function withoutExcepted(rhythm: Rhythm | undefined, except: readonly number[] | undefined): Rhythm | undefined {
  if (rhythm === undefined || except === undefined) return rhythm
  if (rhythm.type !== 'daily' && rhythm.type !== 'weekly') return undefined
  const all = rhythm.type === 'weekly' ? rhythm.days : [1, 2, 3, 4, 5, 6, 7]
  const days = all.filter((day) => !except.includes(day))
  return days.length === 0 ? undefined : { type: 'weekly', days }
}

function stepped(rhythm: Rhythm, said: SaidRepeat, at: number, zone: string): Rhythm {
  const every = 'every' in said ? said.every : undefined
  if (every === undefined || (rhythm.type !== 'daily' && rhythm.type !== 'weekly')) return rhythm
  const { year, month, day } = toLocal(at, zone)
  return { ...rhythm, step: { every, since: { year, month, day } } }
}

/** Midnight at the end of a Monday rings on Tuesday. A month's day stays: its end has no number of its own. */
function dayLater(rhythm: Rhythm): Rhythm {
  return rhythm.type === 'weekly' ? { ...rhythm, days: rhythm.days.map((day) => (day % 7) + 1) } : rhythm
}
