// What comes again, in Russian: "каждый вторник".

import { anyLetter, flawed, type Groups, type Part, type Reading, type Rule, rule, says } from '../found.ts'
import { alternatives } from '../numbers.ts'
import { date, daysInRow, everySo, inOrder, monthly, weekdaysFrom, weekly } from '../read.ts'
import {
  anyClippedWeekday,
  anyFullWeekday,
  anyMonth,
  anyNumber,
  anyShortWeekday,
  anyUnit,
  anyWeekday,
  dayNumber,
  everyWord,
  monthNumber,
  numbers,
  ordinals,
  placeOf,
  placeWord,
  spelt,
  stemNumber,
  stems,
  unitOf,
  weekdayList,
  weekdayNumber,
  weekdaysIn,
} from './words.ts'

export const repeatRules: readonly Rule[] = [
  rule(`не +${everyWord} +(?:${anyWeekday}|день|недел[юи])(?=,? +(?:а|только) )(?:,? +а)?(?: +только)?`, () =>
    says({}),
  ),
  rule(
    `(?:на +)?(?<count>${anyNumber}) +(?:дн(?:я|ей)|суток) +подряд(?:,? +(?:каждый +день|ежедневно))?`,
    ({ count }) => daysInRow(numbers.value(count)),
  ),
  rule(
    `в +(?:конце|последний +день) +${everyWord} +месяца|(?:ежемесячно|${everyWord} +месяц) +в +(?:конце|последний +день)(?: +месяца)?|${everyWord} +последний +день +месяца`,
    () => monthly(31),
  ),
  rule(`${everyWord} +утр[оа]|по +утрам|утрами`, () => every('morning')),
  rule(`${everyWord} +вечер|по +вечерам|вечерами`, () => every('evening')),
  rule(`${everyWord} +ночь|по +ночам|ночами`, () => every('night')),
  rule(
    `(?:по|${everyWord}|в|во +все) +(?:будн|рабоч)${anyLetter}+(?: +(?:дням|день|дни))?|по +рабочим|будн(?:ими|ие|ым) +дн(?:ями|и|ям)`,
    (): Reading => weekly([1, 2, 3, 4, 5]),
  ),
  rule(`(?:кроме|исключая|без) +(?:выходн${anyLetter}+(?: +дней)?)`, () => says({ except: [6, 7] })),
  rule(`(?:кроме|исключая|но +не +(?:по|в)) +(?:в +|по +)?(?<days>${weekdayList(1)})`, ({ days }) =>
    says({ except: inOrder(weekdaysIn(days)) }),
  ),
  rule(`по +выходным(?: +дням)?|${everyWord} +выходн${anyLetter}+(?: +(?:день|дни))?`, () => weekly([6, 7])),
  rule(
    `(?:${everyWord} +неделю,? +)?(?:с|со) +(?<first>${anyWeekday}) +(?:по|до) +(?<last>${anyWeekday})(?: +(?:включительно|каждую +неделю|еженедельно))?`,
    fromTo,
  ),
  rule(`(?:по +|в +)?(?<days>${anyWeekday}(?: *- *${anyWeekday}){2,6})`, ({ days }) => weekly(weekdaysIn(days))),
  rule(`(?:по +|в +)?(?<first>${anyWeekday}) *- *(?<last>${anyWeekday})`, fromTo),
  rule(
    `(?:(?:в|во|на) +)?${everyWord} +(?:(?<place>перв|треть|четверт|последн)${anyLetter}+|(?<number>[134])-?[а-я]{1,2}) +(?<weekday>${anyClippedWeekday})(?<month> +(?:${everyWord} +)?месяца)?`,
    // "Every third Wednesday" may be of three weeks as well.
    ({ place, number, weekday, month }) =>
      place === 'перв' || number === '1' || place === 'последн' || month !== undefined
        ? placed(place ?? stems[Number(number) - 1], weekday)
        : flawed('no-rhythm'),
  ),
  rule(
    `(?:(?:в|во|на) +)?(?<place>${placeWord()})${anyLetter}+ +(?<weekday>${anyClippedWeekday}) +${everyWord} +месяца|(?:${everyWord} +месяц|ежемесячно),? +(?:в|во) +(?<other>${placeWord()})${anyLetter}+ +(?<day>${anyClippedWeekday})(?: +месяца)?|${everyWord} +(?:втор${anyLetter}+|2-?[а-я]{1,2}) +(?<second>${anyClippedWeekday}) +(?:${everyWord} +)?месяца`,
    ({ place, weekday, other, day, second }) => placed(place ?? other ?? 'втор', weekday ?? day ?? second),
  ),
  rule(`${everyWord} +(?:втор${anyLetter}+|2-?[а-я]{1,2}) +(?<days>${anyClippedWeekday})`, ({ days }) =>
    weekly(weekdaysIn(days), 2),
  ),
  rule(
    `(?:(?:один +)?раз +в +|${everyWord} +)(?<count>${anyNumber}|втор${anyLetter}+) +недел${anyLetter}+(?:,? +(?:(?:по|в|во) +)?(?<days>${weekdayList(1)}))?`,
    ({ count, days }) => everyWeeks(count?.startsWith('втор') ? 2 : numbers.value(count), days),
  ),
  rule(
    `через +неделю,? +по +(?<days>${weekdayList(1)})|по +(?<after>${weekdayList(1)}) +через +неделю`,
    ({ days, after }) => everyWeeks(2, days ?? after),
  ),
  rule(
    `(?:${everyWord} +неделю|еженедельно|(?:один +)?раз +в +неделю),? +(?:(?:по|в|во) +)?(?<days>${weekdayList(1)})`,
    ({ days }) => weekly(weekdaysIn(days)),
  ),
  rule(`${everyWord} +(?<days>${weekdayList(1)})(?:,? +(?:еженедельно|каждую +неделю))?`, ({ days }) =>
    weekly(weekdaysIn(days)),
  ),
  rule(`по +(?<days>${anyFullWeekday}(?:(?: *, *(?:и +)?| +и +| +)(?:по +)?${anyWeekday}){0,6})`, ({ days }) =>
    weekly(weekdaysIn(days)),
  ),
  rule(`по +(?<days>${anyShortWeekday}(?:(?: *, *(?:и +)?| +и +| +|/)${anyShortWeekday}){0,6})`, ({ days }) =>
    weekly(weekdaysIn(days)),
  ),
  rule(`(?:(?:в|во|на) +)?(?<days>${weekdayList(2)})`, ({ days }) => weekly(weekdaysIn(days))),
  rule(`(?:(?:один +)?раз +в +|${everyWord} +)(?:втор${anyLetter}+|два +дня|2 +дня) *день?`, () => everySo(2, 'day')),
  rule(`(?:(?:один +)?раз +в +|${everyWord} +)(?<count>${anyNumber}) +${anyUnit}`, ({ count, unit }) =>
    everySo(numbers.value(count), unitOf(unit)),
  ),
  rule(
    `${everyWord} +(?:пол)?(?:час|минут|полтора|полторы|квартал)${anyLetter}*(?: +час${anyLetter}*)?|${everyWord} +полгода|ежечасно|ежеминутно|ежеквартально|раз +в +(?:час|минуту|полгода|полчаса|квартал|сутки +дважды)|(?:дважды|два +раза|три +раза|\\d+ +раза?|${spelt} +раза?) +в +(?:день|неделю|месяц|год|сутки)`,
    () => flawed('no-rhythm'),
  ),
  rule(
    `${everyWord} +(?:(?<place>${alternatives(stems.slice(2))})[а-я]{2,3}|(?<count>\\d{1,2})-?[йюя]) +(?<unit>день|неделю)(?! +месяца)`,
    ({ place, count, unit }) => everySo(place === undefined ? Number(count) : stemNumber(place), unitOf(unit)),
  ),
  rule(`день +через +день|через +день +каждый|${everyWord} +(?:2|два|второй)(?:-?й)? +дня?`, () => everySo(2, 'day')),
  rule(
    `${everyWord} +(?:день|сутки|божий +день)|все +дни|ежедневно|каждодневно|(?:один +)?раз +в +(?:день|сутки)`,
    () => says({ repeat: { type: 'daily' } }),
  ),
  rule(`${everyWord} +(?:неделю|недели)|еженедельно|(?:один +)?раз +в +неделю`, () =>
    says({ repeat: { type: 'weekly' } }),
  ),
  rule(
    `(?:${everyWord} +месяц|ежемесячно|раз +в +месяц),? +(?<day>\\d{1,2}|${ordinals.source})(?: ?-?(?:го|ое|е))?(?: +числ[оа]|(?=[^\\d:.]|$))`,
    ({ day }) => monthly(dayNumber(day)),
  ),
  rule(
    `${everyWord} +(?<day>\\d{1,2}|${ordinals.source})(?: ?-?(?:го|ое|е))? +(?<month>${anyMonth})`,
    ({ day, month }) => yearly(date(dayNumber(day), monthNumber(month))),
  ),
  rule(
    `${everyWord} +(?<day>\\d{1,2}|${ordinals.source})(?: ?-?(?:го|ое|е))?(?: +числ[оа])?(?: +(?:${everyWord} +)?месяца)?`,
    ({ day }) => monthly(dayNumber(day)),
  ),
  rule(
    `(?<day>\\d{1,2}|${ordinals.source})(?: ?-?(?:го|ое|е))?(?: +числ[оа])?,? +(?:${everyWord} +месяц[а]?|ежемесячно)`,
    ({ day }) => monthly(dayNumber(day)),
  ),
  rule(`${everyWord} +месяц|ежемесячно|(?:один +)?раз +в +месяц`, () => says({ repeat: { type: 'monthly' } })),
  rule(`${everyWord} +год|ежегодно|(?:один +)?раз +в +год`, () => says({ repeat: { type: 'yearly' } })),
]

function fromTo({ first, last }: Groups): Reading {
  return weekly(weekdaysFrom(weekdayNumber(first), weekdayNumber(last)))
}

function everyWeeks(count: number | undefined, days: string | undefined): Reading {
  const reading = everySo(count, 'week')
  return days === undefined || reading.type !== 'found' ? reading : weekly(weekdaysIn(days), count)
}

function placed(place: string | undefined, weekday: string | undefined): Reading {
  return says({ repeat: { type: 'monthlyWeekday', place: placeOf(place), weekday: weekdayNumber(weekday) } })
}

function yearly(reading: Reading): Reading {
  return reading.type === 'found' ? says({ ...reading.found, repeat: { type: 'yearly' } }) : reading
}

function every(part: Part): Reading {
  return says({ repeat: { type: 'daily' }, part })
}
