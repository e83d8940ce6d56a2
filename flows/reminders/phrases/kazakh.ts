import type { Part, Reading, Rule } from './found.ts'
import { anyLetter, flawed, gap, matchesOf, notMine, says, words } from './found.ts'
import { alternatives, numberWords } from './numbers.ts'
import { ahead, clock, date, digitRules, minutesTo, spokenClock, type Unit } from './read.ts'

// Everything here is written as fold() leaves it: и for і, у for ү and ұ, к for қ, н for ң and so on.
const units = { бир: 1, еки: 2, уш: 3, торт: 4, бес: 5, алты: 6, жети: 7, сегиз: 8, тогыз: 9 }
const tens = { он: 10, жиырма: 20, отыз: 30, кырык: 40, елу: 50, алпыс: 60 }
const numbers = numberWords(units, tens)
const anyNumber = numbers.source

const weekdays = ['дуйсенби', 'сейсенби', 'сарсенби', 'бейсенби', 'жума', 'сенби', 'жексенби']
const anyWeekday = alternatives(weekdays)
const months = [
  'кантар',
  'акпан',
  'наурыз',
  'сауир',
  'мамыр',
  'маусым',
  'шилде',
  'тамыз',
  'кыркуйек',
  'казан',
  'караша',
  'желтоксан',
]
const anyMonth = alternatives(months)

const atEnding = ' ?-? ?(?:де|да|те|та)'
const byEnding = ' ?-? ?(?:де|да|те|та|ге|га|ке|ка)'
const fromEnding = ' ?-? ?(?:ден|дан|тен|тан|нен|нан)'
const ordinalEnding = '-?(?:инши|ыншы|нши|ншы|иншы|си|сы|и|ы)'
const onOrdinalEnding = ' ?-? ?(?:си|сы|и|ы)?(?:нде|нда|не|на)'
const dayWord = ' ?-? ?кун(?:и|инде|ине|ги)'

/** Adverbs say when by themselves; adjectives only beside an hour: "кешкі ас" is a meal. */
const partWords: readonly { part: Part; adverbs: string[]; adjectives: string[] }[] = [
  { part: 'afternoon', adverbs: ['тустен кейин', 'тустен сон', 'тус ауа'], adjectives: [] },
  {
    part: 'morning',
    adverbs: ['танертен', 'танертенгисин', 'танертенгилик', 'ертенгисин', 'танмен'],
    adjectives: ['тангы', 'танертенги', 'тан'],
  },
  { part: 'midday', adverbs: ['тусте'], adjectives: ['туски', 'тус'] },
  { part: 'evening', adverbs: ['кешке', 'кеште', 'кешкурым', 'кешкисин', 'кешке карай'], adjectives: ['кешки'] },
  { part: 'night', adverbs: ['тунде'], adjectives: ['тунги', 'тун'] },
]
const anyPart = alternatives(partWords.flatMap(({ adverbs, adjectives }) => [...adverbs, ...adjectives]))
const beforeHour = `(?:(?<part>${anyPart}) +)?`
const unitWords: readonly (readonly [RegExp, Unit])[] = [
  [/^мин/, 'minute'],
  [/^саг/, 'hour'],
  [/^кун/, 'day'],
  [/^апта/, 'week'],
  [/^ай/, 'month'],
  [/^жыл/, 'year'],
]
const anyUnit = '(?<unit>минут|мин|сагат|саг|кун|апта|ай|жыл)\\.?'
const laterWord = `(?:${fromEnding})? *(?:кейин|сон|откен сон|откеннен кейин|откесин)`

const repeatRules: readonly Rule[] = [
  rule('ар +(?:тан|танертен) *(?:сайын)?|тан +сайын|танертен +сайын', () => every('morning')),
  rule('ар +(?:кеш|кешке) *(?:сайын)?|кеш +сайын|кешке +сайын', () => every('evening')),
  rule('ар +тун *(?:сайын)?|тун +сайын', () => every('night')),
  rule(`(?:ар +)?жумыс +кун(?:дери|деринде)(?: +сайын)?|ар +жумыс +куни|жумыс +куни +сайын`, () =>
    weekly([1, 2, 3, 4, 5]),
  ),
  rule('(?:ар +)?(?:демалыс|дем +алыс) +кундери(?:нде)?(?: +сайын)?|ар +демалыс(?: +куни| +сайын)?', () =>
    weekly([6, 7]),
  ),
  rule(`ар +(?<days>${weekdayList()})(?: +куни)?(?: +сайын)?`, ({ days }) => weekly(weekdaysIn(days))),
  rule(`апта +сайын +(?<days>${weekdayList()})`, ({ days }) => weekly(weekdaysIn(days))),
  rule(`(?<days>${weekdayList()}) +(?:(?:куни|кундери) +)?сайын`, ({ days }) => weekly(weekdaysIn(days))),
  rule(`(?<days>${weekdayList()}) +кундери(?:нде)?`, ({ days }) => weekly(weekdaysIn(days))),
  rule(`(?:ар +)?(?:${anyNumber}|жарты) +(?:сагат|минут|кун|апта|ай|жыл)(?:да|де)? +сайын`, () => flawed('no-time')),
  rule('(?:сагат|минут|жыл) +сайын|ар +(?:сагат|минут|жыл)(?:да|сайын)?|жылына +бир +рет|кун +ара', () =>
    flawed('no-time'),
  ),
  rule('ар +кун(?:и|де|ги)?|кун +сайын(?:гы)?|кунде(?:ликти)?|кунине +бир +рет', () =>
    says({ repeat: { type: 'daily' } }),
  ),
  rule('ар +апта(?:да|нын)?(?: +сайын)?|апта +сайын(?:гы)?|апта(?:сына|да) +бир +рет', () =>
    says({ repeat: { type: 'weekly' } }),
  ),
  rule(
    `(?:ар +айдын|ай +сайын|ар +айда) +(?<day>${anyNumber})(?:${ordinalEnding})?(?:${dayWord}|${onOrdinalEnding})`,
    ({ day }): Reading => monthly(numbers.value(day)),
  ),
  rule('(?:ар +айдын|ай +сайын(?: +айдын)?) +(?:сонында|сонгы +куни)', () => monthly(31)),
  rule('ар +ай(?:да|дын)?(?: +сайын)?|ай +сайын(?:гы)?|ай(?:ына|да) +бир +рет', () =>
    says({ repeat: { type: 'monthly' } }),
  ),
]

const waitRules: readonly Rule[] = [
  rule(`(?<hours>${anyNumber}) +сагат +(?<minutes>${anyNumber}) +мин(?:ут)?${laterWord}`, ({ hours, minutes }) =>
    ahead(numbers.value(hours), 'hour', numbers.value(minutes)),
  ),
  rule(`жарты +${anyUnit}${laterWord}`, ({ unit }) => ahead(0.5, unitOf(unit))),
  rule(`(?<count>${anyNumber}) +жарым +${anyUnit}${laterWord}`, ({ count, unit }) =>
    ahead((numbers.value(count) ?? 0) + 0.5, unitOf(unit)),
  ),
  rule(`(?<count>${anyNumber}) *${anyUnit}${laterWord}`, ({ count, unit }) =>
    ahead(numbers.value(count), unitOf(unit)),
  ),
  rule(`(?:${anyNumber}) *${anyUnit} +бурын`, () => flawed('past')),
  rule(`(?<unit>минут|сагат|апта|ай|жыл)${fromEnding} *(?:кейин|сон)`, ({ unit }) => ahead(1, unitOf(unit))),
]

const dateRules: readonly Rule[] = [
  rule(
    `(?:(?<year>20\\d\\d)(?:-?ш[иы])? *(?:жыл(?:гы|дын)?)? +)?(?<day>${anyNumber})(?:${ordinalEnding})? +` +
      `(?<month>${anyMonth})${anyLetter}{0,5}(?:${dayWord})?`,
    ({ day, month, year }) => monthDate(day, month, year),
  ),
  rule(
    `(?:(?<year>20\\d\\d) *(?:жыл(?:гы|дын)?)? +)?(?<month>${anyMonth})[дтн][иы]н +` +
      `(?<day>${anyNumber})(?:${ordinalEnding})?(?:${dayWord}|${onOrdinalEnding})?`,
    ({ day, month, year }) => monthDate(day, month, year),
  ),
  rule(`келеси +ай(?:да|дын)|келер +ай(?:да|дын)`, () => says({ next: 'month' })),
  rule(`(?<day>\\d{1,2})(?:${ordinalEnding})?${dayWord}`, ({ day }) => date(Number(day))),
  rule(`(?<day>${anyNumber})${ordinalEnding} +кун(?:и|инде)`, ({ day }) => date(numbers.value(day))),
  rule(`(?<day>\\d{1,2}) ?-? ?(?:си|сы|и|ы)(?:нде|нда|не|на)`, ({ day }) => date(Number(day))),
]

const clockRules: readonly Rule[] = [
  rule(`(?<part>${anyPart}) +(?:сагат +)?(?<hour>\\d{1,2})[:.](?<minute>\\d{2})(?:${byEnding})?`, (said) =>
    clock(Number(said.hour), Number(said.minute), partNamed(said.part)),
  ),
  rule(
    `${beforeHour}(?:сагат +)?(?<hour>${anyNumber})${fromEnding} +(?<minute>${anyNumber}) +мин(?:ут)? +(?:отк|кет)${anyLetter}*`,
    (said) => hour(said.hour, numbers.value(said.minute), said.part),
  ),
  rule(
    `(?:сагат +)?(?<hour>${anyNumber}) ?-? ?(?:га|ге|ка|ке) +(?<minute>${anyNumber}) +мин(?:ут)? +кал${anyLetter}*`,
    (said) => minutesTo(numbers.value(said.hour), numbers.value(said.minute)),
  ),
  rule(`${beforeHour}(?:сагат +)?(?<hour>${anyNumber}) +жарым(?:да|га)`, (said) => hour(said.hour, 30, said.part)),
  rule(`${beforeHour}сагат +(?<hour>${anyNumber}) +жарым`, (said) => hour(said.hour, 30, said.part)),
  rule(
    `${beforeHour}сагат +(?<hour>${anyNumber})(?:${atEnding})? +(?<minute>${anyNumber}) +мин(?:ут)?(?:${byEnding})?`,
    (said) => hour(said.hour, numbers.value(said.minute), said.part),
  ),
  rule(`${beforeHour}сагат +(?<hour>${anyNumber})(?:${byEnding})?(?! *мин)`, (said) =>
    hour(said.hour, undefined, said.part),
  ),
  rule(`(?<part>${anyPart}) +(?<hour>${anyNumber})${byEnding}`, (said) => hour(said.hour, undefined, said.part)),
  rule(`(?<part>кешки|тангы|танертенги|туски|тунги) +(?<hour>${anyNumber})`, (said) =>
    hour(said.hour, undefined, said.part),
  ),
  rule('(?<hour>\\d{1,2})(?: ?- ?)?(?:де|да|те|та)', (said) =>
    Number(said.hour) > 24 ? notMine : hour(said.hour, undefined, undefined),
  ),
  // "Онда" is also "then" and "бірде" also "once": alone they are no hours.
  rule('(?<hour>еки|уш|торт|бес|алты|жети|сегиз|тогыз|он +бир|он +еки)(?:де|да|те|та)', (said) =>
    hour(said.hour, undefined, undefined),
  ),
  rule('тун +ортасы(?:нда)?', () => clock(24, 0)),
  rule('тал +тус(?:те)?', () => clock(12, 0)),
]

const thisWord = '(?:(?:осы|алдагы) +(?:апта(?:да|нын)? +)?)?'

const dayRules: readonly Rule[] = [
  rule('бугин(?:ги)?', () => inDays(0)),
  rule('ертен(?:ги|гиге|ге)?', () => inDays(1)),
  rule('б[уи]р[сш][иу][гк][иу]н[иы]?|арги +кун[иы]', () => inDays(2)),
  rule('кеше', () => inDays(-1)),
  rule('алдын(?:гы)? *куни', () => inDays(-2)),
  rule(`(?:келеси|келер|алдагы) +апта(?:да|нын|га)?`, () => says({ next: 'week' })),
  rule(`(?<next>келеси +|келер +)(?<weekday>${anyWeekday})(?:де|да|ге|га)?(?: +куни)?`, ({ weekday }) =>
    says({ next: 'week', day: weekdayNamed(weekday) }),
  ),
  rule('(?:осы +)?демалыс(?:та| +куни)', () => says({ day: { type: 'weekday', weekday: 6 } })),
  // A weekday with its case or "күні" before a bare one: in "жұма намазы" it is part of a name.
  rule(
    `${thisWord}(?<weekday>${anyWeekday})(?:(?:де|да|ге|га|ден|дан)(?: +бастап)?| +куни(?:нен +бастап)?)`,
    ({ weekday }) => says({ day: weekdayNamed(weekday) }),
  ),
  rule(`${thisWord}(?<weekday>${anyWeekday})`, ({ weekday }) => says({ day: weekdayNamed(weekday) })),
]

const adverbRules = partWords.map(({ part, adverbs }) => rule(alternatives(adverbs), () => says({ part })))

/** "Until" belongs to the time before it. */
const untilRule: Rule = {
  pattern: new RegExp(`(?<=${gap}) +(?:дейин|шейин)(?!${anyLetter})`, 'g'),
  read: () => says({}),
}

/** What Kazakh says about time, with or without its own letters; read in this order. */
export const kazakhRules: readonly Rule[] = [
  ...repeatRules,
  ...waitRules,
  ...dateRules,
  ...clockRules.slice(0, 1),
  ...digitRules('сагат', byEnding),
  ...clockRules.slice(1),
  ...dayRules,
  ...adverbRules,
  untilRule,
]

/** "Remind me" and the like: no part of what to remember. */
export const kazakhLeadIn = words(
  `маган(?=.{0,100} (?:еске +|ескерт))|(?:туралы +)?(?:еске +(?:сал|тус[ии]р)${anyLetter}*|ескерт(?:ши|ип|иниз|у|иниз)?)(?: +жибер${anyLetter}*| +кой${anyLetter}*)?`,
)

function rule(source: string, read: Rule['read']): Rule {
  return { pattern: words(source), read }
}

function weekdayList(): string {
  const one = `(?:${anyWeekday})(?:де|да|ге|га|лери|лары)?(?: +куни)?`
  return `${one}(?:(?: *, *| +мен +| +менен +| +жане +| +)(?:ар +)?${one}){0,6}`
}

const namedWeekdays = words(`(${anyWeekday})${anyLetter}*`)

function weekdaysIn(list: string | undefined): number[] {
  const named = matchesOf(namedWeekdays, list ?? '').map((match) => weekdays.indexOf(match[1] ?? '') + 1)
  return [...new Set(named)].sort((a, b) => a - b)
}

function weekdayNamed(name: string | undefined): { type: 'weekday'; weekday: number } {
  return { type: 'weekday', weekday: weekdays.indexOf(name ?? '') + 1 }
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

function monthly(day: number | undefined): Reading {
  if (day === undefined) return notMine
  return day >= 1 && day <= 31 ? says({ repeat: { type: 'monthly', day } }) : flawed('bad-date')
}

function unitOf(word: string | undefined): Unit | undefined {
  return unitWords.find(([pattern]) => pattern.test(word ?? ''))?.[1]
}

function monthDate(day: string | undefined, month: string | undefined, year: string | undefined): Reading {
  return date(numbers.value(day), months.indexOf(month ?? '') + 1, year === undefined ? undefined : Number(year))
}

function hour(word: string | undefined, minute: number | undefined, part: string | undefined): Reading {
  const value = numbers.value(word)
  const named = partNamed(part)
  return minute === undefined ? clock(value, undefined, named) : spokenClock(value, minute, named)
}

function partNamed(word: string | undefined): Part | undefined {
  if (word === undefined) return undefined
  return partWords.find(({ adverbs, adjectives }) => adverbs.includes(word) || adjectives.includes(word))?.part
}
