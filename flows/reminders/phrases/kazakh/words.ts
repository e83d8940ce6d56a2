// The words of Kazakh that say when: numbers, weekdays, months, units, parts of the day; and what each stands for.

import { anyLetter, matchesOf, type Part, words } from '../found.ts'
import { alternatives, numberWords, spelling } from '../numbers.ts'
import type { Unit } from '../read.ts'

// Everything here is written as fold() leaves it: и for і, у for ү and ұ, к for қ, н for ң and so on.
export const units = { бир: 1, еки: 2, уш: 3, торт: 4, бес: 5, алты: 6, жети: 7, сегиз: 8, тогыз: 9 }
export const tens = {
  он: 10,
  жиырма: 20,
  отыз: 30,
  кырык: 40,
  елу: 50,
  алпыс: 60,
  жетпис: 70,
  сексен: 80,
  токсан: 90,
  жуз: 100,
}
export const numbers = numberWords(units, tens)
export const anyNumber = numbers.source
export const spelt = spelling(units, tens).spelt

const weekdays = ['дуйсенби', 'сейсенби', 'сарсенби', 'бейсенби', 'жума', 'сенби', 'жексенби']
const shortWeekdays = ['дс', 'сс', 'ср', 'бс', 'жм', 'сб', 'жс']
/** As they are said in a Kazakh line by whoever speaks both languages. */
const russianWeekdays = ['понедельник', 'вторник', 'сред', 'четверг', 'пятниц', 'суббот', 'воскресень']
export const anyFullWeekday = `(?:${alternatives(weekdays)}|(?:${russianWeekdays.join('|')})[аеуья]?)`
export const anyWeekday = `(?:${anyFullWeekday}|(?:${shortWeekdays.join('|')})\\.?(?!${anyLetter}))`
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
]
export const anyMonth = `(?:${alternatives([...months, 'желтоксан', 'кыркуйег'])})`
/** In the order of the months; those that are words of their own need their dot. */
const shortMonths = ['кан', 'акп', 'нау', 'сау', 'мам', 'мау', 'шил', 'там', 'кыр', 'каз', 'кар', 'жел']
export const anyShortMonth = '(?:(?:кан|акп|нау|сау|мау|шил|кыр|жел)\\.?|(?:мам|там|каз|кар)\\.)'

export const toEnding = ' ?-? ?(?:ге|га|ке|ка|не|на)'
export const byEnding = ' ?-? ?(?:(?:лер|дер|тер)де|(?:лар|дар|тар)да|деги|дагы|теги|тагы|де|да|те|та|ге|га|ке|ка)'
/** Apart from its hour, "нан" is bread unless the words behind it want a time. */
export const fromEnding =
  '(?: ?-? ?(?:ден|дан|тен|тан)|-?(?:нен|нан)|[ -]+(?:нен|нан)(?= +(?:бастап|кейин|сон|\\d|[а-я]+ +дейин)))'
export const ordinalEnding = '-?(?:инши|ыншы|сыншы|нши|ншы|ши|шы|си|сы|и|ы)'
export const onOrdinalEnding = ' ?-? ?(?:си|сы|и|ы)?(?:нде|нда|не|на)'
export const dayWord = ' ?-? ?кун(?:и|инде|ине|ги)'
export const untilWord = '(?:дейин|шейин)'
export const inCase = '(?:(?:си|сы)?(?:нде|нда|не|на)|де|да|ге|га|ден|дан|дин|нин|ке|те|си|сы)'

/** Adverbs say when by themselves; adjectives only beside an hour: "кешкі ас" is a meal. */
export const partWords: readonly { part: Part; adverbs: string[]; adjectives: string[] }[] = [
  {
    part: 'afternoon',
    adverbs: [
      ...['тустен кейин', 'тустен сон', 'тус ауа', 'тус кайта', 'туски астан кейин', 'туски астан сон'],
      ...['туски тамактан', 'тускиликтен', 'обедтен', 'обедтан', 'обеттен', 'обеттан', 'обедден'].flatMap((lunch) => [
        `${lunch} кейин`,
        `${lunch} сон`,
      ]),
    ],
    adjectives: [],
  },
  {
    part: 'morning',
    adverbs: [
      ...['танертен', 'танертенгисин', 'танертенгилик', 'танертенмен', 'ертенгисин', 'танмен', 'танда'],
      ...[
        'тан ата',
        'тан ертен',
        'тан атканда',
        'тан сариде',
        'тансариде',
        'тустен бурын',
        'туске дейин',
        'ерте танмен',
        ...[
          'танында',
          'тан алдында',
          'тансариден',
          'тан сариден',
          'тан азанда',
          'тан азаннан',
          'танертеннен',
          ...['тангы уакытта', 'тангы мезгилде', 'танертенги уакытта', 'танертенги мезгилде'],
          'таннын атысымен',
        ],
      ],
    ],
    adjectives: ['тангы', 'танертенги', 'тан'],
  },
  {
    part: 'midday',
    adverbs: [
      ...['кундиз', 'туски аста', 'туски уакытта', 'туски узилисте', 'туски мезгилде', 'тус кезинде', 'туске карай'],
      ...['обедте', 'обедта', 'обетте', 'обетта', 'обед кезинде'],
      ...['туске таман', 'туски ас кезинде', 'тусте'],
    ],
    adjectives: ['туски', 'кундизги', 'тус'],
  },
  {
    part: 'evening',
    adverbs: [
      ...[
        'кешке',
        'кеште',
        'кешкурым',
        'кешкисин',
        'кешкилик',
        'кештетип',
        'кешке карай',
        'кешке таман',
        'инирде',
        'кешинде',
      ],
      ...['кешкилерде', 'акшамда', 'акшамда', 'кешки уакытта', 'кешки мезгилде', 'кеш бата', 'кеш батканда'],
    ],
    adjectives: ['кешки'],
  },
  { part: 'night', adverbs: ['тунде', 'тунделетип', 'тунинде', 'тунге карай'], adjectives: ['тунги', 'тун'] },
]
export const anyPart = alternatives(partWords.flatMap(({ adverbs, adjectives }) => [...adverbs, ...adjectives]))

const unitWords: readonly (readonly [RegExp, Unit])[] = [
  [/^м(?:и|$)/, 'minute'],
  [/^(?:с|час)/, 'hour'],
  [/^(?:кун|д|тау)/, 'day'],
  [/^(?:апт|нед)/, 'week'],
  [/^(?:ай|мес)/, 'month'],
  [/^(?:жыл|год)/, 'year'],
]

export const anyUnit = `(?<unit>минут[аы]?|мин|сагат|саг|час|кун|таулик|день|апта|апт(?=\\.)|неделя|ай|месяц|жыл|год)\\.?`

export const everyWord = '(?:арбир|ар|каждый|кажды|каждую|каждое)'

/** One weekday or more, as a piece of a pattern. */
export function weekdayList(least: 1 | 2 = 1): string {
  const one = `${anyWeekday}(?:де|да|ге|га|лери|лары|синде)?(?: +куни)?`
  const more = `(?:(?: *, *(?:жане +)?| +мен +| +менен +| +жане +| +)(?:ар +)?${one})`
  return `${one}${more}{${least - 1},6}`
}

const namedWeekdays = words(`(${anyWeekday})${anyLetter}*`)

export function weekdaysIn(list: string | undefined): number[] {
  return matchesOf(namedWeekdays, list ?? '').map((match) => weekdayNumber(match[1]))
}

export function weekdayNumber(name: string | undefined = ''): number {
  const short = shortWeekdays.indexOf(name.replace('.', ''))
  if (short >= 0) return short + 1
  const own = weekdays.indexOf(name)
  return own >= 0 ? own + 1 : russianWeekdays.findIndex((stem) => name.startsWith(stem)) + 1
}

/** "First" … "last", as a group of a pattern. */
export function placeWord(name = 'place'): string {
  return `(?<${name}>биринши|екинши|ушинши|тортинши|сонгы|акыргы|1-?ши|2-?ши|3-?ши|4-?ши)`
}

export function placeOf(word: string | undefined = ''): number {
  const place = ['бир', 'еки', 'уш', 'торт'].findIndex((stem) => word.startsWith(stem)) + 1
  return place > 0 ? place : Number(/^\d/.exec(word)?.[0] ?? -1)
}

export function unitOf(word: string | undefined): Unit | undefined {
  return unitWords.find(([pattern]) => pattern.test(word ?? ''))?.[1]
}

export function monthNumber(month: string | undefined): number {
  const full = [...months, 'желтоксан'].indexOf(month?.replace('ег', 'ек') ?? '')
  return (full >= 0 ? full : shortMonths.indexOf(month?.replace('.', '') ?? '')) + 1
}

export function partOf(word: string | undefined): { part?: Part } {
  const part = partNamed(word)
  return part === undefined ? {} : { part }
}

export function partNamed(word: string | undefined): Part | undefined {
  if (word === undefined) return undefined
  return partWords.find(({ adverbs, adjectives }) => adverbs.includes(word) || adjectives.includes(word))?.part
}
