import { type AgeBand, ageBands } from '../../common/person.ts'
import type { Candidate } from './candidate.ts'
import { type Criteria, criteriaOf, type Filter, isFit, matches, type Terms, termsOf } from './filter.ts'
import { placesAsked, placesOf, remote, worksAsked, worksOf } from './keys.ts'

export type Subscription = { readonly id: string; readonly filter: Filter }

/** What is asked besides work, place and words; looked at once for a vacancy, whoever asks for it. */
type Condition = { readonly terms: Terms; checked: number; isMet: boolean }

/** All who look for exactly the same, and the last search that came by. */
type Group = {
  readonly key: string
  readonly criteria: Criteria
  readonly ids: string[]
  readonly condition: Condition
  /** Whether its shelf and its condition say all of it. */
  readonly isPlain: boolean
  seen: number
}

/** Groups of one kind of work at one place and of one age, by their condition. */
type Bucket = Map<Condition, Group[]>
type Shelf = Readonly<Record<AgeBand, Bucket>>

/**
 * Finds all subscriptions that a vacancy matches, exactly those for which `matches` says so, in no order. Equal filters
 * are one group. Groups stand in buckets by work, place and age, there by what else they ask for, so that few of them
 * are looked at for a vacancy; those that ask for words stand by work and word.
 */
export function createMatcher(subscriptions: Iterable<Subscription> = []) {
  const byId = new Map<string, Group>()
  const groups = new Map<string, Group>()
  const shelves = new Map<string, Shelf>()
  const worded = new Map<string, Map<string, Group[]>>()
  const conditions = new Map<string, Condition>()
  let searches = 0

  /** Adds a subscription, or gives the one of this id another filter. */
  function put({ id, filter }: Subscription): void {
    const criteria = criteriaOf(filter)
    const key = JSON.stringify(criteria)
    if (byId.get(id)?.key === key) return
    remove(id)
    const group = groups.get(key) ?? store(key, criteria)
    group.ids.push(id)
    byId.set(id, group)
  }

  function remove(id: string): void {
    const group = byId.get(id)
    if (group === undefined) return
    byId.delete(id)
    without(group.ids, id)
    if (group.ids.length > 0) return
    groups.delete(group.key)
    if (group.criteria.words.length > 0) takeWorded(group)
    else takePlain(group)
  }

  function store(key: string, criteria: Criteria): Group {
    const terms = termsOf(criteria)
    const condition = ensure(conditions, JSON.stringify(terms), () => ({ terms, checked: 0, isMet: false }))
    const isPlain = criteria.avoid.length === 0 && (criteria.towns.length === 0 || criteria.regions.length === 0)
    const group = { key, criteria, ids: [], condition, isPlain, seen: 0 }
    groups.set(key, group)
    if (criteria.words.length > 0) putWorded(group)
    else putPlain(group)
    return group
  }

  function putPlain(group: Group): void {
    for (const key of shelvesAsked(group.criteria)) {
      const bucket = ensure(shelves, key, createShelf)[group.criteria.ageBand]
      ensure(bucket, group.condition, () => []).push(group)
    }
  }

  function takePlain(group: Group): void {
    for (const key of shelvesAsked(group.criteria)) {
      const shelf = shelves.get(key)
      if (shelf === undefined) continue
      takeFrom(shelf[group.criteria.ageBand], group.condition, group)
      if (ageBands.every((ageBand) => shelf[ageBand].size === 0)) shelves.delete(key)
    }
  }

  function putWorded(group: Group): void {
    for (const work of orAny(worksAsked(group.criteria))) {
      const byStem = ensure(worded, work, () => new Map<string, Group[]>())
      for (const stem of stemsAsked(group.criteria)) ensure(byStem, stem, () => []).push(group)
    }
  }

  function takeWorded(group: Group): void {
    for (const work of orAny(worksAsked(group.criteria))) {
      const byStem = worded.get(work)
      if (byStem === undefined) continue
      for (const stem of stemsAsked(group.criteria)) takeFrom(byStem, stem, group)
      if (byStem.size === 0) worded.delete(work)
    }
  }

  function match(candidate: Candidate): string[] {
    const found: string[] = []
    if (candidate.isHeld) return found
    searches++
    const bands = ageBands.filter((ageBand) => candidate.outcomes[ageBand] !== 'barred')
    const places = [any, ...placesOf(candidate)]
    for (const work of [any, ...worksOf(candidate)]) {
      for (const place of places) {
        const shelf = shelves.get(shelfKey(work, place))
        if (shelf !== undefined) for (const ageBand of bands) visitPlain(shelf[ageBand], candidate, found)
      }
      const byStem = worded.get(work)
      if (byStem !== undefined) visitWorded(byStem, candidate, found)
    }
    return found
  }

  function visitPlain(bucket: Bucket, candidate: Candidate, found: string[]): void {
    for (const [condition, members] of bucket) {
      if (condition.checked !== searches) {
        condition.checked = searches
        condition.isMet = isFit(condition.terms, candidate)
      }
      if (!condition.isMet) continue
      for (const group of members) {
        if (group.seen === searches) continue
        group.seen = searches
        if (group.isPlain || matches(group.criteria, candidate)) for (const id of group.ids) found.push(id)
      }
    }
  }

  function visitWorded(byStem: ReadonlyMap<string, Group[]>, candidate: Candidate, found: string[]): void {
    for (const stem of candidate.stems) {
      const members = byStem.get(stem)
      if (members === undefined) continue
      for (const group of members) {
        if (group.seen === searches) continue
        group.seen = searches
        if (matches(group.criteria, candidate)) for (const id of group.ids) found.push(id)
      }
    }
  }

  for (const subscription of subscriptions) put(subscription)
  return {
    put,
    remove,
    match,
    /** How many subscriptions, and how many that differ. */
    get size() {
      return { subscriptions: byId.size, groups: groups.size }
    },
  }
}
export type Matcher = ReturnType<typeof createMatcher>

/** Where groups stand that ask for no work, or no place. */
const any = '*'

function shelvesAsked(criteria: Criteria): readonly string[] {
  const places = [...orAny(placesAsked(criteria)), ...(criteria.remoteAnywhere ? [remote] : [])]
  return orAny(worksAsked(criteria)).flatMap((work) => places.map((place) => shelfKey(work, place)))
}

function shelfKey(work: string, place: string): string {
  return `${work}|${place}`
}

function orAny(keys: readonly string[]): readonly string[] {
  return keys.length > 0 ? keys : [any]
}

function createShelf(): Shelf {
  return { '12-13': new Map(), '14-15': new Map(), '16-17': new Map(), '18+': new Map() }
}

/** Stems of which a text must have one to match. */
function stemsAsked({ words }: Criteria): readonly string[] {
  return [...new Set(words.flatMap(([first = []]) => first))]
}

function ensure<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const created = create()
  map.set(key, created)
  return created
}

function takeFrom<K>(map: Map<K, Group[]>, key: K, group: Group): void {
  const members = map.get(key)
  if (members === undefined) return
  without(members, group)
  if (members.length === 0) map.delete(key)
}

/** Takes a value out of a list whose order does not matter. */
function without<T>(list: T[], value: T): void {
  const place = list.indexOf(value)
  if (place === -1) return
  const last = list.pop()
  if (last !== undefined && place < list.length) list[place] = last
}
