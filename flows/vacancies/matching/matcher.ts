import { type AgeBand, ageBands } from '../../common/person.ts'
import type { Candidate } from './candidate.ts'
import { type Criteria, criteriaOf, type Filter, matches } from './filter.ts'
import { placesAsked, placesOf, remote, worksAsked, worksOf } from './keys.ts'

export type Subscription = { readonly id: string; readonly filter: Filter }

/** All who look for exactly the same, and the last search that came by. */
type Group = {
  readonly key: string
  readonly criteria: Criteria
  readonly ids: Set<string>
  /** Where it stands: on these shelves, there under these stems. */
  readonly shelves: readonly string[]
  readonly stems: readonly string[]
  seen: number
}

/** Groups of one kind of work at one place and of one age: those that name no words, and the others by a stem. */
type Bucket = { readonly plain: Set<Group>; readonly worded: Map<string, Set<Group>> }
type Shelf = Readonly<Record<AgeBand, Bucket>>

/**
 * Finds all subscriptions that a vacancy matches, exactly those for which `matches` says so, in no order. Equal filters
 * are one group; groups stand in buckets by work, place and age, so that few of them are looked at for a vacancy.
 */
export function createMatcher(subscriptions: Iterable<Subscription> = []) {
  const byId = new Map<string, Group>()
  const groups = new Map<string, Group>()
  const shelves = new Map<string, Shelf>()
  let searches = 0

  /** Adds a subscription, or gives the one of this id another filter. */
  function put({ id, filter }: Subscription): void {
    const criteria = criteriaOf(filter)
    const key = JSON.stringify(criteria)
    if (byId.get(id)?.key === key) return
    remove(id)
    const group = groups.get(key) ?? store(createGroup(key, criteria))
    group.ids.add(id)
    byId.set(id, group)
  }

  function remove(id: string): void {
    const group = byId.get(id)
    if (group === undefined) return
    byId.delete(id)
    group.ids.delete(id)
    if (group.ids.size > 0) return
    groups.delete(group.key)
    for (const [key, shelf] of shelvesOf(group)) {
      takeFrom(shelf[group.criteria.ageBand], group)
      if (ageBands.every((ageBand) => isEmpty(shelf[ageBand]))) shelves.delete(key)
    }
  }

  function store(group: Group): Group {
    groups.set(group.key, group)
    for (const [, shelf] of shelvesOf(group)) putInto(shelf[group.criteria.ageBand], group)
    return group
  }

  function shelvesOf(group: Group): [string, Shelf][] {
    return group.shelves.map((key) => {
      const shelf = shelves.get(key) ?? createShelf()
      shelves.set(key, shelf)
      return [key, shelf]
    })
  }

  function match(candidate: Candidate): string[] {
    const found: string[] = []
    if (candidate.isHeld) return found
    searches++
    const bands = ageBands.filter((ageBand) => candidate.outcomes[ageBand] !== 'barred')
    const places = [any, ...placesOf(candidate)]
    const look = (group: Group) => {
      if (group.seen === searches) return
      group.seen = searches
      if (matches(group.criteria, candidate)) for (const id of group.ids) found.push(id)
    }
    for (const work of [any, ...worksOf(candidate)]) {
      for (const place of places) {
        const shelf = shelves.get(shelfKey(work, place))
        if (shelf !== undefined) for (const ageBand of bands) visit(shelf[ageBand], candidate.stems, look)
      }
    }
    return found
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

function createGroup(key: string, criteria: Criteria): Group {
  const places = [...orAny(placesAsked(criteria)), ...(criteria.remoteAnywhere ? [remote] : [])]
  const shelves = orAny(worksAsked(criteria)).flatMap((work) => places.map((place) => shelfKey(work, place)))
  const stems = shelves.length > mostShelves ? [] : stemsAsked(criteria)
  return { key, criteria, ids: new Set(), shelves, stems, seen: 0 }
}

function shelfKey(work: string, place: string): string {
  return `${work}|${place}`
}

function orAny(keys: readonly string[]): readonly string[] {
  return keys.length > 0 ? keys : [any]
}

function createShelf(): Shelf {
  const bucket = (): Bucket => ({ plain: new Set(), worded: new Map() })
  return { '12-13': bucket(), '14-15': bucket(), '16-17': bucket(), '18+': bucket() }
}

/** Stems of which a text must have one to match; none where no words are asked for. */
function stemsAsked({ words }: Criteria): readonly string[] {
  return [...new Set(words.flatMap(([first = []]) => first))]
}

function putInto({ plain, worded }: Bucket, group: Group): void {
  if (group.stems.length === 0) plain.add(group)
  for (const stem of group.stems) {
    const others = worded.get(stem)
    if (others === undefined) worded.set(stem, new Set([group]))
    else others.add(group)
  }
}

function takeFrom({ plain, worded }: Bucket, group: Group): void {
  plain.delete(group)
  for (const stem of group.stems) {
    const others = worded.get(stem)
    others?.delete(group)
    if (others?.size === 0) worded.delete(stem)
  }
}

function isEmpty({ plain, worded }: Bucket): boolean {
  return plain.size === 0 && worded.size === 0
}

function visit({ plain, worded }: Bucket, stems: ReadonlySet<string>, look: (group: Group) => void): void {
  for (const group of plain) look(group)
  if (worded.size < stems.size) {
    for (const [stem, groups] of worded) if (stems.has(stem)) for (const group of groups) look(group)
  } else {
    for (const stem of stems) for (const group of worded.get(stem) ?? []) look(group)
  }
}
