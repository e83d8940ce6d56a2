import { createBook } from './book.ts'
import type { Candidate } from './candidate.ts'
import { type Criteria, criteriaOf, type Filter, isThere } from './filter.ts'
import { placesAsked, placesOf, remote, worksAsked, worksOf } from './keys.ts'
import { compareRanked, dayStart, type Fit, fitsOf, isFit, type Ranked, weights } from './rank.ts'
import { hasTrait, offerOf, refusedBy, traitsOf } from './traits.ts'

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

/**
 * Vacancies to be searched by the same filters as subscriptions have: found are exactly those for which `matches` says
 * so and whose last moment is not over. They stand in buckets by work and place, and a search looks into those alone
 * that are asked for; by their words they are found as in the index of a book. What is compared in each search stands
 * in columns, a vacancy's at its place: numbers that lie side by side are read many times quicker than objects.
 */
export function createVacancyIndex(candidates: Iterable<Candidate> = []) {
  const places = new Map<string, number>()
  const free: number[] = []
  const buckets = new Map<string, number[]>()
  const book = createBook()
  const vacancies: Candidate[] = []
  const traits: number[] = []
  const offers: number[] = []
  const leastOffers: number[] = []
  const published: number[] = []
  const validThrough: number[] = []
  /** The last search that came by; that found a word in it which is looked for; and one which is to be avoided. */
  const seen: number[] = []
  const wanted: number[] = []
  const avoided: number[] = []
  let searches = 0

  /** Adds a vacancy, or takes it instead of the one of this id. */
  function put(candidate: Candidate): void {
    remove(candidate.id)
    const at = free.pop() ?? vacancies.length
    places.set(candidate.id, at)
    vacancies[at] = { ...candidate, stems: inBook }
    traits[at] = traitsOf(candidate)
    offers[at] = offerOf(candidate)
    leastOffers[at] = candidate.pay?.least ?? 0
    published[at] = candidate.publishedAt
    validThrough[at] = candidate.validThrough
    seen[at] = wanted[at] = avoided[at] = 0
    for (const key of keysOf(candidate)) addTo(buckets, key, at)
    book.put(at, candidate.stems)
  }

  function remove(id: string): void {
    const at = places.get(id)
    const candidate = vacancies[at ?? vacancies.length]
    if (at === undefined || candidate === undefined) return
    places.delete(id)
    free.push(at)
    for (const key of keysOf(candidate)) takeFrom(buckets, key, at)
    book.remove(at)
  }

  function eachMatch({ criteria, now, without }: Sought, take: (candidate: Candidate, at: number) => void): void {
    searches++
    for (const id of without ?? []) markAll([places.get(id) ?? -1], seen)
    for (const phrase of criteria.words) markAll(book.saying(phrase), wanted)
    for (const phrase of criteria.avoid) markAll(book.saying(phrase), avoided)
    const refused = refusedBy(criteria)
    const leastPay = criteria.leastPay ?? 0
    const areWordsAsked = criteria.words.length > 0
    // A bucket of a region says that it is there; one of a town does not.
    const isPlaceOpen = criteria.towns.length > 0 && criteria.regions.length > 0
    for (const key of keysAsked(criteria)) {
      for (const at of buckets.get(key) ?? []) {
        if (((traits[at] ?? 0) & refused) !== 0 || (offers[at] ?? 0) < leastPay || seen[at] === searches) continue
        seen[at] = searches
        if ((validThrough[at] ?? 0) < now || avoided[at] === searches) continue
        if (areWordsAsked && wanted[at] !== searches) continue
        const candidate = vacancies[at]
        if (candidate !== undefined && (!isPlaceOpen || isThere(criteria, candidate))) take(candidate, at)
      }
    }
  }

  function markAll(found: readonly number[], marks: number[]): void {
    for (const at of found) if (at >= 0) marks[at] = searches
  }

  /** `scoreOf` out of the columns: the vacancy itself is looked at only where its work or town counts. */
  function scoreAt(at: number, candidate: Candidate, { criteria, today }: Asking): number {
    const { professions, towns, noExperience, leastPay } = criteria
    const had = traits[at] ?? 0
    let score = 0
    if (professions.length > 0 && isFit.profession(criteria, candidate)) score += weights.profession
    if (towns.length > 0 && isFit.town(criteria, candidate)) score += weights.town
    if (noExperience && hasTrait.beginner(had)) score += weights.noExperience
    if (leastPay !== null && (leastOffers[at] ?? 0) > leastPay) score += weights.payAbove
    if ((published[at] ?? 0) >= today) score += weights.newToday
    return hasTrait.housed(had) ? score + weights.housing : score
  }

  /** The best vacancies as of a moment (epoch ms); `without` are left out. */
  function search(filter: Filter, limit: number, now: number, without?: ReadonlySet<string>): Found {
    const criteria = criteriaOf(filter)
    const asking = { criteria, today: dayStart(now) }
    const best: Ranked[] = []
    let total = 0
    eachMatch({ criteria, now, without }, (candidate, at) => {
      total++
      const score = scoreAt(at, candidate, asking)
      const last = best[limit - 1]
      // Most are not among the best: they are told by two numbers, and the vacancy is not looked at.
      if (last !== undefined && last.score > score) return
      if (last?.score === score && last.candidate.publishedAt > (published[at] ?? 0)) return
      keepBest(best, { candidate, score }, limit)
    })
    return {
      hits: best.map(({ candidate }) => ({ id: candidate.id, fits: fitsOf(criteria, candidate, asking.today) })),
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
      return places.size
    },
  }
}
export type VacancyIndex = ReturnType<typeof createVacancyIndex>

/** The words of a vacancy stand in the book alone. */
const inBook: ReadonlySet<string> = new Set()

/** What is asked, and the first moment of the local day. */
type Asking = { readonly criteria: Criteria; readonly today: number }

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

function addTo(lists: Map<string, number[]>, key: string, at: number): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [at])
  else list.push(at)
}

/** Takes a place out of a list, whose order does not matter. */
function takeFrom(lists: Map<string, number[]>, key: string, at: number): void {
  const list = lists.get(key)
  const place = list?.indexOf(at) ?? -1
  if (list === undefined || place === -1) return
  const last = list.pop()
  if (last !== undefined && place < list.length) list[place] = last
  if (list.length === 0) lists.delete(key)
}
