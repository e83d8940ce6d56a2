import type { Part, Reading, Rule, SaidRepeat } from './found.ts'
import { GAP, LETTER, matchesOf, words } from './found.ts'
import { alternatives, numberWords } from './numbers.ts'
import { ahead, clock, date, digitRules, minutesTo, spokenClock, type Unit } from './read.ts'

// Everything here is written as fold() leaves it: и for і, у for ү and ұ, к for қ, н for ң and so on.
const UNITS = { бир: 1, еки: 2, уш: 3, торт: 4, бес: 5, алты: 6, жети: 7, сегиз: 8, тогыз: 9 }
const TENS = { он: 10, жиырма: 20, отыз: 30, кырык: 40, елу: 50, алпыс: 60 }
const NUMBERS = numberWords(UNITS, TENS)
const NUMBER = NUMBERS.source

const WEEKDAYS = ['дуйсенби', 'сейсенби', 'сарсенби', 'бейсенби', 'жума', 'сенби', 'жексенби']
const WEEKDAY = alternatives(WEEKDAYS)
const MONTHS = [
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
const MONTH = alternatives(MONTHS)

const AT = ' ?-? ?(?:де|да|те|та)'
const BY = ' ?-? ?(?:де|да|те|та|ге|га|ке|ка)'
const FROM = ' ?-? ?(?:ден|дан|тен|тан|нен|нан)'
const ORDINAL = '-?(?:инши|ыншы|нши|ншы|иншы|си|сы|и|ы)'
const ON_ORDINAL = ' ?-? ?(?:си|сы|и|ы)?(?:нде|нда|не|на)'
const DAY = ' ?-? ?кун(?:и|инде|ине|ги)'

/** Adverbs say when by themselves; adjectives only beside an hour: "кешкі ас" is a meal. */
const PARTS: { part: Part; adverbs: string[]; adjectives: string[] }[] = [
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
const PART = alternatives(PARTS.flatMap(({ adverbs, adjectives }) => [...adverbs, ...adjectives]))
const BEFORE_HOUR = `(?:(?<part>${PART}) +)?`
const UNIT_WORDS: [RegExp, Unit][] = [
  [/^мин/, 'minute'],
  [/^саг/, 'hour'],
  [/^кун/, 'day'],
  [/^апта/, 'week'],
  [/^ай/, 'month'],
  [/^жыл/, 'year'],
]
const UNIT = '(?<unit>минут|мин|сагат|саг|кун|апта|ай|жыл)\\.?'
const LATER = `(?:${FROM})? *(?:кейин|сон|откен сон|откеннен кейин|откесин)`

const REPEATS: Rule[] = [
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
  rule(`(?:ар +)?(?:${NUMBER}|жарты) +(?:сагат|минут|кун|апта|ай|жыл)(?:да|де)? +сайын`, () => 'no-time'),
  rule('(?:сагат|минут|жыл) +сайын|ар +(?:сагат|минут|жыл)(?:да|сайын)?|жылына +бир +рет|кун +ара', () => 'no-time'),
  rule('ар +кун(?:и|де|ги)?|кун +сайын(?:гы)?|кунде(?:ликти)?|кунине +бир +рет', () => ({ repeat: { type: 'daily' } })),
  rule('ар +апта(?:да|нын)?(?: +сайын)?|апта +сайын(?:гы)?|апта(?:сына|да) +бир +рет', () => ({
    repeat: { type: 'weekly' },
  })),
  rule(
    `(?:ар +айдын|ай +сайын|ар +айда) +(?<day>${NUMBER})(?:${ORDINAL})?(?:${DAY}|${ON_ORDINAL})`,
    ({ day }): Reading => monthly(NUMBERS.value(day)),
  ),
  rule('(?:ар +айдын|ай +сайын(?: +айдын)?) +(?:сонында|сонгы +куни)', () => monthly(31)),
  rule('ар +ай(?:да|дын)?(?: +сайын)?|ай +сайын(?:гы)?|ай(?:ына|да) +бир +рет', () => ({
    repeat: { type: 'monthly' },
  })),
]

const WAITS: Rule[] = [
  rule(`(?<hours>${NUMBER}) +сагат +(?<minutes>${NUMBER}) +мин(?:ут)?${LATER}`, ({ hours, minutes }) =>
    ahead(NUMBERS.value(hours), 'hour', NUMBERS.value(minutes)),
  ),
  rule(`жарты +${UNIT}${LATER}`, ({ unit }) => ahead(0.5, unitOf(unit))),
  rule(`(?<count>${NUMBER}) +жарым +${UNIT}${LATER}`, ({ count, unit }) =>
    ahead((NUMBERS.value(count) ?? 0) + 0.5, unitOf(unit)),
  ),
  rule(`(?<count>${NUMBER}) *${UNIT}${LATER}`, ({ count, unit }) => ahead(NUMBERS.value(count), unitOf(unit))),
  rule(`(?:${NUMBER}) *${UNIT} +бурын`, () => 'past'),
  rule(`(?<unit>минут|сагат|апта|ай|жыл)${FROM} *(?:кейин|сон)`, ({ unit }) => ahead(1, unitOf(unit))),
]

const DATES: Rule[] = [
  rule(
    `(?:(?<year>20\\d\\d)(?:-?ш[иы])? *(?:жыл(?:гы|дын)?)? +)?(?<day>${NUMBER})(?:${ORDINAL})? +` +
      `(?<month>${MONTH})${LETTER}{0,5}(?:${DAY})?`,
    ({ day, month, year }) => monthDate(day, month, year),
  ),
  rule(
    `(?:(?<year>20\\d\\d) *(?:жыл(?:гы|дын)?)? +)?(?<month>${MONTH})[дтн][иы]н +` +
      `(?<day>${NUMBER})(?:${ORDINAL})?(?:${DAY}|${ON_ORDINAL})?`,
    ({ day, month, year }) => monthDate(day, month, year),
  ),
  rule(`келеси +ай(?:да|дын)|келер +ай(?:да|дын)`, () => ({ next: 'month' })),
  rule(`(?<day>\\d{1,2})(?:${ORDINAL})?${DAY}`, ({ day }) => date(Number(day))),
  rule(`(?<day>${NUMBER})${ORDINAL} +кун(?:и|инде)`, ({ day }) => date(NUMBERS.value(day))),
  rule(`(?<day>\\d{1,2}) ?-? ?(?:си|сы|и|ы)(?:нде|нда|не|на)`, ({ day }) => date(Number(day))),
]

const CLOCKS: Rule[] = [
  rule(`(?<part>${PART}) +(?:сагат +)?(?<hour>\\d{1,2})[:.](?<minute>\\d{2})(?:${BY})?`, (said) =>
    clock(Number(said.hour), Number(said.minute), partNamed(said.part)),
  ),
  rule(
    `${BEFORE_HOUR}(?:сагат +)?(?<hour>${NUMBER})${FROM} +(?<minute>${NUMBER}) +мин(?:ут)? +(?:отк|кет)${LETTER}*`,
    (said) => hour(said.hour, NUMBERS.value(said.minute), said.part),
  ),
  rule(`(?:сагат +)?(?<hour>${NUMBER}) ?-? ?(?:га|ге|ка|ке) +(?<minute>${NUMBER}) +мин(?:ут)? +кал${LETTER}*`, (said) =>
    minutesTo(NUMBERS.value(said.hour), NUMBERS.value(said.minute)),
  ),
  rule(`${BEFORE_HOUR}(?:сагат +)?(?<hour>${NUMBER}) +жарым(?:да|га)`, (said) => hour(said.hour, 30, said.part)),
  rule(`${BEFORE_HOUR}сагат +(?<hour>${NUMBER}) +жарым`, (said) => hour(said.hour, 30, said.part)),
  rule(`${BEFORE_HOUR}сагат +(?<hour>${NUMBER})(?:${AT})? +(?<minute>${NUMBER}) +мин(?:ут)?(?:${BY})?`, (said) =>
    hour(said.hour, NUMBERS.value(said.minute), said.part),
  ),
  rule(`${BEFORE_HOUR}сагат +(?<hour>${NUMBER})(?:${BY})?(?! *мин)`, (said) => hour(said.hour, undefined, said.part)),
  rule(`(?<part>${PART}) +(?<hour>${NUMBER})${BY}`, (said) => hour(said.hour, undefined, said.part)),
  rule(`(?<part>кешки|тангы|танертенги|туски|тунги) +(?<hour>${NUMBER})`, (said) =>
    hour(said.hour, undefined, said.part),
  ),
  rule('(?<hour>\\d{1,2})(?: ?- ?)?(?:де|да|те|та)', (said) =>
    Number(said.hour) > 24 ? undefined : hour(said.hour, undefined, undefined),
  ),
  // "Онда" is also "then" and "бірде" also "once": alone they are no hours.
  rule('(?<hour>еки|уш|торт|бес|алты|жети|сегиз|тогыз|он +бир|он +еки)(?:де|да|те|та)', (said) =>
    hour(said.hour, undefined, undefined),
  ),
  rule('тун +ортасы(?:нда)?', () => clock(24, 0)),
  rule('тал +тус(?:те)?', () => clock(12, 0)),
]

const THIS = '(?:(?:осы|алдагы) +(?:апта(?:да|нын)? +)?)?'

const DAYS: Rule[] = [
  rule('бугин(?:ги)?', () => inDays(0)),
  rule('ертен(?:ги|гиге|ге)?', () => inDays(1)),
  rule('б[уи]р[сш][иу][гк][иу]н[иы]?|арги +кун[иы]', () => inDays(2)),
  rule('кеше', () => inDays(-1)),
  rule('алдын(?:гы)? *куни', () => inDays(-2)),
  rule(`(?:келеси|келер|алдагы) +апта(?:да|нын|га)?`, () => ({ next: 'week' })),
  rule(`(?<next>келеси +|келер +)(?<weekday>${WEEKDAY})(?:де|да|ге|га)?(?: +куни)?`, ({ weekday }) => ({
    next: 'week',
    day: weekdayNamed(weekday),
  })),
  rule('(?:осы +)?демалыс(?:та| +куни)', () => ({ day: { type: 'weekday', weekday: 6 } })),
  // A weekday with its case or "күні" before a bare one: in "жұма намазы" it is part of a name.
  rule(
    `${THIS}(?<weekday>${WEEKDAY})(?:(?:де|да|ге|га|ден|дан)(?: +бастап)?| +куни(?:нен +бастап)?)`,
    ({ weekday }) => ({ day: weekdayNamed(weekday) }),
  ),
  rule(`${THIS}(?<weekday>${WEEKDAY})`, ({ weekday }) => ({ day: weekdayNamed(weekday) })),
]

const ADVERBS = PARTS.map(({ part, adverbs }) => rule(alternatives(adverbs), () => ({ part })))

/** "Until" belongs to the time before it. */
const UNTIL: Rule = { pattern: new RegExp(`(?<=${GAP}) +(?:дейин|шейин)(?!${LETTER})`, 'g'), read: () => ({}) }

/** What Kazakh says about time, with or without its own letters; read in this order. */
export const kazakhRules: readonly Rule[] = [
  ...REPEATS,
  ...WAITS,
  ...DATES,
  ...CLOCKS.slice(0, 1),
  ...digitRules('сагат', BY),
  ...CLOCKS.slice(1),
  ...DAYS,
  ...ADVERBS,
  UNTIL,
]

/** "Remind me" and the like: no part of what to remember. */
export const kazakhLeadIn = words(
  `маган(?=.{0,100} (?:еске +|ескерт))|(?:туралы +)?(?:еске +(?:сал|тус[ии]р)${LETTER}*|ескерт(?:ши|ип|иниз|у|иниз)?)(?: +жибер${LETTER}*| +кой${LETTER}*)?`,
)

function rule(source: string, read: Rule['read']): Rule {
  return { pattern: words(source), read }
}

function weekdayList(): string {
  const one = `(?:${WEEKDAY})(?:де|да|ге|га|лери|лары)?(?: +куни)?`
  return `${one}(?:(?: *, *| +мен +| +менен +| +жане +| +)(?:ар +)?${one}){0,6}`
}

const WEEKDAYS_NAMED = words(`(${WEEKDAY})${LETTER}*`)

function weekdaysIn(list: string | undefined): number[] {
  const named = matchesOf(WEEKDAYS_NAMED, list ?? '').map((match) => WEEKDAYS.indexOf(match[1] ?? '') + 1)
  return [...new Set(named)].sort((a, b) => a - b)
}

function weekdayNamed(name: string | undefined): { type: 'weekday'; weekday: number } {
  return { type: 'weekday', weekday: WEEKDAYS.indexOf(name ?? '') + 1 }
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

function monthly(day: number | undefined): Reading {
  if (day === undefined) return undefined
  return day >= 1 && day <= 31 ? { repeat: { type: 'monthly', day } } : 'bad-date'
}

function unitOf(word: string | undefined): Unit | undefined {
  return UNIT_WORDS.find(([pattern]) => pattern.test(word ?? ''))?.[1]
}

function monthDate(day: string | undefined, month: string | undefined, year: string | undefined): Reading {
  return date(NUMBERS.value(day), MONTHS.indexOf(month ?? '') + 1, year === undefined ? undefined : Number(year))
}

function hour(word: string | undefined, minute: number | undefined, part: string | undefined): Reading {
  const value = NUMBERS.value(word)
  const named = partNamed(part)
  return minute === undefined ? clock(value, undefined, named) : spokenClock(value, minute, named)
}

function partNamed(word: string | undefined): Part | undefined {
  if (word === undefined) return undefined
  return PARTS.find(({ adverbs, adjectives }) => adverbs.includes(word) || adjectives.includes(word))?.part
}
