import { fromLatin } from './latin.ts'

/** A line with its words spelt as the rules know them; `origins` has for each of its signs the place in the line as it was written. */
export type Spelt = { readonly line: string; readonly origins: readonly number[] }

/** Puts right the words of time that are often misspelt or clipped, in a folded line. */
export function respell(folded: string): Spelt {
  let line = ''
  const origins: number[] = []
  let from = 0
  for (const { word, start } of wordsOf(folded)) {
    const right =
      clipped.get(word) ??
      tomorrow(word) ??
      glued(word) ??
      next(folded, word, start) ??
      every(folded, word, start) ??
      ofDate(folded, word, start) ??
      fromLatin(word, folded, start) ??
      russianMonth(word) ??
      nearest(word)
    if (right === undefined) continue
    line += folded.slice(from, start) + right
    for (let place = from; place < start; place++) origins.push(place)
    for (let place = 0; place < right.length; place++) origins.push(start + originIn(word, right, place))
    from = start + word.length
  }
  for (let place = from; place < folded.length; place++) origins.push(place)
  return { line: line + folded.slice(from), origins }
}

/** The place in the word as it was written; a space that was put in belongs to the sign before it. */
function originIn(word: string, right: string, place: number): number {
  const space = right.indexOf(' ')
  return Math.min(space >= 0 && place >= space ? place - 1 : place, word.length - 1)
}

function wordsOf(line: string): { word: string; start: number }[] {
  const found: { word: string; start: number }[] = []
  const word = /[0-9a-zа-я]+/g
  for (let match = word.exec(line); match !== null; match = word.exec(line))
    found.push({ word: match[0], start: match.index })
  return found
}

/** "6вечера", "ертен9да", "5декабря": words of time without a space between. */
function glued(word: string): string | undefined {
  const said = gluedWords.map((pattern) => pattern.exec(word)).find((match) => match !== null)
  return said ? `${said[1]} ${said[2]}` : undefined
}

const gluedWords: readonly RegExp[] = [
  /^(\d{1,2})(утра|вечера|дня|ночи|час(?:а|ов)?|жарым(?:да)?)$/,
  /^(\d{1,2})((?:кантар|акпан|наурыз|сауир|мамыр|маусым|шилде|тамыз|кыркуйек|казан|караша|желтоксан)(?:[дт][ае])?|(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)[яь]|марта|мая|августа|янв|фев|мар|апр|июн|июл|авг|сен|сент|окт|ноя|нояб|дек)$/,
  /^(\d{1,2})(кун(?:де|нен)?|апта(?:да|дан)?)$/,
  /^(ертен|бугин|бурсигуни|кешке|кешки|тангы|танертен|сагат|(?:дуй|сей|сар|бей|жек)?сенби|завтра|сегодня|послезавтра)(\d{1,4}(?:[дтгк][ае])?)$/,
  /^(in|today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)(\d{1,2}(?:am|pm|mins?|minutes?|h|hrs?|hours?))$/,
]

/** "След", where a week, a month or a weekday is next. */
function next(line: string, word: string, start: number): string | undefined {
  if (word !== 'след') return undefined
  const named = /^ (недел|месяц|понед|втор|сред|четв|пятн|субб|воскр|(?:пн|вт|ср|чт|пт|сб|вс)(?![а-я]))/.exec(
    line.slice(start + word.length, start + word.length + 10),
  )
  if (named === null) return undefined
  return named[1] === 'недел' ? 'следующей' : named[1] === 'месяц' ? 'следующем' : 'следующий'
}

/** "Каждый ден": elsewhere it is a Kazakh ending. */
function every(line: string, word: string, start: number): string | undefined {
  return afterEvery.get(word) !== undefined && /кажд[а-я]+ $/.test(line.slice(Math.max(0, start - 10), start))
    ? afterEvery.get(word)
    : undefined
}

const afterEvery = new Map(
  Object.entries({
    ден: 'день',
    денек: 'день',
    дэн: 'день',
    дени: 'день',
    вечир: 'вечер',
    нед: 'неделю',
    мес: 'месяц',
  }),
)

/** "2026-12-24T08:15": the letter between a date and its hour. */
function ofDate(line: string, word: string, start: number): string | undefined {
  const said = /^(\d\d)[tт](\d\d)$/.exec(word)
  const isDate = /\d{4}-\d\d-$/.test(line.slice(Math.max(0, start - 8), start))
  return said && isDate && line[start + word.length] === ':' ? `${said[1]} ${said[2]}` : undefined
}

/** However many of its letters are doubled or left out. */
function tomorrow(word: string): string | undefined {
  return /^(?:t[ou]?|2)m+[oa]?r+[oa]*w+$/.test(word) ? 'tomorrow' : undefined
}

/** A Russian month with a Kazakh ending, as the Kazakh one. */
function russianMonth(word: string): string | undefined {
  const said = /^([а-я]{3,7}?)ь?(?:([дт][ае])|([гк][ае])|[дтн][иы]н|([дт][ае]н))$/.exec(word)
  const month = kazakhMonths.get(said?.[1] ?? '')
  if (said === null || month === undefined) return undefined
  return month + (said[2] ? 'да' : said[3] ? 'га' : said[4] ? 'дан' : 'нын')
}

const kazakhMonths = new Map(
  Object.entries({
    ...{ январ: 'кантар', феврал: 'акпан', март: 'наурыз', апрел: 'сауир', июн: 'маусым', июл: 'шилде' },
    ...{ август: 'тамыз', сентябр: 'кыркуйек', октябр: 'казан', ноябр: 'караша', декабр: 'желтоксан' },
  }),
)

/** Short forms, and mistakes of more than one letter. */
const clipped = new Map(
  Object.entries({
    эр: 'ар',
    дуйс: 'дуйсенби',
    сейс: 'сейсенби',
    сарс: 'сарсенби',
    бейс: 'бейсенби',
    жекс: 'жексенби',
    срду: 'среду',
    среу: 'среду',
    чертверг: 'четверг',
    будущий: 'следующий',
    будущую: 'следующую',
    будущей: 'следующей',
    будущем: 'следующем',
    щас: 'сейчас',
    менут: 'минут',
    минуд: 'минут',
    мнут: 'минут',
    часоф: 'часов',
    чисов: 'часов',
    чесов: 'часов',
    чирес: 'через',
    утреца: 'утра',
    утречка: 'утра',
    утрецом: 'утром',
    поутру: 'утром',
    вечерка: 'вечера',
    вечерок: 'вечер',
    щаз: 'сейчас',
    сн: 'сб',
    сайн: 'сайын',
    кейн: 'кейин',
    кийин: 'кейин',
    кейинн: 'кейин',
    кеин: 'кейин',
    кешкы: 'кешки',
    саин: 'сайын',
    сайынн: 'сайын',
    dayz: 'days',
    weekz: 'weeks',
    monthz: 'months',
    hourz: 'hours',
    hrz: 'hours',
    minz: 'mins',
    minuts: 'minutes',
    minits: 'minutes',
    mintues: 'minutes',
    minuites: 'minutes',
    munites: 'minutes',
    qtr: 'quarter',
    qrtr: 'quarter',
    qtrs: 'quarters',
    quater: 'quarter',
    quartr: 'quarter',
    quarer: 'quarter',
    qaurter: 'quarter',
    mornin: 'morning',
    moring: 'morning',
    mrng: 'morning',
    evning: 'evening',
    evenin: 'evening',
    tmrw: 'tomorrow',
    tmr: 'tomorrow',
    tmrrw: 'tomorrow',
    tmw: 'tomorrow',
    '2moro': 'tomorrow',
    '2morrow': 'tomorrow',
    '2mrw': 'tomorrow',
    tomoz: 'tomorrow',
    tomoro: 'tomorrow',
    tomoroow: 'tomorrow',
    tommorow: 'tomorrow',
    tonite: 'tonight',
    '2nite': 'tonight',
    '2night': 'tonight',
    '2day': 'today',
    tdy: 'today',
    wensday: 'wednesday',
    wendsday: 'wednesday',
    wedensday: 'wednesday',
    wedsday: 'wednesday',
    thusday: 'thursday',
    tusday: 'tuesday',
    evry: 'every',
    evrey: 'every',
    eveyr: 'every',
    evryday: 'everyday',
    tomo: 'tomorrow',
    thrs: 'thursday',
    n: 'and',
    nd: 'and',
    satterday: 'saturday',
    ev: 'every',
    b4: 'before',
    nite: 'night',
    arvo: 'afternoon',
    afternoonish: 'afternoon',
    untill: 'until',
    remimd: 'remind',
    remid: 'remind',
    remnd: 'remind',
    remaind: 'remind',
    седня: 'сегодня',
    сення: 'сегодня',
    сегодны: 'сегодня',
    севодне: 'сегодня',
    сегодна: 'сегодня',
    зафтро: 'завтра',
    завтр: 'завтра',
    завтора: 'завтра',
    завтрп: 'завтра',
    послезвтра: 'послезавтра',
    паслезавтра: 'послезавтра',
    послизавтра: 'послезавтра',
    понидельник: 'понедельник',
    панидельник: 'понедельник',
    понедельн: 'понедельник',
    вторн: 'вторник',
    чтв: 'четверг',
    срд: 'среду',
    пнд: 'понедельник',
    втр: 'вторник',
    птн: 'пятница',
    сбт: 'суббота',
    вск: 'воскресенье',
    четвер: 'четверг',
    пятн: 'пятница',
    воскресение: 'воскресенье',
    васкресенье: 'воскресенье',
    кажд: 'каждый',
    кажый: 'каждый',
    каждыи: 'каждый',
    чз: 'через',
    чрз: 'через',
    черз: 'через',
    черес: 'через',
    чирез: 'через',
    ертн: 'ертен',
    ертин: 'ертен',
    ертеен: 'ертен',
    ертенн: 'ертен',
    бугн: 'бугин',
    бугун: 'бугин',
    бгн: 'бугин',
    дуйсенб: 'дуйсенби',
    дуйсемб: 'дуйсенби',
    сенбы: 'сенби',
    семби: 'сенби',
    сембиде: 'сенбиде',
    сагатт: 'сагат',
    сагад: 'сагат',
    танертенг: 'танертен',
    танертн: 'танертен',
    вичером: 'вечером',
    вечерм: 'вечером',
    вечиром: 'вечером',
  }),
)

const russian = [
  'завтра послезавтра сегодня понедельник понедельника понедельнику вторник вторника вторнику четверг четверга четвергам',
  'пятница пятницу пятницы пятнице суббота субботу субботы субботам воскресенье воскресенья воскресеньям понедельникам',
  'вторникам пятницам каждый каждую каждое каждые каждого каждой ежедневно еженедельно ежемесячно полчаса',
  'следующий следующую следующей следующее следующем следующего следующие следующих следующему следующая следующим января февраля апреля августа сентября октября ноября декабря',
]
const kazakhDays = ['дуйсенби', 'сейсенби', 'сарсенби', 'бейсенби', 'жексенби']
const kazakh = [
  ...kazakhDays.flatMap((day) => ['', 'де', 'ге', 'ден', 'нин', 'синде', 'лери'].map((ending) => day + ending)),
  ...['бурсигуни', 'танертен', 'сагат', 'сагатта', 'сагаттан', 'кантар', 'кантарда', 'наурыз', 'наурызда'],
  ...['маусым', 'маусымда', 'кыркуйек', 'кыркуйекте', 'желтоксан', 'желтоксанда'],
  ...['кантарга', 'наурызга', 'маусымга', 'кыркуйекке', 'желтоксанга', 'кантардын', 'наурыздын', 'маусымнын'],
]
const english = [
  'monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday saturdays sunday sundays',
  'tomorrow tonight everyday weekday weekdays weekend weekends january february september october november december',
  'afternoon afternoons midnight',
]
/** Words of time that are recognised with one mistake. */
const known = [...russian, ...kazakh, ...english].flatMap((words) => words.split(' '))
/** Words of their own that differ from one of these by a letter. */
const others = new Set('сагатсыз завтрак завтраа четверо четверт субботе воскресный sundae sundry marchs'.split(' '))

const exact = new Set(known)
/** Each known word under all that remains of it without one letter. */
const shortened = new Map<string, string[]>()
for (const word of known) {
  for (const rest of [word, ...withoutOne(word)]) shortened.set(rest, [...(shortened.get(rest) ?? []), word])
}

const bySound = new Map(known.map((word) => [soundOf(word), word]))

/** The known word that one wrong, missing, added or exchanged letter makes of this one. */
function nearest(word: string): string | undefined {
  if (word.length < 5 || word.length > 14 || exact.has(word) || others.has(word)) return undefined
  for (const rest of [word, ...withoutOne(word)]) {
    const right = shortened.get(rest)?.find((candidate) => isOneAway(word, candidate))
    if (right !== undefined) return right
  }
  const sounded = soundOf(word)
  return word.length < 6 || !/[а-я]/.test(word) ? undefined : bySound.get(sounded)
}

/** How a Cyrillic word sounds to whoever writes as they speak. */
function soundOf(word: string): string {
  return word.replace(/[ьъй]/g, '').replace(/о/g, 'а').replace(/[еэы]/g, 'и').replace(/(.)\1/g, '$1')
}

function withoutOne(word: string): string[] {
  return Array.from(word, (_, place) => word.slice(0, place) + word.slice(place + 1))
}

function isOneAway(first: string, second: string): boolean {
  let start = 0
  while (start < first.length && first[start] === second[start]) start++
  const [one, other] = [first.slice(start), second.slice(start)]
  if (one.slice(1) === other || one === other.slice(1) || one.slice(1) === other.slice(1)) return true
  return one[0] === other[1] && one[1] === other[0] && one.slice(2) === other.slice(2)
}
