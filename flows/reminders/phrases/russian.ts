import type { Part, Reading, Rule } from './found.ts'
import { anyLetter, flawed, matchesOf, notMine, says, words } from './found.ts'
import { alternatives, numberWords } from './numbers.ts'
import { ahead, clock, date, digitRules, minutesTo, spokenClock, type Unit } from './read.ts'

const units = {
  один: 1,
  одну: 1,
  одна: 1,
  два: 2,
  две: 2,
  пару: 2,
  три: 3,
  четыре: 4,
  пять: 5,
  шесть: 6,
  семь: 7,
  восемь: 8,
  девять: 9,
  десять: 10,
  одиннадцать: 11,
  двенадцать: 12,
  тринадцать: 13,
  четырнадцать: 14,
  пятнадцать: 15,
  шестнадцать: 16,
  семнадцать: 17,
  восемнадцать: 18,
  девятнадцать: 19,
}
const tens = { двадцать: 20, тридцать: 30, сорок: 40, пятьдесят: 50, шестьдесят: 60 }
const numbers = numberWords(units, tens)
const anyNumber = numbers.source
const hoursBegun = numberWords(
  {
    первого: 1,
    второго: 2,
    третьего: 3,
    четвертого: 4,
    пятого: 5,
    шестого: 6,
    седьмого: 7,
    восьмого: 8,
    девятого: 9,
    десятого: 10,
    одиннадцатого: 11,
    двенадцатого: 12,
  },
  {},
)
const minutesLacking = numberWords({ пяти: 5, десяти: 10, четверти: 15, пятнадцати: 15 }, { двадцати: 20 })

const weekdays = ['понедельник', 'вторник', 'сред', 'четверг', 'пятниц', 'суббот', 'воскресень']
const shortWeekdays = ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс']
const feminineEnding = '(?:ам|ах|а|у|ы|е|ой)'
const masculineEnding = '(?:ам|ах|а|у|и|ом)?'
const anyFullWeekday = `(?:(?:понедельник|вторник|четверг)${masculineEnding}|(?:сред|пятниц|суббот)${feminineEnding}|воскресень(?:ям|ях|е|я|ю))`
const anyWeekday = `(?:${anyFullWeekday}|${shortWeekdays.join('|')})`
const months = [
  'январ',
  'феврал',
  'март',
  'апрел',
  'ма',
  'июн',
  'июл',
  'август',
  'сентябр',
  'октябр',
  'ноябр',
  'декабр',
]
const anyMonth = `(?:${alternatives(months)})(?:ь|я|а|й|е)?`

const everyWord = 'кажд(?:ый|ую|ое|ого|ые|ой|ом)'
const unitWords: readonly (readonly [RegExp, Unit])[] = [
  [/^мин/, 'minute'],
  [/^ч/, 'hour'],
  [/^(?:д|сут)/, 'day'],
  [/^нед/, 'week'],
  [/^мес/, 'month'],
  [/^(?:г|лет)/, 'year'],
]
const anyUnit =
  '(?<unit>минут[ауы]?|мин|час(?:а|ов|ик)?|ч|день|дня|дней|сутки|суток|недел[юиья]|недель|месяц(?:а|ев)?|год(?:а)?|лет)\\.?'
const anyPart = '(?<part>утра|дня|вечера|ночи)'
const partWords: Record<string, Part> = { утра: 'morning', дня: 'midday', вечера: 'evening', ночи: 'night' }
const atWord = '(?:ровно +)?(?:в|к|на|около)'
/** After a bare number these make it no hour: "в 5 классе", "в 2 раза", "к 3 врачам" stays unread. */
const noHour =
  '(?! *(?:раз|школ|класс|этаж|кабинет|групп|числ|минут|мин|дн|ден|недел|месяц|год|лет|корпус|подъезд|квартир|магазин|аптек|курс|' +
  'автобус|человек|тенге|тг|тыс|%|-|январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр))'

const repeatRules: readonly Rule[] = [
  rule(`в +(?:конце|последний +день) +${everyWord} +месяца`, () => monthly(31)),
  rule(`${everyWord} +утр[оа]|по +утрам`, () => every('morning')),
  rule(`${everyWord} +вечер|по +вечерам`, () => every('evening')),
  rule(`${everyWord} +ночь|по +ночам`, () => every('night')),
  rule(
    `(?:по|${everyWord}|в) +(?:будн|рабоч)${anyLetter}+(?: +(?:дням|день|дни))?`,
    (): Reading => weekly([1, 2, 3, 4, 5]),
  ),
  rule(`по +выходным(?: +дням)?|${everyWord} +выходн${anyLetter}+(?: +день)?`, () => weekly([6, 7])),
  rule(`${everyWord} +(?<days>${weekdayList()})`, ({ days }) => weekly(weekdaysIn(days))),
  rule(`по +(?<days>${anyFullWeekday}(?:(?: *, *| +и +)(?:по +)?${anyFullWeekday}){0,6})`, ({ days }) =>
    weekly(weekdaysIn(days)),
  ),
  rule(`по +(?<days>(?:пн|вт|ср|чт|пт|сб|вс)(?:(?: *, *| +и +| +)(?:пн|вт|ср|чт|пт|сб|вс)){0,6})`, ({ days }) =>
    weekly(weekdaysIn(days)),
  ),
  rule(
    `${everyWord} +(?:${anyNumber}|втор${anyLetter}+|полтора|полторы) +(?:месяц|недел|день|дня|дней)${anyLetter}*`,
    () => flawed('no-time'),
  ),
  rule(`${everyWord} +(?:(?:${anyNumber}|полтора) +)?(?:пол)?(?:час|минут|год|лет)${anyLetter}*`, () =>
    flawed('no-time'),
  ),
  rule(`ежечасно|ежегодно|раз +в +(?:год|час|минуту|полгода|${anyNumber} +${anyLetter}+)`, () => flawed('no-time')),
  rule(`${everyWord} +(?:день|сутки)|ежедневно|каждодневно|раз +в +день`, () => says({ repeat: { type: 'daily' } })),
  rule(`${everyWord} +неделю|еженедельно|(?:один +)?раз +в +неделю`, () => says({ repeat: { type: 'weekly' } })),
  rule(
    `(?:${everyWord} +месяц|ежемесячно|раз +в +месяц),? +(?<day>\\d{1,2})(?: ?-?(?:го|ое|е))?(?: +числ[оа]|(?=[^\\d:.]|$))`,
    ({ day }) => monthly(Number(day)),
  ),
  rule(`${everyWord} +(?<day>\\d{1,2})(?: ?-?(?:го|ое|е))?(?: +числ[оа])?(?: +месяца)?`, ({ day }) =>
    monthly(Number(day)),
  ),
  rule(`(?<day>\\d{1,2})(?: ?-?(?:го|ое|е))?(?: +числ[оа])? +${everyWord} +месяц[а]?`, ({ day }) =>
    monthly(Number(day)),
  ),
  rule(`${everyWord} +месяц|ежемесячно|(?:один +)?раз +в +месяц`, () => says({ repeat: { type: 'monthly' } })),
]

const waitRules: readonly Rule[] = [
  rule('через +пол ?-?часа|через +полчасика', () => ahead(30, 'minute')),
  rule('через +(?:полтора|полторы) +часа', () => ahead(90, 'minute')),
  rule('через +(?:полгода)', () => ahead(6, 'month')),
  rule(`через +(?:(?<count>${anyNumber}) +)?час(?:а|ов)? +с +половиной`, ({ count }) =>
    ahead((count === undefined ? 1 : (numbers.value(count) ?? 0)) + 0.5, 'hour'),
  ),
  rule(
    `через +(?:(?<hours>${anyNumber}) *)?(?:час(?:а|ов)?|ч\\.?) +(?:и +)?(?<minutes>${anyNumber}) *мин(?:ут[уы]?)?`,
    (said) => ahead(said.hours === undefined ? 1 : numbers.value(said.hours), 'hour', numbers.value(said.minutes)),
  ),
  rule(`через +(?:(?<count>${anyNumber}) *)?${anyUnit}`, ({ count, unit }) =>
    ahead(count === undefined ? 1 : numbers.value(count), unitOf(unit)),
  ),
  rule(`(?<unit>минут|часа|часов|дня|дней) +через +(?<count>${anyNumber})`, ({ count, unit }) =>
    ahead(numbers.value(count), unitOf(unit)),
  ),
  rule(`(?:(?:${anyNumber}) +)?${anyUnit} +назад|полчаса +назад`, () => flawed('past')),
]

const dateRules: readonly Rule[] = [
  rule(
    `(?:(?:на|к|до) +)?(?<day>\\d{1,2})(?: ?-?(?:го|ое|е))? +(?<month>${anyMonth})(?: +(?<year>20\\d\\d)(?: *(?:года|год|г\\.?))?)?`,
    ({ day, month, year }) => date(Number(day), monthNumber(month), year === undefined ? undefined : Number(year)),
  ),
  rule('в +следующем +месяце', () => says({ next: 'month' })),
  rule('(?<day>\\d{1,2})(?: ?-?(?:го|ое|е))? +числа', ({ day }) => date(Number(day))),
  rule('(?<day>\\d{1,2}) ?-?го', ({ day }) => date(Number(day))),
]

const clockRules: readonly Rule[] = [
  rule(`(?:(?:в|к) +)?(?:половин[еау]|пол) *-?(?<hour>${hoursBegun.source})(?: +${anyPart})?`, ({ hour, part }) =>
    halfBefore(hoursBegun.value(hour), part),
  ),
  rule(
    `без +(?<minutes>${minutesLacking.source})(?: +минут)? +(?<hour>${anyNumber}|час)(?: +${anyPart})?`,
    ({ minutes, hour }) => minutesTo(hourNumber(hour), minutesLacking.value(minutes)),
  ),
  rule(
    `(?:${atWord} +)?(?<hour>${anyNumber}) *(?:час(?:а|ов)?|ч\\.?) +(?<minute>${anyNumber}) *мин(?:ут[уы]?)?\\.?(?: +${anyPart})?`,
    ({ hour, minute, part }) => clock(numbers.value(hour), numbers.value(minute), partNamed(part)),
  ),
  rule(`(?:${atWord} +)?(?<hour>\\d{1,2}):(?<minute>\\d{2}) +${anyPart}`, ({ hour, minute, part }) =>
    clock(Number(hour), Number(minute), partNamed(part)),
  ),
  rule(`(?:${atWord} +)?(?<hour>${anyNumber}) +час(?:а|ов)? +${anyPart}`, ({ hour, part }) =>
    clock(numbers.value(hour), undefined, partNamed(part)),
  ),
  rule(`(?:${atWord} +)?(?<hour>${anyNumber}|час) +(?<part>утра|вечера|ночи)`, ({ hour, part }) =>
    clock(hourNumber(hour), undefined, partNamed(part)),
  ),
  rule(`${atWord} +(?<hour>${anyNumber}|час) +дня`, ({ hour }) => clock(hourNumber(hour), undefined, 'midday')),
  rule(`(?:в|к) +(?<hour>\\d{1,2})-(?<minute>\\d{2})`, ({ hour, minute }) => clock(Number(hour), Number(minute))),
  rule(`${atWord} +(?<hour>${anyNumber}) *(?:час(?:а|ов|ам)?|ч)\\.?`, ({ hour }) => clock(numbers.value(hour))),
  rule(`(?:ровно +)?(?:в|к) +(?<hour>${anyNumber}|час)${noHour}`, ({ hour }) => bareHour(hour)),
  rule('(?:в +)?полдень', () => clock(12, 0)),
  rule('(?:в +)?полночь', () => clock(24, 0)),
]

const dayRules: readonly Rule[] = [
  rule('(?:(?:на|к|до) +)?сегодня', () => inDays(0)),
  rule('(?:(?:на|к|до) +)?завтра', () => inDays(1)),
  rule('(?:(?:на|к|до) +)?послезавтра', () => inDays(2)),
  rule('(?:на|в) +(?:(?:эти|этих) +)?выходны(?:х|е)', () => says({ day: { type: 'weekday', weekday: 6 } })),
  rule('на +следующ(?:ей|ую) +недел[еюи]', () => says({ next: 'week' })),
  rule(`(?:(?:в|во|на|к) +)?следующ${anyLetter}+ +(?<weekday>${anyWeekday})`, ({ weekday }) =>
    says({ next: 'week', day: weekdayNamed(weekday) }),
  ),
  rule(
    `(?:(?:в|во|на|к|с|со|до) +)?(?:(?:эт${anyLetter}+|ближайш${anyLetter}+) +)?(?<weekday>${anyWeekday})`,
    ({ weekday }) => says({ day: weekdayNamed(weekday) }),
  ),
  rule('(?:этим +)(?<part>утром|вечером)', ({ part }) =>
    says({ day: { type: 'ahead', count: 0, unit: 'day' }, part: part === 'утром' ? 'morning' : 'evening' }),
  ),
]

const adverbRules: readonly Rule[] = [
  rule('после +обеда', () => says({ part: 'afternoon' })),
  rule('(?:рано +)?утром|с +утра|утречком', () => says({ part: 'morning' })),
  rule('днем|в +обед', () => says({ part: 'midday' })),
  rule('вечером|вечерком', () => says({ part: 'evening' })),
  rule('ночью', () => says({ part: 'night' })),
]

/** What Russian says about time and chrono does not know, or gets wrong; read in this order, before chrono. */
export const russianRules: readonly Rule[] = [
  ...repeatRules,
  ...waitRules,
  ...dateRules,
  ...clockRules.slice(0, 4),
  ...digitRules('в|к|на|с|до|около', `(?: *ч(?:ас(?:а|ов)?)?(?!${anyLetter}))`),
  ...clockRules.slice(4),
  ...dayRules,
  ...adverbRules,
]

/** "Remind me" and the like: no part of what to remember. */
export const russianLeadIn = words(
  '(?:пожалуйста,? *)?(?:мне +)?напомни(?:те|ть)?(?: +мне)?(?:,? +пожалуйста)?(?:,? *(?:что(?:бы)?|о +том,? +что))?',
)

function rule(source: string, read: Rule['read']): Rule {
  return { pattern: words(source), read }
}

function weekdayList(): string {
  return `${anyWeekday}(?:(?: *, *| +и +)(?:(?:в|во|${everyWord}) +)?${anyWeekday}){0,6}`
}

const namedWeekdays = words(anyWeekday)

function weekdaysIn(list: string | undefined): number[] {
  const named = matchesOf(namedWeekdays, list ?? '').map(([word]) => weekdayNumber(word))
  return [...new Set(named)].sort((first, second) => first - second)
}

function weekdayNumber(word: string): number {
  const short = shortWeekdays.indexOf(word)
  const place = short >= 0 ? short : weekdays.findIndex((stem) => word.startsWith(stem))
  return place + 1
}

function weekdayNamed(word: string | undefined): { type: 'weekday'; weekday: number } {
  return { type: 'weekday', weekday: weekdayNumber(word ?? '') }
}

function inDays(count: number): Reading {
  return says({ day: { type: 'ahead', count, unit: 'day' } })
}

function every(part: Part): Reading {
  return says({ repeat: { type: 'daily' }, part })
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

/** "Мая" begins as "марта" does, so the longest stem wins. */
function monthNumber(word: string | undefined): number {
  const stems = months.filter((stem) => word?.startsWith(stem)).sort((first, second) => second.length - first.length)
  return months.indexOf(stems[0] ?? '') + 1
}

function hourNumber(word: string | undefined): number | undefined {
  return word === 'час' ? 1 : numbers.value(word)
}

/** A number after "в" with nothing more: an hour only where a day has such an hour. */
function bareHour(word: string | undefined): Reading {
  const hour = hourNumber(word)
  return hour === undefined || hour > 24 ? notMine : clock(hour)
}

function halfBefore(hour: number | undefined, part: string | undefined): Reading {
  if (hour === undefined || hour < 1) return notMine
  return spokenClock(hour === 1 ? 12 : hour - 1, 30, partNamed(part))
}

function partNamed(word: string | undefined): Part | undefined {
  return word === undefined ? undefined : partWords[word]
}
