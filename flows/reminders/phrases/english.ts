import type { Part, Reading, Rule } from './found.ts'
import { anyLetter, anySign, flawed, gap, matchesOf, notMine, says, words } from './found.ts'
import { alternatives, numberWords } from './numbers.ts'
import { ahead, clock, date, digitRules, minutesTo, spokenClock, type Unit } from './read.ts'

const units = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
}
const tens = { twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60 }
const numbers = numberWords(units, tens)
const anyNumber = numbers.source

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const anyFullWeekday = '(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)'
const anyWeekday = `(?:${anyFullWeekday}|mon|tues|tue|wed|thurs|thur|thu|fri|sat|sun)`
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const fullMonths = 'january february march april may june july august september october november december'.split(' ')
const anyMonth = `(?:${alternatives([...fullMonths, ...months, 'sept'])})\\.?`
const ordinalEnding = '(?:st|nd|rd|th)'

const anyUnit = '(?<unit>minutes?|mins?|hours?|hrs?|hr|h|days?|weeks?|months?|years?)'
const unitWords: readonly (readonly [RegExp, Unit])[] = [
  [/^mi/, 'minute'],
  [/^h/, 'hour'],
  [/^d/, 'day'],
  [/^w/, 'week'],
  [/^mo/, 'month'],
  [/^y/, 'year'],
]
const inPart = '(?: +(?:in +the +(?<part>morning|afternoon|evening)|at +(?<night>night)))?'
const everyWord = '(?:every|each)'

const repeatRules: readonly Rule[] = [
  rule(`(?:on +)?(?:${everyWord} +)?(?:weekdays?|week +days?|workdays?|working +days?)`, () => weekly([1, 2, 3, 4, 5])),
  rule(`(?:on +|at +)?weekends|${everyWord} +weekend`, () => weekly([6, 7])),
  rule(`${everyWord} +(?<part>morning|afternoon|evening|night)`, ({ part }) =>
    says({ repeat: { type: 'daily' }, ...partOf(part) }),
  ),
  rule(`${everyWord} +(?<days>${weekdayList('s?')})`, ({ days }) => weekly(weekdaysIn(days))),
  rule(`(?:on +)?(?<days>${anyFullWeekday}s(?:(?: *,? *(?:and|&) *| *, *)${anyFullWeekday}s){0,6})`, ({ days }) =>
    weekly(weekdaysIn(days)),
  ),
  rule(
    `${everyWord} +(?:(?:${anyNumber}|other|second|few|half) +)(?:an? +)?(?:${anyWeekday}|minutes?|hours?|days?|weeks?|months?|years?)|${everyWord} +(?:hour|minute|year)|hourly|yearly|annually|once +a +year`,
    () => flawed('no-time'),
  ),
  rule(`${everyWord} +day|everyday|daily|once +a +day`, () => says({ repeat: { type: 'daily' } })),
  rule(`${everyWord} +week|weekly|once +a +week`, () => says({ repeat: { type: 'weekly' } })),
  rule(`(?:(?:${everyWord} +month|monthly|once +a +month),? +on +the +)(?<day>\\d{1,2})${ordinalEnding}?`, ({ day }) =>
    monthly(Number(day)),
  ),
  rule(
    `(?:on +)?(?:the +|${everyWord} +)(?<day>\\d{1,2})${ordinalEnding}? +(?:day +)?of +(?:the|each|every) +month`,
    ({ day }) => monthly(Number(day)),
  ),
  rule(`${everyWord} +(?<day>\\d{1,2})${ordinalEnding}(?: +of +the +month)?`, ({ day }) => monthly(Number(day))),
  rule(`(?:(?:at|on) +)?the +(?:end|last +day) +of +${everyWord} +month`, () => monthly(31)),
  rule(`${everyWord} +month|monthly|once +a +month`, () => says({ repeat: { type: 'monthly' } })),
]

const waitRules: readonly Rule[] = [
  rule(`in +(?:a +)?half +an? +hour|in +half +hour`, () => ahead(30, 'minute')),
  rule(`in +(?:an|one) +hour +and +a +half|in +one +and +a +half +hours?`, () => ahead(90, 'minute')),
  rule(`in +(?<count>${anyNumber}) +and +a +half +hours`, ({ count }) =>
    ahead((numbers.value(count) ?? 0) + 0.5, 'hour'),
  ),
  rule(`in +(?:a +)?couple +(?:of +)?${anyUnit}`, ({ unit }) => ahead(2, unitOf(unit))),
  rule(
    `in +(?<hours>${anyNumber}) *(?:hours?|hrs?|h) +(?:and +)?(?<minutes>${anyNumber}) *(?:minutes?|mins?|m)`,
    ({ hours, minutes }) => ahead(numbers.value(hours), 'hour', numbers.value(minutes)),
  ),
  rule(`in +(?<count>${anyNumber}) *${anyUnit}(?:'? +time)?`, ({ count, unit }) =>
    ahead(numbers.value(count), unitOf(unit)),
  ),
  rule(`(?<count>${anyNumber}) +${anyUnit} +(?:later|from +now)`, ({ count, unit }) =>
    ahead(numbers.value(count), unitOf(unit)),
  ),
  rule(`(?:half +an?|${anyNumber}) +${anyUnit} +ago`, () => flawed('past')),
]

const dateRules: readonly Rule[] = [
  rule(
    `(?:(?:on|by) +)?(?:the +)?(?<day>\\d{1,2})${ordinalEnding}? +(?:of +)?(?<month>${anyMonth})(?:,? +(?<year>20\\d\\d))?`,
    monthDate,
  ),
  rule(
    `(?:(?:on|by) +)?(?<month>${anyMonth}) +(?:the +)?(?<day>\\d{1,2})${ordinalEnding}?(?![:.]\\d)(?:,? +(?<year>20\\d\\d))?`,
    monthDate,
  ),
  rule('next +month', () => says({ next: 'month' })),
  rule(`(?:on +|by +)?the +(?<day>\\d{1,2})${ordinalEnding}|on +(?<other>\\d{1,2})${ordinalEnding}`, ({ day, other }) =>
    date(Number(day ?? other)),
  ),
]

const clockRules: readonly Rule[] = [
  rule(`(?:(?:at|by) +|@ *)?half +past +(?<hour>${anyNumber})${inPart}`, (said) =>
    spokenClock(numbers.value(said.hour), 30, partNamed(said.part ?? said.night)),
  ),
  rule(
    `(?:(?:at|by) +|@ *)?(?:a +)?(?<minutes>quarter|${anyNumber})(?: +minutes)? +(?<way>past|to) +(?<hour>${anyNumber})`,
    ({ minutes, way, hour }) => pastOrTo(minutes === 'quarter' ? 15 : numbers.value(minutes), way, numbers.value(hour)),
  ),
  rule(
    '(?:(?:at|by) +|@ *)?(?<hour>\\d{1,2})(?:[:.](?<minute>\\d{2}))? *(?<half>a\\.?m|p\\.?m)\\.?',
    ({ hour, minute, half }) => twelveHours(Number(hour), Number(minute ?? 0), half?.startsWith('p') ?? false),
  ),
  rule(`(?:(?:at|by) +)?(?<hour>\\d{1,2}):(?<minute>\\d{2}) +in +the +(?<part>morning|afternoon|evening)`, (said) =>
    clock(Number(said.hour), Number(said.minute), partNamed(said.part)),
  ),
  rule(`(?:(?:at|by) +)?(?<hour>${anyNumber}) +o'?clock${inPart}`, (said) =>
    clock(numbers.value(said.hour), undefined, partNamed(said.part ?? said.night)),
  ),
  rule(`at +(?<hour>${anyNumber}) +(?<minute>fifteen|thirty|forty[ -]five)${inPart}`, (said) =>
    spokenClock(numbers.value(said.hour), numbers.value(said.minute) ?? 0, partNamed(said.part ?? said.night)),
  ),
  rule(`(?:at +|@ *)(?<hour>(?!an? )${anyNumber})(?![:.]\\d)${inPart}`, ({ hour, part, night }) =>
    bareHour(numbers.value(hour), partNamed(part ?? night)),
  ),
  rule('(?:at +)?(?:noon|midday)', () => clock(12, 0)),
  rule('(?:at +)?midnight', () => clock(24, 0)),
]

const dayRules: readonly Rule[] = [
  rule("today(?!')", () => inDays(0)),
  rule("(?<!day +after +)tomorrow(?!')", () => inDays(1)),
  rule('(?:the +)?day +after +tomorrow', () => inDays(2)),
  rule('(?:the +)?day +before +yesterday', () => inDays(-2)),
  rule('(?<this>tonight|this +evening|this +night)', () => today('evening')),
  rule('this +(?<part>morning|afternoon)', ({ part }) => today(partNamed(part) ?? 'morning')),
  rule('next +week', () => says({ next: 'week' })),
  rule(`(?:on +)?next +(?<weekday>${anyWeekday})`, ({ weekday }) => says({ next: 'week', day: weekdayNamed(weekday) })),
  rule(`(?:(?:on|by|this|coming|from) +)(?:this +)?(?<weekday>${anyWeekday})`, ({ weekday }) =>
    says({ day: weekdayNamed(weekday) }),
  ),
  rule('(?:this|on +the|at +the) +weekend', () => says({ day: { type: 'weekday', weekday: 6 } })),
  rule(`(?<weekday>${anyWeekday})(?= *(?:${gap}|\\d))`, ({ weekday }) => says({ day: weekdayNamed(weekday) })),
  rule(`(?<weekday>${anyFullWeekday})`, ({ weekday }) => says({ day: weekdayNamed(weekday) })),
]

const adverbRules: readonly Rule[] = [
  rule('in +the +(?<part>morning|afternoon|evening)', ({ part }) => says(partOf(part))),
  rule('at +(?<part>night|lunch|lunchtime)', ({ part }) => says(partOf(part))),
  // Right after a day it is a time ("Monday morning"); elsewhere it may be a thing to do ("morning run").
  {
    pattern: new RegExp(`(?<=${gap} ?)(?<part>morning|afternoon|evening|night)(?!${anySign})`, 'g'),
    read: partIn,
  },
]

/** What English says about time and chrono does not know, or reads otherwise; in this order, before chrono. */
export const englishRules: readonly Rule[] = [
  ...repeatRules,
  ...waitRules,
  ...clockRules.slice(0, 4),
  ...dateRules,
  ...digitRules('at|by|from|@', `(?: *hrs?(?!${anyLetter}))`),
  ...clockRules.slice(4),
  ...dayRules,
  ...adverbRules,
]

/** "Remind me to" and the like: no part of what to remember, also when the time stands inside it. */
export const englishLeadIn = words(
  `(?:please,? +)?(?:can +you +)?(?:set +(?:a +)?reminder|remind +me)(?:,? +please)?[ ,${gap}]*(?:to|that|about|for|of)?`,
)

function rule(source: string, read: Rule['read']): Rule {
  return { pattern: words(source), read }
}

function weekdayList(plural: string): string {
  return `${anyWeekday}${plural}(?:(?: *,? *(?:and|&) *| *, *)(?:${everyWord} +)?${anyWeekday}${plural}){0,6}`
}

const namedWeekdays = words(`${anyWeekday}s?`)

function weekdaysIn(list: string | undefined): number[] {
  const named = matchesOf(namedWeekdays, list ?? '').map(([word]) => weekdayNumber(word))
  return [...new Set(named)].sort((first, second) => first - second)
}

function weekdayNumber(word: string): number {
  return weekdays.indexOf(word.slice(0, 3)) + 1
}

function weekdayNamed(word: string | undefined): { type: 'weekday'; weekday: number } {
  return { type: 'weekday', weekday: weekdayNumber(word ?? '') }
}

function weekly(days: number[]): Reading {
  return says({ repeat: { type: 'weekly', days } })
}

function monthly(day: number): Reading {
  return day >= 1 && day <= 31 ? says({ repeat: { type: 'monthly', day } }) : flawed('bad-date')
}

function unitOf(word: string | undefined): Unit | undefined {
  return unitWords.find(([pattern]) => pattern.test(word ?? ''))?.[1]
}

function monthDate(said: Readonly<Record<string, string | undefined>>): Reading {
  const month = months.indexOf(said.month?.slice(0, 3) ?? '') + 1
  return date(Number(said.day), month, said.year === undefined ? undefined : Number(said.year))
}

function pastOrTo(minutes: number | undefined, way: string | undefined, hour: number | undefined): Reading {
  if (minutes === undefined || hour === undefined || hour < 1 || hour > 12 || minutes > 30) return notMine
  return way === 'to' ? minutesTo(hour, minutes) : spokenClock(hour, minutes)
}

function twelveHours(hour: number, minute: number, afternoon: boolean): Reading {
  if (hour > 12) return clock(hour, minute)
  return clock((hour % 12) + (afternoon ? 12 : 0), minute)
}

/** A number after "at" with nothing more: an hour only where a day has such an hour. */
function bareHour(hour: number | undefined, part: Part | undefined): Reading {
  return hour === undefined || hour > 24 ? notMine : clock(hour, undefined, part)
}

function inDays(count: number): Reading {
  return says({ day: { type: 'ahead', count, unit: 'day' } })
}

function today(part: Part): Reading {
  return says({ day: { type: 'ahead', count: 0, unit: 'day' }, part })
}

function partIn(said: Readonly<Record<string, string | undefined>>): Reading {
  return says(partOf(said.part))
}

function partOf(word: string | undefined): { part?: Part } {
  const part = partNamed(word)
  return part === undefined ? {} : { part }
}

function partNamed(word: string | undefined): Part | undefined {
  switch (word) {
    case 'morning':
    case 'afternoon':
    case 'evening':
    case 'night':
      return word
    case 'lunch':
    case 'lunchtime':
      return 'midday'
    default:
      return undefined
  }
}
