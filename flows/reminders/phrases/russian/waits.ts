// How long from now, and how long beforehand, in Russian: "через полчаса".

import { minuteLength } from '../../../common/calendar.ts'
import { flawed, type Groups, notMine, type Reading, type Rule, rule, says } from '../found.ts'
import { ahead, beforehand, daysInRow, inWeeks } from '../read.ts'
import { anyFullWeekday, anyNumber, anyUnit, countsWhat, hourUnit, minuteUnit, numbers, unitOf } from './words.ts'

export const waitRules: readonly Rule[] = [
  rule(
    `(?:в +течени[еи]|на +протяжении) +(?:(?<count>${anyNumber}) +)?(?<unit>дн(?:я|ей)|суток|недел[иь])`,
    ({ count, unit }, { repeat }) =>
      repeat?.type === 'daily'
        ? daysInRow((count === undefined ? 1 : (numbers.value(count) ?? 0)) * (unitOf(unit) === 'week' ? 7 : 1))
        : notMine,
  ),
  rule('через +неделю +после +следующей(?: +недели)?|на +неделе +после +следующей', () => inWeeks(2)),
  // Nobody knows how many those are; "через день" is every other day to many.
  rule(`(?:через|спустя) +(?:несколько +${anyUnit}|день)`, () => flawed('no-time')),
  rule('(?:прямо +|вот +)?сейчас(?: +же)?|немедленно|сию +минуту|прям +сейчас', () => ahead(1, 'minute')),
  rule('(?:через|спустя) +(?:пол ?-?час(?:а|ика)|30 ?мин)', () => ahead(30, 'minute')),
  rule('(?:через|спустя) +четверть +час(?:а|ика)', () => ahead(15, 'minute')),
  rule(
    `(?:через|спустя) +(?:(?<count>${anyNumber}) +)?(?:(?:час(?:а|ов|ик)? +)?с +(?:четвертью|четвертинкой)(?: +час(?:а|ов))?|час(?:а|ов|ик)? +и +четверть)`,
    ({ count }) => ahead(count === undefined ? 1 : numbers.value(count), 'hour', 15),
  ),
  rule('(?:через|спустя) +(?:три +четверти|3/4) +часа', () => ahead(45, 'minute')),
  rule('(?:через|спустя) +(?:полтора|полторы|1,5|1\\.5) +час(?:а|ика)', () => ahead(90, 'minute')),
  rule(`(?:через|спустя) +(?:(?<count>${anyNumber}) +)?(?:сутки|суток)`, ({ count }) =>
    ahead(24 * (count === undefined ? 1 : (numbers.value(count) ?? 0)), 'hour'),
  ),
  rule('(?:через|спустя) +(?<count>двое|трое) +суток', ({ count }) => ahead(count === 'двое' ? 48 : 72, 'hour')),
  rule('(?:через|спустя) +(?:полгода|пол +года)', () => ahead(6, 'month')),
  rule(
    `(?:через|спустя) +(?:(?<count>${anyNumber}) +)?(?:час(?:а|ов)? +)?с +половиной(?: +час(?:а|ов))?`,
    ({ count }) => ahead((count === undefined ? 1 : (numbers.value(count) ?? 0)) + 0.5, 'hour'),
  ),
  rule(`(?:через|спустя) +(?<unit>минут|мин|часов|дней|недель) +(?<count>${anyNumber})`, ({ count, unit }) =>
    ahead(numbers.value(count), unitOf(unit)),
  ),
  rule(`через +одн[уо] +${anyFullWeekday}|через +один +${anyFullWeekday}`, () => flawed('no-time')),
  // Reckoned from another day.
  rule(
    `(?:через|спустя) +(?:(?:${anyNumber}) +)?(?:день|дня|дней|недел[юиь]) +(?:с|со|от|после) +(?:${anyFullWeekday}|сегодня|завтра|вчера|следующ[а-я]+)`,
    () => flawed('no-time'),
  ),
  rule(`(?:через|спустя) +(?<hours>\\d{1,2})[:.](?<minutes>[0-5]\\d)(?: *(?:час(?:а|ов)?|ч))?`, ({ hours, minutes }) =>
    ahead(Number(hours), 'hour', Number(minutes)),
  ),
  rule(
    `(?:через|спустя) +(?:(?<hours>${anyNumber}) *)?${hourUnit} *(?:и +)?(?<minutes>${anyNumber})(?: *${minuteUnit}|(?! *(?:${countsWhat()})))`,
    (said) => ahead(said.hours === undefined ? 1 : numbers.value(said.hours), 'hour', numbers.value(said.minutes)),
  ),
  rule(`(?:через|спустя) +(?:(?<hours>${anyNumber}) *)?${hourUnit} +(?:и +)?полчаса`, ({ hours }) =>
    ahead(hours === undefined ? 1 : numbers.value(hours), 'hour', 30),
  ),
  rule(
    `(?:через|спустя) +(?:(?<count>${anyNumber}) *)?(?<unit>недел[юиь]|день|дня|дней)(?:,? +|,? +и +)(?<more>${anyNumber}) *(?<lesser>дня|дней|день|час(?:а|ов)?)`,
    inSum,
  ),
  // A month and a week are no number of days.
  rule(
    `(?:через|спустя) +(?:(?:${anyNumber}) *)?(?:месяц(?:а|ев)?|год(?:а)?|лет)(?:,? +|,? +и +)(?:(?:${anyNumber}) *)?(?:месяц(?:а|ев)?|недел[юиь]|день|дня|дней)`,
    () => flawed('no-time'),
  ),
  rule(`(?:через|спустя|\\+) *(?<count>${anyNumber}) *(?<unit>минут[уы]?|мин|час(?:а|ов)?|ч)\\.?`, ({ count, unit }) =>
    ahead(numbers.value(count), unitOf(unit)),
  ),
  rule(`(?:через|спустя) +(?:(?<count>${anyNumber}) *)?${anyUnit}`, ({ count, unit }) =>
    // "Через день" is every other day to many.
    ahead(count === undefined ? 1 : numbers.value(count), unitOf(unit)),
  ),
  rule(`(?:через|спустя) +(?<count>${anyNumber}) *(?<unit>м)\\.?`, ({ count, unit }) =>
    ahead(numbers.value(count), unitOf(unit)),
  ),
  rule(
    `(?<unit>минут(?:[ыу]|ок|очек)?|мин\\.?|часа|часов|часик(?:а|ов)?|час|ч\\.?|дня|дней|денек|денька|недели|недель|недельк[иу]|месяца)(?: +(?:эдак|так|где[ -]?то|примерно))? +через +(?<count>${anyNumber})`,
    ({ count, unit }) => ahead(numbers.value(count), unitOf(unit)),
  ),
  rule(`(?:(?<count>${anyNumber}) +)?${anyUnit} +спустя`, ({ count, unit }) =>
    ahead(count === undefined ? 1 : numbers.value(count), unitOf(unit)),
  ),
  rule(
    `(?:(?:поставь|установи|запусти|включи|заведи) +)?таймер(?: +на)? +(?:(?:(?<hours>${anyNumber}) *)?(?<half>пол[- ]?час(?:а|ика)|(?:полтора +)?час(?:а|ов)?)(?: +(?<minutes>${anyNumber}) *${minuteUnit})?|(?<only>${anyNumber}) *${minuteUnit})`,
    timer,
  ),
  rule(`(?<only>${anyNumber}) *${minuteUnit} +таймер`, timer),
  rule('за +(?:полчаса|пол +часа)', () => says({ before: 30 * minuteLength })),
  rule(`за +(?:(?<count>${anyNumber}) *)?${anyUnit}(?: +(?:раньше|заранее))?`, ({ count, unit }) =>
    beforehand(ahead(count === undefined ? 1 : numbers.value(count), unitOf(unit))),
  ),
  rule(`(?:(?:${anyNumber}) +)?${anyUnit} +назад|полчаса +назад`, () => flawed('past')),
]

/** "In a week and two days"; hours are counted from now, and without "and" the second may be something else. */
function inSum({ count, unit, more, lesser }: Groups): Reading {
  const [many, rest] = [count === undefined ? 1 : numbers.value(count), numbers.value(more)]
  if (many === undefined || rest === undefined) return notMine
  const days = unitOf(unit) === 'week' ? many * 7 : many
  return unitOf(lesser) === 'hour' ? ahead(days * 24 + rest, 'hour') : ahead(days + rest, 'day')
}

function timer({ hours, half = '', minutes, only }: Groups): Reading {
  if (only !== undefined) return ahead(numbers.value(only), 'minute')
  const part = half.startsWith('полтора') ? 1.5 : half.startsWith('пол') ? 0.5 : (numbers.value(hours) ?? 1)
  return ahead(part, 'hour', numbers.value(minutes) ?? 0)
}
