import { ageBands } from '../../common/person.ts'
import type { Candidate, Conditions } from './candidate.ts'
import { type Criteria, criteriaOf, type Filter, isFit, matches } from './filter.ts'
import { placesAsked, placesOf, remote, worksAsked, worksOf } from './keys.ts'
import { compareRanked, dayStart, type Fit, fitsOf, type Ranked, scoreOf } from './rank.ts'

export type Hit = { readonly id: string; readonly fits: readonly Fit[] }
/** The best ones first, and how many there are in all. */
export type Found = { readonly hits: readonly Hit[]; readonly total: number }

type Sought = {
  readonly criteria: Criteria
  /** Epoch ms. */
  readonly now: number
  /** Ids that are left out. */
  readonly without?: ReadonlySet<string> | undefined
}
const none: ReadonlySet<string> = new Set()

/** What many vacancies have in common; looked at once for a search. */
type Kind = { readonly conditions: Conditions & Pick<Candidate, 'outcomes'>; checked: number; isMet: boolean }

/** A vacancy, and the last search that came by. */
type Entry = { readonly candidate: Candidate; readonly kind: Kind; seen: number }

/**
 * Vacancies to be searched by the same filters as subscriptions have: found are exactly those for which `matches` says
 * so and whose last moment is not over. They stand in buckets by work and place, and a search looks into those alone
 * that are asked for.
 */
export function createVacancyIndex(candidates: Iterable<Candidate> = []) {
  const entries = new Map<string, Entry>()
  const buckets = new Map<string, Set<Entry>>()
  const kinds = new Map<string, Kind>()
  let searches = 0

  /** Adds a vacancy, or takes it instead of the one of this id. */
  function put(candidate: Candidate): void {
    remove(candidate.id)
    const entry = { candidate, kind: kindOf(candidate), seen: 0 }
    entries.set(candidate.id, entry)
    for (const key of keysOf(candidate)) {
      const bucket = buckets.get(key)
      if (bucket === undefined) buckets.set(key, new Set([entry]))
      else bucket.add(entry)
    }
  }

  function remove(id: string): void {
    const entry = entries.get(id)
    if (entry === undefined) return
    entries.delete(id)
    for (const key of keysOf(entry.candidate)) {
      const bucket = buckets.get(key)
      bucket?.delete(entry)
      if (bucket?.size === 0) buckets.delete(key)
    }
  }

  function kindOf({ experience, schedule, employment, format, housing, outcomes }: Candidate): Kind {
    const conditions = { experience, schedule, employment, format, housing, outcomes }
    const key = [experience, schedule, employment, format, housing, ...ageBands.map((band) => outcomes[band])].join()
    const kind = kinds.get(key) ?? { conditions, checked: 0, isMet: false }
    kinds.set(key, kind)
    return kind
  }

  function isMet(kind: Kind, criteria: Criteria): boolean {
    if (kind.checked !== searches) {
      kind.checked = searches
      kind.isMet = kind.conditions.outcomes[criteria.ageBand] !== 'barred' && isFit(criteria, kind.conditions)
    }
    return kind.isMet
  }

  function eachMatch({ criteria, now, without = none }: Sought, take: (candidate: Candidate) => void): void {
    searches++
    for (const key of keysAsked(criteria)) {
      for (const entry of buckets.get(key) ?? []) {
        if (entry.seen === searches || !isMet(entry.kind, criteria)) continue
        entry.seen = searches
        const { candidate } = entry
        if (candidate.validThrough >= now && !without.has(candidate.id) && matches(criteria, candidate)) take(candidate)
      }
    }
  }

  /** The best vacancies as of a moment (epoch ms); `without` are left out. */
  function search(filter: Filter, limit: number, now: number, without?: ReadonlySet<string>): Found {
    const criteria = criteriaOf(filter)
    const today = dayStart(now)
    const best: Ranked[] = []
    let total = 0
    eachMatch({ criteria, now, without }, (candidate) => {
      total++
      keepBest(best, { candidate, score: scoreOf(criteria, candidate, today) }, limit)
    })
    return {
      hits: best.map(({ candidate }) => ({ id: candidate.id, fits: fitsOf(criteria, candidate, today) })),
      total,
    }
  }

  function count(filter: Filter, now: number, without?: ReadonlySet<string>): number {
    let total = 0
    eachMatch({ criteria: criteriaOf(filter), now, without }, () => {
      total++
    })
    return total
  }

  for (const candidate of candidates) put(candidate)
  return {
    put,
    remove,
    search,
    count,
    get size() {
      return entries.size
    },
  }
}
export type VacancyIndex = ReturnType<typeof createVacancyIndex>

/** Where those stand that any work, or any place, is asked for: all. */
const any = '*'

/** Where a vacancy stands: by its work, by its place, by both, and among all. */
function keysOf(candidate: Candidate): readonly string[] {
  return both([any, ...worksOf(candidate)], [any, ...placesOf(candidate)])
}

/** Buckets of which it must stand in one. */
function keysAsked(criteria: Criteria): readonly string[] {
  const works = worksAsked(criteria)
  const places = placesAsked(criteria)
  const here = places.length > 0 && criteria.remoteAnywhere ? [...places, remote] : places
  return both(works.length > 0 ? works : [any], here.length > 0 ? here : [any])
}

function both(works: readonly string[], places: readonly string[]): readonly string[] {
  return works.flatMap((work) => places.map((place) => `${work}|${place}`))
}

/** Puts one among the best, which are in order and no more than the limit. */
function keepBest(best: Ranked[], one: Ranked, limit: number): void {
  const last = best[limit - 1]
  if (limit <= 0 || (last !== undefined && compareRanked(last, one) < 0)) return
  let [from, to] = [0, best.length]
  while (from < to) {
    const middle = (from + to) >> 1
    const other = best[middle]
    if (other !== undefined && compareRanked(other, one) < 0) from = middle + 1
    else to = middle
  }
  best.splice(from, 0, one)
  if (best.length > limit) best.pop()
}
