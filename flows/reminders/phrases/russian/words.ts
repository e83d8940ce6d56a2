// The words of Russian that say when: numbers, weekdays, months, units, parts of the day; and what each stands for.

import { anyLetter, matchesOf, type Part, words } from '../found.ts'
import { alternatives, numberWords, spelling } from '../numbers.ts'
import type { Unit } from '../read.ts'

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
export const units = Object.fromEntries(cardinals.flatMap((forms, place) => forms.map((form) => [form, place + 1])))
export const tens = {
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
export const numbers = numberWords(units, tens)
export const anyNumber = numbers.source
export const spelt = spelling(units, tens).spelt

/** "First" … "twentieth", without their endings. */
export const stems =
  'перв втор трет четверт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат пятнадцат шестнадцат семнадцат восемнадцат девятнадцат двадцат'.split(
    ' ',
  )
/** "Пятого", "двадцать первое", "тридцатое". */
export const ordinals = {
  source: `(?:(?:двадцать|тридцать) +)?(?:${alternatives(stems)}|тридцат)(?:ьего|ьему|ье|ого|ому|ое|ый)`,
  value: (text: string | undefined) => {
    const [last = '', ten] = (text ?? '').split(/ +/).reverse()
    const unit = last.startsWith('тридцат') ? 30 : stemNumber(last)
    return unit === 0 ? undefined : unit + (ten === 'двадцать' ? 20 : ten === 'тридцать' ? 30 : 0)
  },
}

const weekdays = ['понедельник', 'вторник', 'сред', 'четверг', 'пятниц', 'суббот', 'воскресень']
const shortWeekdays = ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс']
/** Clipped by whoever is in a hurry: days only behind "в" or "каждый". */
const clippedWeekdays = ['поне?д?', 'втор', 'сре?д', 'четв?', 'пятн?', 'суб+', 'во?скр?']
const kazakhWeekdays = ['дуйсенби', 'сейсенби', 'сарсенби', 'бейсенби', 'жума', 'сенби', 'жексенби']
const feminineEnding = '(?:ами|ам|ах|а|у|ы|е|ой)'
const masculineEnding = '(?:ами|ам|ах|а|у|и|ом)?'
export const anyFullWeekday = `(?:(?:понедельник|вторник|четверг)${masculineEnding}|(?:сред|пятниц|суббот)${feminineEnding}|воскресень(?:ями|ям|ях|ем|е|я|ю)|${alternatives(kazakhWeekdays)})`
export const anyShortWeekday = `(?:(?:${shortWeekdays.join('|')})\\.?(?!${anyLetter}))`
export const anyWeekday = `(?:${anyFullWeekday}|${anyShortWeekday})`
export const anyClippedWeekday = `(?:${anyWeekday}|(?:${clippedWeekdays.join('|')})\\.?(?!${anyLetter}))`
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
export const anyMonth = `(?:(?:${alternatives(months)})(?:ь|я|а|й|е|ю|у)?|(?:янв|февр?|мар|апр|июн|июл|авг|сент?|окт|нояб?|дек)\\.?)(?!${anyLetter})`

export const everyWord = 'кажд(?:ый|ую|ое|ого|ые|ой|ом|ым)'
const unitWords: readonly (readonly [RegExp, Unit])[] = [
  [/^(?:мин|м$)/, 'minute'],
  [/^(?:ч|саг)/, 'hour'],
  [/^(?:д|сут)/, 'day'],
  [/^(?:нед|апта)/, 'week'],
  [/^мес/, 'month'],
  [/^(?:г|лет)/, 'year'],
]
export const hourUnit = '(?:час(?:а|ов|ик)?|ч)\\.?'
export const minuteUnit = '(?:минут(?:[ауы]|к[иу]|очек)?|мин|м)\\.?'
export const anyUnit =
  '(?<unit>минут(?:[ауы]|к[иу]|очек)?|мин|час(?:а|ов|ик|ика|иков|ок|очек)?|ч|день|дня|дней|денек|сутки|суток|недел[юиья]|недель|недельку|нед|месяц(?:а|ев)?|мес|год(?:а|ик)?|лет|сагат)\\.?'
export const partWords: Readonly<Record<string, Part>> = {
  утра: 'morning',
  дня: 'midday',
  вечера: 'evening',
  ночи: 'night',
  пополудни: 'midday',
  пополуночи: 'morning',
}
export const anyPart = '(?:утра|дня|вечера|ночи|пополудни|пополуночи)'

/** One weekday or more, as a piece of a pattern. */
export function weekdayList(least: 1 | 2): string {
  const more = `(?:(?: *, *(?:и +)?| +и +|/| +(?=${anyWeekday}))(?:(?:в|во|по|${everyWord}) +)?${anyWeekday})`
  return `${anyClippedWeekday}${more}{${least - 1},6}`
}

const namedWeekdays = words(anyClippedWeekday)

export function weekdaysIn(list: string | undefined): number[] {
  return matchesOf(namedWeekdays, list ?? '').map(([word]) => weekdayNumber(word))
}

export function weekdayNumber(word: string | undefined = ''): number {
  const bare = word.replace('.', '')
  const short = shortWeekdays.indexOf(bare)
  if (short >= 0) return short + 1
  const kazakh = kazakhWeekdays.indexOf(bare)
  if (kazakh >= 0) return kazakh + 1
  const full = weekdays.findIndex((stem) => bare.startsWith(stem))
  return (full >= 0 ? full : clippedWeekdays.findIndex((stem) => new RegExp(`^${stem}$`).test(bare))) + 1
}

export function placeWord(): string {
  return 'перв|втор|трет|четверт|последн'
}

export function placeOf(word: string | undefined = ''): number {
  return stemNumber(word) || -1
}

export function unitOf(word: string | undefined): Unit | undefined {
  return unitWords.find(([pattern]) => pattern.test(word ?? ''))?.[1]
}

export function dayNumber(word: string | undefined): number | undefined {
  return ordinals.value(word) ?? numbers.value(word)
}

/** "Мая" begins as "марта" does, so the longest stem wins. */
export function monthNumber(word: string | undefined = ''): number {
  const found = months.filter((stem) => word.startsWith(stem)).sort((first, second) => second.length - first.length)
  const full = months.indexOf(found[0] ?? '')
  const isShort = full < 0 || /^мар\.?$/.test(word)
  return (isShort ? shortMonths.findIndex((stem) => word.startsWith(stem)) : full) + 1
}

/** Of the longest stem that begins the word, 0 for none: "шестнадцатого" begins as "шестого" does. */
export function stemNumber(word: string): number {
  const fitting = stems.filter((stem) => word.startsWith(stem)).sort((first, second) => second.length - first.length)
  return stems.indexOf(fitting[0] ?? '') + 1
}

export function partOf(word: string | undefined): { part?: Part } {
  const part = word === undefined ? undefined : partWords[word]
  return part === undefined ? {} : { part }
}

/** Nouns that make a number beside an hour no minutes. */
export function countsWhat(): string {
  return 'раз|класс|каб|человек|тенге|тг|тыс|руб|кг|шт|капел|капл|таблет|страниц|билет|книг|звонк|январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр|числ|дн|ден|недел'
}
