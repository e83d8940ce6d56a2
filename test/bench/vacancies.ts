import { withNeighbours } from '../../flows/common/neighbours.ts'
import { type Region, regions } from '../../flows/common/regions.ts'
import { type Candidate, prepare } from '../../flows/vacancies/matching/candidate.ts'
import { Filter } from '../../flows/vacancies/matching/filter.ts'
import type { Vacancy } from '../../flows/vacancies/vacancy.ts'
import type { Catalogue } from '../../src/capabilities/professions/seed.ts'

/** The same in every run. */
export type Choose = {
  readonly chance: (share: number) => boolean
  readonly one: <T>(values: readonly T[]) => T
  /** The first ones more often. */
  readonly often: <T>(values: readonly T[]) => T
}

export function createChooser(seed: number): Choose {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const pick = <T>(values: readonly T[], place: number) => {
    const value = values[Math.floor(place * values.length)]
    if (value === undefined) throw new Error('There is nothing to choose from.')
    return value
  }
  return {
    chance: (share) => next() < share,
    one: (values) => pick(values, next()),
    often: (values) => pick(values, next() ** 2),
  }
}

/** Fixed, so that runs can be compared. */
export const now = Date.UTC(2026, 10, 30, 6)
const day = 24 * 60 * 60 * 1000

/** Makes filters and vacancies of the kinds there are, with the catalogue's own professions. */
export function createPopulation({ professions, families }: Catalogue, { chance, one, often }: Choose) {
  const ids = professions.map(({ id }) => id)
  const familyIds = families.map(({ id }) => id)
  const familyOf = (profession: string) => professions.find(({ id }) => id === profession)?.family

  /**
   * As the set-up proposes them: one's region with its neighbours, in which some then choose; professions or families
   * of a result; a least pay out of a few. Words are rare, and most of them common ones.
   */
  function filter(): Filter {
    const region = often(places)
    const place = one(spread({ around: 10, region: 5, town: 3, any: 2 }))
    const work = one(spread({ families: 8, professions: 8, any: 4 }))
    return Filter.parse({
      regions: place === 'any' ? [] : place === 'around' ? [...withNeighbours([region])] : [region],
      towns: place === 'town' ? [townOf(region)] : [],
      remoteAnywhere: chance(0.9),
      professions: work === 'professions' ? several([1, 1, 2, 3], () => often(ids)) : [],
      families: work === 'families' ? several([1, 2, 2], () => often(familyIds)) : [],
      leastPay: chance(0.5) ? one([100_000, 150_000, 150_000, 200_000, 200_000, 300_000]) : null,
      payMayBeUnknown: chance(0.9),
      noExperience: chance(0.6),
      schedules: chance(0.12) ? [one(['shifts', 'flexible', 'fiveTwo'])] : [],
      employments: chance(0.15) ? [one(['full', 'part', 'temporary'])] : [],
      formats: chance(0.04) ? [one(['remote', 'onSite'])] : [],
      housing: chance(0.08),
      words: chance(0.06) ? several([1, 2], () => often(sought)) : [],
      avoid: chance(0.08) ? several([1, 2], () => often(sought)) : [],
      ageBand: one(spread({ '18+': 6, '16-17': 3, '14-15': 1 })),
    })
  }

  function vacancy(at: number): Omit<Vacancy, 'seen'> {
    const region = chance(0.97) ? often(places) : null
    const min = chance(0.75) ? one([90_000, 120_000, 150_000, 180_000, 220_000, 300_000]) : null
    return {
      title: `${often(words)} ${often(words)}`,
      ...{ employer: null, bin: null, education: null, weekHours: null, dayHours: null, night: null, rotation: null },
      ...{ meals: null, contact: null, language: null },
      region,
      town: region !== null && chance(0.8) ? townOf(region) : null,
      pay:
        min === null ? null : { min, max: chance(0.5) ? min * 2 : null, currency: 'KZT', tax: null, period: 'month' },
      experience: one([null, 'none', 'none', '1to3', '3to6']),
      employment: one([null, 'full', 'full', 'part', 'temporary']),
      schedule: one([null, 'fiveTwo', 'shifts', 'flexible']),
      format: chance(0.05) ? 'remote' : one([null, 'onSite']),
      housing: chance(0.1) ? true : null,
      description: Array.from({ length: 60 }, () => often(words)).join(' '),
      professions: chance(0.9) ? several([1, 1, 2], () => often(ids)) : [],
      publishedAt: now - one([0, 1, 2, 5, 10, 20]) * day - at,
      validThrough: now + 10 * day,
    }
  }

  function candidate(at: number): Candidate {
    const isForAll = chance(0.3)
    const outcomeFor = (ageBand: string) =>
      ageBand === '18+' ? 'shown' : isForAll && ageBand !== '12-13' ? 'condition' : 'barred'
    return prepare(vacancy(at), { id: `v${at}`, outcomeFor, familyOf, isHeld: chance(0.05) })
  }

  const several = <T>(counts: readonly number[], choose: () => T) => [
    ...new Set(Array.from({ length: one(counts) }, choose)),
  ]
  const townOf = (region: Region) => `town-${region}-${often([1, 2, 3, 4, 5, 6])}`
  return { filter, vacancy, candidate }
}

/** The big cities and the regions around them first. */
const places: readonly Region[] = ['75', '79', '71', '61', '19', ...regions]

/** Words of Cyrillic letters; those that people look for are every twelfth. */
const letters = 'бвгдзклмнпрст'
const words = Array.from({ length: 3_000 }, (_, at) =>
  [at % 13, Math.floor(at / 13) % 13, Math.floor(at / 169) % 13, (at * 7) % 13]
    .map((place, letter) => `${letters[place]}${'аоуи'[letter]}`)
    .join(''),
)
const sought = words.filter((_, at) => at % 12 === 0)

/** Each value as often as its number says. */
function spread<T extends string>(shares: Readonly<Record<T, number>>): readonly T[] {
  return (Object.entries(shares) as [T, number][]).flatMap(([value, share]) => new Array<T>(share).fill(value))
}
