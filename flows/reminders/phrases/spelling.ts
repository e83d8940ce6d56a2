/** A line with its words spelt as the rules know them; `origins` has for each of its signs the place in the line as it was written. */
export type Spelt = { readonly line: string; readonly origins: readonly number[] }

/** Puts right the words of time that are often misspelt or clipped, in a folded line. */
export function respell(folded: string): Spelt {
  let line = ''
  const origins: number[] = []
  let from = 0
  for (const { word, start } of wordsOf(folded)) {
    const right = clipped.get(word) ?? nearest(word)
    if (right === undefined) continue
    line += folded.slice(from, start) + right
    for (let place = from; place < start; place++) origins.push(place)
    for (let place = 0; place < right.length; place++) origins.push(start + Math.min(place, word.length - 1))
    from = start + word.length
  }
  for (let place = from; place < folded.length; place++) origins.push(place)
  return { line: line + folded.slice(from), origins }
}

function wordsOf(line: string): { word: string; start: number }[] {
  const found: { word: string; start: number }[] = []
  const word = /[0-9a-zа-я]+/g
  for (let match = word.exec(line); match !== null; match = word.exec(line))
    found.push({ word: match[0], start: match.index })
  return found
}

/** Short forms, and mistakes of more than one letter. */
const clipped = new Map(
  Object.entries({
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
  ...['бурсигуни', 'танертен', 'кантар', 'кантарда', 'наурыз', 'наурызда'],
  ...['маусым', 'маусымда', 'кыркуйек', 'кыркуйекте', 'желтоксан', 'желтоксанда'],
]
const english = [
  'monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday saturdays sunday sundays',
  'tomorrow tonight everyday weekday weekdays weekend weekends january february september october november december',
  'afternoon afternoons midnight',
]
/** Words of time that are recognised with one mistake. */
const known = [...russian, ...kazakh, ...english].flatMap((words) => words.split(' '))
/** Words of their own that differ from one of these by a letter. */
const others = new Set('завтрак завтраа четверо четверт субботе воскресный sundae sundry marchs'.split(' '))

const exact = new Set(known)
/** Each known word under all that remains of it without one letter. */
const shortened = new Map<string, string[]>()
for (const word of known) {
  for (const rest of [word, ...withoutOne(word)]) shortened.set(rest, [...(shortened.get(rest) ?? []), word])
}

/** The known word that one wrong, missing, added or exchanged letter makes of this one. */
function nearest(word: string): string | undefined {
  if (word.length < 5 || word.length > 14 || exact.has(word) || others.has(word)) return undefined
  for (const rest of [word, ...withoutOne(word)]) {
    const right = shortened.get(rest)?.find((candidate) => isOneAway(word, candidate))
    if (right !== undefined) return right
  }
  return undefined
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
