import { type AgeBand, ageBands } from '../../common/person.ts'
import type { Candidate } from './candidate.ts'
import { type Criteria, criteriaOf, type Filter, isFit, isPaid, matches, type Terms, termsOf } from './filter.ts'
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
  /** Where it stands: on these shelves, there under these stems, if any. */
  readonly shelves: readonly string[]
  readonly stems: readonly string[]
  /** Whether its shelf and its condition say all of it; and whether no vacancy finds it on two shelves. */
  readonly isPlain: boolean
  readonly isDirect: boolean
  seen: number
}

/** Groups of one kind of work at one place and of one age: by their condition, or by the words they ask for. */
type Bucket = { readonly plain: Map<Condition, Cell>; readonly worded: Map<string, Group[]> }

/** The ids of whoever asks for no more than shelf and condition say and stands on one shelf of a vacancy; other groups. */
type Cell = { readonly ids: string[]; readonly groups: Group[] }
type Shelf = Readonly<Record<AgeBand, Bucket>>

/**
 * Finds all subscriptions that a vacancy matches, exactly those for which `matches` says so, in no order. Equal filters
 * are one group. Groups stand in buckets by work, place and age, there by what else they ask for, so that few of them
 * are looked at for a vacancy; those that ask for words stand by their words.
 */
export function createMatcher(subscriptions: Iterable<Subscription> = []) {
  const byId = new Map<string, Group>()
  const groups = new Map<string, Group>()
  const shelves = new Map<string, Shelf>()
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
    if (group.isDirect)
      for (const { plain } of bucketsOf(group)) ensure(plain, group.condition, createCell).ids.push(id)
  }

  function remove(id: string): void {
    const group = byId.get(id)
    if (group === undefined) return
    byId.delete(id)
    without(group.ids, id)
    if (group.isDirect) for (const { plain } of bucketsOf(group)) without(plain.get(group.condition)?.ids ?? [], id)
    if (group.ids.length > 0) return
    groups.delete(group.key)
    for (const key of group.shelves) {
      const shelf = shelves.get(key)
      if (shelf === undefined) continue
      const { plain, worded } = shelf[group.criteria.ageBand]
      for (const stem of group.stems) takeFrom(worded, stem, group)
      const cell = plain.get(group.condition)
      if (cell !== undefined) without(cell.groups, group)
      if (cell?.ids.length === 0 && cell.groups.length === 0) plain.delete(group.condition)
      if (ageBands.every((ageBand) => isEmpty(shelf[ageBand]))) shelves.delete(key)
    }
  }

  function store(key: string, criteria: Criteria): Group {
    const terms = termsOf(criteria)
    const condition = ensure(conditions, JSON.stringify(terms), () => ({ terms, checked: 0, isMet: false }))
    const group = createGroup(key, criteria, condition)
    groups.set(key, group)
    if (group.isDirect) return group
    for (const { plain, worded } of bucketsOf(group)) {
      for (const stem of group.stems) ensure(worded, stem, () => []).push(group)
      if (group.stems.length === 0) ensure(plain, condition, createCell).groups.push(group)
    }
    return group
  }

  function bucketsOf({ shelves: names, criteria }: Group): Bucket[] {
    return names.map((name) => ensure(shelves, name, createShelf)[criteria.ageBand])
  }

  function match(candidate: Candidate): string[] {
    const found: string[] = []
    if (candidate.isHeld) return found
    searches++
    const bands = ageBands.filter((ageBand) => candidate.outcomes[ageBand] !== 'barred')
    const places = placesLooked(candidate)
    for (const work of [any, ...worksOf(candidate)]) {
      for (const place of places) {
        const shelf = shelves.get(shelfKey(work, place))
        if (shelf !== undefined) for (const ageBand of bands) visit(shelf[ageBand], candidate, found)
      }
    }
    return found
  }

  function visit({ plain, worded }: Bucket, candidate: Candidate, found: string[]): void {
    for (const [condition, { ids, groups: others }] of plain) {
      if (!isMet(condition, candidate)) continue
      for (const id of ids) found.push(id)
      take(others, candidate, found)
    }
    const { stems } = candidate
    if (worded.size < stems.size) {
      for (const [stem, members] of worded) if (stems.has(stem)) take(members, candidate, found)
    } else {
      for (const stem of stems) take(worded.get(stem) ?? [], candidate, found)
    }
  }

  function isMet(condition: Condition, candidate: Candidate): boolean {
    if (condition.checked !== searches) {
      condition.checked = searches
      condition.isMet = isFit(condition.terms, candidate) && isPaid(condition.terms, candidate)
    }
    return condition.isMet
  }

  function take(members: readonly Group[], candidate: Candidate, found: string[]): void {
    for (const group of members) {
      if (group.seen === searches || !isMet(group.condition, candidate)) continue
      group.seen = searches
      if (group.isPlain || matches(group.criteria, candidate)) for (const id of group.ids) found.push(id)
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

/** A filter that stands on more shelves than this is told by its words afterwards, or it would take too much room. */
const mostShelves = 100

function createGroup(key: string, criteria: Criteria, condition: Condition): Group {
  const { towns, regions, words, avoid } = criteria
  const shelves = shelvesAsked(criteria)
  const stems = shelves.length > mostShelves ? [] : stemsAsked(criteria)
  const isPlain = words.length === 0 && avoid.length === 0 && (towns.length === 0 || regions.length === 0)
  const isDirect = isPlain && worksAsked(criteria).length <= 1
  return { key, criteria, ids: [], condition, shelves, stems, isPlain, isDirect, seen: 0 }
}

/** A vacancy finds a group at one place alone: at home, those who want no work there, else where it is. */
function shelvesAsked(criteria: Criteria): readonly string[] {
  const here = placesAsked(criteria)
  const asked = criteria.remoteAnywhere ? [...here, remote] : here.map(stay)
  return orAny(worksAsked(criteria)).flatMap((work) =>
    (here.length === 0 ? [any] : asked).map((place) => shelfKey(work, place)),
  )
}

function placesLooked(candidate: Candidate): readonly string[] {
  const here = placesOf(candidate).filter((place) => place !== remote)
  const others = candidate.format === 'remote' ? [remote] : here
  return [any, ...here.map(stay), ...others]
}

/** Where those stand who want no work from elsewhere. */
function stay(place: string): string {
  return `${place}!`
}

function shelfKey(work: string, place: string): string {
  return `${work}|${place}`
}

function orAny(keys: readonly string[]): readonly string[] {
  return keys.length > 0 ? keys : [any]
}

function createShelf(): Shelf {
  const bucket = (): Bucket => ({ plain: new Map(), worded: new Map() })
  return { '12-13': bucket(), '14-15': bucket(), '16-17': bucket(), '18+': bucket() }
}

function createCell(): Cell {
  return { ids: [], groups: [] }
}

function isEmpty({ plain, worded }: Bucket): boolean {
  return plain.size === 0 && worded.size === 0
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
