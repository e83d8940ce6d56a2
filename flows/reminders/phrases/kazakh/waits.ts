// How long from now, and how long beforehand, in Kazakh: "жарты сағаттан кейін".

import { minuteLength } from '../../../common/calendar.ts'
import { doubted, flawed, notMine, type Rule, rule, says } from '../found.ts'
import { ahead, beforehand } from '../read.ts'
import { anyNumber, anyUnit, fromEnding, numbers, toEnding, unitOf } from './words.ts'

const minuteWord = '(?:минут[аы]?|мин|м)\\.?'
const hourWord = '(?:сагат|саг|час|с)\\.?'

const laterWord = `(?:${fromEnding}|[дт][ае]|[ае]н)? *(?:кейин|сон|откен сон|откеннен кейин|откесин)`

export const waitRules: readonly Rule[] = [
  rule(
    `(?:(?<count>${anyNumber})(?<half> +жарым)?|жарты) *${anyUnit}(?:${toEnding})?(?= +таймер)`,
    ({ count, half, unit }) => ahead((numbers.value(count ?? '0') ?? 0) + (count && !half ? 0 : 0.5), unitOf(unit)),
  ),
  rule(`(?<=таймер(?:ди|ды)? {1,2})(?<count>${anyNumber}) *${anyUnit}(?:${toEnding})?`, ({ count, unit }) =>
    ahead(numbers.value(count), unitOf(unit)),
  ),
  rule(`(?:бирнеше|бирер) +${anyUnit}${laterWord}`, () => flawed('no-time')),
  rule('(?:дал +)?(?:казир|осы +казир)(?:ги)?(?: +бирден)?', () => ahead(1, 'minute')),
  rule(
    `(?<hours>${anyNumber}) *${hourWord}(?:${fromEnding})? *,? *(?:жане +)?(?<minutes>${anyNumber}) *${minuteWord}${laterWord}`,
    ({ hours, minutes }) => ahead(numbers.value(hours), 'hour', numbers.value(minutes)),
  ),
  // "After 17:00" is an hour, and "1:30 later" is none.
  rule(`(?<hours>\\d{1,2}):(?<minutes>\\d{2})(?: +(?<unit>сагат)${laterWord}| +(?:кейин|сон))`, (said) =>
    said.unit === undefined && Number(said.hours) > 6
      ? notMine
      : ahead(Number(said.hours), 'hour', Number(said.minutes)),
  ),
  // Days and hours on top of them: what is left of the day nobody knows.
  rule(
    `${anyNumber} +(?:кун|апта|ай|жыл)(?:${fromEnding})? *,? *(?:жане +)?(?<count>${anyNumber}) *${anyUnit}${laterWord}`,
    ({ count, unit }) => doubted(ahead(numbers.value(count), unitOf(unit))),
  ),
  rule(`уш +ширек +сагат${laterWord}`, () => ahead(45, 'minute')),
  rule(`(?:бир +)?ширек +сагат${laterWord}|сагаттын +ширегинен +(?:кейин|сон)`, () => ahead(15, 'minute')),
  rule(`полчас${laterWord}`, () => ahead(30, 'minute')),
  rule(`жартыжыл${laterWord}`, () => ahead(6, 'month')),
  rule(`жарты +${anyUnit}${laterWord}`, ({ unit }) => ahead(0.5, unitOf(unit))),
  rule(`(?<count>${anyNumber}) +жарым +${anyUnit}${laterWord}`, ({ count, unit }) =>
    ahead((numbers.value(count) ?? 0) + 0.5, unitOf(unit)),
  ),
  rule(`(?<count>${anyNumber}) +${anyUnit} +жарым${laterWord}`, ({ count, unit }) =>
    ahead((numbers.value(count) ?? 0) + 0.5, unitOf(unit)),
  ),
  rule(`сагат +жарым${laterWord}`, () => ahead(1.5, 'hour')),
  // "In two or three days" is when it is three.
  rule(`(?:тагы +)?(?:${anyNumber} *- *)?(?<count>${anyNumber}) *${anyUnit}${laterWord}`, ({ count, unit }) =>
    ahead(numbers.value(count), unitOf(unit)),
  ),
  rule(`(?<count>${anyNumber}) *(?<unit>м|с)\\.?${laterWord}`, ({ count, unit }) =>
    ahead(numbers.value(count), unitOf(unit)),
  ),
  rule(`жарты +сагат +(?:бурын|ерте(?:рек)?|алдын)`, () => says({ before: 30 * minuteLength })),
  rule(`(?<count>${anyNumber}) *${anyUnit} +(?:бурын|ерте(?:рек)?|алдын)`, ({ count, unit }) =>
    beforehand(ahead(numbers.value(count), unitOf(unit))),
  ),
  // The same hour as now.
  rule('(?:дал +)?(?:осы|сол) +(?:уакытта|кезде|мезгилде|сагатта)', () => says({ sameTime: true })),
  rule(`(?<!жарым )(?<unit>минут|сагат|апта|ай|жыл)${fromEnding} *(?:кейин|сон)`, ({ unit }) => ahead(1, unitOf(unit))),
]
