// Hours and minutes in Russian: "без пяти семь".

import { anyLetter, gap, notMine, type Reading, type Rule, rule } from '../found.ts'
import { alternatives, numberWords } from '../numbers.ts'
import { clock, goods, minutesTo, spokenClock } from '../read.ts'
import {
  anyFullWeekday,
  anyNumber,
  anyPart,
  countsWhat,
  hourUnit,
  numbers,
  partWords,
  spelt,
  stemNumber,
  stems,
  tens,
  units,
} from './words.ts'

/** The hour that has begun: "половина седьмого". */
const anyHourBegun = `(?:(?:${alternatives(stems.slice(0, 12))})(?:ого|ьего)|\\d{1,2}(?:-?го))`
const minutesLacking = numberWords({ пяти: 5, десяти: 10, четверти: 15, пятнадцати: 15 }, { двадцати: 20 })

const timeWord =
  '(?:не +(?:позже|поздн?ее|раньше)(?: +(?:в|с))?|(?:ровно +|примерно +|почти +|где[ -]то +|(?<!\\d )час(?:ов|а) +|часик(?:ов|а)? +|(?:по)?ближе +)?(?:в|во|к|на|около|с|(?<!\\d )до|после|часам? +к|примерно +в|ровно +в))'
/** After a bare number these make it no hour: "в 5 классе", "в 2 раза", "к 3 врачам" stays unread. */
const noHour = `(?! *(?:(?:${[
  'раза?|класс(?:е|а|ы|у|ах|ам|ов)?|каб(?:инет[а-я]*)?|комнат(?:е|у|ы|ах)|этаж[а-я]*|корпус[а-я]*|подъезд[а-я]*|квартир[а-я]*',
  'тенге|тг|тыс(?:яч[а-я]*)?|руб(?:л[а-я]+)?|процент[а-я]*|школ(?:ы|у|е|ах|ам)|групп(?:ы|у|е|ах|ам)|числ[а-я]+|минут[а-я]*|мин',
  'дн(?:я|ей|ях|ям)|недел[а-я]+|месяц[а-я]*|год(?:а|у|ах)?|лет|магазин(?:а|ов|ах|ам)|аптек(?:и|ах|ам)?|курс(?:е|а|ах|ов)',
  'пар(?:ы|ах|у)|урок(?:е|а|ах|ов)|(?:банк|вуз|университет|чат|город)(?:а|ов|ах)|колледж(?:а|ей|ах)|мест(?:а|ах)?|организаци[яий]+|автобус(?:е|а|ов|ах)|врач(?:а|ей|ам|ах)|(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)[а-я]|марта?|ма[йя]|августа?',
].join('|')})(?!${anyLetter})|ден(?:ь|ек)(?! +рожд)|%|:\\d|-))`

export const clockRules: readonly Rule[] = [
  rule(
    `(?:с|со) +(?<hour>${anyNumber}) +(?<part>${anyPart}) +(?:до|по) +(?:${anyNumber})(?:[:.]\\d\\d)?(?: +${anyPart})?`,
    ({ hour, part }) => clock(hourNumber(hour), undefined, part === undefined ? undefined : partWords[part]),
  ),
  rule(`(?:с|со) +(?<hour>${anyNumber}) +(?:до|по) +(?:${anyNumber})(?:[:.]\\d\\d)?(?: *${hourUnit})?`, ({ hour }) =>
    bareHour(hour),
  ),
  rule(`(?:(?:в|к|до|около|после|на) +)?(?:половин[еауы]|пол) *-?(?<hour>${anyHourBegun})`, ({ hour }) =>
    halfBefore(hourBegun(hour)),
  ),
  // Without a preposition it may be a floor to be washed.
  rule(`(?:в|к|до|около|после|на) +(?:половин[еу]|пол) *-?(?<hour>\\d{1,2})${noHour}`, ({ hour }) =>
    halfBefore(Number(hour)),
  ),
  rule(
    `(?<=(?:^|${gap}|завтра|сегодня|${anyFullWeekday})[ ,]?)пол *-?(?<hour>\\d{1,2})(?= +(?:утра|вечера|дня)(?!${anyLetter}))`,
    ({ hour }) => halfBefore(Number(hour)),
  ),
  rule(
    `(?:(?:в|к|на|около) +)?(?<minutes>четверть|${anyNumber} +мин(?:ут[уы]?)?\\.?) +(?<hour>${anyHourBegun})`,
    ({ minutes, hour }) => afterBegun(minutes, hourBegun(hour)),
  ),
  rule(
    `без +(?<minutes>${minutesLacking.source})(?: +минут)? +(?<hour>${anyNumber}|час|полдень|полночь)(?: +час(?:а|ов))?`,
    ({ minutes, hour }) => minutesTo(hourNumber(hour), minutesLacking.value(minutes)),
  ),
]

/** Read after the hours in digits. */
export const laterClockRules: readonly Rule[] = [
  rule(
    `(?:${timeWord} +)?(?<hour>${anyNumber}) *(?:час(?:а|ов)?|ч\\.?) *(?<minute>${anyNumber}) *(?:мин(?:ут[уы]?)?|м)\\.?`,
    ({ hour, minute }) => clock(hourNumber(hour), numbers.value(minute)),
  ),
  rule(`(?:${timeWord} +)?(?<hour>\\d{1,2}) *ч\\.? *(?<minute>[0-5]\\d)`, ({ hour, minute }) =>
    clock(Number(hour), Number(minute)),
  ),
  rule(
    `(?:${timeWord} +)(?<hour>${spelt}|\\d{1,2}) +(?:часов +|часа +|час +)?(?<minute>${minuteWords()})(?! *(?:${countsWhat()}))(?:(?<= 00)|(?! +${goods}))`,
    ({ hour, minute }) => pairedClock(hourNumber(hour), minuteNamed(minute)),
  ),
  rule(`(?<hour>${spelt}) +(?<minute>ноль +ноль|тридцать|пятнадцать|сорок +пять)`, ({ hour, minute }) =>
    pairedClock(hourNumber(hour), minuteNamed(minute)),
  ),
  rule(
    `(?:${timeWord} +)?(?<hour>${anyNumber}|(?<!(?:ом|ем) {1,2})часу?)(?: +час(?:а|ов)?)?(?= +${anyPart}(?!${anyLetter}))`,
    ({ hour }) => bareHour(hour),
  ),
  rule(
    `${timeWord} +(?<hour>${anyNumber}|час)(?: *час(?:а|ов|ам)?|ч\\.?)?(?= +(?:утром|вечером|днем|ночью))`,
    ({ hour }) => bareHour(hour),
  ),
  rule(`${timeWord} +(?<hour>${anyNumber}) *(?:час(?:а|ов|ам)?|ч)\\.?`, ({ hour }) => clock(hourNumber(hour))),
  rule(`(?<hour>\\d{1,2}) *ч\\.?(?= |$)`, ({ hour }) => clock(Number(hour))),
  rule(`(?<=(?:^|${gap})[ ,]?)(?<hour>${anyNumber}) +часов`, ({ hour }) => clock(hourNumber(hour))),
  rule(`${timeWord} +(?<hour>${anyNumber}|часу?)${noHour}`, ({ hour }) => bareHour(hour)),
  rule(`${timeWord} +(?<hour>\\d{1,2})-?(?:ти|ми|х|и)(?: +час(?:ам|ов)|${noHour})`, ({ hour }) => bareHour(hour)),
  rule('(?:ровно +)?(?:(?:в|к|до|после|около) +)?(?:полдень|полудню|полудня)', () => clock(12, 0)),
  rule('(?:(?:в|к|до|после|около) +)?(?:полночь|полуночи)', () => clock(24, 0)),
]

function hourNumber(word: string | undefined): number | undefined {
  // To a lesson, or for a couple of hours.
  if (word === 'пару') return undefined
  if (word === 'полдень' || word === 'полночь') return word === 'полдень' ? 12 : 24
  return word === 'час' || word === 'часу' ? 1 : numbers.value(word)
}

/** A number after "в" with nothing more: an hour only where a day has such an hour. */
function bareHour(word: string | undefined): Reading {
  const hour = hourNumber(word)
  return hour === undefined || hour > 24 ? notMine : clock(hour)
}

/** Two numbers side by side; the twelve hours of speech where they are words leave the half of the day open. */
function pairedClock(hour: number | undefined, minute: number | undefined): Reading {
  return hour === undefined || hour > 24 || minute === undefined ? notMine : spokenClock(hour, minute)
}

/** Behind an hour; a unit alone would belong to the hour: "двадцать два". */
function minuteWords(): string {
  const unit = alternatives(Object.keys(units))
  const teens = alternatives(Object.keys(units).filter((word) => (units[word] ?? 0) >= 10))
  return `ноль +(?:ноль|${unit})|(?:${alternatives(Object.keys(tens))})(?: +(?:${unit}))?|${teens}|[0-5]\\d`
}

function minuteNamed(word: string | undefined): number | undefined {
  return /^ноль +ноль$/.test(word ?? '') ? 0 : numbers.value(word?.replace(/^ноль +/, ''))
}

function hourBegun(word: string | undefined = ''): number {
  return /^\d/.test(word) ? Number.parseInt(word, 10) : stemNumber(word)
}

/** "Десять минут девятого" is 8:10. */
function afterBegun(minutes: string | undefined, hour: number | undefined): Reading {
  const minute = minutes === 'четверть' ? 15 : numbers.value(minutes?.replace(/ +мин.*$/, ''))
  if (hour === undefined || hour < 1 || minute === undefined) return notMine
  return spokenClock(hour === 1 ? 12 : hour - 1, minute)
}

function halfBefore(hour: number | undefined): Reading {
  if (hour === undefined || hour < 1 || hour > 12) return notMine
  return spokenClock(hour === 1 ? 12 : hour - 1, 30)
}
