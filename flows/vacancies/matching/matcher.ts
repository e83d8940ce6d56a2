import { type AgeBand, ageBands } from '../../common/person.ts'
import type { Candidate } from './candidate.ts'
import { type Criteria, criteriaOf, type Filter } from './filter.ts'
import { placesAsked, placesOf, remote, worksAsked, worksOf } from './keys.ts'
import { createNumbered } from './numbered.ts'
import { createProvisos, lookedOf, type Proviso } from './provisos.ts'
import { type Asked, type Condition, createRows, type Rows } from './rows.ts'
import { elsewhereBits, offerOf, refusedBy, regionBit, traitsOf } from './traits.ts'
import { createWordings } from './wordings.ts'

export type Subscription = { readonly id: string; readonly filter: Filter }

/** Ids of subscriptions in several lists, each id once: lists of the matcher's own, to be read before its next change. */
export type Subscribers = readonly (readonly string[])[]

/** What all of a group look for, and the number of its wording. */
type Group = { readonly criteria: Criteria; readonly wording: number }

/** Where a group stands, and what is asked there. */
type Stand = { readonly shelf: string; readonly condition: Condition }

/** One kind of work at one place, by age. */
type Shelf = Map<AgeBand, Rows>

/**
 * Finds all subscriptions that a vacancy matches, exactly those for which `matches` says so, in no order. They stand on
 * shelves by work and place, there in rows by what else is asked, so that few of them are looked at for a vacancy; who
 * asks for the same stands in one row, and is found in one step.
 */
export function createMatcher(subscriptions: Iterable<Subscription> = []) {
  const shelves = new Map<string, Shelf>()
  const wordings = createWordings()
  const provisos = createProvisos()
  /** Of each subscription, and of each group by its number. */
  const groupOf = new Map<string, number>()
  const standsBy: (readonly Stand[])[] = []
  const groups = createNumbered<Group>(keyOf, {
    added: (number, group) => {
      standsBy[number] = standsOf(group, provisos.take)
    },
    dropped: (number) => {
      for (const { condition } of standsBy[number] ?? []) provisos.release(condition.proviso)
      standsBy[number] = []
    },
  })

  /** Adds a subscription, or gives the one of this id another filter. */
  function put({ id, filter }: Subscription): void {
    const criteria = criteriaOf(filter)
    const number = groups.take({ criteria, wording: wordings.take(criteria) })
    const before = groupOf.get(id)
    if (before === number) return void release(number)
    remove(id)
    groupOf.set(id, number)
    for (const { shelf, condition } of standsBy[number] ?? []) {
      const ages: Shelf = ensure(shelves, shelf, () => new Map())
      ensure(ages, criteria.ageBand, () => createRows({ wordings, provisos })).put(condition, id)
    }
  }

  function remove(id: string): void {
    const number = groupOf.get(id)
    const group = groups.get(number ?? 0)
    if (number === undefined || group === undefined) return
    groupOf.delete(id)
    const { ageBand } = group.criteria
    for (const { shelf, condition } of standsBy[number] ?? []) {
      const ages = shelves.get(shelf)
      const rows = ages?.get(ageBand)
      rows?.remove(condition, id)
      if (rows?.size === 0) ages?.delete(ageBand)
      if (ages?.size === 0) shelves.delete(shelf)
    }
    release(number)
  }

  function release(number: number): void {
    wordings.release(groups.get(number)?.wording ?? 0)
    groups.release(number)
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
      return { subscriptions: groupOf.size, groups: groups.size }
    },
  }
}
export type Matcher = ReturnType<typeof createMatcher>

/** Where groups stand that ask for no work, or no place. */
const any = '*'

/** The same for all who look for exactly the same. Bits and numbers say most of it, shorter than the words. */
function keyOf({ criteria, wording }: Group): string {
  const { regions, towns, remoteAnywhere, leastPay } = criteria
  const numbers = [refusedBy(criteria), elsewhereBits(regions), leastPay ?? 0, wording, Number(remoteAnywhere)]
  const works = worksAsked(criteria)
  return works.length + towns.length === 0 ? numbers.join() : `${numbers.join()} ${JSON.stringify([works, towns])}`
}

/**
 * A vacancy finds a group on one shelf alone. Of works: on the one the group names first. Of places: at home, those who
 * want no work there, else where it is.
 */
function standsOf({ criteria, wording }: Group, numberOf: (proviso: Proviso) => number): readonly Stand[] {
  const { remoteAnywhere, regions, towns } = criteria
  const works = worksAsked(criteria)
  const here = placesAsked(criteria)
  const terms = { refused: refusedBy(criteria), leastPay: criteria.leastPay ?? 0, wording }
  // A shelf of a region says that it is there; one of a town does not.
  const elsewhere = towns.length > 0 ? elsewhereBits(regions) : 0
  return orAny(works).flatMap((work, at) => {
    const unless = works.slice(0, at)
    const standAt = (place: string, elsewhere: number): Stand => ({
      shelf: shelfKey(work, place),
      condition: { ...terms, proviso: numberOf({ unless, elsewhere }) },
    })
    const stands = orAny(remoteAnywhere ? here : here.map(stay)).map((place) => standAt(place, elsewhere))
    return here.length > 0 && remoteAnywhere ? [...stands, standAt(remote, 0)] : stands
  })
}

function askedOf(candidate: Candidate): Asked {
  const looked = lookedOf(worksOf(candidate), regionBit(candidate.region))
  return { ...looked, traits: traitsOf(candidate), offer: offerOf(candidate) }
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
