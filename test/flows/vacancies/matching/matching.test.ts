import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Candidate } from '../../../../flows/vacancies/matching/candidate.ts'
import { criteriaOf, type Filter, matches } from '../../../../flows/vacancies/matching/filter.ts'
import { createMatcher } from '../../../../flows/vacancies/matching/matcher.ts'
import { compareRanked, dayStart, fitsOf, scoreOf } from '../../../../flows/vacancies/matching/rank.ts'
import { createVacancyIndex } from '../../../../flows/vacancies/matching/search.ts'
import { anyCandidates, anyFilter, candidateOf, filterOf, now } from './arbitrary.ts'

type Sought = { readonly id: string; readonly filter: Filter }

const anySubscriptions = fc
  .array(anyFilter, { maxLength: 60 })
  .map((filters) => filters.map((filter, at): Sought => ({ id: `s${at % 50}`, filter })))

/** The filter that counts of each subscription: the last one of its id. */
function lastOf(subscriptions: readonly Sought[]): Sought[] {
  return [...new Map(subscriptions.map((one) => [one.id, one])).values()]
}

function naiveMatches(subscriptions: readonly Sought[], candidate: Candidate): string[] {
  const found = lastOf(subscriptions).filter(({ filter }) => matches(criteriaOf(filter), candidate))
  return found.map(({ id }) => id).sort()
}

function matcherOf(subscriptions: readonly Sought[]) {
  return createMatcher(subscriptions.map(toSubscription))
}

function toSubscription({ id, filter }: Sought) {
  return { id, criteria: criteriaOf(filter) }
}

/** The ids of all subscriptions found, in order. */
function found(matcher: ReturnType<typeof matcherOf>, candidate: Candidate): string[] {
  return matcher
    .find(candidate)
    .flat()
    .map(({ id }) => id)
    .sort()
}

function naiveSearch(filter: Filter, candidates: readonly Candidate[], limit: number) {
  const criteria = criteriaOf(filter)
  const found = candidates
    .filter((candidate) => candidate.validThrough >= now && matches(criteria, candidate))
    .map((candidate) => ({ candidate, score: scoreOf(criteria, candidate, dayStart(now)) }))
    .sort(compareRanked)
  const hits = found
    .slice(0, limit)
    .map(({ candidate }) => ({ id: candidate.id, fits: fitsOf(criteria, candidate, dayStart(now)) }))
  return { hits, total: found.length }
}

describe('subscriptions of a vacancy', () => {
  test('are those of the naive loop', () => {
    fc.assert(
      fc.property(anySubscriptions, anyCandidates, (subscriptions, candidates) => {
        const matcher = matcherOf(subscriptions)
        for (const candidate of candidates) {
          expect(found(matcher, candidate)).toEqual(naiveMatches(subscriptions, candidate))
        }
      }),
    )
  })

  test('are the same after changes one by one as when all is built anew', () => {
    fc.assert(
      fc.property(anySubscriptions, anySubscriptions, anyCandidates, (first, then, candidates) => {
        const matcher = matcherOf(first)
        const gone = new Set(first.filter((_, at) => at % 3 === 0).map(({ id }) => id))
        for (const id of gone) matcher.remove(id)
        for (const subscription of then) matcher.put(toSubscription(subscription))
        const left = [...lastOf(first).filter(({ id }) => !gone.has(id)), ...then]
        const rebuilt = matcherOf(lastOf(left).reverse())
        expect(matcher.size).toEqual(rebuilt.size)
        for (const candidate of candidates) {
          expect(found(matcher, candidate)).toEqual(found(rebuilt, candidate))
          expect(found(matcher, candidate)).toEqual(naiveMatches(left, candidate))
        }
      }),
    )
  })

  test('who look for the same in other words have the same criteria', () => {
    const one = filterOf({ regions: ['71', '75'], words: ['повар', 'driver'], towns: ['Астана'] })
    const other = filterOf({ regions: ['75', '71'], words: ['Drivers', 'ПОВАР', 'повар!'], towns: ['астана'] })
    expect(criteriaOf(one)).toEqual(criteriaOf(other))
  })

  test('each stand in the lists once, also where they ask for several works and places of a vacancy', () => {
    const filter = filterOf({ professions: ['cook', 'waiter'], families: ['food-service'], regions: ['71', '75'] })
    const matcher = matcherOf([
      { id: 'a', filter },
      { id: 'b', filter: { ...filter, remoteAnywhere: false } },
    ])
    const work = { professions: ['waiter', 'cook'], region: '71' as const }
    expect(found(matcher, candidateOf(work))).toEqual(['a', 'b'])
    expect(found(matcher, candidateOf({ ...work, format: 'remote' }))).toEqual(['a', 'b'])
    expect(found(matcher, candidateOf({ ...work, region: null, format: 'remote' }))).toEqual(['a'])
  })

  test('nothing is kept of those that were removed', () => {
    fc.assert(
      fc.property(anySubscriptions, anyCandidates, (subscriptions, candidates) => {
        const matcher = matcherOf(subscriptions)
        for (const { id } of subscriptions) matcher.remove(id)
        expect(matcher.size).toBe(0)
        for (const candidate of candidates) expect(matcher.find(candidate)).toEqual([])
      }),
    )
  })

  test('are told once of a vacancy that names a profession twice', () => {
    const matcher = matcherOf([{ id: 'a', filter: filterOf({ professions: ['cook'] }) }])
    expect(found(matcher, candidateOf({ professions: ['cook', 'cook'] }))).toEqual(['a'])
  })

  test('who ask for very many things at once are found, too', () => {
    const many = (what: string, count: number) => Array.from({ length: count }, (_, at) => `${what}${at}`)
    const filter = filterOf({
      professions: many('p', 20),
      families: many('f', 30),
      towns: many('t', 20),
      words: ['повар'],
    })
    const matcher = matcherOf([{ id: 'a', filter }])
    const here = { town: 't19', professions: ['p19', 'p3'], title: 'Повара' }
    expect(found(matcher, candidateOf(here))).toEqual(['a'])
    expect(found(matcher, candidateOf({ ...here, title: 'Сварщик' }))).toEqual([])
    matcher.remove('a')
    matcher.remove('never there')
    expect(found(matcher, candidateOf(here))).toEqual([])
  })
})

describe('a search', () => {
  test('finds what the naive loop finds, in its order', () => {
    fc.assert(
      fc.property(anyCandidates, fc.array(anyFilter, { maxLength: 10 }), fc.nat(8), (candidates, filters, limit) => {
        const index = createVacancyIndex(candidates)
        const turned = createVacancyIndex(candidates.toReversed())
        for (const filter of filters) {
          const expected = naiveSearch(filter, candidates, limit)
          expect(index.search(filter, limit, now)).toEqual(expected)
          expect(turned.search(filter, limit, now)).toEqual(expected)
          expect(index.count(filter, now)).toBe(expected.total)
        }
      }),
    )
  })

  test('finds the same after changes one by one as when all is built anew', () => {
    fc.assert(
      fc.property(anyCandidates, anyCandidates, fc.array(anyFilter, { maxLength: 5 }), (first, then, filters) => {
        const index = createVacancyIndex(first)
        const gone = new Set(first.filter((_, at) => at % 3 === 0).map(({ id }) => id))
        for (const id of gone) index.remove(id)
        for (const candidate of then) index.put(candidate)
        const left = new Map(first.filter(({ id }) => !gone.has(id)).map((one) => [one.id, one]))
        for (const candidate of then) left.set(candidate.id, candidate)
        expect(index.size).toBe(left.size)
        for (const filter of filters) {
          expect(index.search(filter, 5, now)).toEqual(naiveSearch(filter, [...left.values()], 5))
        }
      }),
    )
  })

  test('finds nothing of what is over, and no hits where none are wanted', () => {
    const index = createVacancyIndex([
      candidateOf({ validThrough: now - 1 }, 'over'),
      candidateOf({ validThrough: now }, 'last'),
    ])
    expect(index.search(filterOf(), 10, now)).toEqual({ hits: [{ id: 'last', fits: [] }], total: 1 })
    expect(index.search(filterOf(), 0, now)).toEqual({ hits: [], total: 1 })
  })
})
