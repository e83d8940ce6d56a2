import { isValidDate, minuteLength } from '../../common/calendar.ts'
import { anySign, type Clock, type Day, flawed, notMine, type Part, type Reading, type Rule, says } from './found.ts'

/** A unit of waiting, as all three languages share it. */
export type Unit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'

const someLeapYear = 2028

/** "After two hours" or "in three days": hours and minutes count from now, longer units name a day. */
export function ahead(count: number | undefined, unit: Unit | undefined, moreMinutes = 0): Reading {
  if (count === undefined || unit === undefined) return notMine
  if (unit === 'minute') return says({ wait: Math.round(count * minuteLength) })
  if (unit === 'hour') return says({ wait: Math.round((count * 60 + moreMinutes) * minuteLength) })
  if (unit === 'year') return wholeAhead(count * 12, 'month')
  return wholeAhead(count, unit)
}

function wholeAhead(count: number, unit: 'day' | 'week' | 'month'): Reading {
  return Number.isInteger(count) ? says({ day: { type: 'ahead', count, unit } }) : notMine
}

/** A day that was named by numbers; a flaw when there is no such day in any year, or not in that one. */
export function date(day: number | undefined, month?: number, year?: number): Reading {
  if (day === undefined) return notMine
  const fullYear = year !== undefined && year < 100 ? 2000 + year : year
  if (!isValidDate({ year: fullYear ?? someLeapYear, month: month ?? 1, day })) return flawed('bad-date')
  const said: Day = {
    type: 'date',
    day,
    ...(month !== undefined && { month }),
    ...(fullYear !== undefined && { year: fullYear }),
  }
  return says({ day: said })
}

/** An hour that was named; a flaw when a day has no such hour. Minutes left out make the clock loose. */
export function clock(hour: number | undefined, minute?: number, part?: Part): Reading {
  if (hour === undefined || !Number.isInteger(hour)) return notMine
  if (hour > 24 || (minute ?? 0) > 59 || (hour === 24 && (minute ?? 0) > 0)) return flawed('bad-time')
  const said: Clock = minute === undefined ? { hour, minute: 0, loose: true } : { hour, minute }
  return part === undefined ? says({ clock: said }) : says({ clock: said, part })
}

/** As clock, but the half hours of speech ("half past six") leave open which half of the day is meant. */
export function spokenClock(hour: number | undefined, minute: number, part?: Part): Reading {
  const reading = clock(hour, minute, part)
  if (reading.type !== 'found' || reading.found.clock === undefined) return reading
  return says({ ...reading.found, clock: { ...reading.found.clock, loose: true } })
}

/** Minutes before an hour: "a quarter to seven" is 6:45. */
export function minutesTo(hour: number | undefined, minutes: number | undefined): Reading {
  if (hour === undefined || minutes === undefined || hour < 1 || minutes < 1 || minutes > 59) return notMine
  return spokenClock(hour === 1 ? 12 : hour - 1, 60 - minutes)
}

/**
 * Digits that mean the same in every language: 18:00, 5.01, 05.01.2027, 5/01, 2027-01-05, 18.00. `before` and `after`
 * are pieces of a pattern that mark a time ("at", "-де"): marked, 10.12 is a time, otherwise a date where it can be.
 */
export function digitRules(before: string, after: string): Rule[] {
  const start = `(?<!${anySign}|[.:/-])`
  const end = `(?!${anySign}|[/:]|[.,-]\\d)`
  const mark = `(?<mark>(?:${before}) *)?`
  const suffix = `(?<suffix>${after})?`
  return [
    {
      pattern: new RegExp(`${start}(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})${end}`, 'g'),
      read: (said) => date(Number(said.day), Number(said.month), Number(said.year)),
    },
    {
      pattern: new RegExp(
        `${start}${mark}(?<hour>\\d{1,2}):(?<minute>\\d{2}) *(?:-|до|to|till|until) *\\d{1,2}:\\d{2}${suffix}${end}`,
        'g',
      ),
      read: (said) => clock(Number(said.hour), Number(said.minute)),
    },
    {
      pattern: new RegExp(`${start}${mark}(?<hour>\\d{1,2}):(?<minute>\\d{2})${suffix}${end}`, 'g'),
      read: (said) => clock(Number(said.hour), Number(said.minute)),
    },
    {
      pattern: new RegExp(
        `${start}(?<day>\\d{1,2})(?<dot>[./-])(?<month>\\d{1,2})\\k<dot>(?<year>\\d{4}|\\d{2})${end}`,
        'g',
      ),
      read: (said) => date(Number(said.day), Number(said.month), Number(said.year)),
    },
    {
      pattern: new RegExp(`${start}${mark}(?<hour>\\d{1,2})[.](?<minute>\\d{2})${suffix}${end}`, 'g'),
      read: ({ mark, suffix, hour, minute }) => (mark || suffix ? clock(Number(hour), Number(minute)) : notMine),
    },
    {
      pattern: new RegExp(`${start}(?<first>\\d{1,2})[./](?<second>\\d{2})${end}`, 'g'),
      read: ({ first, second }) => dateOrTime(Number(first), Number(second)),
    },
  ]
}

function dateOrTime(first: number, second: number): Reading {
  if (second >= 1 && second <= 12) return date(first, second)
  // 3.14 is a number and 12.75 a price, but 31.13 was meant as a day.
  if (first > 23) return first <= 31 && second > 0 ? flawed('bad-date') : notMine
  return second <= 59 && second % 5 === 0 ? clock(first, second) : notMine
}
