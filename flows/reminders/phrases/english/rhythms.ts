// What comes again, in English: "every other Tuesday".

import { doubted, flawed, gap, notMine, type Reading, type Rule, rule, ruleBehind, says } from '../found.ts'
import { countsThings, daysInRow, everySo, inOrder, monthly, weekdaysFrom, weekly } from '../read.ts'
import { monthDate } from './dates.ts'
import {
  anyFullWeekday,
  anyMonth,
  anyNumber,
  anyOrdinal,
  anyOrdinalName,
  anyUnit,
  anyWeekday,
  dayNumber,
  everyWord,
  numbers,
  ordinalEnding,
  partOf,
  placeOf,
  unitOf,
  weekdayList,
  weekdayNumber,
  weekdaysIn,
} from './words.ts'

/** An hour in digits, one among several. */
const anyHour = '(?:[01]?\\d|2[0-3])(?:[:.][0-5]\\d)?(?: *[ap]\\.?m)?'
/** The same, where it can be nothing else. */
const exactHour = '(?:[01]?\\d|2[0-3])(?:[:.][0-5]\\d(?: *[ap]\\.?m)?| *[ap]\\.?m)'

export const repeatRules: readonly Rule[] = [
  rule(`(?:for +)?(?<count>${anyNumber}) +(?:days +in +a +row|consecutive +days)`, ({ count }) =>
    daysInRow(numbers.value(count)),
  ),
  rule(`(?:${everyWord} +|on +)?(?:week|work(?:ing)? ?)days? +(?<part>morning|afternoon|evening|night)s?`, ({ part }) =>
    says({ repeat: { type: 'weekly', days: [1, 2, 3, 4, 5] }, ...partOf(part) }),
  ),
  rule(
    `(?:on +)?(?:${everyWord} +|all +)?(?:weekdays?|week +days?|workdays?|work +days?|working +days?|school +days)`,
    () => weekly([1, 2, 3, 4, 5]),
  ),
  rule(`(?:except|excluding|apart +from|but +not) +(?:(?:on|for|at) +)?(?:the +)?weekends?`, () =>
    says({ except: [6, 7] }),
  ),
  rule(
    `(?:except|excluding|apart +from|but +not|besides|never|(?<=(?:days?|${gap}) )but) +(?:(?:on|for) +)?(?<days>${weekdayList('s?')})`,
    ({ days }) => says({ except: inOrder(weekdaysIn(days)) }),
  ),
  rule(`(?:on +|at +)?weekends|${everyWord} +weekend|on +the +weekends`, () => weekly([6, 7])),
  rule(
    `${everyWord} +(?:morning|afternoon|evening|night) +(?:and|&) +(?:${everyWord} +)?(?:morning|afternoon|evening|night)`,
    () => flawed('no-rhythm'),
  ),
  rule(`${everyWord} +(?<part>morning|afternoon|evening|night)`, ({ part }) =>
    says({ repeat: { type: 'daily' }, ...partOf(part) }),
  ),
  rule('(?:in +the +)?(?<part>morning|evening|afternoon)s|nightly', ({ part }) =>
    says({ repeat: { type: 'daily' }, ...partOf(part ?? 'night') }),
  ),
  rule(`(?:on +)?(?<days>${anyWeekday}s?(?: *- *${anyWeekday}s?){2,6})`, ({ days }) => weekly(weekdaysIn(days))),
  rule(
    `(?:${everyWord} +(?:week +)?)?(?:from +)?(?<first>${anyWeekday})(?: *- *| +(?<way>to|through|thru|till?|until|untill) +)(?<last>${anyWeekday})(?:,? +(?:every +week|weekly))?`,
    ({ first, way, last }) => {
      const days = weekly(weekdaysFrom(weekdayNumber(first), weekdayNumber(last)))
      // Once, for some days on end?
      return way?.includes('til') ? doubted(days) : days
    },
  ),
  rule(
    `(?:on +)?(?:${everyWord} +|the +)?(?<place>first|second|third|fourth|last|1st|2nd|3rd|4th) +(?<weekday>${anyWeekday}) +(?:of|in) +(?:(?:the|every|each) +)?month(?:,? +(?:every +month|monthly))?|(?:${everyWord} +month|monthly),? +on +the +(?<other>first|second|third|fourth|last|1st|2nd|3rd|4th) +(?<day>${anyWeekday})`,
    ({ place, weekday, other, day }) => placed(place ?? other, weekday ?? day),
  ),
  rule(`${everyWord} +(?<place>first|last|1st) +(?<weekday>${anyWeekday})`, ({ place, weekday }) =>
    placed(place, weekday),
  ),
  rule(`${everyWord} +(?:third|fourth|3rd|4th|\\d+(?:st|nd|rd|th)) +${anyWeekday}`, () => flawed('no-rhythm')),
  rule(
    `${everyWord} +(?:other|second|2nd|alternate) +(?<days>${weekdayList('s?')})|(?<after>${anyWeekday})s? +every +(?:other|second|two|2) +weeks?`,
    ({ days, after }) => weekly(weekdaysIn(days ?? after), 2),
  ),
  rule(
    `(?:${everyWord} +(?:(?<count>${anyNumber}) +weeks|(?:other|second|2nd) +week|fortnight)|once +(?:every +(?:(?<times>${anyNumber}) +weeks|other +week)|a +fortnight)|fortnightly|bi-?weekly)(?:,? +(?:on +)?(?<days>${weekdayList('s?')}))?`,
    ({ count, times, days }) => everyWeeks(numbers.value(count ?? times) ?? 2, days),
  ),
  rule(
    `(?:${everyWord} +week|weekly|once +a +week),? +(?:on +)?(?:every +)?(?<days>${weekdayList('s?')})`,
    ({ days }) => weekly(weekdaysIn(days)),
  ),
  rule(`(?:on +)?${everyWord} +(?<days>${weekdayList('s?')})(?:,? +(?:weekly|every +week))?`, ({ days }) =>
    weekly(weekdaysIn(days)),
  ),
  rule(
    `(?:on +)?(?<days>${anyFullWeekday}s(?:(?: *,? *(?:and|&) *| *, *| +)(?:on +)?${anyFullWeekday}s){0,6})`,
    ({ days }) => weekly(weekdaysIn(days)),
  ),
  rule(`(?:on +)?(?<days>${weekdayList('s?', 2)})`, ({ days }) => weekly(weekdaysIn(days))),
  rule(`${everyWord} +(?<day>third|fourth|fifth|sixth|tenth|\\d{1,2} ?(?:rd|th)) +day(?! +of)`, ({ day }) =>
    everySo(dayNumber(day), 'day'),
  ),
  rule(`${everyWord} +(?:other|second|2nd|alternate) +day|every +day +but +one`, () => everySo(2, 'day')),
  rule(`(?:${everyWord}|once +(?:every|in)) +(?<count>${anyNumber}) *${anyUnit}`, ({ count, unit }) =>
    everySo(numbers.value(count), unitOf(unit)),
  ),
  rule(
    `(?:twice|thrice|(?:two|three|four|five|\\d+) +times) +(?:(?:a|per|every|each) +(?:day|week|month|year)|daily|weekly|monthly)|${everyWord} +(?:minute|min|hour|hr|quarter|half[ -]year|half +(?:an +)?hour|(?:few|other|second) +(?:minutes?|hours?|months?|years?))|hourly|quarterly|once +an +hour|bi-?monthly`,
    () => flawed('no-rhythm'),
  ),
  rule(`${everyWord} +days?|everyday|daily|once +a +day|day +after +day|each +and +every +day`, () =>
    says({ repeat: { type: 'daily' } }),
  ),
  rule(`${everyWord} +week|weekly|once +a +week`, () => says({ repeat: { type: 'weekly' } })),
  rule(
    `(?<!of )(?:${everyWord} +month|monthly|once +a +month),? +(?:on +)?(?:the +)?(?<day>\\d{1,2}${ordinalEnding}?|${anyOrdinalName})(?: +day)?(?![:.]\\d)`,
    ({ day }) => monthly(dayNumber(day)),
  ),
  rule(
    `(?:(?:on|by) +)?(?:the +|(?<every>${everyWord}) +)?(?<day>${anyOrdinal}|\\d{1,2})(?: +day)?(?: +of +(?<of>the|each|every) +month|,? +(?:every +month|monthly|each +month))`,
    // "On the 3rd of the month": of this one, or of each?
    ({ every, day, of }) =>
      of === 'the' && every === undefined ? doubted(monthly(dayNumber(day))) : monthly(dayNumber(day)),
  ),
  rule(
    `${everyWord} +(?<day>${anyOrdinal}) +(?:of +)?(?<month>${anyMonth})|${everyWord} +(?<other>\\d{1,2}) +(?<same>${anyMonth})`,
    (said) => yearly(monthDate({ day: said.day ?? said.other, month: said.month ?? said.same })),
  ),
  rule(
    `(?:on +)?${everyWord} +(?:year +on +)?(?<month>${anyMonth}) +(?:the +)?(?<day>${anyOrdinal}|\\d{1,2})(?![:.]\\d)`,
    (said) => yearly(monthDate(said)),
  ),
  rule(`${everyWord} +(?<day>${anyOrdinal})(?: +of +the +month)?(?! +of +${anyMonth})`, ({ day }) =>
    monthly(dayNumber(day)),
  ),
  rule(
    `(?:(?:at|on) +)?(?:the +)?(?:end|last +day) +of +(?:${everyWord} +month|the +month,? +every +month)|${everyWord} +last +day +of +the +month|(?:every +month|monthly) +(?:at|on) +the +(?:end|last +day)`,
    () => monthly(31),
  ),
  rule(`${everyWord} +month|monthly|once +a +month`, () => says({ repeat: { type: 'monthly' } })),
  rule(`${everyWord} +year|yearly|annually|once +a +year`, () => says({ repeat: { type: 'yearly' } })),
  rule(
    `(?:(?:at|@) *${anyHour}|${exactHour}) *(?:(?:,|and|&|\\+|nd?) *)+(?:at +)?(?:${exactHour}|${anyHour})${countsThings}`,
    (_, { repeat }) => (repeat === undefined ? notMine : flawed('no-rhythm')),
  ),
  // "Every day for three times".
  ruleBehind(
    `(?:(?:for|up +to) +)?(?:twice|thrice|\\d+ ?x|(?:\\d+|${anyNumber}) +(?:times|occurrences))`,
    (_, { repeat }) => (repeat === undefined ? notMine : flawed('no-rhythm')),
  ),
]

function everyWeeks(count: number, days: string | undefined): Reading {
  const reading = everySo(count, 'week')
  return days === undefined || reading.type !== 'found' ? reading : weekly(weekdaysIn(days), count)
}

function placed(place: string | undefined, weekday: string | undefined): Reading {
  return says({ repeat: { type: 'monthlyWeekday', place: placeOf(place), weekday: weekdayNumber(weekday) } })
}

function yearly(reading: Reading): Reading {
  return reading.type === 'found' ? says({ ...reading.found, repeat: { type: 'yearly' } }) : reading
}
