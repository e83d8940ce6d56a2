import { foldText, soundsOf } from './letters.ts'
import type { AgeBand } from './person.ts'

/** An age as a choice has it; `younger` is under 12. */
export type ReadAge = AgeBand | 'younger'

/** The youngest and oldest that are taken for the age of whoever writes; what is below is a slip of a finger. */
const least = 6
const most = 99
/** Words of a line that may say an age; a longer one is about something else. */
const mostWords = 8
const longest = 100

/** Reads "15", «15 жастамын», «он бес», «мне пятнадцать лет», “I'm 15”, "14-15", "18+"; undefined for what says no one age. */
export function readAge(text: string): ReadAge | undefined {
  if (text.length > longest) return undefined
  const plain = text.normalize('NFKC').replace(/[\uFE0E\uFE0F\u20E3]/g, '')
  // A decimal or a date is no age.
  if (/\d\s*[.,/:]\s*\d/.test(plain)) return undefined
  const words = foldText(plain.replace(/\d+/g, ' $& ')).split(' ').map(soundOf)
  if (words.length > mostWords || words.some((word) => aside.has(word))) return undefined
  const { years, rest } = numbersIn(words)
  const [band, ...others] = new Set(years.map(bandOf))
  if (band === undefined || others.length > 0) return undefined
  // "Not 12 yet" says enough, "not 15" does not.
  if (words.some((word) => denials.has(word))) return years.every((one) => one === 12) ? 'younger' : undefined
  // It shuts the door for a day, and "9а" is a class at school.
  return band === 'younger' && !rest.every((word) => around.has(word) || ending.test(word)) ? undefined : band
}

/** Sounds are never doubled, digits may be. */
function soundOf(word: string): string {
  return /^\d+$/.test(word) ? word : soundsOf(word)
}

function bandOf(years: number): ReadAge | undefined {
  if (years < least || years > most) return undefined
  if (years < 12) return 'younger'
  if (years < 14) return '12-13'
  if (years < 16) return '14-15'
  return years < 18 ? '16-17' : '18+'
}

/** All numbers of the line, and its other words. Kazakh says eleven as ten and one, in two words or in one. */
function numbersIn(words: readonly string[]): { readonly years: readonly number[]; readonly rest: readonly string[] } {
  const [years, rest]: [number[], string[]] = [[], []]
  for (let place = 0; place < words.length; place++) {
    const word = words[place] ?? ''
    const tens = kazakhTens.get(word)
    const units = kazakhUnit(words[place + 1] ?? '')
    if (/^\d+$/.test(word)) years.push(Number(word))
    else if (tens !== undefined && units !== undefined) {
      years.push(tens + units)
      place++
    } else {
      const number = joinedIn(word) ?? written.get(word)
      if (number === undefined) rest.push(word)
      else years.push(number)
    }
  }
  return { years, rest }
}

/** «онбес» */
function joinedIn(word: string): number | undefined {
  const [, tens = '', units = ''] = /^(он|жирма)(.+)$/.exec(word) ?? []
  const [ten, unit] = [kazakhTens.get(tens), kazakhUnit(units)]
  return ten === undefined || unit === undefined ? undefined : ten + unit
}

const kazakhTens = bySounds([
  ['он', 10],
  ['жиырма', 20],
])
const units = bySounds([
  ['бір', 1],
  ['екі', 2],
  ['үш', 3],
  ['төрт', 4],
  ['бес', 5],
  ['алты', 6],
  ['жеті', 7],
  ['сегіз', 8],
  ['тоғыз', 9],
])
/** What stands behind a number that a Kazakh sentence ends with: «он төрттемін», «он бестен», «он алтыға». */
const ending = /^(?:[тд]?[еа](?:мин|гимин|н)|[тд][еа]|[мп]ин|[гк][еа]|и?нши)?$/

/** The letter that «төртте» has twice is there once. */
function isEnding(rest: string): boolean {
  return rest === 'е' || ending.test(rest)
}

function kazakhUnit(word: string): number | undefined {
  for (const [name, value] of units) {
    if (word.startsWith(name) && isEnding(word.slice(name.length))) return value
  }
  return undefined
}

const written = bySounds([
  ['жиырма, жиырмада, жиырмадамын, двадцать, twenty', 20],
  ['тоғыз, тоғыздамын, девять, nine', 9],
  ['сегіз, сегіздемін, восемь, eight', 8],
  ['жеті, жетідемін, семь, seven', 7],
  ['десять, ten', 10],
  ['одиннадцать, одинадцать, eleven', 11],
  ['двенадцать, двенадцат, двенацать, twelve', 12],
  ['тринадцать, тринадцат, thirteen', 13],
  ['четырнадцать, четырнадцат, четырнацать, fourteen', 14],
  ['пятнадцать, пятнадцат, пятнацать, питнадцать, fifteen', 15],
  ['шестнадцать, шестнадцат, шеснадцать, шестнацать, sixteen', 16],
  ['семнадцать, семнадцат, семнацать, seventeen', 17],
  ['восемнадцать, восемнадцат, восемнацать, восемьнадцать, eighteen', 18],
  ['девятнадцать, девятнадцат, девятнацать, nineteen', 19],
])

/** Words by which a number is denied or bounded. */
const denials = new Set(
  bySound(
    'нет, не, нету, жоқ, емес, толмаған, толмадым, not, isnt, no, under, below, до, меньше, младше, кіші, кем, yet',
  ),
)
/** Words that belong to an age. */
const around = new Set(
  bySound('мен, маған, мне, я, i, im, am, жас, жаста, жастамын, жасар, лет, год, года, годиков, years, year, old'),
)
/** Words by which it is the age of somebody or some time else. */
const aside = new Set(
  bySound(
    'скоро, почти, будет, жуырда, жақында, soon, almost, nearly, класс, классе, сынып, сыныпта, сыныптамын, grade, class, курс, курста, курсе, минут, минута, сағат, час, часов, брат, брата, сестра, сестры, друг, подруга, ағам, інім, әпкем, досым, minutes, hours, brother, sister, friend',
  ),
)

function bySounds(entries: readonly (readonly [string, number])[]): ReadonlyMap<string, number> {
  return new Map(entries.flatMap(([words, value]) => bySound(words).map((word) => [word, value] as const)))
}

function bySound(words: string): string[] {
  return words.split(', ').map((word) => soundsOf(foldText(word)))
}
