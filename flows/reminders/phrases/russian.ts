import type { Part, Reading, Rule, SaidRepeat } from './found.ts'
import { LETTER, matchesOf, words } from './found.ts'
import { alternatives, numberWords } from './numbers.ts'
import { ahead, clock, date, digitRules, minutesTo, spokenClock, type Unit } from './read.ts'

const UNITS = {
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
const TENS = { двадцать: 20, тридцать: 30, сорок: 40, пятьдесят: 50, шестьдесят: 60 }
const NUMBERS = numberWords(UNITS, TENS)
const NUMBER = NUMBERS.source
const OF_HOUR = numberWords(
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
const WITHOUT = numberWords({ пяти: 5, десяти: 10, четверти: 15, пятнадцати: 15 }, { двадцати: 20 })

const WEEKDAYS = ['понедельник', 'вторник', 'сред', 'четверг', 'пятниц', 'суббот', 'воскресень']
const SHORT_WEEKDAYS = ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс']
const FEMININE = '(?:ам|ах|а|у|ы|е|ой)'
const MASCULINE = '(?:ам|ах|а|у|и|ом)?'
const FULL_WEEKDAY = `(?:(?:понедельник|вторник|четверг)${MASCULINE}|(?:сред|пятниц|суббот)${FEMININE}|воскресень(?:ям|ях|е|я|ю))`
const WEEKDAY = `(?:${FULL_WEEKDAY}|${SHORT_WEEKDAYS.join('|')})`
const MONTHS = [
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
const MONTH = `(?:${alternatives(MONTHS)})(?:ь|я|а|й|е)?`

const EVERY = 'кажд(?:ый|ую|ое|ого|ые|ой|ом)'
const UNIT_WORDS: [RegExp, Unit][] = [
  [/^мин/, 'minute'],
  [/^ч/, 'hour'],
  [/^(?:д|сут)/, 'day'],
  [/^нед/, 'week'],
  [/^мес/, 'month'],
  [/^(?:г|лет)/, 'year'],
]
const UNIT =
  '(?<unit>минут[ауы]?|мин|час(?:а|ов|ик)?|ч|день|дня|дней|сутки|суток|недел[юиья]|недель|месяц(?:а|ев)?|год(?:а)?|лет)\\.?'
const PART = '(?<part>утра|дня|вечера|ночи)'
const PARTS: Record<string, Part> = { утра: 'morning', дня: 'midday', вечера: 'evening', ночи: 'night' }
const AT = '(?:ровно +)?(?:в|к|на|около)'
/** After a bare number these make it no hour: "в 5 классе", "в 2 раза", "к 3 врачам" stays unread. */
const NO_HOUR =
  '(?! *(?:раз|школ|класс|этаж|кабинет|групп|числ|минут|мин|дн|ден|недел|месяц|год|лет|корпус|подъезд|квартир|магазин|аптек|курс|' +
  'автобус|человек|тенге|тг|тыс|%|-|январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр))'

const REPEATS: Rule[] = [
  rule(`в +(?:конце|последний +день) +${EVERY} +месяца`, () => monthly(31)),
  rule(`${EVERY} +утр[оа]|по +утрам`, () => every('morning')),
  rule(`${EVERY} +вечер|по +вечерам`, () => every('evening')),
  rule(`${EVERY} +ночь|по +ночам`, () => every('night')),
  rule(`(?:по|${EVERY}|в) +(?:будн|рабоч)${LETTER}+(?: +(?:дням|день|дни))?`, (): Reading => weekly([1, 2, 3, 4, 5])),
  rule(`по +выходным(?: +дням)?|${EVERY} +выходн${LETTER}+(?: +день)?`, () => weekly([6, 7])),
  rule(`${EVERY} +(?<days>${weekdayList()})`, ({ days }) => weekly(weekdaysIn(days))),
  rule(`по +(?<days>${FULL_WEEKDAY}(?:(?: *, *| +и +)(?:по +)?${FULL_WEEKDAY}){0,6})`, ({ days }) =>
    weekly(weekdaysIn(days)),
  ),
  rule(`по +(?<days>(?:пн|вт|ср|чт|пт|сб|вс)(?:(?: *, *| +и +| +)(?:пн|вт|ср|чт|пт|сб|вс)){0,6})`, ({ days }) =>
    weekly(weekdaysIn(days)),
  ),
  rule(
    `${EVERY} +(?:${NUMBER}|втор${LETTER}+|полтора|полторы) +(?:месяц|недел|день|дня|дней)${LETTER}*`,
    () => 'no-time',
  ),
  rule(`${EVERY} +(?:(?:${NUMBER}|полтора) +)?(?:пол)?(?:час|минут|год|лет)${LETTER}*`, () => 'no-time'),
  rule(`ежечасно|ежегодно|раз +в +(?:год|час|минуту|полгода|${NUMBER} +${LETTER}+)`, () => 'no-time'),
  rule(`${EVERY} +(?:день|сутки)|ежедневно|каждодневно|раз +в +день`, () => ({ repeat: { type: 'daily' } })),
  rule(`${EVERY} +неделю|еженедельно|(?:один +)?раз +в +неделю`, () => ({ repeat: { type: 'weekly' } })),
  rule(
    `(?:${EVERY} +месяц|ежемесячно|раз +в +месяц),? +(?<day>\\d{1,2})(?: ?-?(?:го|ое|е))?(?: +числ[оа]|(?=[^\\d:.]|$))`,
    ({ day }) => monthly(Number(day)),
  ),
  rule(`${EVERY} +(?<day>\\d{1,2})(?: ?-?(?:го|ое|е))?(?: +числ[оа])?(?: +месяца)?`, ({ day }) => monthly(Number(day))),
  rule(`(?<day>\\d{1,2})(?: ?-?(?:го|ое|е))?(?: +числ[оа])? +${EVERY} +месяц[а]?`, ({ day }) => monthly(Number(day))),
  rule(`${EVERY} +месяц|ежемесячно|(?:один +)?раз +в +месяц`, () => ({ repeat: { type: 'monthly' } })),
]

const WAITS: Rule[] = [
  rule('через +пол ?-?часа|через +полчасика', () => ahead(30, 'minute')),
  rule('через +(?:полтора|полторы) +часа', () => ahead(90, 'minute')),
  rule('через +(?:полгода)', () => ahead(6, 'month')),
  rule(`через +(?:(?<count>${NUMBER}) +)?час(?:а|ов)? +с +половиной`, ({ count }) =>
    ahead((count === undefined ? 1 : (NUMBERS.value(count) ?? 0)) + 0.5, 'hour'),
  ),
  rule(
    `через +(?:(?<hours>${NUMBER}) *)?(?:час(?:а|ов)?|ч\\.?) +(?:и +)?(?<minutes>${NUMBER}) *мин(?:ут[уы]?)?`,
    (said) => ahead(said.hours === undefined ? 1 : NUMBERS.value(said.hours), 'hour', NUMBERS.value(said.minutes)),
  ),
  rule(`через +(?:(?<count>${NUMBER}) *)?${UNIT}`, ({ count, unit }) =>
    ahead(count === undefined ? 1 : NUMBERS.value(count), unitOf(unit)),
  ),
  rule(`(?<unit>минут|часа|часов|дня|дней) +через +(?<count>${NUMBER})`, ({ count, unit }) =>
    ahead(NUMBERS.value(count), unitOf(unit)),
  ),
  rule(`(?:(?:${NUMBER}) +)?${UNIT} +назад|полчаса +назад`, () => 'past'),
]

const DATES: Rule[] = [
  rule(
    `(?:(?:на|к|до) +)?(?<day>\\d{1,2})(?: ?-?(?:го|ое|е))? +(?<month>${MONTH})(?: +(?<year>20\\d\\d)(?: *(?:года|год|г\\.?))?)?`,
    ({ day, month, year }) => date(Number(day), monthNumber(month), year === undefined ? undefined : Number(year)),
  ),
  rule('в +следующем +месяце', () => ({ next: 'month' })),
  rule('(?<day>\\d{1,2})(?: ?-?(?:го|ое|е))? +числа', ({ day }) => date(Number(day))),
  rule('(?<day>\\d{1,2}) ?-?го', ({ day }) => date(Number(day))),
]

const CLOCKS: Rule[] = [
  rule(`(?:(?:в|к) +)?(?:половин[еау]|пол) *-?(?<hour>${OF_HOUR.source})(?: +${PART})?`, ({ hour, part }) =>
    halfBefore(OF_HOUR.value(hour), part),
  ),
  rule(`без +(?<minutes>${WITHOUT.source})(?: +минут)? +(?<hour>${NUMBER}|час)(?: +${PART})?`, ({ minutes, hour }) =>
    minutesTo(hourNumber(hour), WITHOUT.value(minutes)),
  ),
  rule(
    `(?:${AT} +)?(?<hour>${NUMBER}) *(?:час(?:а|ов)?|ч\\.?) +(?<minute>${NUMBER}) *мин(?:ут[уы]?)?\\.?(?: +${PART})?`,
    ({ hour, minute, part }) => clock(NUMBERS.value(hour), NUMBERS.value(minute), partNamed(part)),
  ),
  rule(`(?:${AT} +)?(?<hour>\\d{1,2}):(?<minute>\\d{2}) +${PART}`, ({ hour, minute, part }) =>
    clock(Number(hour), Number(minute), partNamed(part)),
  ),
  rule(`(?:${AT} +)?(?<hour>${NUMBER}) +час(?:а|ов)? +${PART}`, ({ hour, part }) =>
    clock(NUMBERS.value(hour), undefined, partNamed(part)),
  ),
  rule(`(?:${AT} +)?(?<hour>${NUMBER}|час) +(?<part>утра|вечера|ночи)`, ({ hour, part }) =>
    clock(hourNumber(hour), undefined, partNamed(part)),
  ),
  rule(`${AT} +(?<hour>${NUMBER}|час) +дня`, ({ hour }) => clock(hourNumber(hour), undefined, 'midday')),
  rule(`(?:в|к) +(?<hour>\\d{1,2})-(?<minute>\\d{2})`, ({ hour, minute }) => clock(Number(hour), Number(minute))),
  rule(`${AT} +(?<hour>${NUMBER}) *(?:час(?:а|ов|ам)?|ч)\\.?`, ({ hour }) => clock(NUMBERS.value(hour))),
  rule(`(?:ровно +)?(?:в|к) +(?<hour>${NUMBER}|час)${NO_HOUR}`, ({ hour }) => bareHour(hour)),
  rule('(?:в +)?полдень', () => clock(12, 0)),
  rule('(?:в +)?полночь', () => clock(24, 0)),
]

const DAYS: Rule[] = [
  rule('(?:(?:на|к|до) +)?сегодня', () => inDays(0)),
  rule('(?:(?:на|к|до) +)?завтра', () => inDays(1)),
  rule('(?:(?:на|к|до) +)?послезавтра', () => inDays(2)),
  rule('(?:на|в) +(?:(?:эти|этих) +)?выходны(?:х|е)', () => ({ day: { type: 'weekday', weekday: 6 } })),
  rule('на +следующ(?:ей|ую) +недел[еюи]', () => ({ next: 'week' })),
  rule(`(?:(?:в|во|на|к) +)?следующ${LETTER}+ +(?<weekday>${WEEKDAY})`, ({ weekday }) => ({
    next: 'week',
    day: weekdayNamed(weekday),
  })),
  rule(
    `(?:(?:в|во|на|к|с|со|до) +)?(?:(?:эт${LETTER}+|ближайш${LETTER}+) +)?(?<weekday>${WEEKDAY})`,
    ({ weekday }) => ({
      day: weekdayNamed(weekday),
    }),
  ),
  rule('(?:этим +)(?<part>утром|вечером)', ({ part }) => ({
    day: { type: 'ahead', count: 0, unit: 'day' },
    part: part === 'утром' ? 'morning' : 'evening',
  })),
]

const ADVERBS: Rule[] = [
  rule('после +обеда', () => ({ part: 'afternoon' })),
  rule('(?:рано +)?утром|с +утра|утречком', () => ({ part: 'morning' })),
  rule('днем|в +обед', () => ({ part: 'midday' })),
  rule('вечером|вечерком', () => ({ part: 'evening' })),
  rule('ночью', () => ({ part: 'night' })),
]

/** What Russian says about time and chrono does not know, or gets wrong; read in this order, before chrono. */
export const russianRules: readonly Rule[] = [
  ...REPEATS,
  ...WAITS,
  ...DATES,
  ...CLOCKS.slice(0, 4),
  ...digitRules('в|к|на|с|до|около', `(?: *ч(?:ас(?:а|ов)?)?(?!${LETTER}))`),
  ...CLOCKS.slice(4),
  ...DAYS,
  ...ADVERBS,
]

/** "Remind me" and the like: no part of what to remember. */
export const russianLeadIn = words(
  '(?:пожалуйста,? *)?(?:мне +)?напомни(?:те|ть)?(?: +мне)?(?:,? +пожалуйста)?(?:,? *(?:что(?:бы)?|о +том,? +что))?',
)

function rule(source: string, read: Rule['read']): Rule {
  return { pattern: words(source), read }
}

function weekdayList(): string {
  return `${WEEKDAY}(?:(?: *, *| +и +)(?:(?:в|во|${EVERY}) +)?${WEEKDAY}){0,6}`
}

const WEEKDAYS_NAMED = words(WEEKDAY)

function weekdaysIn(list: string | undefined): number[] {
  const named = matchesOf(WEEKDAYS_NAMED, list ?? '').map(([word]) => weekdayNumber(word))
  return [...new Set(named)].sort((first, second) => first - second)
}

function weekdayNumber(word: string): number {
  const short = SHORT_WEEKDAYS.indexOf(word)
  const place = short >= 0 ? short : WEEKDAYS.findIndex((stem) => word.startsWith(stem))
  return place + 1
}

function weekdayNamed(word: string | undefined): { type: 'weekday'; weekday: number } {
  return { type: 'weekday', weekday: weekdayNumber(word ?? '') }
}

function inDays(count: number): Reading {
  return { day: { type: 'ahead', count, unit: 'day' } }
}

function every(part: Part): Reading {
  return { repeat: { type: 'daily' }, part }
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

/** "Мая" begins as "марта" does, so the longest stem wins. */
function monthNumber(word: string | undefined): number {
  const stems = MONTHS.filter((stem) => word?.startsWith(stem)).sort((first, second) => second.length - first.length)
  return MONTHS.indexOf(stems[0] ?? '') + 1
}

function hourNumber(word: string | undefined): number | undefined {
  return word === 'час' ? 1 : NUMBERS.value(word)
}

/** A number after "в" with nothing more: an hour only where a day has such an hour. */
function bareHour(word: string | undefined): Reading {
  const hour = hourNumber(word)
  return hour === undefined || hour > 24 ? undefined : clock(hour)
}

function halfBefore(hour: number | undefined, part: string | undefined): Reading {
  if (hour === undefined || hour < 1) return undefined
  return spokenClock(hour === 1 ? 12 : hour - 1, 30, partNamed(part))
}

function partNamed(word: string | undefined): Part | undefined {
  return word === undefined ? undefined : PARTS[word]
}
