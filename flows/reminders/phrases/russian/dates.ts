// Days of the calendar in Russian: "до 5 декабря".

import { anyLetter, doubted, flawed, type Groups, type Reading, type Rule, rule, says } from '../found.ts'
import { asUntil, date, untilEndOf } from '../read.ts'
import {
  anyFullWeekday,
  anyMonth,
  dayNumber,
  monthNumber,
  ordinals,
  placeOf,
  placeWord,
  weekdayNumber,
} from './words.ts'

const numberDate = `(?<day>\\d{1,2}|${ordinals.source})(?: ?-?(?:го|ое|ого|ому|му|е))?`
const year = `(?:(?:,? +|[/-])(?<year>20\\d\\d)(?: *(?:года|году|год|г\\.?))?(?!${anyLetter}))?`
/** What names a day of the year, without what stands before it. */
const dates: readonly (readonly [source: string, read: (said: Groups) => Reading])[] = [
  [`${numberDate}[ /-]+(?<month>${anyMonth})${year}`, monthDate],
  [`(?<month>${anyMonth}) +(?<day>\\d{1,2})(?:-?го|-?е)?(?![:.\\d-]|${anyLetter})${year}`, monthDate],
]

export const dateRules: readonly Rule[] = [
  // So many days before it: is that its eve?
  rule('до +нового +года', (_, { before }) =>
    before === undefined ? asUntil(date(31, 12)) : doubted(asUntil(date(31, 12))),
  ),
  // Every day of them, or the first?
  rule(`(?:(?:с|со) +)?${numberDate} *(?:-|по +|до +) *${dayEnd()} +(?<month>${anyMonth})${year}`, (said) =>
    doubted(monthDate(said)),
  ),
  rule(`(?:(?:с|со) +)?${numberDate} *(?:-|по +|до +) *${dayEnd()} +числ[оа]`, ({ day }) =>
    doubted(date(dayNumber(day))),
  ),
  rule(
    `(?:(?:с|со) +)?(?<day>\\d{1,2})\\.(?<month>0[1-9]|1[0-2])(?:\\.(?:20\\d\\d)?)? *(?:-|по +|до +) *\\d{1,2}\\.(?:0[1-9]|1[0-2])(?:\\.(?<year>20\\d\\d))?`,
    (said) => doubted(numericDate(said)),
  ),
  // "By 10.12" is hardly twelve minutes past ten; "by 8.10" may be.
  rule(
    `(?<!(?:завтра|сегодня) {1,2})(?<until>с|к|до|от|на) +(?<day>\\d{1,2})\\.(?<month>0[1-9]|1[0-2])(?![.:]?\\d| *(?:-|до|по) *\\d)`,
    ({ until, ...said }) => {
      const reading = until === 'до' ? asUntil(numericDate(said)) : numericDate(said)
      return Number(said.month) % 5 === 0 && Number(said.day) < 24 ? doubted(reading) : reading
    },
  ),
  rule(`до +(?:самого +)?конца +(?<month>${anyMonth})`, ({ month }) => untilEndOf(monthNumber(month))),
  rule(`до +(?:начала +)?(?<month>${anyMonth})(?! +\\d)`, ({ month }) => asUntil(date(1, monthNumber(month)))),
  ...dates.map(([source, read]) =>
    rule(`(?:(?:вплоть +)?до|по) +${source}(?: +включительно)?`, (said) => asUntil(read(said))),
  ),
  ...dates.map(([source, read]) =>
    rule(
      `(?:(?:на|к|ко|с|со|начиная +с|от) +)?${source}(?: *- *${dayEnd()}(?: +${anyMonth})?| +(?:по|до) +${dayEnd()}(?: +${anyMonth})?)?`,
      read,
    ),
  ),
  // "The first Saturday of the month" without "on" may be of every month.
  rule(
    `(?<!(?:в|во|на) {1,2})(?<place>${placeWord()})${anyLetter}+ +(?<weekday>${anyFullWeekday}) +месяца`,
    ({ place, weekday }) => doubted(placedDay(place, weekday, undefined)),
  ),
  rule(
    `(?:(?:в|во|на) +)?(?<place>${placeWord()})${anyLetter}+ +(?<weekday>${anyFullWeekday})(?: +(?<month>${anyMonth})|(?<next> +следующего +месяца)| +(?:этого +)?месяца)`,
    ({ place, weekday, month, next }) => (next === undefined ? placedDay(place, weekday, month) : flawed('no-time')),
  ),
  rule('(?:в +)?(?:конце|последний +день|последнее +число) +(?:этого +)?месяца|(?:до|к) +конца?у? +месяца', () =>
    says({ day: { type: 'monthEnd' } }),
  ),
  rule(`(?:в +|на +)?следующ(?:ий|ем) +месяце?,? +${numberDate}(?: +числ[ауо])?`, ({ day }) =>
    nextMonth(dayNumber(day)),
  ),
  rule(`(?:в +)?(?:начале +)?следующ(?:ем|его) +месяц[еа]`, () => says({ next: { unit: 'month', count: 1 } })),
  rule(`через +месяц +(?<day>\\d{1,2})(?: ?-?(?:го|ое|е))?(?: +числа)?`, ({ day }) => nextMonth(Number(day))),
  rule(
    `(?:(?:на|к|до|с) +)?${numberDate} +числ[ауо](?<next> +следующего +месяца)?(?: +этого +месяца)?`,
    ({ day, next }) => (next === undefined ? date(dayNumber(day)) : nextMonth(dayNumber(day))),
  ),
  rule('(?:(?:на|к|до|с) +)?(?<day>\\d{1,2}) ?-?(?:го|ого|му|ое)', ({ day }) => date(Number(day))),
]

function nextMonth(day: number | undefined): Reading {
  const reading = date(day)
  return reading.type === 'found' ? says({ ...reading.found, next: { unit: 'month', count: 1 } }) : reading
}

function dayEnd(): string {
  return `(?:\\d{1,2}|${ordinals.source})(?: ?-?(?:го|ое|е))?`
}

function placedDay(place: string | undefined, weekday: string | undefined, month: string | undefined): Reading {
  const said = { type: 'placed', place: placeOf(place), weekday: weekdayNumber(weekday) } as const
  return says({ day: month === undefined ? said : { ...said, month: monthNumber(month) } })
}

function monthDate({ day, month, year: named }: Groups): Reading {
  return date(dayNumber(day), monthNumber(month), named === undefined ? undefined : Number(named))
}

function numericDate({ day, month, year: named }: Groups): Reading {
  return date(Number(day), Number(month), named === undefined ? undefined : Number(named))
}
