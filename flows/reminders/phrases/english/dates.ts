// Days of the calendar in English: "on 5 December".

import { anyLetter, doubted, type Found, type Groups, gap, type Reading, type Rule, rule, says } from '../found.ts'
import { asUntil, countsThings, date, numbered, untilEndOf } from '../read.ts'
import {
  anyMonth,
  anyOrdinal,
  anyWeekday,
  dayNumber,
  monthNumber,
  ordinalEnding,
  placeOf,
  untilWord,
  weekdayNumber,
} from './words.ts'

const year = '(?:,? +(?<year>20\\d\\d))?'
const dates: readonly (readonly [source: string, read: (said: Groups) => Reading])[] = [
  [`(?:the +)?(?<day>${anyOrdinal}|\\d{1,2}\\.?) *-? *(?:(?:of|day +of) +)?(?<month>${anyMonth})${year}`, monthDate],
  [`(?<year>20\\d\\d),? +(?<month>${anyMonth}) +(?<day>${anyOrdinal}|\\d{1,2}(?![:.\\d]|${anyLetter}))`, monthDate],
  [`(?<month>${anyMonth})[ -]*(?:the +)?(?<day>${anyOrdinal}|\\d{1,2}(?![:.\\d]|${anyLetter}))${year}`, monthDate],
]

/** From one day to another. */
const rangeWord = '(?:-|to +|till? +|until +|thru +|through +|and +)'
const newYear = "new +year(?:'?s)?"

export const dateRules: readonly Rule[] = [
  rule(`${untilWord} +(?:the +)?new +year(?:'?s)?(?: +eve)?`, () => asUntil(date(31, 12))),
  rule(`(?:on +)?${newYear} +eve`, () => date(31, 12)),
  rule(`(?:on +)?${newYear} +day`, () => date(1, 1)),
  rule(`${untilWord} +(?:the +)?end +of +(?<month>${anyMonth})`, ({ month }) => untilEndOf(monthNumber(month))),
  rule(`${untilWord} +(?<month>(?!may )${anyMonth})(?! *(?:the +)?\\d)`, ({ month }) =>
    asUntil(date(1, monthNumber(month))),
  ),
  rule(
    `(?:from +|on +|between +)?(?:the +)?(?<day>${anyOrdinal}|\\d{1,2}) *${rangeWord} *(?:the +)?(?<last>${anyOrdinal}|\\d{1,2}) +(?:of +)?(?<month>${anyMonth})${year}`,
    dateRange,
  ),
  rule(
    `(?:from +|on +|between +)?(?<month>${anyMonth}) *(?:the +)?(?<day>${anyOrdinal}|\\d{1,2}) *${rangeWord} *(?:the +)?(?<last>${anyOrdinal}|\\d{1,2})(?![:.]\\d| *(?:[ap]\\.?m|o'?clock))${year}`,
    dateRange,
  ),
  ...dates.map(([source, read]) => rule(`${untilWord} +${source}`, (said) => asUntil(read(said)))),
  ...dates.map(([source, read]) =>
    rule(`(?:(?:on|by|from|starting(?: +on| +from)?|beginning|since|as +of) +)?${source}`, read),
  ),
  rule(
    `(?:on +)?(?:the +)?(?<place>first|second|third|fourth|last|1st|2nd|3rd|4th) +(?<weekday>${anyWeekday}) +(?:of|in) +(?:(?<month>${anyMonth})|(?:this|the) +month)(?<year>,? +20\\d\\d)?`,
    ({ place, weekday, month, year: said }) =>
      (said === undefined ? says : unsure)({
        day: {
          type: 'placed',
          place: placeOf(place),
          weekday: weekdayNumber(weekday),
          ...(month !== undefined && { month: monthNumber(month) }),
        },
      }),
  ),
  rule(
    '(?:at|on|by) +(?:the +)?(?:end|last +day) +of +(?:the|this) +month|the +last +day +of +(?:the|this) +month',
    () => says({ day: { type: 'monthEnd' } }),
  ),
  rule(`(?:on +)?(?:the +)?(?<day>${anyOrdinal}) +(?:of +)?next +month`, ({ day }) => nextMonth(dayNumber(day))),
  rule('(?:(?:at +|in +)?(?:the +)?(?:beginning|start) +of +)?next +month', () =>
    says({ next: { unit: 'month', count: 1 } }),
  ),
  rule(
    `(?:on +|by +|from +)?the +(?<day>${anyOrdinal})(?! +(?:${anyWeekday}|time|week|day|class|lesson|year|grade|floor))(?: +of +(?:this|the) +month)?|on +(?<other>\\d{1,2}${ordinalEnding})`,
    ({ day, other }) => date(dayNumber(day ?? other)),
  ),
  rule(
    `(?<=^|${gap}[ ,]?)(?:on +)?(?<day>\\d{1,2}${ordinalEnding})(?= |$)(?! +(?:grade|floor|class|year|lesson|period|place|birthday))`,
    ({ day }) => date(dayNumber(day)),
  ),
  rule(`(?<!${numbered} )(?<day>\\d{1,2}${ordinalEnding})(?=[ .!]*$)`, ({ day }) => date(dayNumber(day))),
  rule('on +(?<day>\\d{1,2})[.](?<month>1[0-2]|0?[1-9])(?![.:]?\\d)', ({ day, month }) =>
    date(Number(day), Number(month)),
  ),
  rule(`on +(?<day>\\d{1,2})(?=[ ,]*(?:${gap}|[.!]*$)|,? +(?:at +)?\\d{1,2}(?::\\d\\d| *[ap]m))`, ({ day }) =>
    date(Number(day)),
  ),
  rule(`(?<day>\\d{1,2}${ordinalEnding})(?= +at +\\d)`, ({ day }) => date(dayNumber(day))),
  rule(`(?:on|by) +the +(?<day>\\d{1,2})(?! ?-? ?${anyLetter}{0,2}\\d)${countsThings}`, ({ day }) => date(Number(day))),
  rule(`(?<=^)the +(?<day>\\d{1,2})(?= )${countsThings}`, ({ day }) => date(Number(day))),
]

export function monthDate({ day, month, year: said }: Groups): Reading {
  return date(dayNumber(day), monthNumber(month), said === undefined ? undefined : Number(said))
}

/** The days between two are kept where something repeats; else the first day alone may be meant, or all of them. */
function dateRange({ last, ...said }: Groups, { repeat }: Found): Reading {
  const [first, end] = [monthDate(said), monthDate({ ...said, day: last })]
  if (first.type !== 'found' || end.type !== 'found') return first.type === 'found' ? end : first
  const until = end.found.day
  return repeat === undefined || until === undefined ? doubted(first) : says({ ...first.found, until })
}

function unsure(found: Found): Reading {
  return doubted(says(found))
}

function nextMonth(day: number | undefined): Reading {
  const reading = date(day)
  return reading.type === 'found' ? says({ ...reading.found, next: { unit: 'month', count: 1 } }) : reading
}
