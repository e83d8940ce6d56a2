import { type AgeBand, ageBands } from '../../common/person.ts'
import type { Candidate } from './candidate.ts'
import { type Criteria, criteriaOf, type Filter } from './filter.ts'
import { placesAsked, placesOf, remote, worksAsked, worksOf } from './keys.ts'
import { type Asked, type Condition, createRows, type Rows, workBits } from './rows.ts'
import { elsewhereBits, offerOf, refusedBy, regionBit, traitsOf } from './traits.ts'
import { createWordings } from './wordings.ts'

export type Subscription = { readonly id: string; readonly filter: Filter }

/** Ids of subscriptions in several lists, each id once: lists of the matcher's own, to be read before its next change. */
export type Subscribers = readonly (readonly string[])[]

/** All who look for exactly the same. */
type Group = {
  readonly key: string
  readonly ids: Set<string>
  readonly ageBand: AgeBand
  readonly wording: number
  readonly stands: readonly Stand[]
}

/** Where a group stands, and what is asked there. */
type Stand = { readonly shelf: string; readonly key: string; readonly condition: Condition }

/** One kind of work at one place, by age. */
type Shelf = Map<AgeBand, Rows>

/**
 * Finds all subscriptions that a vacancy matches, exactly those for which `matches` says so, in no order. They stand on
 * shelves by work and place, there in rows by what else is asked, so that few of them are looked at for a vacancy; who
 * asks for the same stands in one row, and is found in one step.
 */
export function createMatcher(subscriptions: Iterable<Subscription> = []) {
  const byId = new Map<string, Group>()
  const groups = new Map<string, Group>()
  const shelves = new Map<string, Shelf>()
  const wordings = createWordings()

  /** Adds a subscription, or gives the one of this id another filter. */
  function put({ id, filter }: Subscription): void {
    const criteria = criteriaOf(filter)
    const key = JSON.stringify(criteria)
    if (byId.get(id)?.key === key) return
    remove(id)
    const group = ensure(groups, key, () => createGroup(key, criteria, wordings.take(criteria)))
    group.ids.add(id)
    byId.set(id, group)
    for (const { shelf, key, condition } of group.stands) {
      const ages: Shelf = ensure(shelves, shelf, () => new Map())
      ensure(ages, group.ageBand, () => createRows(wordings)).put(key, condition, id)
    }
  }

  function remove(id: string): void {
    const group = byId.get(id)
    if (group === undefined) return
    byId.delete(id)
    group.ids.delete(id)
    for (const { shelf, key } of group.stands) {
      const ages = shelves.get(shelf)
      const rows = ages?.get(group.ageBand)
      rows?.remove(key, id)
      if (rows?.size === 0) ages?.delete(group.ageBand)
      if (ages?.size === 0) shelves.delete(shelf)
    }
    if (group.ids.size > 0) return
    groups.delete(group.key)
    wordings.release(group.wording)
  }

  /** All subscribers to a vacancy. */
  function find(candidate: Candidate): Subscribers {
    const found: string[][] = []
    if (candidate.isHeld) return found
    wordings.look(candidate)
    const asked = askedOf(candidate)
    const bands = ageBands.filter((ageBand) => candidate.outcomes[ageBand] !== 'barred')
    const places = placesLooked(candidate)
    for (const work of [any, ...asked.works]) {
      for (const place of places) {
        const ages = shelves.get(shelfKey(work, place))
        if (ages !== undefined) for (const ageBand of bands) ages.get(ageBand)?.collect(asked, found)
      }
    }
    return found
  }

  for (const subscription of subscriptions) put(subscription)
  return {
    put,
    remove,
    find,
    /** The ids of all subscribers to a vacancy. */
    match: (candidate: Candidate): string[] => joined(find(candidate)),
    /** How many subscriptions, and how many that differ. */
    get size() {
      return { subscriptions: byId.size, groups: groups.size }
    },
  }
}
export type Matcher = ReturnType<typeof createMatcher>

/** Where groups stand that ask for no work, or no place. */
const any = '*'

function createGroup(key: string, criteria: Criteria, wording: number): Group {
  return { key, ids: new Set(), ageBand: criteria.ageBand, wording, stands: standsOf(criteria, wording) }
}

/**
 * A vacancy finds a group on one shelf alone. Of works: on the one the group names first. Of places: at home, those who
 * want no work there, else where it is.
 */
function standsOf(criteria: Criteria, wording: number): readonly Stand[] {
  const { remoteAnywhere, regions, towns } = criteria
  const works = worksAsked(criteria)
  const here = placesAsked(criteria)
  const terms = { refused: refusedBy(criteria), leastPay: criteria.leastPay ?? 0, wording }
  // A shelf of a region says that it is there; one of a town does not.
  const elsewhere = towns.length > 0 ? elsewhereBits(regions) : 0
  return orAny(works).flatMap((work, at) => {
    const standOf = (condition: Condition) => {
      const key = JSON.stringify(condition)
      return (place: string): Stand => ({ shelf: shelfKey(work, place), key, condition })
    }
    const unless = works.slice(0, at)
    const stands = orAny(remoteAnywhere ? here : here.map(stay)).map(standOf({ ...terms, elsewhere, unless }))
    const isAlsoAtHome = here.length > 0 && remoteAnywhere
    return isAlsoAtHome ? [...stands, standOf({ ...terms, elsewhere: 0, unless })(remote)] : stands
  })
}

function askedOf(candidate: Candidate): Asked {
  const works = worksOf(candidate)
  return {
    candidate,
    traits: traitsOf(candidate),
    region: regionBit(candidate.region),
    offer: offerOf(candidate),
    works,
    workBits: workBits(works),
  }
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

/** `flat` is many times slower. */
function joined(lists: Subscribers): string[] {
  const all: string[] = []
  for (const list of lists) for (const id of list) all.push(id)
  return all
}

function ensure<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const created = create()
  map.set(key, created)
  return created
}
