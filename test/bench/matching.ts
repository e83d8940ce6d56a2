import { pathToFileURL } from 'node:url'
import type { Candidate } from '../../flows/vacancies/matching/candidate.ts'
import { criteriaOf, type Filter, matches } from '../../flows/vacancies/matching/filter.ts'
import { createMatcher } from '../../flows/vacancies/matching/matcher.ts'
import { createVacancyIndex } from '../../flows/vacancies/matching/search.ts'
import { readCatalogue } from '../../src/capabilities/professions/seed.ts'
import { createChooser, createPopulation, now } from './vacancies.ts'

export type MatchingBench = {
  readonly subscriptions: number
  readonly vacancies: number
  /** Pairs that match: the same ones by both ways, or the bench throws. */
  readonly pairs: number
  /** Processor time in ms: of all vacancies by the loop, and by the index, the median of its passes; and of building it. */
  readonly naive: number
  readonly indexed: number
  readonly built: number
  /** How many times the loop's time is the index's; and that of its slowest pass. */
  readonly ratio: number
  readonly leastRatio: number
  readonly search: {
    readonly vacancies: number
    readonly searches: number
    /** Of a search as people make them, and of the same without place and work; processor time in ms. */
    readonly asked: Times
    readonly everywhere: Times
  }
}

type Times = { readonly median: number; readonly p99: number; readonly most: number }

/** New vacancies against subscriptions, by the bare loop and by the index; then searches of many vacancies. */
export async function benchMatching({
  subscriptions = 100_000,
  vacancies = 1_000,
  searched = 50_000,
  searches = 2_000,
} = {}): Promise<MatchingBench> {
  const catalogue = await readCatalogue(new URL('../../prisma/seed/', import.meta.url))
  const population = createPopulation(catalogue, createChooser(7))
  const all = Array.from({ length: subscriptions }, () => population.filter())
  const fresh = Array.from({ length: vacancies }, (_, at) => population.candidate(at))
  const matching = compareMatching(all, fresh)
  const many = Array.from({ length: searched }, (_, at) => population.candidate(at))
  const filters = Array.from({ length: searches }, () => population.filter())
  return { ...matching, search: { vacancies: searched, searches, ...timeSearches(many, filters) } }
}

function compareMatching(filters: readonly Filter[], fresh: readonly Candidate[]) {
  const all = filters.map((filter, at) => ({ id: `s${at}`, criteria: criteriaOf(filter) }))
  const { time: built, result: matcher } = processorTime(() => createMatcher(all))
  const byLoop = (candidate: Candidate) => {
    const found: string[] = []
    for (const { id, criteria } of all) if (matches(criteria, candidate)) found.push(id)
    return found
  }
  // Both know vacancies before they are timed.
  for (const candidate of fresh.slice(0, 20)) byLoop(candidate)
  for (let pass = 0; pass < 3; pass++) for (const candidate of fresh) matcher.find(candidate)
  let [naive, pairs] = [0, 0]
  const passes: number[] = []
  // In turns, so that a busy machine slows both alike: a part of the loop, and all vacancies by the index.
  for (const chunk of chunksOf(fresh, Math.ceil(fresh.length / turns))) {
    const loop = processorTime(() => chunk.map(byLoop))
    naive += loop.time
    passes.push(processorTime(() => fresh.map(matcher.find)).time)
    for (const [at, candidate] of chunk.entries()) {
      const found = loop.result[at]?.sort() ?? []
      const same = matcher.find(candidate).flatMap((list) => list.map(({ id }) => id))
      if (JSON.stringify(found) !== JSON.stringify(same.sort())) throw new Error(`${candidate.id} differs`)
      pairs += found.length
    }
  }
  const sorted = passes.toSorted((a, b) => a - b)
  const indexed = sorted[sorted.length >> 1] ?? Number.NaN
  return {
    ...{ subscriptions: all.length, vacancies: fresh.length, pairs },
    ...{ naive: Math.round(naive), indexed: Math.round(indexed), built: Math.round(built) },
    ...{ ratio: Math.round(naive / indexed), leastRatio: Math.round(naive / (sorted.at(-1) ?? Number.NaN)) },
  }
}

function timeSearches(many: readonly Candidate[], filters: readonly Filter[]) {
  const index = createVacancyIndex(many)
  const time = (filter: Filter) => processorTime(() => index.search(filter, pageLength, now)).time
  const everywhere = filters.map((filter) => ({ ...filter, regions: [], towns: [], professions: [], families: [] }))
  for (const filter of [...filters.slice(0, 200), ...everywhere.slice(0, 200)]) time(filter)
  return { asked: timesOf(filters.map(time)), everywhere: timesOf(everywhere.map(time)) }
}

function timesOf(values: readonly number[]): Times {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) =>
    round2(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN)
  return { median: at(0.5), p99: at(0.99), most: at(1) }
}

const pageLength = 5
/** Parts of the loop, and as many passes of the index. */
const turns = 20

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

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  console.log(JSON.stringify(await benchMatching(), null, 2))
