// How long from now, and how long beforehand, in English: "in half an hour".

import { dayLength, minuteLength } from '../../../common/calendar.ts'
import { anyLetter, doubted, flawed, type Groups, notMine, type Reading, type Rule, rule, says } from '../found.ts'
import { ahead, beforehand, clock, daysInRow } from '../read.ts'
import { amount, anyAmount, anyNumber, anyUnit, numbers, timerWord, unitOf } from './words.ts'

const hourUnit = '(?:hours?|hrs?|h)\\.?'
const minuteUnit = "(?:minutes?|mins?|m|')\\.?"

const inWord = '(?:in|after|within)(?: +(?:like|about|around|maybe))?'
const fromNow = '(?:later|from +(?:right +|just +)?now|hence|from +today|time)'
/** Days with hours behind them. */
const daysAndHours = `(?<days>${anyAmount}) +days?,? +(?:and +)?(?<hours>${anyAmount}) *${anyUnit}`

export const waitRules: readonly Rule[] = [
  rule(`(?<count>${anyNumber})[ -]*${anyUnit}(?= +${timerWord})`, ({ count, unit }) => aheadBy(count, unit)),
  rule(`(?<=${timerWord} {1,2})(?:for +|of +|in +)?(?<count>${anyAmount}) *${anyUnit}`, ({ count, unit }) =>
    aheadBy(count, unit),
  ),
  rule(`for +(?:the +next +)?(?<count>${anyNumber}) +days`, ({ count }, { repeat }) =>
    repeat?.type === 'daily' ? daysInRow(numbers.value(count)) : notMine,
  ),
  // An hour of the clock, by whoever says "in" for "at": nobody waits so long to the minute.
  rule('in +(?<hour>0?[6-9]|1\\d|2[0-3]):(?<minute>[0-5]\\d)(?! *(?:hours?|hrs?|h))', ({ hour, minute }) =>
    clock(Number(hour), Number(minute)),
  ),
  rule(`within +(?:the +)?(?:next +)?(?<count>${anyAmount}) +(?<unit>days?|weeks?|months?)`, ({ count, unit }) =>
    doubted(aheadBy(count, unit)),
  ),
  rule(`${inWord} +(?:a +few|few|several|some) +${anyUnit}`, () => flawed('no-time')),
  rule(
    `${inWord} +(?:a +)?half +(?:an? +)?(?:hour|hr)(?:'?s +time)?|(?:a +)?half +(?:an? +)?(?:hour|hr) +${fromNow}`,
    () => ahead(30, 'minute'),
  ),
  rule(
    `${inWord} +(?:a +|one +)?quarter +(?:(?:of +)?an +)?hour|(?:a +)?quarter +(?:(?:of +)?an +)?hour +${fromNow}`,
    () => ahead(15, 'minute'),
  ),
  rule(`${inWord} +three[ -]+quarters +of +an +hour`, () => ahead(45, 'minute')),
  rule(`${inWord} +(?<part>[1-3])/(?<whole>[24]) *(?:of +an +)?${hourUnit}`, ({ part, whole }) =>
    ahead((60 * Number(part)) / Number(whole), 'minute'),
  ),
  rule(
    `${inWord} +(?:an|one|1) +(?:hour|hr) +and +(?:a +)?(?<part>half|quarter)|${inWord} +(?:one|1) +and +a +(?<other>half|quarter) +hours?`,
    ({ part, other }) => ahead(1, 'hour', (part ?? other) === 'half' ? 30 : 15),
  ),
  rule(`${inWord} +(?<count>${anyNumber}) +(?:and +a +half +hours|hours? +and +a +half)`, ({ count }) =>
    ahead((numbers.value(count) ?? 0) + 0.5, 'hour'),
  ),
  rule(`${inWord} +(?:a +)?couple +(?:of +)?${anyUnit}`, ({ unit }) => ahead(2, unitOf(unit))),
  rule(`${inWord} +(?<hours>\\d{1,2}):(?<minutes>[0-5]\\d)(?: *${hourUnit})?`, ({ hours, minutes }) =>
    ahead(Number(hours), 'hour', Number(minutes)),
  ),
  rule(`${inWord} +${daysAndHours}`, daysAndMore),
  rule(`${daysAndHours} +${fromNow}`, daysAndMore),
  rule(
    `(?:${inWord} +)(?<hours>${anyAmount}) *${hourUnit},? *(?:and +)?(?<minutes>${anyNumber})(?: *${minuteUnit})?`,
    ({ hours, minutes }) => ahead(amount(hours), 'hour', numbers.value(minutes)),
  ),
  rule(
    `(?<hours>${anyAmount}) *${hourUnit},? *(?:and +)?(?<minutes>${anyNumber}) *${minuteUnit} +${fromNow}`,
    ({ hours, minutes }) => ahead(amount(hours), 'hour', numbers.value(minutes)),
  ),
  rule(
    `${inWord} +(?:the +next +)?(?<count>${anyAmount}) *${anyUnit}(?:'?s?'? +time| +from +now)?(?: +or +so)?`,
    ({ count, unit }) => aheadBy(count, unit),
  ),
  rule(`${inWord} +(?<count>${anyNumber}) *(?:m|')`, ({ count }) => ahead(numbers.value(count), 'minute')),
  rule(`(?<count>${anyAmount}) *${anyUnit}(?:'s?)? +${fromNow}`, ({ count, unit }) => aheadBy(count, unit)),
  rule(`half +an +hour +(?:before(?:hand)?|early|earlier|in +advance)(?!${anyLetter})`, () =>
    says({ before: 30 * minuteLength }),
  ),
  rule(`(?<count>${anyAmount}) +${anyUnit} +(?:before(?:hand)?|early|earlier|in +advance)`, (said) =>
    beforehand(ahead(amount(said.count), unitOf(said.unit))),
  ),
  // So much after an hour that is named: the hour alone would be too early.
  rule(
    `${anyAmount} +(?:(?:hours?|hrs?) +(?:after|from|past)|(?:minutes?|mins?) +from)(?= +(?:noon|midday|midnight|\\d{1,2}(?:[:.]\\d\\d)? ?[ap]\\.?m))`,
    () => doubted(says({})),
  ),
  rule(`(?:half +an?|${anyAmount}) +${anyUnit} +ago|last +(?:week|month|year|night)`, () => flawed('past')),
  rule('(?:right +|just +)?now|immediately|asap|straight +away|at +once|in +a +(?:moment|sec|second)', () =>
    ahead(1, 'minute'),
  ),
]

function aheadBy(count: string | undefined, unit: string | undefined): Reading {
  const weeks = unit?.startsWith('fortnight') ? 2 : 1
  const many = amount(count)
  return ahead(many === undefined ? undefined : many * weeks, unitOf(unit))
}

/** "In one day and two hours": so long to the minute. */
function daysAndMore({ days, hours, unit }: Groups): Reading {
  const rest = aheadBy(hours, unit)
  const whole = amount(days)
  if (whole === undefined || rest.type !== 'found' || rest.found.wait === undefined) return flawed('no-time')
  return says({ wait: whole * dayLength + rest.found.wait })
}
