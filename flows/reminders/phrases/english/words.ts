// The words of English that say when: numbers, weekdays, months, units, parts of the day; and what each stands for.

import { anyLetter, matchesOf, type Part, words } from '../found.ts'
import { alternatives, numberWords, spelling } from '../numbers.ts'
import type { Unit } from '../read.ts'

const named =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen'
export const units = Object.fromEntries(`${named} eighteen nineteen`.split(' ').map((word, place) => [word, place + 1]))
export const tens = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fourty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
}
export const numbers = numberWords(units, tens)
export const anyNumber = numbers.source
export const spelt = spelling(units, tens).spelt
export const anyAmount = `(?:${anyNumber}|an?)`
const ordinalNames =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth'
    .concat(' fifteenth sixteenth seventeenth eighteenth nineteenth twentieth')
    .split(' ')
export const anyOrdinalName = `(?:(?:twenty|thirty)[ -]?(?:${alternatives(ordinalNames.slice(0, 9))})|${alternatives(ordinalNames)}|thirtieth)`
export const ordinalEnding = '(?:st|nd|rd|th)'
/** A day of the month with what makes it one: "5th", "fifth". */
export const anyOrdinal = `(?:\\d{1,2} ?${ordinalEnding}|${anyOrdinalName})`

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
export const anyFullWeekday = '(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)'
export const anyWeekday = `(?:${anyFullWeekday}|(?:mon|tues|tue|weds|wed|thurs|thur|thu|fri|sat|sun)\\.?)`
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const fullMonths = 'january february march april may june july august september october november december'.split(' ')
export const anyMonth = `(?:${alternatives([...fullMonths, ...months, 'sept'])})\\.?(?!${anyLetter})`

export const anyUnit =
  '(?<unit>minutes?|mins?|hours?|hrs?|hr|h|days?|weeks?|wks?|fortnights?|months?|mnths?|mths?|years?|yrs?)'
const unitWords: readonly (readonly [RegExp, Unit])[] = [
  [/^m(?:i|$)/, 'minute'],
  [/^h/, 'hour'],
  [/^d/, 'day'],
  [/^(?:w|f)/, 'week'],
  [/^m(?:o|n|t)/, 'month'],
  [/^y/, 'year'],
]

export const everyWord = '(?:every(?: +single)?|each)'

export const timerWord = '(?:timer|countdown)'

export const untilWord = '(?:until|till|til|through|thru|up +to|ending(?: +on)?)'

export function weekdayList(plural: string, least: 1 | 2 = 1): string {
  const one = `${anyWeekday}${plural}(?!${anyLetter})`
  return `${one}(?:(?: *,? *(?:and|&) *| *, *| *[/+] *| +(?=${anyWeekday}(?!${anyLetter})))(?:(?:on|${everyWord}) +)?${one}){${least - 1},6}`
}

const namedWeekdays = words(`${anyWeekday}s?`)

export function weekdaysIn(list: string | undefined): number[] {
  return matchesOf(namedWeekdays, list ?? '').map(([word]) => weekdayNumber(word))
}

export function weekdayNumber(word: string | undefined = ''): number {
  return weekdays.indexOf(word.slice(0, 3)) + 1
}

export function placeOf(word: string | undefined = ''): number {
  const place = ['first', 'second', 'third', 'fourth'].indexOf(word) + 1
  return place > 0 ? place : Number(/^\d/.exec(word)?.[0] ?? -1)
}

export function unitOf(word: string | undefined): Unit | undefined {
  return unitWords.find(([pattern]) => pattern.test(word ?? ''))?.[1]
}

/** "A" and "an" are one. */
export function amount(word: string | undefined): number | undefined {
  return word === 'a' || word === 'an' ? 1 : numbers.value(word)
}

export function dayNumber(word: string | undefined = ''): number | undefined {
  if (/^\d/.test(word)) return Number.parseInt(word, 10)
  const [last = '', ten] = word.split(/[ -]/).reverse()
  const joined = /^(?<ten>twenty|thirty)(?<unit>.+)$/.exec(last)?.groups
  if (last === 'thirtieth') return 30
  const unit = ordinalNames.indexOf(joined?.unit ?? last) + 1
  const before = ten ?? joined?.ten
  return unit === 0 ? undefined : unit + (before === 'twenty' ? 20 : before === 'thirty' ? 30 : 0)
}

export function monthNumber(word: string | undefined): number {
  return months.indexOf(word?.slice(0, 3) ?? '') + 1
}

export function partOf(word: string | undefined): { part?: Part } {
  const part = partNamed(word)
  return part === undefined ? {} : { part }
}

const partWords: Readonly<Record<string, Part>> = {
  morning: 'morning',
  breakfast: 'morning',
  afternoon: 'afternoon',
  evening: 'evening',
  eve: 'evening',
  dinner: 'evening',
  supper: 'evening',
  night: 'night',
  lunch: 'midday',
  lunchtime: 'midday',
}

export function partNamed(word: string | undefined): Part | undefined {
  return word === undefined ? undefined : partWords[word]
}
