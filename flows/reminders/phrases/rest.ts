// What was not understood of a line, beside what was.

import { anyLetter, anySign, gap, matchesOf, type Progress } from './found.ts'
import { countsThings, numbered, someNumber } from './read.ts'
import { scraps } from './title.ts'

/**
 * Whether something beside the understood time looks like a part of it that was not understood: a number or a word of
 * time that touches it, or words for an hour anywhere while the hour is unknown. Better asked than taken without it.
 * `whole` is the line before anything of it was understood.
 */
export function missesSomething({ line, found, staying = [] }: Progress, whole: string): boolean {
  const isExact = found.clock !== undefined && found.clock.loose !== true
  const known: Known = {
    isExact,
    isHalf: isExact || (found.clock !== undefined && found.part !== undefined),
    isDated: found.day?.type === 'date' && found.day.month !== undefined,
  }
  const lacksHour = (found.clock ?? found.part ?? found.wait ?? found.sameTime) === undefined
  if (lacksHour && matchesOf(hourAnywhere, line).length > 0) return true
  if (lacksHour && matchesOf(lastNumber, line).length > 0) return true
  if (lacksHour && matchesOf(joinedHour, line).some(([sum]) => !sum.endsWith('00') || !paying.test(line))) return true
  if (namesDay(found) && matchesOf(dayAnywhere, line).length > 0) return true
  if (found.repeat === undefined && matchesOf(rhythmAnywhere, line).length > 0) return true
  if (found.wait === undefined && matchesOf(spanAnywhere, line).length > 0) return true
  if (matchesOf(notSo, line).length > 0) return true
  const lacksDay = !namesDay(found) && (found.repeat ?? found.wait) === undefined
  if (lacksDay && matchesOf(dayNameAnywhere, line).length > 0) return true
  if (found.clock !== undefined && matchesOf(otherHour, line).length > 0) return true
  const pieces = piecesOf(line, whole)
  return pieces.some(
    (piece, place) => !staying.includes(piece.start) && isMissed(piece, neighbours(pieces, place), known),
  )
}

type Piece = { readonly text: string; readonly start: number; readonly before: string; readonly isTime: boolean }
/** What stands between a piece and the understood time; undefined where that is not near. */
type Neighbours = {
  readonly left: string | undefined
  readonly right: string | undefined
  /** It is a number of things. */
  readonly counts: boolean
  /** What stands before it ends with what closes an hour ("10-да"), so that it begins something else. */
  readonly isClosed: boolean
  /** The time behind it begins with a word that parts it from what stands before. */
  readonly isParted: boolean
}

/** The hour is known to the minute, or the half of the day at least; the day by its month. */
type Known = { readonly isExact: boolean; readonly isHalf: boolean; readonly isDated: boolean }

/** The understood time as it was said, and the words between, each with the marks before it. */
function piecesOf(line: string, whole: string): Piece[] {
  let end = 0
  return matchesOf(piecePattern, line).map(({ 0: found, index }) => {
    const before = line.slice(end, index)
    end = index + found.length
    const isTime = found.startsWith(gap)
    return { text: isTime ? whole.slice(index, end) : found, start: index, before, isTime }
  })
}

const piecePattern = new RegExp(`${gap}+|${anySign}+`, 'g')
/** Marks that part a sentence. */
const parting = /[:;!?«»"„“(]/
/** Words that lead from one part of a time to the next. */
const leading = new Set(
  'ме ма бе ба пе па алде либо в во на к ко с со до по и ы или не около ровно примерно числа мен мен пен бен жане менен немесе да де та те at on by from in of and or to the a this about around till until -'.split(
    ' ',
  ),
)
const mostLeading = 3

function neighbours(pieces: readonly Piece[], place: number): Neighbours {
  const after = pieces[place + 1]
  const text = pieces[place]?.text ?? ''
  const isNumbered = ofMany.test(pieces[place - 1]?.text ?? '')
  const isCount = after !== undefined && !after.isTime && !countless.test(`${text} ${after.text}`)
  return {
    left: reach(pieces, place, -1),
    right: reach(pieces, place, 1),
    counts: isCount || isNumbered || after?.before.startsWith('%') === true,
    isClosed: isHourClosed(pieces[place - 1]) && after !== undefined && !after.isTime && /^\D/.test(after.text),
    isParted: after?.isTime === true && opening.test(after.text),
  }
}

function isHourClosed(piece: Piece | undefined): boolean {
  return piece?.isTime === true && /\d ?-?(?:де|да|те|та)$/.test(piece.text)
}

const countless = new RegExp(`^\\d+${countsThings}`)
const ofMany = new RegExp(`^${numbered}$`)
/** Begins a time of its own. */
const opening = /^(?:в|во|на|к|ко|с|со|до|по|через|за|кажд[а-я]+|at|on|by|in|from|every|each|until|next|this|the) /

/** What lies between the piece and the nearest understood time on that side. */
function reach(pieces: readonly Piece[], place: number, step: 1 | -1): string | undefined {
  let between = ''
  for (let far = 1; far <= mostLeading + 1; far++) {
    const marks = pieces[step > 0 ? place + far : place - far + 1]?.before ?? ''
    const next = pieces[place + far * step]
    if (next === undefined || parting.test(marks)) return undefined
    between += marks
    if (next.isTime) return between
    if (!leading.has(next.text)) return undefined
    between += next.text
  }
  return undefined
}

function isMissed(piece: Piece, beside: Neighbours, known: Known): boolean {
  const { text, isTime } = piece
  const { left, right } = beside
  if (isTime || (beside.isClosed && isNumber.test(text)) || (left === undefined && right === undefined)) return false
  if (dayWord.test(text)) return !(known.isDated && monthWord.test(text))
  if (/^\d/.test(text)) return isMissedNumber(piece, beside, known)
  if (orderWord.test(text)) return right !== undefined || !known.isHalf
  return softWord.test(text) && !known.isExact && !(known.isHalf && right === undefined)
}

function isMissedNumber({ text, before }: Piece, beside: Neighbours, { isExact, isHalf }: Known): boolean {
  const { left, right, counts, isParted } = beside
  if (/[.,]$/.test(before) || !isTimeLike(text)) return false
  // Between two parts of the time.
  if (left !== undefined && right !== undefined && !counts && !isParted) return true
  if (dayOfMonth.test(text) && !counts) return true
  if (counts && !timePreposition.test(left ?? '')) return false
  if (isHalf && isParted && left === undefined) return false
  return !isExact || isJoined(left) || isJoined(right, true)
}

/** A number with the ending of a day. */
const dayOfMonth = /^\d{1,2}(?:и|ы|си|сы|го|st|nd|rd|th)$/

/** "В 9 таблетка" is an hour all the same. */
const timePreposition = /(?:^| )(?:в|к|at|by) *$/

/** A number as small as an hour, a minute or a day, or four digits as on a clock. */
function isTimeLike(text: string): boolean {
  const digits = /^\d+/.exec(text)?.[0] ?? ''
  if (
    text.length > digits.length &&
    !/^\d+(?:ч|м|мин|h|m|am|pm|ish|th|st|nd|rd|го|и|ы|си|сы|де|да|те|та|[мбп]ен)$/.test(text)
  )
    return false
  if (digits.length <= 2) return Number(digits) <= 59
  return digits.length <= 4 && Number(digits.slice(0, -2)) <= 24 && Number(digits.slice(-2)) % 5 === 0
}

/** Joined by more than a space: "18:00-20", "5 and 7 December". */
function isJoined(between: string | undefined, isBefore = false): boolean {
  return (
    between !== undefined &&
    (/[-a-zа-я]/.test(between.replace(/^ *(?:в|at|на|к|by) *$/, '')) || (isBefore && between.includes(',')))
  )
}

/** Words for a day or a rhythm: never a title's beside an understood time. */
const dayWord = new RegExp(
  `^(?:${[
    // Kazakh, as it is folded
    `(?:дуй|сей|сар|бей|жек)?се[нм]би${anyLetter}*|жума(?:да|га|сында|ны|нын)?|апта${anyLetter}*|айд(?:а|ын)|сайын|ар|арбир|келеси|келер|алдагы|откен`,
    `жыл(?:ы|да|гы|дын|сайын)?|кун(?:инде|дери|деринде|нен|ара)|ертен(?:ги|ге)?|бугин(?:ги)?|бурсигуни|кеше|кейин|кейинги|келесиден|сон|бурын|дейин|бастап|баска|болек|коспаганда|сонында|аягында|бирнеше|бирер|бойы|бойына|катарынан|емес|арг[иы]|ортасын(?:да|а)|басын(?:да|а)|калганда`,
    `(?:кантар|акпан|наурыз|сауир|мамыр|маусым|шилде|тамыз|кыркуйек|казан|караша|желтоксан)${anyLetter}{0,4}`,
    // Russian
    'понедельник[а-я]*|вторник[а-я]*|сред(?:а|у|ы|е|ой|ам)|четверг[а-я]*|пятниц[а-я]*|суббот(?:а|у|ы|е|ой|ам)|воскресен[а-я]*|пн|вт|ср|чт|пт|сб|вс',
    '(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)[а-я]?|августа?|марта?|мая',
    'недел[а-я]*|месяц[а-я]*|год[ау]?|лет|дня|дней|дни|дням|суток|выходн[а-я]*|будн[а-я]*|завтр[аоу]|послезавтра|сегодня|вчера|позавчера',
    'кажд[а-я]*|ежедневн[а-я]*|еженедельн[а-я]*|ежемесячн[а-я]*|ежегодн[а-я]*|следующ[а-я]*|прошл[а-я]*|ближайш[а-я]*|через|спустя|назад|кроме|несколько|позже|подряд',
    // English
    '(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tue|tues|wed|thu|thur|thurs|fri|(?:january|february|april|june|july|august|september|october|november|december|jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec)',
    'weeks?|fortnight(?:ly)?|months?|years?|days|weekdays?|weekends?|tomorrow|today|yesterday|every|each|daily|monthly|yearly|next|coming|previous|ago|hence|later|except|until|till|since|other|few|several|couple|not|instead|gmt|utc|cet|cest|pst|pdt|edt|msk|мск|московскому',
  ].join('|')})$`,
)

/** A month in its first case: beside a date the name of a feast or of anything else. */
const monthWord = /^(?:кантар|наурыз|мамыр|казан|март|май|may|march)$/

/** Words for an hour: beside an exact hour they may as well belong to the title. */
const softWord = new RegExp(
  `^(?:${[
    `сагат(?:та|тан|ка)?|минут${anyLetter}*|мин|жарым(?:да)?|ширек|танертен${anyLetter}*|танг?ы?|таннан|кешк${anyLetter}+|кеш(?:те)?|тун(?:де|ги)?|тус(?:те|ки|тен|ке)?|казир|ерте|кеш`,
    `торт(?:т[еа]н?|к[еа])|(?:еки|уш|бес|алты|жети|сегиз|тогыз|он|жиырма|отыз|кырык|елу|алпыс|жуз)(?:[дт][еа]н?|нан|нен|[гк][еа])?|бирде`,
    'час|часа|часов|часам|часу|минут[а-я]*|мин|утр[а-я]+|вечер[а-я]*|ночь|ночи|ночью|днем|полдень|полночь|полдня|обед|обеда|обеду|пол|полов[а-я]+|четверт[а-я]+|ноль',
    'позже|позднее|раньше|пораньше|после|перед|рано|поздно',
    'полтора|полторы|полчаса|два|две|двух|три|трех|четыре|четырех|пять|пяти|шесть|шести|семь|семи|восемь|восьми|девять|девяти|десять|десяти|(?:один|две|три|четыр|пят|шест|сем|восем|девят)надцат[ьи]|двадцат[ьи]|тридцат[ьи]|сорок[а]?|пятьдесят',
    "am|pm|o[' ]?clock|clock|hours?|hrs?|minutes?|mins?|morning|afternoon|evening|night|tonight|noon|midday|midnight|lunch|dinner|breakfast|quarters?|half|past|before|after|early|late|sharp|weekly",
    'two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty',
  ].join('|')})$`,
)

/** Words for an order or a place in a stretch of time: they lead to the time behind them. */
const orderWord = new RegExp(
  `^(?:${[
    '(?:бир|еки|уш|торт|бес)(?:инши|нши)|сонгы',
    'перв[а-я]+|втор(?:ой|ого|ую|ая|ое)|трет(?:ий|ьего|ью|ья|ье)|последн[а-я]+|начал[ае]|конц[ае]|середин[а-я]+|числ[ао]|этот|эту|этой',
    'last|this|middle|beginning|start|end|first|second|third|fourth|fifth',
  ].join('|')})$`,
)

/** Names an hour of its own, wherever it stands. */
const hourAnywhere = new RegExp(
  `(?<!${anySign})(?:${[
    `(?:сабак|сабагым|мектеп|жумыс|тамак|ас|уйкы)(?:тан|тен|нан|нен|дан|ден) +(?:кейин|сон|бурын)|(?:уйыктар|уйкы|жатар|тамак|сабак) +алдында|узилисте|${anyLetter}{2,12}[гк][ае]н(?:нан|нен)? +(?:сон|кейин)|${anyLetter}{2,}(?:[тдн][ае]н) +(?:кейин(?:иректеу|ирек)?|сон)|(?:бит|кет|кел|бар|бол|кайт|шык|жет|иш|тур|кир|аяктал)[гк](?:асын|есин|анда|енде)|кейин(?:ирек)?|${anyLetter}{2,}[тдн][иы]н +(?:сонында|аягында)|(?:сабак|жумыс|обед|тус|тамак|жаттыгу|тренировка|уйкы|пара?)[гк][ае] +(?:дейин|шейин)|(?:бесин|акшам|намаз|ифтар|сахар) +(?:уакытында|кезинде)|минут${anyLetter}* +(?:от|кет|кал|бар)${anyLetter}*|сагат +\\d|(?:\\d|${anyLetter}) +сагатта`,
    `(?:в|на) +(?:перерыве?|перемене)|во +время +[а-я]+|(?:после|до|перед) +(?:школ|урок|работ|занят|учеб|пар(?!к)|завтрак|ужин|сн[аом]|обед|тренировк|лекци|репетици|консультаци|кружк|собрани|экзамен|матч)[а-я]*|(?<=(?:^|${gap})[ ,]{0,9})(?:когда|как(?: +только)?) +[а-я]+|после +(?!себя|него|нее|них|нас|меня|тебя|вас)[а-я]{3,}|\\d+ +час(?:а|ов)|полдень|полночь|пол[а-я]{4,}ого`,
    `(?:before|after) +(?:bed|sleep|sleeping|going +to +bed)|during +(?:the +)?[a-z]+|before +(?:(?:the|my|our) +)?(?:school|work|class|classes|lunch|dinner|breakfast|supper|lessons?|training|practice|rehearsal|gym)|(?<!(?:look|looks|looking|looked|take|takes|run|named|go|up|clean|cleaning|tidy) )after +(?!(?:me|him|her|them|us|you)(?![a-z]))[a-z]{2,}|o[' ]?clock|noon|midnight|\\d+ *[ap]\\.?m|half +past|quarter +(?:past|to)|bedtime|(?:at|before|after|until|till) +(?:dawn|dusk|sunrise|sunset)|crack +of +dawn|(?<=(?:^|${gap})[ ,]{0,9})(?:once|when|as +soon +as) +[a-z]+|end +of +(?:the +)?(?:working +|school +)?day|eod|cob|close +of +business`,
    'без +(?:пяти|десяти|четверти|пятнадцати|двадцати|\\d+)(?: +минут)?',
    'между +(?:\\d+|двумя|тремя|четырьмя|пятью|шестью|семью|восемью|девятью|десятью|одиннадцатью|двенадцатью) +и|between +\\d+|\\d+ *(?:мен|бен|пен) +\\d+ +арасында',
    '\\d{1,2}:\\d{2}|(?:[01]?\\d|2[0-3])-[0-5]0',
  ].join('|')})(?!${anySign})`,
  'g',
)

/** Four digits as on a clock, at the end of the line or right before the day: an hour, a sum or a number of something. */
const joinedHour = new RegExp(
  `(?<!${anySign}|[:.,/+#№$€-]|${numbered} |${someNumber} )(?:[01]\\d|2[0-3])[0-5][05](?=[ .!]*$|[ ,]{1,2}${gap})`,
  'g',
)
/** Whoever pays or gives back names a round sum. */
const paying =
  /(?<![a-zа-я])(?:pay|give|owe|send|lend|transfer|верн|отда|заплат|оплат|перев|положи|скин|занят|долг|кайтар|толе|аудар|бер(?:у|ем|ип)|карыз)/

/** Another hour, wherever it stands beside one that was understood. */
const otherHour = new RegExp(
  `(?<!${anySign}|[:.,/-])(?:${[
    '(?:[01]?\\d|2[0-3])(?::[0-5]\\d|\\.[0-5][05])(?:де|да|те|та)?',
    '(?:[01]?\\d|2[0-3]) ?-?(?:де|да|те|та)(?! +дейин)',
    '(?:еки|уш|торт|бес|алты|жети|сегиз|тогыз|жиырма)(?:де|да|те)',
    '[мбп]ен +(?:бир|еки|уш|торт|бес|алты|жети|сегиз|тогыз|он)(?:[дтн][иы]н) +арасында',
    '(?:ме|ма|немесе|алде) +(?:бир|еки|уш|торт|бес|алты|жети|сегиз|тогыз|он)(?:де|да|те|та)',
    '(?:0?\\d|1[0-2])(?:[:.][0-5]\\d)? ?[ap]\\.?m',
    `(?:в|к) +(?:[01]?\\d|2[0-3])(?: +(?:час(?:а|ов)?|утра|вечера|дня|ночи))?(?![-:.,]?\\d)${countsThings}(?! ?-?[йм](?!${anyLetter}))(?! +(?:${anyLetter}{2,}))`,
    `at +(?:[01]?\\d|2[0-3])(?: *[ap]m)?(?![-:.,]?\\d)${countsThings}(?! +(?:${anyLetter}{3,}))`,
  ].join('|')})(?!${anySign}|[:/])`,
  'g',
)
/** A small number, in digits or in a Kazakh word. */
const isNumber = /^(?:\d+|еки|уш|торт|бес|алты|жети|сегиз|тогыз|он|жиырма|отыз)$/

/** A number as small as an hour, with nothing behind it. */
const lastNumber = new RegExp(`(?<!${anySign}|[:.,/+#№-]|${numbered} )(?:1?\\d|2[0-4])(?=[ .!]*$)`, 'g')

/** Another day, wherever it stands. */
const dayAnywhere = new RegExp(
  `(?<!${anySign})(?:ертен|бугин|бурсигуни|завтра|сегодня|послезавтра|tomorrow|today|tonight|(?:this|next) +(?:week|month)|(?:осы|келеси) +апта(?:да)?|(?:этой|следующей) +неделе)(?!${anySign}|')`,
  'g',
)

/** "Not in an hour": the time that is meant comes behind it. */
const notSo = new RegExp(`(?<!${anySign})не(?= +${gap})`, 'g')

/** A rhythm that was not understood, wherever it stands. */
const rhythmAnywhere = new RegExp(
  `(?<!${anySign})(?:кажд(?:ый|ую|ое|ые)|ар(?= +(?:кун|апта|ай|жыл|${anyLetter}+(?:би|ма)))|сайын|every|each)(?!${anySign})`,
  'g',
)

/** How long something lasts, wherever it stands: so many days in a row, or one day and its hour? */
const spanAnywhere = new RegExp(
  `(?<!${anySign})(?:${[
    '(?:\\d+|бир|еки|уш|торт|бес|алты|жети|он) +(?:кун|апта)(?! +(?:бурын|кейин|калганда))',
    '(?:\\d+|два|две|три|четыре|пять|семь|десять) +(?:дня|дней|недел[июь]|неделю)(?! +(?:назад|до))',
    'пару +(?:час|минут|дн|недел)[а-я]*',
    '(?:\\d+|two|three|four|five|seven|ten) +(?:days|weeks)(?! +(?:before|ago|early))',
  ].join('|')})(?!${anySign})`,
  'g',
)

/** The name of a day or a month, wherever it stands where no day was understood. */
const dayNameAnywhere = new RegExp(
  `(?<!${anySign})(?:${[
    `(?:дуй|сей|сар|бей|жек)сенби${anyLetter}*|жума(?:да|га)|(?:кантар|акпан|наурыз|сауир|мамыр|маусым|шилде|тамыз|кыркуйе[кг]|казан|караша|желтоксан)(?:д[ае]|т[ае]|га|ге|нын|дын|${anyLetter}нда|${anyLetter}нде)`,
    '(?:в|во|на|к|до|с) +(?:понедельник[а-я]*|вторник[а-я]*|сред[уеы]|четверг[а-я]*|пятниц[уеы]|суббот[уеы]|воскресень[еяю])',
    '\\d+ +(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]*',
    '(?:on|by|until|till|next) +(?:mon|tues|wednes|thurs|fri|satur|sun)day',
    '(?:on|at|by|before|midnight) +(?:christmas|easter|new +year)|christmas +(?:eve|day)|(?:в|на|к|под) +(?:нов(?:ый|ому) +год[а-я]*|рождество|пасху)|жана +жыл(?:да|га)',
  ].join('|')})(?!${anySign})`,
  'g',
)

function namesDay({ day, weekday, next }: Progress['found']): boolean {
  return (day ?? weekday ?? next) !== undefined
}

/** All patterns that run over what is left of a line. */
export const restPatterns: readonly RegExp[] = [
  piecePattern,
  hourAnywhere,
  otherHour,
  lastNumber,
  joinedHour,
  dayAnywhere,
  rhythmAnywhere,
  notSo,
  dayNameAnywhere,
  ...scraps,
]
