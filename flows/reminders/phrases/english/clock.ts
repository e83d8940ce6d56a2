// Hours and minutes in English: "quarter past six".

import { anyLetter, doubted, type Groups, notMine, type Reading, type Rule, rule } from '../found.ts'
import { alternatives } from '../numbers.ts'
import { clock, countsThings, joinedClock, minutesTo, numbered, spokenClock, twelveHours } from '../read.ts'
import { anyNumber, anyUnit, numbers, spelt, tens, units } from './words.ts'

const halfWord = '(?:in +the +)?(?<half>a\\.? ?m|p\\.? ?m)\\.?'
const atWord =
  '(?:(?:(?:at|by|around|about|circa|approximately|before|after|from|till|until|sharp at|at about|at around) +)|@ *)'

/** What names a part of the day, as it may stand behind an hour. */
const partAhead =
  '(?:in +(?:the +)?(?:early +|late +)?(?:morning|afternoon|evening)|at +night|this +(?:morning|afternoon)|(?:tomorrow|every|each) +(?:morning|afternoon))'
/** What only late hours stand before: "season two tonight" is no time. */
const eveningAhead = '(?:tonight|this +(?:evening|night)|(?:tomorrow|every|each) +(?:evening|night))'

const hourNoun = `(?<hour>${anyNumber}|noon|midday|midnight)(?: +o[' ]?clock)?(?: *${halfWord})?`
export const clockRules: readonly Rule[] = [
  rule(`${atWord}?three[ -]+quarters +past +${hourNoun}`, ({ hour, half }) => pastHour(hour, 45, half)),
  rule(`${atWord}?half(?: +|-)past +${hourNoun}`, ({ hour, half }) => pastHour(hour, 30, half)),
  rule(`${atWord}?half +(?<hour>${spelt}|\\d{1,2})(?: *${halfWord})?(?! *(?:hours?|minutes?))`, ({ hour, half }) => {
    // In the morning or in the evening: nobody knows.
    const isOpen = half === undefined && [7, 8].includes(hourNumber(hour) ?? 0)
    if (isOpen) return doubted(pastHour(hour, 30, half), 'half')
    // In digits it is often a word for word rendering of the Russian, where half eight is half past seven.
    return half !== undefined && /^\d/.test(hour ?? '') ? doubted(pastHour(hour, 30, half)) : pastHour(hour, 30, half)
  }),
  rule(
    `(?<!from )(?!from )${atWord}?(?:a +)?(?:(?<quarter>quarter)|(?<minutes>${anyNumber})(?<unit> +minutes?| +mins?)?) +(?<way>past|after|to|before|of|till|til) +${hourNoun}`,
    pastOrTo,
  ),
]

/** Read after the hours in digits. */
export const laterClockRules: readonly Rule[] = [
  rule(`from +(?<hour>\\d{1,2}) +(?:to|till|until) +\\d{1,2}${countsThings}`, ({ hour }) => bareHour(hour)),
  rule(`${atWord}?(?<hour>${spelt})(?: +(?<minute>${minuteWords()}))? *${halfWord}`, ({ hour, minute, half }) =>
    twelveHours(numbers.value(hour), numbers.value(minute?.replace(/^(?:oh?|zero) +/, '')) ?? 0, half),
  ),
  rule(`${atWord}?(?<hour>\\d{1,2})(?:[:.](?<minute>[0-5]\\d))?(?<half>a|p)`, ({ hour, minute, half }) =>
    twelveHours(Number(hour), Number(minute ?? 0), half),
  ),
  rule(`${atWord}?(?<hour>\\d{1,2}|${spelt}) +hundred(?: +hours)?`, ({ hour }) => clock(numbers.value(hour), 0)),
  rule(`${atWord}?(?<hour>${anyNumber}) +o[' ]?clock(?: *${halfWord})?`, ({ hour, half }) =>
    half === undefined ? clock(numbers.value(hour)) : twelveHours(numbers.value(hour), 0, half),
  ),
  rule(`${atWord}(?<hour>${anyNumber}) +hours`, ({ hour }) => bareHour(hour)),
  rule(`${atWord}?(?<joined>[0-2]?\\d[0-5]\\d) *(?:hours|hrs|h)`, ({ joined }) => joinedClock(joined)),
  rule(`${atWord}?(?<hour>\\d{1,2}) *h *(?<minute>[0-5]\\d)?(?:min)?`, ({ hour, minute }) =>
    clock(Number(hour), Number(minute ?? 0)),
  ),
  rule(`${atWord}(?<hour>${spelt}) +(?<minute>${minuteWords()})`, ({ hour, minute }) =>
    spokenClock(numbers.value(hour), numbers.value(minute?.replace(/^(?:oh?|zero) +/, '')) ?? 0),
  ),
  rule(`(?<hour>${spelt})[ -]+(?<minute>fifteen|thirty|forty[ -]?five)`, ({ hour, minute }) =>
    spokenClock(numbers.value(hour), minute === 'fifteen' ? 15 : minute === 'thirty' ? 30 : 45),
  ),
  rule(`(?:${atWord}|(?<!${numbered} ))(?<hour>${anyNumber})(?= +${partAhead}(?!${anyLetter}))`, ({ hour }) =>
    bareHour(hour),
  ),
  rule(`(?:${atWord}|(?<!${numbered} ))(?<hour>${anyNumber})(?= +${eveningAhead}(?!${anyLetter}))`, ({ hour }) =>
    (numbers.value(hour) ?? 0) < 5 ? notMine : bareHour(hour),
  ),
  rule(`${atWord}(?<hour>${anyNumber})(?:-?ish| +sharp)?(?![:.]\\d)${countsThings}`, ({ hour }) => bareHour(hour)),
  rule(`(?<=alarm {1,2}(?:for {1,2})?)(?<hour>${anyNumber})(?![:.]\\d| *${anyUnit})`, ({ hour }) => bareHour(hour)),
  rule('(?<hour>\\d{1,2}) ?-?ish', ({ hour }) => bareHour(hour)),
  rule(`${atWord}?(?:12 +|high +)?(?:noon|mid[ -]?day)(?:-?ish)?`, () => clock(12, 0)),
  rule(`${atWord}?(?:12 +)?mid[ -]?night`, () => clock(24, 0)),
]

function pastHour(hour: string | undefined, minute: number, half: string | undefined): Reading {
  const value = hourNumber(hour)
  if (value === undefined || value < 1 || value > 12) return notMine
  if (half !== undefined) return twelveHours(value, minute, half)
  return isNamedHour(hour) ? clock(value === 12 && hour === 'midnight' ? 0 : value, minute) : spokenClock(value, minute)
}

/** "Of" and small numbers without "minutes" are more often something else: "10 of 12", "from 9 to 5". */
function pastOrTo({ quarter, minutes, unit, way, hour, half }: Groups): Reading {
  const minute = quarter === undefined ? numbers.value(minutes) : 15
  const value = hourNumber(hour)
  if (minute === undefined || value === undefined || value < 1 || value > 12 || minute > 30 || minute < 1)
    return notMine
  if (quarter === undefined && unit === undefined && (way === 'of' || minute % 5 > 0)) return notMine
  if (way === 'past' || way === 'after') return pastHour(hour, minute, half)
  if (half !== undefined) return twelveHours(value === 1 ? 12 : value - 1, 60 - minute, turned(value, half))
  if (isNamedHour(hour)) return clock(hour === 'midnight' ? 23 : 11, 60 - minute)
  // "5 to 6" is an hour as well.
  const isStretch = quarter === undefined && unit === undefined && value === minute + 1
  return isStretch ? doubted(minutesTo(value, minute)) : minutesTo(value, minute)
}

/** A quarter to 12 pm is still before noon. */
function turned(hour: number, half: string): string {
  if (hour !== 12) return half
  return half.startsWith('p') ? 'am' : 'pm'
}

function isNamedHour(word: string | undefined): boolean {
  return word === 'noon' || word === 'midday' || word === 'midnight'
}

function hourNumber(word: string | undefined): number | undefined {
  return isNamedHour(word) ? 12 : numbers.value(word)
}

/** Behind an hour; a unit alone would belong to the hour: "twenty two". */
function minuteWords(): string {
  const unit = alternatives(Object.keys(units))
  const teens = alternatives(Object.keys(units).filter((word) => (units[word] ?? 0) >= 10))
  return `(?:oh?|zero) +(?:${unit})|(?:${alternatives(Object.keys(tens))})(?:[ -]+(?:${unit}))?|${teens}`
}

/** A number after "at" with nothing more: an hour only where a day has such an hour. */
function bareHour(word: string | undefined): Reading {
  const hour = numbers.value(word)
  return hour === undefined || hour > 24 ? notMine : clock(hour)
}
