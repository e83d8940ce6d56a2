// When a reminder comes first, and how it comes again.

import { addDays, dayLength, type LocalDate, minuteLength, toLocal, toUtc, weekdayOf } from '../../common/calendar.ts'
import { nextTime, type Repeat, type Rhythm, type TimeOfDay } from '../repeat.ts'
import { isDoubted, isRhythmDoubted } from './doubts.ts'
import { type Flawed, type Found, flawed, type SaidRepeat } from './found.ts'
import {
  dateOf,
  dayFrom,
  defaultClock,
  type Moment,
  namesDay,
  type Outcome,
  outcome,
  settleDay,
  timeOf,
} from './moment.ts'

/**
 * When a reminder comes first (epoch ms) and how it repeats, or why that cannot be. `doubtful` where the parts of the
 * line do not fit each other ("Monday 24 November" in a year in which that is a Tuesday).
 */
export type Settled =
  | { readonly type: 'settled'; readonly at: number; readonly repeat: Repeat; readonly doubtful: boolean }
  | Flawed

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
  return once(settleDay(found, time, moment), isDoubted(found, time, moment))
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
  return { ...spanned(settled, found.span, moment.zone), doubtful: isRhythmDoubted(said, found, time) }
}

/** Ends on the last of so many days, of which the first is the one on which it comes first. */
function spanned(settled: Extract<Settled, { type: 'settled' }>, span: number | undefined, zone: string) {
  if (span === undefined || settled.repeat.type !== 'daily') return settled
  const { year, month, day } = toLocal(settled.at, zone)
  return { ...settled, repeat: { ...settled.repeat, until: addDays({ year, month, day }, span - 1) } }
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
