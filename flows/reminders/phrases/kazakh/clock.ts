// Hours and minutes in Kazakh: "алты жарымда".

import { anyLetter, flawed, notMine, type Reading, type Rule, rule, ruleBehind, says } from '../found.ts'
import { alternatives } from '../numbers.ts'
import { ahead, beforehand, clock, countsThings, minutesTo, spokenClock } from '../read.ts'
import {
  anyNumber,
  anyPart,
  anyUnit,
  byEnding,
  fromEnding,
  numbers,
  partNamed,
  spelt,
  tens,
  toEnding,
  unitOf,
  units,
  untilWord,
} from './words.ts'

const atEnding = ' ?-? ?(?:де|да|те|та)'

const beforeHour = `(?:(?<part>${anyPart}) +)?`

/** "Ten minutes past" is a time, and no waiting. */
export const pastHourRules: readonly Rule[] = [
  rule(
    `${beforeHour}(?:сагат +)?(?<hour>${anyNumber})${fromEnding} +(?:(?<minute>${anyNumber})(?: +мин(?:ут)?)?|ширек|(?<half>жарты) +сагат) +(?:отк|отт|оти|отсе|кет|аска|асып)${anyLetter}*`,
    (said) => hour(said.hour, said.half ? 30 : said.minute === undefined ? 15 : numbers.value(said.minute), said.part),
  ),
]

const atHour = 'сагат +(?:тура +|дал +)?'
/** Of a half hour: "алты жарымда", "жарымнан". */
const halfEnding = '-?(?:ында|ына|дагы|да|га|нан|ы)'
/** Of a unit, so that a name that begins like one ("ай") is none. */
const unitEnding = '(?:та|да|де|тан|дан|ден|га|ка|ге|ке|тык|лык|дик)'
/** An hour among several. */
const anyHour = `(?:(?:${anyPart}) +)?(?:\\d{1,2}(?:[:.]\\d{2})?|${spelt})`

export const clockRules: readonly Rule[] = [
  rule(
    `(?:(?<part>${anyPart}) +)?(?:${atHour})?(?<hour>${anyNumber}) ?-? ?(?:га|ге|ка|ке) +(?:(?<minute>${anyNumber})(?: +мин(?:ут)?)?|ширек) +(?:кал|бар)${anyLetter}*`,
    (said) =>
      withPart(
        minutesTo(numbers.value(said.hour), said.minute === undefined ? 15 : numbers.value(said.minute)),
        said.part,
      ),
  ),
  rule(
    `${beforeHour}(?:${atHour})?(?<hour>${anyNumber}) +жарым(?:${halfEnding})?(?! +(?:сагат|час|кун|апта|ай|жыл)(?:${unitEnding})?(?!${anyLetter}))`,
    (said) => hour(said.hour, 30, said.part),
  ),
  rule(
    `${beforeHour}(?:${atHour})?(?<hour>${anyNumber}) *(?:сагат|саг|с)\\.?(?:${atEnding})? *(?<minute>${anyNumber}) *(?:минут|мин|м)\\.?(?:${byEnding}|ында)?`,
    (said) => hour(said.hour, numbers.value(said.minute), said.part),
  ),
  rule(
    `${beforeHour}${atHour}(?<hour>${anyNumber})(?:${atEnding})? +(?<minute>${anyNumber}) +мин(?:ут)?(?:${byEnding})?`,
    (said) => hour(said.hour, numbers.value(said.minute), said.part),
  ),
  rule(`${beforeHour}${atHour}(?<hour>${anyNumber}) +(?<minute>${minuteWords()})(?:${byEnding})?`, (said) =>
    hour(said.hour, minuteNamed(said.minute), said.part),
  ),
  rule(`${beforeHour}(?<hour>${spelt}) +(?<minute>${minuteWords()})(?:${byEnding})`, (said) =>
    hour(said.hour, minuteNamed(said.minute), said.part),
  ),
  rule(`(?<part>${anyPart}) +(?<hour>${spelt}) +(?<minute>${minuteWords()})(?:${byEnding})?`, (said) =>
    hour(said.hour, minuteNamed(said.minute), said.part),
  ),
  rule(`${beforeHour}${atHour}(?<hour>${anyNumber})(?:${byEnding}|${fromEnding})?(?! *мин)`, (said) =>
    hour(said.hour, undefined, said.part),
  ),
  rule(`${beforeHour}(?<hour>\\d{1,2}) ?(?:сагат|саг|час|с)\\.?${byEnding}`, (said) =>
    hour(said.hour, undefined, said.part),
  ),
  rule(`(?<part>${anyPart}) +(?<hour>${anyNumber})(?:${byEnding})`, (said) => hour(said.hour, undefined, said.part)),
  rule(`(?<part>кешки|тангы|танертенги|туски|тунги) +(?<hour>${anyNumber})(?!-)${countsThings}`, (said) =>
    hour(said.hour, undefined, said.part),
  ),
  rule(`(?:${atHour})?(?<hour>\\d{1,2})${fromEnding} +\\d{1,2}${toEnding}(?: +${untilWord})?`, (said) =>
    Number(said.hour) > 24 ? notMine : hour(said.hour, undefined, undefined),
  ),
  rule(`(?<count>${anyNumber}) +${anyUnit} +калганда`, ({ count, unit }) =>
    beforehand(ahead(numbers.value(count), unitOf(unit))),
  ),
  rule('(?<hour>\\d{1,2}) ?-? ?(?:де|да|те|та|ге|га|ке|ка)(?: +дейин)?', (said) =>
    Number(said.hour) > 24 ? notMine : hour(said.hour, undefined, undefined),
  ),
  // "Онда" is also "then" and "бірде" also "once": alone they are no hours.
  rule(
    '(?<hour>еки|уш|торт|бес|алты|жети|сегиз|тогыз|он +бир|он +еки|он +(?:уш|торт|бес|алты|жети|сегиз|тогыз)|жиырма(?: +бир| +еки| +уш)?)(?:де|да|те|та|ге|ке|га|ка)(?: +дейин)?',
    (said) => hour(said.hour, undefined, undefined),
  ),
  ruleBehind('(?<hour>он|бир)(?:да|де)', (said) => hour(said.hour, undefined, undefined)),
  rule(`(?<hour>\\d{1,2})${fromEnding} +(?:кейин|сон)`, (said) => hour(said.hour, undefined, undefined)),
  rule('тун +(?:ортасы|жарымы)(?:нда)?', () => clock(24, 0)),
  rule('тал +тус(?:те)?', () => clock(12, 0)),
]

/** Read before the hours in digits that are alike in all languages. */
export const digitClockRules: readonly Rule[] = [
  // A rhythm has one hour.
  rule(
    `${anyHour}(?:(?:${atEnding})?(?: *,(?: *жане)? *| +(?:жане|мен|бен|пен) +)|(?:${atEnding}|(?<=:\\d\\d)) +)${anyHour}(?:${atEnding}|(?<=:\\d\\d))`,
    (_, { repeat }) => (repeat === undefined ? notMine : flawed('no-rhythm')),
  ),
  rule(`(?<part>${anyPart}) +(?:сагат +)?(?<hour>\\d{1,2})[:. -](?<minute>\\d{2})(?:${byEnding})?`, (said) =>
    withPart(clock(Number(said.hour), Number(said.minute)), said.part),
  ),
  rule(
    `(?:сагат +)?(?<hour>\\d{1,2}):(?<minute>\\d{2})${fromEnding} +\\d{1,2}:\\d{2}${toEnding}(?: +${untilWord})?`,
    (said) => clock(Number(said.hour), Number(said.minute)),
  ),
]

/** Behind an hour; a unit alone would belong to the hour: "он екі" is twelve. */
function minuteWords(): string {
  return `(?:нол +(?:${spelt}|нол)|(?:${alternatives(Object.keys(tens))})(?: +(?:${alternatives(Object.keys(units))}))?|[0-5]\\d)`
}

function minuteNamed(word: string | undefined): number | undefined {
  const said = word?.replace(/^нол +/, '')
  return said === 'нол' ? 0 : numbers.value(said)
}

function hour(word: string | undefined, minute: number | undefined, part: string | undefined): Reading {
  const value = numbers.value(word)
  const named = partNamed(part)
  return minute === undefined ? clock(value, undefined, named) : spokenClock(value, minute, named)
}

function withPart(reading: Reading, part: string | undefined): Reading {
  const named = partNamed(part)
  return reading.type !== 'found' || named === undefined ? reading : says({ ...reading.found, part: named })
}
