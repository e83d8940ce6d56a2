import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import { regions } from '../../flows/common/regions.ts'
import { type Candidate, prepare } from '../../flows/vacancies/matching/candidate.ts'
import { criteriaOf, Filter, matches } from '../../flows/vacancies/matching/filter.ts'
import { createMatcher, type Subscription } from '../../flows/vacancies/matching/matcher.ts'
import { createVacancyIndex } from '../../flows/vacancies/matching/search.ts'
import type { Vacancy } from '../../flows/vacancies/vacancy.ts'

export type MatchingBench = {
  readonly subscriptions: number
  readonly groups: number
  readonly vacancies: number
  /** Pairs that match: the same ones by both ways, or the bench throws. */
  readonly pairs: number
  /** Processor time of all vacancies, in ms. */
  readonly naive: number
  readonly indexed: number
  readonly ratio: number
  readonly search: {
    readonly vacancies: number
    readonly searches: number
    /** Of a search, in ms: processor time, and by the wall, which has what other programs take as well. */
    readonly processor: Times
    readonly wall: Times
  }
}

type Times = { readonly median: number; readonly p99: number; readonly most: number }

/** New vacancies against subscriptions, by the bare loop and by the index; then searches of many vacancies. */
export function benchMatching({
  subscriptions = 100_000,
  vacancies = 1_000,
  searched = 50_000,
  searches = 2_000,
} = {}) {
  const choose = createChooser(7)
  const all = Array.from({ length: subscriptions }, (_, at) => ({ id: `s${at}`, filter: filterBy(choose) }))
  const fresh = Array.from({ length: vacancies }, (_, at) => candidateBy(choose, `v${at}`))
  const matching = compareMatching(all, fresh)
  return { ...matching, search: timeSearches(searched, searches, choose) }
}

function compareMatching(all: readonly Subscription[], fresh: readonly Candidate[]) {
  const prepared = all.map(({ id, filter }) => ({ id, criteria: criteriaOf(filter) }))
  const matcher = createMatcher(all)
  const byLoop = (candidate: Candidate) => {
    const found: string[] = []
    for (const { id, criteria } of prepared) if (matches(criteria, candidate)) found.push(id)
    return found
  }
  // In turns, so that a busy machine slows both alike; the first ones warm up.
  const [warm, measured] = [fresh.slice(0, 50), chunksOf(fresh, 50)]
  for (const candidate of warm) for (const find of [byLoop, matcher.match]) find(candidate)
  let [naive, indexed, pairs] = [0, 0, 0]
  for (const chunk of measured) {
    const loop = processorTime(() => chunk.map(byLoop))
    const index = processorTime(() => chunk.map(matcher.match))
    naive += loop.time
    indexed += index.time
    for (const [at, found] of loop.result.entries()) {
      const same = index.result[at]?.toSorted()
      if (JSON.stringify(found.toSorted()) !== JSON.stringify(same)) throw new Error(`${chunk[at]?.id} differs`)
      pairs += found.length
    }
  }
  const { groups } = matcher.size
  const ratio = Math.round(naive / indexed)
  return {
    ...{ subscriptions: all.length, groups, vacancies: fresh.length, pairs, ratio },
    naive: Math.round(naive),
    indexed: Math.round(indexed),
  }
}

function timeSearches(count: number, searches: number, choose: Choose): MatchingBench['search'] {
  const index = createVacancyIndex(Array.from({ length: count }, (_, at) => candidateBy(choose, `v${at}`)))
  const filters = Array.from({ length: searches }, () => filterBy(choose))
  for (const filter of filters.slice(0, 100)) index.search(filter, pageLength, now)
  const walls: number[] = []
  const processor = filters.map((filter) => {
    const start = performance.now()
    const { time } = processorTime(() => index.search(filter, pageLength, now))
    walls.push(performance.now() - start)
    return time
  })
  return { vacancies: count, searches, processor: timesOf(processor), wall: timesOf(walls) }
}

function timesOf(values: readonly number[]): Times {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) =>
    round2(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN)
  return { median: at(0.5), p99: at(0.99), most: at(1) }
}

const now = Date.UTC(2026, 10, 30, 6)
const day = 24 * 60 * 60 * 1000
const pageLength = 10

/** The same in every run: fractions of one, and one of several values, the first ones more often. */
type Choose = {
  readonly chance: (share: number) => boolean
  readonly one: <T>(values: readonly T[]) => T
  readonly often: <T>(values: readonly T[]) => T
}

function createChooser(seed: number): Choose {
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

const professions = Array.from({ length: 60 }, (_, at) => `profession-${at}`)
const familyOf = (profession: string) => `family-${Number(profession.slice(11)) % 11}`
const words = Array.from({ length: 2_000 }, (_, at) => `сөз${at.toString(36)}`)
const places = ['75', '71', '79', ...regions] as const

function filterBy({ chance, one, often }: Choose): Filter {
  const works = one(['any', 'professions', 'professions', 'professions', 'family'] as const)
  const region = often(places)
  return Filter.parse({
    regions: chance(0.9) ? (chance(0.1) ? [region, one(regions)] : [region]) : [],
    towns: chance(0.3) ? [`town-${region}-${one([1, 2, 3])}`] : [],
    remoteAnywhere: chance(0.9),
    professions: works === 'professions' ? Array.from({ length: one([1, 1, 2, 3]) }, () => often(professions)) : [],
    families: works === 'family' ? [familyOf(often(professions))] : [],
    leastPay: chance(0.6) ? one([85_000, 100_000, 120_000, 150_000, 200_000, 250_000, 300_000]) : null,
    payMayBeUnknown: chance(0.85),
    noExperience: chance(0.5),
    schedules: chance(0.15) ? [one(['shifts', 'flexible', 'fiveTwo'])] : [],
    employments: chance(0.2) ? [one(['full', 'part', 'temporary'])] : [],
    formats: chance(0.05) ? [one(['remote', 'onSite'])] : [],
    housing: chance(0.08),
    words: chance(0.1) ? [often(words), often(words)] : [],
    avoid: chance(0.1) ? [often(words)] : [],
    ageBand: one(['18+', '18+', '18+', '16-17', '16-17', '14-15'] as const),
  })
}

function candidateBy({ chance, one, often }: Choose, id: string): Candidate {
  const region = chance(0.97) ? often(places) : null
  const min = chance(0.75) ? one([90_000, 120_000, 150_000, 180_000, 220_000, 300_000]) : null
  const vacancy: Omit<Vacancy, 'seen'> = {
    title: `${one(words)} ${one(words)}`,
    ...{ employer: null, bin: null, education: null, weekHours: null, dayHours: null, night: null, rotation: null },
    ...{ meals: null, contact: null, language: null },
    region,
    town: chance(0.8) ? `town-${region}-${one([1, 2, 3])}` : null,
    pay: min === null ? null : { min, max: chance(0.5) ? min * 2 : null, currency: 'KZT', tax: null, period: 'month' },
    experience: one([null, 'none', 'none', '1to3', '3to6']),
    employment: one([null, 'full', 'full', 'part', 'temporary']),
    schedule: one([null, 'fiveTwo', 'shifts', 'flexible']),
    format: chance(0.05) ? 'remote' : one([null, 'onSite']),
    housing: chance(0.1) ? true : null,
    description: Array.from({ length: 60 }, () => often(words)).join(' '),
    professions: chance(0.9) ? [often(professions), ...(chance(0.3) ? [often(professions)] : [])] : [],
    publishedAt: now - one([0, 1, 2, 5, 10, 20]) * day - Number(id.slice(1)),
    validThrough: now + 10 * day,
  }
  const isForAll = chance(0.3)
  return prepare(vacancy, {
    id,
    outcomeFor: (ageBand) => (ageBand === '18+' ? 'shown' : isForAll && ageBand !== '12-13' ? 'condition' : 'barred'),
    familyOf,
    isHeld: chance(0.05),
  })
}

function processorTime<T>(run: () => T): { readonly time: number; readonly result: T } {
  const start = process.cpuUsage()
  const result = run()
  const { user, system } = process.cpuUsage(start)
  return { time: (user + system) / 1000, result }
}

function chunksOf<T>(values: readonly T[], length: number): readonly (readonly T[])[] {
  const count = Math.ceil(values.length / length)
  return Array.from({ length: count }, (_, at) => values.slice(at * length, (at + 1) * length))
}

function round2(value: number): number {
  return Math.round(value * 100) / 100
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(JSON.stringify(benchMatching(), null, 2))
