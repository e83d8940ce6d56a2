// Days of the calendar in Kazakh: "5 желтоқсанда".

import { anyLetter, doubted, type Found, type Groups, type Reading, type Rule, rule, says } from '../found.ts'
import { asUntil, date, endOf, untilEndOf } from '../read.ts'
import {
  anyFullWeekday,
  anyMonth,
  anyNumber,
  anyShortMonth,
  byEnding,
  dayWord,
  fromEnding,
  inCase,
  monthNumber,
  numbers,
  onOrdinalEnding,
  ordinalEnding,
  placeOf,
  placeWord,
  toEnding,
  untilWord,
  weekdayNumber,
} from './words.ts'

const yearBefore = '(?:(?<year>20\\d\\d)(?:-?ш[иы])? *(?:ж\\.|жыл(?:гы|дын|ы)?)? +)?'
const yearAfter = `(?:,? +(?<later>20\\d\\d)(?:-?ш[иы])?(?: *(?:жыл(?:гы|дын|ы)?|ж\\.?)(?!${anyLetter}))?)?`
/** What names a day of the year or of the month. */
const dates: readonly (readonly [source: string, read: (said: Groups) => Reading])[] = [
  [
    `${yearBefore}(?<day>${anyNumber})(?:${ordinalEnding})?[ -]+(?<month>${anyMonth})${anyLetter}{0,5}(?: +айы(?:нда|на)?(?!${anyLetter}))?(?:${dayWord})?${yearAfter}`,
    monthDate,
  ],
  [
    `${yearBefore}(?<month>${anyMonth})(?:[дтн][иы]н| +айынын) +(?<day>${anyNumber})(?:${ordinalEnding})?(?:${dayWord}|${onOrdinalEnding})?${yearAfter}`,
    monthDate,
  ],
  [
    `${yearBefore}(?<day>\\d{1,2})(?:${ordinalEnding})?[ -]+(?<month>${anyShortMonth})(?:${byEnding})?(?:${dayWord})?${yearAfter}`,
    monthDate,
  ],
  [`(?<month>${anyMonth}) +(?<day>\\d{1,2})(?!${anyLetter}|[:.-])${yearAfter}`, monthDate],
]

const rangeEnd = `(?: +(?:${untilWord}|аралыг(?:ы|ында)))?`
export const dateRules: readonly Rule[] = [
  rule(`жана +жыл(?:га|дын +алдына)? +${untilWord}`, () => asUntil(date(31, 12))),
  rule(
    `(?<day>\\d{1,2})(?: *- *|${fromEnding}(?: +бастап)? +| +[мбп]ен +)(?<lastDay>\\d{1,2})(?:${ordinalEnding})?[ -]+(?<month>${anyMonth})${anyLetter}{0,5}${yearAfter}${rangeEnd}`,
    dateRange,
  ),
  rule(
    `(?<day>${anyNumber})(?:${ordinalEnding})?[ -]+(?<month>${anyMonth})${anyLetter}{0,5}(?: +бастап)?(?: *- *| +)(?<lastDay>${anyNumber})(?:${ordinalEnding})?[ -]+(?<lastMonth>${anyMonth})${anyLetter}{0,5}${rangeEnd}`,
    dateRange,
  ),
  rule(
    `(?<month>${anyMonth})(?:[дтн][иы]н) +(?<day>${anyNumber}) ?-? ?(?:си|сы|и|ы)?н[ае]н(?: +бастап)? +(?:(?<lastMonth>${anyMonth})(?:[дтн][иы]н) +)?(?<lastDay>${anyNumber}) ?-? ?(?:си|сы|и|ы)?н[ае]${rangeEnd}`,
    dateRange,
  ),
  rule(
    `(?<month>${anyMonth})(?:[дтн][иы]н) +${placeWord()} +(?<weekday>${anyFullWeekday})(?:${inCase})?(?: +куни)?`,
    placedDay,
  ),
  rule(`(?<month>${anyMonth})(?:[дтн][иы]н) +(?:сонгы|акыргы) +кун(?:инде|и)`, ({ month }) =>
    endOf(monthNumber(month)),
  ),
  rule(`(?<month>${anyMonth})(?:нын|нин|дын|дин|тын|тин) +(?:сонына|аягына) +${untilWord}`, ({ month }) =>
    untilEndOf(monthNumber(month)),
  ),
  ...dates.map(([source, read]) => rule(`${source}(?:${toEnding})? +${untilWord}`, (said) => asUntil(read(said)))),
  rule(`(?<month>${anyMonth})(?:га|ге|ка|ке) +${untilWord}`, ({ month }) => asUntil(date(1, monthNumber(month)))),
  ...dates.map(([source, read]) => rule(`${source}(?:(?:${fromEnding})? +бастап)?`, read)),
  // Without its case it may be of every month.
  rule(`кел(?:еси|ер) +айдын +${placeWord()} +(?<weekday>${anyFullWeekday})(?:${inCase})?(?: +куни)?`, (said) =>
    inNextMonth(placedDay(said)),
  ),
  rule(`айдын +${placeWord()} +(?<weekday>${anyFullWeekday})(?:си|сы)`, (said) => doubted(placedDay(said))),
  rule(`(?:осы +|бул +)?айдын +${placeWord()} +(?<weekday>${anyFullWeekday})(?:${inCase})?(?: +куни)?`, placedDay),
  rule(
    `(?:осы +|бул +)?айдын +(?:сонында|аягында|(?:сонгы|акыргы) +куни(?:нде)?)|ай(?:дын)? +(?:сонында|аягында)`,
    () => says({ day: { type: 'monthEnd' } }),
  ),
  rule(`кел(?:еси|ер) +айдын +(?<day>${anyNumber})(?:${ordinalEnding})?(?:${dayWord}|${onOrdinalEnding})`, ({ day }) =>
    inNextMonth(date(numbers.value(day))),
  ),
  rule(
    `(?:осы +|бул +)?айдын +(?<day>${anyNumber})(?:${ordinalEnding})?(?:${dayWord}|${onOrdinalEnding})(?: +${untilWord})?`,
    ({ day }) => date(numbers.value(day)),
  ),
  rule(`(?:осы +|бул +)?айдын +(?<day>${anyNumber}) ?-? ?(?:си|сы|и|ы)`, ({ day }) => date(numbers.value(day))),
  rule(`кел(?:еси|ер) +ай(?:да|дын)(?: +басында)?`, () => says({ next: { unit: 'month', count: 1 } })),
  rule(`(?<day>\\d{1,2})(?:${ordinalEnding})?${dayWord}`, ({ day }) => date(Number(day))),
  rule(`(?<day>${anyNumber})${ordinalEnding} +кун(?:и|инде)`, ({ day }) => date(numbers.value(day))),
  // Every day of them, or the last?
  rule(
    `(?:айдын +)?(?<day>\\d{1,2}) ?-? ?(?:си|сы|и|ы)?н[ае]н +\\d{1,2} ?-? ?(?:си|сы|и|ы)?н[ае] +${untilWord}`,
    ({ day }) => doubted(date(Number(day))),
  ),
  rule(`(?<day>\\d{1,2}) ?-? ?(?:си|сы|и|ы)(?:нде|нда|не|на)(?: +${untilWord})?`, ({ day }) => date(Number(day))),
]

function placedDay({ place, weekday, month }: Groups): Reading {
  const inMonth = month === undefined ? {} : { month: monthNumber(month) }
  return says({ day: { type: 'placed', place: placeOf(place), weekday: weekdayNumber(weekday), ...inMonth } })
}

function inNextMonth(reading: Reading): Reading {
  return reading.type === 'found' ? says({ ...reading.found, next: { unit: 'month', count: 1 } }) : reading
}

function monthDate({ day, month, year, later }: Groups): Reading {
  const named = year ?? later
  return date(numbers.value(day), monthNumber(month), named === undefined ? undefined : Number(named))
}

/** All its days where it repeats; which of them is meant otherwise nobody knows. */
function dateRange({ day, month, lastDay, lastMonth, later }: Groups, { repeat }: Found): Reading {
  const first = monthDate({ day, month, later })
  const last = asUntil(monthDate({ day: lastDay, month: lastMonth ?? month, later }))
  if (first.type !== 'found' || last.type !== 'found') return first
  return repeat === undefined ? doubted(first) : says({ ...first.found, ...last.found })
}
