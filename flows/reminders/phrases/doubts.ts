// What may be meant in more than one way: better asked than taken.

import { addDays, compareDates, weekdayOf } from '../../common/calendar.ts'
import type { TimeOfDay } from '../repeat.ts'
import type { Day, Found, SaidRepeat } from './found.ts'
import { dateOf, defaultClock, instantOf, laterIn, type Moment, namesDay } from './moment.ts'

/** A day without a year that is further ahead than this has most likely just passed. */
const daysAheadMeant = 330

/** Whether a time that comes once may be meant otherwise as well. */
export function isDoubted(found: Found, time: TimeOfDay | undefined, moment: Moment): boolean {
  return saysDoubt(found) || doubts.some((is) => is(found, time, moment))
}

/** Whether a rhythm may be meant otherwise as well. */
export function isRhythmDoubted(said: SaidRepeat, found: Found, time: TimeOfDay | undefined): boolean {
  return saysDoubt(found) || lacksDay(said, found) || isSpanVague(found, time)
}

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

function saysDoubt({ doubt, part }: Found): boolean {
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

/** So many days in a row: of which rhythm, and from which hour on, has to be plain. */
function isSpanVague({ span, repeat, except, until, ...found }: Found, time: TimeOfDay | undefined): boolean {
  if (span === undefined) return false
  const isDaily = repeat === undefined ? !namesDay(found) : repeat.type === 'daily' && repeat.every === undefined
  return !isDaily || (except ?? until) !== undefined || time === undefined
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
