import { minuteLength } from '../../common/calendar.ts'
import type { Groups, Part, Reading, Rule } from './found.ts'
import {
  anyLetter,
  anySign,
  doubted,
  flawed,
  gap,
  matchesOf,
  notMine,
  rule,
  ruleBefore,
  ruleBehind,
  says,
  words,
} from './found.ts'
import { alternatives, numberWords, spelling } from './numbers.ts'
import {
  ahead,
  asUntil,
  beforehand,
  clock,
  date,
  daysInRow,
  digitRules,
  everySo,
  goods,
  inOrder,
  minutesTo,
  monthly,
  spacedClockRules,
  spokenClock,
  type Unit,
  untilEndOf,
  wakingRule,
  weekdaysFrom,
  weekly,
} from './read.ts'

// All words are written as fold() leaves them: е for ё.
const cardinals: readonly (readonly string[])[] = [
  ['один', 'одну', 'одна', 'одного', 'одному'],
  ['два', 'две', 'двух', 'двум', 'пару'],
  ['три', 'трех', 'трем'],
  ['четыре', 'четырех', 'четырем'],
  ['пять', 'пяти'],
  ['шесть', 'шести'],
  ['семь', 'семи'],
  ['восемь', 'восьми'],
  ['девять', 'девяти'],
  ['десять', 'десяти'],
  ['одиннадцать', 'одиннадцати'],
  ['двенадцать', 'двенадцати'],
  ['тринадцать', 'тринадцати'],
  ['четырнадцать', 'четырнадцати'],
  ['пятнадцать', 'пятнадцати'],
  ['шестнадцать', 'шестнадцати'],
  ['семнадцать', 'семнадцати'],
  ['восемнадцать', 'восемнадцати'],
  ['девятнадцать', 'девятнадцати'],
]
const units = Object.fromEntries(cardinals.flatMap((forms, place) => forms.map((form) => [form, place + 1])))
const tens = {
  двадцать: 20,
  двадцати: 20,
  тридцать: 30,
  тридцати: 30,
  сорок: 40,
  сорока: 40,
  пятьдесят: 50,
  пятидесяти: 50,
  шестьдесят: 60,
}
const numbers = numberWords(units, tens)
const anyNumber = numbers.source
const spelt = spelling(units, tens).spelt

/** "First" … "twentieth", without their endings. */
const stems =
  'перв втор трет четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат'.split(
    ' ',
  )
/** "Пятого", "двадцать первое", "тридцатое". */
const ordinals = {
  source: `(?:(?:двадцать|тридцать) +)?(?:${alternatives(stems)}|тридцат)(?:ьего|ьему|ье|ого|ому|ое|ый)`,
  value: (text: string | undefined) => {
    const [last = '', ten] = (text ?? '').split(/ +/).reverse()
    const unit = last.startsWith('тридцат') ? 30 : stemNumber(last)
    return unit === 0 ? undefined : unit + (ten === 'двадцать' ? 20 : ten === 'тридцать' ? 30 : 0)
  },
}
/** The hour that has begun: "половина седьмого". */
const anyHourBegun = `(?:(?:${alternatives(stems.slice(0, 12))})(?:ого|ьего)|\\d{1,2}(?:-?го))`
const minutesLacking = numberWords({ пяти: 5, десяти: 10, четверти: 15, пятнадцати: 15 }, { двадцати: 20 })

const weekdays = ['понедельник', 'вторник', 'сред', 'четверг', 'пятниц', 'суббот', 'воскресень']
const shortWeekdays = ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс']
/** Clipped by whoever is in a hurry: days only behind "в" or "каждый". */
const clippedWeekdays = ['поне?д?', 'втор', 'сре?д', 'четв?', 'пятн?', 'суб+', 'во?скр?']
const kazakhWeekdays = ['дуйсенби', 'сейсенби', 'сарсенби', 'бейсенби', 'жума', 'сенби', 'жексенби']
const feminineEnding = '(?:ами|ам|ах|а|у|ы|е|ой)'
const masculineEnding = '(?:ами|ам|ах|а|у|и|ом)?'
const anyFullWeekday = `(?:(?:понедельник|вторник|четверг)${masculineEnding}|(?:сред|пятниц|суббот)${feminineEnding}|воскресень(?:ями|ям|ях|ем|е|я|ю)|${alternatives(kazakhWeekdays)})`
const anyShortWeekday = `(?:(?:${shortWeekdays.join('|')})\\.?(?!${anyLetter}))`
const anyWeekday = `(?:${anyFullWeekday}|${anyShortWeekday})`
const anyClippedWeekday = `(?:${anyWeekday}|(?:${clippedWeekdays.join('|')})\\.?(?!${anyLetter}))`
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
const shortMonths = ['янв', 'фев', 'мар', 'апр', 'май', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек']
const anyMonth = `(?:(?:${alternatives(months)})(?:ь|я|а|й|е|ю|у)?|(?:янв|февр?|мар|апр|июн|июл|авг|сент?|окт|нояб?|дек)\\.?)(?!${anyLetter})`

const everyWord = 'кажд(?:ый|ую|ое|ого|ые|ой|ом|ым)'
const unitWords: readonly (readonly [RegExp, Unit])[] = [
  [/^(?:мин|м$)/, 'minute'],
  [/^(?:ч|саг)/, 'hour'],
  [/^(?:д|сут)/, 'day'],
  [/^(?:нед|апта)/, 'week'],
  [/^мес/, 'month'],
  [/^(?:г|лет)/, 'year'],
]
const hourUnit = '(?:час(?:а|ов|ик)?|ч)\\.?'
const minuteUnit = '(?:минут(?:[ауы]|к[иу]|очек)?|мин|м)\\.?'
const anyUnit =
  '(?<unit>минут(?:[ауы]|к[иу]|очек)?|мин|час(?:а|ов|ик|ика|иков|ок|очек)?|ч|день|дня|дней|денек|сутки|суток|недел[юиья]|недель|недельку|нед|месяц(?:а|ев)?|мес|год(?:а|ик)?|лет|сагат)\\.?'
const partWords: Readonly<Record<string, Part>> = {
  утра: 'morning',
  дня: 'midday',
  вечера: 'evening',
  ночи: 'night',
  пополудни: 'midday',
  пополуночи: 'morning',
}
const anyPart = '(?:утра|дня|вечера|ночи|пополудни|пополуночи)'
const timeWord =
  '(?:не +(?:позже|поздн?ее|раньше)(?: +(?:в|с))?|(?:ровно +|примерно +|почти +|где[ -]то +|(?<!\\d )час(?:ов|а) +|часик(?:ов|а)? +|(?:по)?ближе +)?(?:в|во|к|на|около|с|(?<!\\d )до|после|часам? +к|примерно +в|ровно +в))'
/** After a bare number these make it no hour: "в 5 классе", "в 2 раза", "к 3 врачам" stays unread. */
const noHour = `(?! *(?:(?:${[
  'раза?|класс(?:е|а|ы|у|ах|ам|ов)?|каб(?:инет[а-я]*)?|комнат(?:е|у|ы|ах)|этаж[а-я]*|корпус[а-я]*|подъезд[а-я]*|квартир[а-я]*',
  'тенге|тг|тыс(?:яч[а-я]*)?|руб(?:л[а-я]+)?|процент[а-я]*|школ(?:ы|у|е|ах|ам)|групп(?:ы|у|е|ах|ам)|числ[а-я]+|минут[а-я]*|мин',
  'дн(?:я|ей|ях|ям)|недел[а-я]+|месяц[а-я]*|год(?:а|у|ах)?|лет|магазин(?:а|ов|ах|ам)|аптек(?:и|ах|ам)?|курс(?:е|а|ах|ов)',
  'пар(?:ы|ах|у)|урок(?:е|а|ах|ов)|(?:банк|вуз|университет|чат|город)(?:а|ов|ах)|колледж(?:а|ей|ах)|мест(?:а|ах)?|организаци[яий]+|автобус(?:е|а|ов|ах)|врач(?:а|ей|ам|ах)|(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)[а-я]|марта?|ма[йя]|августа?',
].join('|')})(?!${anyLetter})|ден(?:ь|ек)(?! +рожд)|%|:\\d|-))`

const repeatRules: readonly Rule[] = [
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

const waitRules: readonly Rule[] = [
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

const numberDate = `(?<day>\\d{1,2}|${ordinals.source})(?: ?-?(?:го|ое|ого|ому|му|е))?`
const year = `(?:(?:,? +|[/-])(?<year>20\\d\\d)(?: *(?:года|году|год|г\\.?))?(?!${anyLetter}))?`
/** What names a day of the year, without what stands before it. */
const dates: readonly (readonly [source: string, read: (said: Groups) => Reading])[] = [
  [`${numberDate}[ /-]+(?<month>${anyMonth})${year}`, monthDate],
  [`(?<month>${anyMonth}) +(?<day>\\d{1,2})(?:-?го|-?е)?(?![:.\\d-]|${anyLetter})${year}`, monthDate],
]

const dateRules: readonly Rule[] = [
  // So many days before it: is that its eve?
  rule('до +нового +года', (_, { before }) =>
    before === undefined ? asUntil(date(31, 12)) : doubted(asUntil(date(31, 12))),
  ),
  // Every day of them, or the first?
  rule(`(?:(?:с|со) +)?${numberDate} *(?:-|по +|до +) *${dayEnd()} +(?<month>${anyMonth})${year}`, (said) =>
    doubted(monthDate(said)),
  ),
  rule(`(?:(?:с|со) +)?${numberDate} *(?:-|по +|до +) *${dayEnd()} +числ[оа]`, ({ day }) =>
    doubted(date(dayNumber(day))),
  ),
  rule(
    `(?:(?:с|со) +)?(?<day>\\d{1,2})\\.(?<month>0[1-9]|1[0-2])(?:\\.(?:20\\d\\d)?)? *(?:-|по +|до +) *\\d{1,2}\\.(?:0[1-9]|1[0-2])(?:\\.(?<year>20\\d\\d))?`,
    (said) => doubted(numericDate(said)),
  ),
  // "By 10.12" is hardly twelve minutes past ten; "by 8.10" may be.
  rule(
    `(?<!(?:завтра|сегодня) +)(?<until>с|к|до|от|на) +(?<day>\\d{1,2})\\.(?<month>0[1-9]|1[0-2])(?![.:]?\\d| *(?:-|до|по) *\\d)`,
    ({ until, ...said }) => {
      const reading = until === 'до' ? asUntil(numericDate(said)) : numericDate(said)
      return Number(said.month) % 5 === 0 && Number(said.day) < 24 ? doubted(reading) : reading
    },
  ),
  rule(`до +(?:самого +)?конца +(?<month>${anyMonth})`, ({ month }) => untilEndOf(monthNumber(month))),
  rule(`до +(?:начала +)?(?<month>${anyMonth})(?! +\\d)`, ({ month }) => asUntil(date(1, monthNumber(month)))),
  ...dates.map(([source, read]) =>
    rule(`(?:(?:вплоть +)?до|по) +${source}(?: +включительно)?`, (said) => asUntil(read(said))),
  ),
  ...dates.map(([source, read]) =>
    rule(
      `(?:(?:на|к|ко|с|со|начиная +с|от) +)?${source}(?: *- *${dayEnd()}(?: +${anyMonth})?| +(?:по|до) +${dayEnd()}(?: +${anyMonth})?)?`,
      read,
    ),
  ),
  // "The first Saturday of the month" without "on" may be of every month.
  rule(
    `(?<!(?:в|во|на) +)(?<place>${placeWord()})${anyLetter}+ +(?<weekday>${anyFullWeekday}) +месяца`,
    ({ place, weekday }) => doubted(placedDay(place, weekday, undefined)),
  ),
  rule(
    `(?:(?:в|во|на) +)?(?<place>${placeWord()})${anyLetter}+ +(?<weekday>${anyFullWeekday})(?: +(?<month>${anyMonth})|(?<next> +следующего +месяца)| +(?:этого +)?месяца)`,
    ({ place, weekday, month, next }) => (next === undefined ? placedDay(place, weekday, month) : flawed('no-time')),
  ),
  rule('(?:в +)?(?:конце|последний +день|последнее +число) +(?:этого +)?месяца|(?:до|к) +конца?у? +месяца', () =>
    says({ day: { type: 'monthEnd' } }),
  ),
  rule(`(?:в +|на +)?следующ(?:ий|ем) +месяце?,? +${numberDate}(?: +числ[ауо])?`, ({ day }) =>
    nextMonth(dayNumber(day)),
  ),
  rule(`(?:в +)?(?:начале +)?следующ(?:ем|его) +месяц[еа]`, () => says({ next: { unit: 'month', count: 1 } })),
  rule(`через +месяц +(?<day>\\d{1,2})(?: ?-?(?:го|ое|е))?(?: +числа)?`, ({ day }) => nextMonth(Number(day))),
  rule(
    `(?:(?:на|к|до|с) +)?${numberDate} +числ[ауо](?<next> +следующего +месяца)?(?: +этого +месяца)?`,
    ({ day, next }) => (next === undefined ? date(dayNumber(day)) : nextMonth(dayNumber(day))),
  ),
  rule('(?:(?:на|к|до|с) +)?(?<day>\\d{1,2}) ?-?(?:го|ого|му|ое)', ({ day }) => date(Number(day))),
]

/** A day of this month or the next in words; the small numbers only where nothing is counted by them ("fifth form"). */
const spokenDayRules: readonly Rule[] = [
  rule(`(?:на|к|ко|до|с|со) +(?<day>${ordinals.source})${noOrder()}`, ({ day }) => date(dayNumber(day))),
  rule(
    `(?<day>(?:(?:двадцать|тридцать) +(?:${alternatives(stems)})|(?:одиннадцат|[а-я]+надцат|двадцат|тридцат))(?:ого|ьего))${noOrder()}`,
    ({ day }) => date(dayNumber(day)),
  ),
]

const clockRules: readonly Rule[] = [
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
    `(?:${timeWord} +)?(?<hour>${anyNumber}|(?<!(?:ом|ем) +)часу?)(?: +час(?:а|ов)?)?(?= +${anyPart}(?!${anyLetter}))`,
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

const today = { type: 'ahead', count: 0, unit: 'day' } as const

const dayRules: readonly Rule[] = [
  rule(`не +(?:сегодня|завтра|(?:в|во) +${anyWeekday}),? +а`, () => says({})),
  rule(`(?:а +|но +)не +(?:сегодня|завтра|(?:(?:в|во) +)?${anyWeekday})`, () => says({})),
  rule('(?:прямо +)?(?:(?:на|к|до|с) +)?сегодня(?:шний +день)?', () => inDays(0)),
  rule('(?:(?:на|к|до|с) +)?после ?-?завтра', () => inDays(2)),
  rule('(?:(?:на|к|до) +)?послепослезавтра', () => inDays(3)),
  rule('(?:прямо +)?(?:(?:на|к|до|с) +)?(?:завтра(?:шний +день)?|завтрашнему +дню|завтрашнего +дня)', () => inDays(1)),
  rule('позавчера', () => inDays(-2)),
  rule('вчера(?:шний +день)?', () => inDays(-1)),
  // The same hour as now.
  rule('в +(?:это|то|такое)(?: +же)?(?: +самое)? +время|в +(?:этот|тот) +же +час', () => says({ sameTime: true })),
  rule(
    `(?:(?:в|во|на) +)?(?:прошл|минувш)${anyLetter}+ +(?:${anyWeekday}|недел${anyLetter}+|месяц${anyLetter}*|год${anyLetter}*)`,
    () => flawed('past'),
  ),
  rule(`(?:на|в) +(?:(?:эти|этих|ближайшие|ближайших) +)?(?:выходны(?:х|е)|выхах)`, () => says({ weekday: 6 })),
  rule(`(?:на|в) +следующи(?:х|е) +выходны(?:х|е)`, () => says({ next: { unit: 'week', count: 1 }, weekday: 6 })),
  rule('(?:на|со?|начиная +со) +следующ(?:ей|ую) +недел[еюи]|на +той +неделе', () => inWeeks(1)),
  rule('(?:на +неделе +)?через +одну +неделю|на +послеследующей +неделе', () => inWeeks(2)),
  rule('на +(?:этой|текущей) +неделе', () => says({})),
  rule(`(?:(?:в|во|на|к) +)?следующ${anyLetter}+ +(?<weekday>${anyClippedWeekday})`, ({ weekday }) =>
    says({ next: { unit: 'week', count: 1 }, weekday: weekdayNumber(weekday) }),
  ),
  rule(
    `(?:до|по) +(?:(?:эт${anyLetter}+|ближайш${anyLetter}+) +)?(?<weekday>${anyWeekday})(?: +включительно)?`,
    ({ weekday }) => says({ until: { type: 'weekday', weekday: weekdayNumber(weekday) } }),
  ),
  rule(
    `(?:(?:в|во|на|к|ко|с|со|начиная +с|от) +)(?:(?:эт${anyLetter}+|ближайш${anyLetter}+) +)?(?<weekday>${anyClippedWeekday})`,
    ({ weekday }) => says({ weekday: weekdayNumber(weekday) }),
  ),
  rule(`(?:(?:эт${anyLetter}+|ближайш${anyLetter}+) +)?(?<weekday>${anyWeekday})`, ({ weekday }) =>
    says({ weekday: weekdayNumber(weekday) }),
  ),
  rule('(?:прошл|минувш)(?:ым|ой|ую|ый) +(?:утром|вечером|вечер|ночью|ночь)', () => flawed('past')),
  rule('(?:этой|сегодняшней) +ночью|(?:на +|в +)?эту +ночь', () => says({ day: today, part: 'night' })),
  rule('(?:на|в) +(?:этот|сегодняшний) +вечер', () => says({ day: today, part: 'evening' })),
  rule('этим +утром', () => says({ day: today, part: 'morning' })),
  rule('этим +вечером', () => says({ day: today, part: 'evening' })),
]

const adverbRules: readonly Rule[] = [
  { ...ruleBefore('(?<meal>завтрак|обед|ужин)', ({ meal }) => says({ part: mealPart(meal) })), stays: true },
  { ...ruleBehind('(?<meal>завтрак|обед|ужин)', ({ meal }) => says({ part: mealPart(meal) })), stays: true },
  ruleBehind('в +(?:этот|тот)(?: +же)?(?: +самый)? +день', () => says({})),
  rule('(?:в|во) +(?<half>первой|второй) +половине +дня', ({ half }) =>
    says({ part: half === 'первой' ? 'morning' : 'afternoon' }),
  ),
  ruleBehind(`(?<part>${anyPart})`, ({ part }) => says(partOf(part))),
  rule('(?:сразу +)?после ?(?:обеда|обед|обеденного +перерыва|ланча)', () => says({ part: 'afternoon' })),
  rule('до +обеда', () => says({ part: 'morning' })),
  rule(
    '(?:(?:рано|завтра|сегодня) +)?(?:утром|утречком)(?: +рано|пораньше)?|с(?: +(?:самого|раннего))? +утра(?: +пораньше)?|под +утро|к +утру',
    () => says({ part: 'morning' }),
  ),
  rule('днем|в +обед(?:енный +перерыв)?|к +обеду|в +середине +дня', () => says({ part: 'midday' })),
  rule('(?:поздно +)?(?:вечером|вечерком)|(?:(?:по)?ближе +)?(?:к|под) +вечер[ау]?', () => says({ part: 'evening' })),
  rule('(?:поздно +)?ночью', () => says({ part: 'night' })),
]

/** What Russian says about time; read in this order. */
export const russianRules: readonly Rule[] = [
  ...repeatRules,
  ...waitRules,
  ...dateRules,
  ...clockRules.slice(0, 7),
  ...digitRules(
    '(?:ровно +|примерно +)?(?:в|к|на|с|до|после|около|от)|не +(?:позже|поздн?ее|раньше)',
    `(?: *ч(?:ас(?:а|ов)?)?\\.?(?!${anyLetter}))`,
  ),
  ...clockRules.slice(7),
  ...dayRules,
  ...spacedClockRules,
  ...spokenDayRules,
  ...adverbRules,
  wakingRule('вста(?:ть|вать|ю|ем)|подъем|просну(?:ться|сь)|просыпаться|разбуди(?:ть|те)?|буди(?:ть)?|будильник'),
]

/** Words of courtesy, no part of what to remember wherever they stand. */
const courtesy = 'пожал[уо]?[йи]?ст[ао]|пли+з+а?|плз|пж|пжлс?т?а?|ало|алло|эй|прив|короче|короч|кароч|кароче|кстати|спс'
/** Words of talk before the time, and names for the bot before the word for reminding. */
const talk =
  'привет(?:ик)?|го|еще|здравствуй(?:те)?|слушай|слуш|ну|так|а|и|хай|салам|давай|ок|окей|доброе +утро|добрый +(?:день|вечер)'
const named = 'бот|серик|бро|друг|братан|брат|потом|помоги'
const willing =
  '(?:ты +)?(?:можешь|можете|сможешь|можно|мог(?:ла)? +бы)(?: +(?:ты|мне))?|(?:я +)?хоч[уе]|мне +(?:нужно|надо)|не +забудь(?:те)?|было +бы +(?:круто|классно|хорошо),?|если +бы|чтобы?|ты'
const making =
  '(?:постав(?:ь|ьте|ить)|ставь(?:те)?|создай(?:те)?|сделай(?:те)?|добавь(?:те)?|установи(?:те)?|заведи(?:те)?|включи(?:те)?)'
const reminding = '(?:н[ао]помн?[ие](?:ть|те|л[аи]?)?|напоминай(?:те)?|напоминани[ея]|напоминалк[ауи])'
/**
 * "Remind me" and the like: no part of what to remember. An alarm that is set is the text where nothing else is. To be
 * run twice: what stands before such words or the time, or leads from them to the text, is seen then.
 */
export const russianLeadIn = words(
  [
    `(?:(?:${talk}|${named}|${willing}),? +){0,5}(?:${making} +)?(?:мне +)?${reminding}(?:-ка)?(?: +(?:мне|нам|еще))?(?:,? *(?:что(?:бы?)?(?= )|о +том,? +что|про(?= )|:))?`,
    `${making} +(?:мне +)?будильник(?=[^a-zа-я]{0,60}(?!(?:${courtesy})(?!${anyLetter}))[a-zа-я])|${making}(?: +мне)?(?= +будильник)`,
    'дай(?:те)? +знать|скажи(?:те)? +мне',
    courtesy,
    `(?<=^|^[ ,!.${gap}]{1,80})(?:${talk})(?:[ ,!.]{1,3}(?:${talk})){0,3}(?=[ ,!.]{0,3}${gap})`,
    `(?<=^[ ,!.${gap}]{2,80})(?:что(?:бы?)?|чтоб|о +том,? +что|про)(?= +${anySign})`,
  ].join('|'),
)

/** Behind an ordinal: it numbers these rather than days. */
function noOrder(): string {
  return `(?! +(?:${everyWord}|раз|класс|курс|этаж|подъезд|корпус|сезон|том|глав|част|урок|пар|блюд|год|век|реб|сын|ноч|дн|слой|тайм|разряд|автобус|кабинет|маршрут|комнат|квартир|школ|дом|номер|мест|этап))`
}

/** One weekday or more, as a piece of a pattern. */
function weekdayList(least: 1 | 2): string {
  const more = `(?:(?: *, *(?:и +)?| +и +|/| +(?=${anyWeekday}))(?:(?:в|во|по|${everyWord}) +)?${anyWeekday})`
  return `${anyClippedWeekday}${more}{${least - 1},6}`
}

const namedWeekdays = words(anyClippedWeekday)

function weekdaysIn(list: string | undefined): number[] {
  return matchesOf(namedWeekdays, list ?? '').map(([word]) => weekdayNumber(word))
}

function weekdayNumber(word: string | undefined = ''): number {
  const bare = word.replace('.', '')
  const short = shortWeekdays.indexOf(bare)
  if (short >= 0) return short + 1
  const kazakh = kazakhWeekdays.indexOf(bare)
  if (kazakh >= 0) return kazakh + 1
  const full = weekdays.findIndex((stem) => bare.startsWith(stem))
  return (full >= 0 ? full : clippedWeekdays.findIndex((stem) => new RegExp(`^${stem}$`).test(bare))) + 1
}

function fromTo({ first, last }: Groups): Reading {
  return weekly(weekdaysFrom(weekdayNumber(first), weekdayNumber(last)))
}

function everyWeeks(count: number | undefined, days: string | undefined): Reading {
  const reading = everySo(count, 'week')
  return days === undefined || reading.type !== 'found' ? reading : weekly(weekdaysIn(days), count)
}

function placeWord(): string {
  return 'перв|втор|трет|четверт|последн'
}

function placeOf(word: string | undefined = ''): number {
  return stemNumber(word) || -1
}

function placed(place: string | undefined, weekday: string | undefined): Reading {
  return says({ repeat: { type: 'monthlyWeekday', place: placeOf(place), weekday: weekdayNumber(weekday) } })
}

function yearly(reading: Reading): Reading {
  return reading.type === 'found' ? says({ ...reading.found, repeat: { type: 'yearly' } }) : reading
}

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

function inDays(count: number): Reading {
  return says({ day: { type: 'ahead', count, unit: 'day' } })
}

function inWeeks(count: number): Reading {
  return says({ next: { unit: 'week', count } })
}

function nextMonth(day: number | undefined): Reading {
  const reading = date(day)
  return reading.type === 'found' ? says({ ...reading.found, next: { unit: 'month', count: 1 } }) : reading
}

function every(part: Part): Reading {
  return says({ repeat: { type: 'daily' }, part })
}

function unitOf(word: string | undefined): Unit | undefined {
  return unitWords.find(([pattern]) => pattern.test(word ?? ''))?.[1]
}

function dayNumber(word: string | undefined): number | undefined {
  return ordinals.value(word) ?? numbers.value(word)
}

function dayEnd(): string {
  return `(?:\\d{1,2}|${ordinals.source})(?: ?-?(?:го|ое|е))?`
}

function placedDay(place: string | undefined, weekday: string | undefined, month: string | undefined): Reading {
  const said = { type: 'placed', place: placeOf(place), weekday: weekdayNumber(weekday) } as const
  return says({ day: month === undefined ? said : { ...said, month: monthNumber(month) } })
}

function monthDate({ day, month, year: named }: Groups): Reading {
  return date(dayNumber(day), monthNumber(month), named === undefined ? undefined : Number(named))
}

function numericDate({ day, month, year: named }: Groups): Reading {
  return date(Number(day), Number(month), named === undefined ? undefined : Number(named))
}

/** "Мая" begins as "марта" does, so the longest stem wins. */
function monthNumber(word: string | undefined = ''): number {
  const found = months.filter((stem) => word.startsWith(stem)).sort((first, second) => second.length - first.length)
  const full = months.indexOf(found[0] ?? '')
  const isShort = full < 0 || /^мар\.?$/.test(word)
  return (isShort ? shortMonths.findIndex((stem) => word.startsWith(stem)) : full) + 1
}

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

/** Of the longest stem that begins the word, 0 for none: "шестнадцатого" begins as "шестого" does. */
function stemNumber(word: string): number {
  const fitting = stems.filter((stem) => word.startsWith(stem)).sort((first, second) => second.length - first.length)
  return stems.indexOf(fitting[0] ?? '') + 1
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

function mealPart(meal: string | undefined): Part {
  return meal === 'завтрак' ? 'morning' : meal === 'обед' ? 'midday' : 'evening'
}

function partOf(word: string | undefined): { part?: Part } {
  const part = word === undefined ? undefined : partWords[word]
  return part === undefined ? {} : { part }
}

/** Nouns that make a number beside an hour no minutes. */
function countsWhat(): string {
  return 'раз|класс|каб|человек|тенге|тг|тыс|руб|кг|шт|капел|капл|таблет|страниц|билет|книг|звонк|январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр|числ|дн|ден|недел'
}
