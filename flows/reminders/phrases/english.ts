import type { Part, Reading, Rule, SaidRepeat } from './found.ts'
import { GAP, LETTER, matchesOf, SIGN, words } from './found.ts'
import { alternatives, numberWords } from './numbers.ts'
import { ahead, clock, date, digitRules, minutesTo, spokenClock, type Unit } from './read.ts'

const UNITS = {
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
const TENS = { twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60 }
const NUMBERS = numberWords(UNITS, TENS)
const NUMBER = NUMBERS.source

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const FULL_WEEKDAY = '(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)'
const WEEKDAY = `(?:${FULL_WEEKDAY}|mon|tues|tue|wed|thurs|thur|thu|fri|sat|sun)`
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const FULL_MONTHS = 'january february march april may june july august september october november december'.split(' ')
const MONTH = `(?:${alternatives([...FULL_MONTHS, ...MONTHS, 'sept'])})\\.?`
const ORDINAL = '(?:st|nd|rd|th)'

const UNIT = '(?<unit>minutes?|mins?|hours?|hrs?|hr|h|days?|weeks?|months?|years?)'
const UNIT_WORDS: [RegExp, Unit][] = [
  [/^mi/, 'minute'],
  [/^h/, 'hour'],
  [/^d/, 'day'],
  [/^w/, 'week'],
  [/^mo/, 'month'],
  [/^y/, 'year'],
]
const IN_PART = '(?: +(?:in +the +(?<part>morning|afternoon|evening)|at +(?<night>night)))?'
const EVERY = '(?:every|each)'

const REPEATS: Rule[] = [
  rule(`(?:on +)?(?:${EVERY} +)?(?:weekdays?|week +days?|workdays?|working +days?)`, () => weekly([1, 2, 3, 4, 5])),
  rule(`(?:on +|at +)?weekends|${EVERY} +weekend`, () => weekly([6, 7])),
  rule(`${EVERY} +(?<part>morning|afternoon|evening|night)`, ({ part }) => ({
    repeat: { type: 'daily' },
    ...partOf(part),
  })),
  rule(`${EVERY} +(?<days>${weekdayList('s?')})`, ({ days }) => weekly(weekdaysIn(days))),
  rule(`(?:on +)?(?<days>${FULL_WEEKDAY}s(?:(?: *,? *(?:and|&) *| *, *)${FULL_WEEKDAY}s){0,6})`, ({ days }) =>
    weekly(weekdaysIn(days)),
  ),
  rule(
    `${EVERY} +(?:(?:${NUMBER}|other|second|few|half) +)(?:an? +)?(?:${WEEKDAY}|minutes?|hours?|days?|weeks?|months?|years?)|${EVERY} +(?:hour|minute|year)|hourly|yearly|annually|once +a +year`,
    () => 'no-time',
  ),
  rule(`${EVERY} +day|everyday|daily|once +a +day`, () => ({ repeat: { type: 'daily' } })),
  rule(`${EVERY} +week|weekly|once +a +week`, () => ({ repeat: { type: 'weekly' } })),
  rule(`(?:(?:${EVERY} +month|monthly|once +a +month),? +on +the +)(?<day>\\d{1,2})${ORDINAL}?`, ({ day }) =>
    monthly(Number(day)),
  ),
  rule(`(?:on +)?(?:the +|${EVERY} +)(?<day>\\d{1,2})${ORDINAL}? +(?:day +)?of +(?:the|each|every) +month`, ({ day }) =>
    monthly(Number(day)),
  ),
  rule(`${EVERY} +(?<day>\\d{1,2})${ORDINAL}(?: +of +the +month)?`, ({ day }) => monthly(Number(day))),
  rule(`(?:(?:at|on) +)?the +(?:end|last +day) +of +${EVERY} +month`, () => monthly(31)),
  rule(`${EVERY} +month|monthly|once +a +month`, () => ({ repeat: { type: 'monthly' } })),
]

const WAITS: Rule[] = [
  rule(`in +(?:a +)?half +an? +hour|in +half +hour`, () => ahead(30, 'minute')),
  rule(`in +(?:an|one) +hour +and +a +half|in +one +and +a +half +hours?`, () => ahead(90, 'minute')),
  rule(`in +(?<count>${NUMBER}) +and +a +half +hours`, ({ count }) => ahead((NUMBERS.value(count) ?? 0) + 0.5, 'hour')),
  rule(`in +(?:a +)?couple +(?:of +)?${UNIT}`, ({ unit }) => ahead(2, unitOf(unit))),
  rule(
    `in +(?<hours>${NUMBER}) *(?:hours?|hrs?|h) +(?:and +)?(?<minutes>${NUMBER}) *(?:minutes?|mins?|m)`,
    ({ hours, minutes }) => ahead(NUMBERS.value(hours), 'hour', NUMBERS.value(minutes)),
  ),
  rule(`in +(?<count>${NUMBER}) *${UNIT}(?:'? +time)?`, ({ count, unit }) => ahead(NUMBERS.value(count), unitOf(unit))),
  rule(`(?<count>${NUMBER}) +${UNIT} +(?:later|from +now)`, ({ count, unit }) =>
    ahead(NUMBERS.value(count), unitOf(unit)),
  ),
  rule(`(?:half +an?|${NUMBER}) +${UNIT} +ago`, () => 'past'),
]

const DATES: Rule[] = [
  rule(
    `(?:(?:on|by) +)?(?:the +)?(?<day>\\d{1,2})${ORDINAL}? +(?:of +)?(?<month>${MONTH})(?:,? +(?<year>20\\d\\d))?`,
    monthDate,
  ),
  rule(
    `(?:(?:on|by) +)?(?<month>${MONTH}) +(?:the +)?(?<day>\\d{1,2})${ORDINAL}?(?![:.]\\d)(?:,? +(?<year>20\\d\\d))?`,
    monthDate,
  ),
  rule('next +month', () => ({ next: 'month' })),
  rule(`(?:on +|by +)?the +(?<day>\\d{1,2})${ORDINAL}|on +(?<other>\\d{1,2})${ORDINAL}`, ({ day, other }) =>
    date(Number(day ?? other)),
  ),
]

const CLOCKS: Rule[] = [
  rule(`(?:(?:at|by) +|@ *)?half +past +(?<hour>${NUMBER})${IN_PART}`, (said) =>
    spokenClock(NUMBERS.value(said.hour), 30, partNamed(said.part ?? said.night)),
  ),
  rule(
    `(?:(?:at|by) +|@ *)?(?:a +)?(?<minutes>quarter|${NUMBER})(?: +minutes)? +(?<way>past|to) +(?<hour>${NUMBER})`,
    ({ minutes, way, hour }) => pastOrTo(minutes === 'quarter' ? 15 : NUMBERS.value(minutes), way, NUMBERS.value(hour)),
  ),
  rule(
    '(?:(?:at|by) +|@ *)?(?<hour>\\d{1,2})(?:[:.](?<minute>\\d{2}))? *(?<half>a\\.?m|p\\.?m)\\.?',
    ({ hour, minute, half }) => twelveHours(Number(hour), Number(minute ?? 0), half?.startsWith('p') ?? false),
  ),
  rule(`(?:(?:at|by) +)?(?<hour>\\d{1,2}):(?<minute>\\d{2}) +in +the +(?<part>morning|afternoon|evening)`, (said) =>
    clock(Number(said.hour), Number(said.minute), partNamed(said.part)),
  ),
  rule(`(?:(?:at|by) +)?(?<hour>${NUMBER}) +o'?clock${IN_PART}`, (said) =>
    clock(NUMBERS.value(said.hour), undefined, partNamed(said.part ?? said.night)),
  ),
  rule(`at +(?<hour>${NUMBER}) +(?<minute>fifteen|thirty|forty[ -]five)${IN_PART}`, (said) =>
    spokenClock(NUMBERS.value(said.hour), NUMBERS.value(said.minute) ?? 0, partNamed(said.part ?? said.night)),
  ),
  rule(`(?:at +|@ *)(?<hour>(?!an? )${NUMBER})(?![:.]\\d)${IN_PART}`, ({ hour, part, night }) =>
    bareHour(NUMBERS.value(hour), partNamed(part ?? night)),
  ),
  rule('(?:at +)?(?:noon|midday)', () => clock(12, 0)),
  rule('(?:at +)?midnight', () => clock(24, 0)),
]

const DAYS: Rule[] = [
  rule("today(?!')", () => inDays(0)),
  rule("(?<!day +after +)tomorrow(?!')", () => inDays(1)),
  rule('(?:the +)?day +after +tomorrow', () => inDays(2)),
  rule('(?:the +)?day +before +yesterday', () => inDays(-2)),
  rule('(?<this>tonight|this +evening|this +night)', () => today('evening')),
  rule('this +(?<part>morning|afternoon)', ({ part }) => today(partNamed(part) ?? 'morning')),
  rule('next +week', () => ({ next: 'week' })),
  rule(`(?:on +)?next +(?<weekday>${WEEKDAY})`, ({ weekday }) => ({ next: 'week', day: weekdayNamed(weekday) })),
  rule(`(?:(?:on|by|this|coming|from) +)(?:this +)?(?<weekday>${WEEKDAY})`, ({ weekday }) => ({
    day: weekdayNamed(weekday),
  })),
  rule('(?:this|on +the|at +the) +weekend', () => ({ day: { type: 'weekday', weekday: 6 } })),
  rule(`(?<weekday>${WEEKDAY})(?= *(?:${GAP}|\\d))`, ({ weekday }) => ({ day: weekdayNamed(weekday) })),
  rule(`(?<weekday>${FULL_WEEKDAY})`, ({ weekday }) => ({ day: weekdayNamed(weekday) })),
]

const ADVERBS: Rule[] = [
  rule('in +the +(?<part>morning|afternoon|evening)', ({ part }) => partOf(part)),
  rule('at +(?<part>night|lunch|lunchtime)', ({ part }) => partOf(part)),
  // Right after a day it is a time ("Monday morning"); elsewhere it may be a thing to do ("morning run").
  {
    pattern: new RegExp(`(?<=${GAP} ?)(?<part>morning|afternoon|evening|night)(?!${SIGN})`, 'g'),
    read: partIn,
  },
]

/** What English says about time and chrono does not know, or reads otherwise; in this order, before chrono. */
export const englishRules: readonly Rule[] = [
  ...REPEATS,
  ...WAITS,
  ...CLOCKS.slice(0, 4),
  ...DATES,
  ...digitRules('at|by|from|@', `(?: *hrs?(?!${LETTER}))`),
  ...CLOCKS.slice(4),
  ...DAYS,
  ...ADVERBS,
]

/** "Remind me to" and the like: no part of what to remember, also when the time stands inside it. */
export const englishLeadIn = words(
  `(?:please,? +)?(?:can +you +)?(?:set +(?:a +)?reminder|remind +me)(?:,? +please)?[ ,${GAP}]*(?:to|that|about|for|of)?`,
)

function rule(source: string, read: Rule['read']): Rule {
  return { pattern: words(source), read }
}

function weekdayList(plural: string): string {
  return `${WEEKDAY}${plural}(?:(?: *,? *(?:and|&) *| *, *)(?:${EVERY} +)?${WEEKDAY}${plural}){0,6}`
}

const WEEKDAYS_NAMED = words(`${WEEKDAY}s?`)

function weekdaysIn(list: string | undefined): number[] {
  const named = matchesOf(WEEKDAYS_NAMED, list ?? '').map(([word]) => weekdayNumber(word))
  return [...new Set(named)].sort((first, second) => first - second)
}

function weekdayNumber(word: string): number {
  return WEEKDAYS.indexOf(word.slice(0, 3)) + 1
}

function weekdayNamed(word: string | undefined): { type: 'weekday'; weekday: number } {
  return { type: 'weekday', weekday: weekdayNumber(word ?? '') }
}

function weekly(days: number[]): { repeat: SaidRepeat } {
  return { repeat: { type: 'weekly', days } }
}

function monthly(day: number): Reading {
  return day >= 1 && day <= 31 ? { repeat: { type: 'monthly', day } } : 'bad-date'
}

function unitOf(word: string | undefined): Unit | undefined {
  return UNIT_WORDS.find(([pattern]) => pattern.test(word ?? ''))?.[1]
}

function monthDate(said: Readonly<Record<string, string | undefined>>): Reading {
  const month = MONTHS.indexOf(said.month?.slice(0, 3) ?? '') + 1
  return date(Number(said.day), month, said.year === undefined ? undefined : Number(said.year))
}

function pastOrTo(minutes: number | undefined, way: string | undefined, hour: number | undefined): Reading {
  if (minutes === undefined || hour === undefined || hour < 1 || hour > 12 || minutes > 30) return undefined
  return way === 'to' ? minutesTo(hour, minutes) : spokenClock(hour, minutes)
}

function twelveHours(hour: number, minute: number, afternoon: boolean): Reading {
  if (hour > 12) return clock(hour, minute)
  return clock((hour % 12) + (afternoon ? 12 : 0), minute)
}

/** A number after "at" with nothing more: an hour only where a day has such an hour. */
function bareHour(hour: number | undefined, part: Part | undefined): Reading {
  return hour === undefined || hour > 24 ? undefined : clock(hour, undefined, part)
}

function inDays(count: number): Reading {
  return { day: { type: 'ahead', count, unit: 'day' } }
}

function today(part: Part): Reading {
  return { day: { type: 'ahead', count: 0, unit: 'day' }, part }
}

function partIn(said: Readonly<Record<string, string | undefined>>): Reading {
  return partOf(said.part)
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
