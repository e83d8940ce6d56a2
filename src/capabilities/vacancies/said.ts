import { foldText } from '../../../flows/common/letters.ts'
import type { Region } from '../../../flows/common/regions.ts'
import { type Filter, mostPay } from '../../../flows/vacancies/matching/filter.ts'
import { createConditionReader } from '../../../flows/vacancies/normalise/conditions.ts'
import { createPayReader } from '../../../flows/vacancies/normalise/pay.ts'
import { createPlaceReader } from '../../../flows/vacancies/normalise/places.ts'
import type { VacancyWords } from '../../../flows/vacancies/normalise/words.ts'
import type { ProfessionsByTitle } from '../professions/by-title.ts'

/** What somebody wrote who looks for work, as far as it was understood. */
export type Sought = {
  readonly professions: readonly string[]
  readonly region: Region | null
  readonly town: string | null
  /** ₸ a month. */
  readonly pay: number | null
  /** Part of a day, at home, without experience: each only where it was said. */
  readonly conditions: Partial<Pick<Filter, 'employments' | 'formats' | 'noExperience'>>
  /** What is left: words that have to be there. */
  readonly words: string | null
  /** Folded words that name neither work nor place nor pay. */
  readonly left: readonly string[]
}

/** Reads what somebody looks for; undefined where nothing is said. */
export type ReadSought = (text: string) => Sought | undefined

/** What is longer was not written to be looked for; of a phrase so much is kept. */
const longest = { text: 200, phrase: 60, words: 6 }
/** A number that is less is no pay for a month, ₸. */
const leastPay = 1_000
const noConditions = { experience: null, education: null, employment: null, schedule: null, hours: null, format: null }
const noPay = { salaryFrom: null, salaryTo: null, currency: null, gross: null, salaryPeriod: null }

/**
 * Makes the reader; `idle` are folded words that lead up to what is looked for, and those for work itself, `beside` those
 * that may stand beside it and name no work.
 */
export function createReadSought(
  { towns, regions, pay, conditions }: Pick<VacancyWords, 'towns' | 'regions' | 'pay' | 'conditions'>,
  professionsFor: ProfessionsByTitle,
  idle: ReadonlySet<string>,
  beside: ReadonlySet<string>,
): ReadSought {
  const conditionsIn = createConditionsIn(conditions)
  const places = createPlaceReader(towns, regions)
  const pays = createPayReader(pay)
  const placeIn = (text: string) => {
    const { region, town } = places.read(text, text)
    return region === null && town === null ? undefined : { region, town }
  }
  const monthly = (text: string) => {
    if (!/\d/.test(text)) return null
    const read = pays.read({ ...noPay, salary: text })
    if (read.type !== 'pay' || read.pay.currency !== 'KZT' || read.pay.period !== 'month') return null
    const least = read.pay.min ?? read.pay.max
    return least !== null && least >= leastPay && least <= mostPay ? least : null
  }
  return (written) => {
    const text = written.slice(0, longest.text).toWellFormed()
    const said = foldText(text)
      .split(' ')
      .filter((word) => word !== '' && !idle.has(word))
    const sum = monthly(text)
    const placed = said.map((word) => ({ word, place: placeIn(word) }))
    const place = placed.find(({ place: one }) => one !== undefined)?.place ?? placeIn(text)
    const rest = placed.filter(({ word, place: one }) => one === undefined && !(sum !== null && /\d/.test(word)))
    const named = professionsFor(said.join(' '))
    // What only names a theme must stand alone; a place and pay beside it take nothing away.
    const basis = named.length > 0 ? said : rest.map(({ word }) => word)
    const professions = named.length > 0 ? named : professionsFor(basis.join(' '))
    const telling = rest.map(({ word }) => word).filter((word) => !beside.has(word))
    const words = professions.length > 0 ? null : phraseOf(telling)
    const asked = conditionsIn(text)
    const isNothing = professions.length === 0 && place === undefined && sum === null && words === null
    if (isNothing && Object.keys(asked).length === 0) return undefined
    const left = rest.map(({ word }) => word).filter((word) => !names(word, basis, professions))
    const [region, town] = [place?.region ?? null, place?.town ?? null]
    return { professions, region, town, pay: sum, conditions: asked, words, left }
  }

  /** Whether a word is part of a profession's name: without it, not all of them would have been read. */
  function names(word: string, said: readonly string[], professions: readonly string[]): boolean {
    if (professions.length === 0) return false
    const without = professionsFor(said.filter((one) => one !== word).join(' '))
    return professions.some((id) => !without.includes(id))
  }
}

/** Makes what reads the conditions that a search may ask for. */
function createConditionsIn(words: VacancyWords['conditions']): (text: string) => Sought['conditions'] {
  const read = createConditionReader(words)
  return (running) => {
    const { employment, format, experience } = read({ ...noConditions, running })
    return {
      ...(employment === 'part' && { employments: ['part'] }),
      ...(format === 'remote' && { formats: ['remote'] }),
      ...(experience === 'none' && { noExperience: true }),
    }
  }
}

function phraseOf(words: readonly string[]): string | null {
  const telling = words.filter((word) => /\p{L}{2}/u.test(word)).slice(0, longest.words)
  const phrase = telling.join(' ').slice(0, longest.phrase).trim()
  return phrase === '' ? null : phrase
}

/** The filter with what was written: work takes the place of work, a place that of the place, pay that of pay. */
export function withSought(filter: Filter, sought: Omit<Sought, 'left'>): Filter {
  const { professions, region, town, pay, conditions, words } = sought
  const work = professions.length > 0 ? { professions: [...professions], families: [], words: [] } : {}
  const place =
    region === null && town === null ? {} : { regions: region === null ? [] : [region], towns: townsOf(town) }
  return {
    ...filter,
    ...work,
    ...place,
    ...(pay !== null && { leastPay: pay }),
    ...conditions,
    // Words stand for the work where no profession was known by them.
    ...(words !== null && { words: [words], professions: [], families: [] }),
  }
}

function townsOf(town: string | null): string[] {
  return town === null ? [] : [town]
}
