import { ageBands } from '../../common/person.ts'
import type { Candidate } from './candidate.ts'
import { createExceptions } from './exceptions.ts'
import type { Criteria } from './filter.ts'
import { placesAsked, placesOf, remote, worksAsked, worksOf } from './keys.ts'
import { type Condition, Rows } from './rows.ts'
import { elsewhereBits, offerOf, refusedBy, regionBit, remoteTrait, traitsOf } from './traits.ts'
import { createWordings } from './wordings.ts'

/** Who looks for something, under an id of their own. */
export type Subscription = { readonly id: string; readonly criteria: Criteria }

/** Subscriptions in several lists, each once: lists of the matcher's own, to be read before its next change. */
export type Subscribers<T> = readonly (readonly T[])[]

/** A subscription, and the number of its wording. */
type Known<T> = { readonly subscription: T; readonly wording: number }

/** Where somebody stands, by work and places, and what is asked there: also that it is of none of the works `unless`. */
type Stand = {
  readonly work: string
  readonly places: readonly string[]
  readonly unless: readonly string[]
  readonly condition: Omit<Condition, 'exception'>
}

/**
 * Finds all subscriptions that a vacancy matches, exactly those for which `matches` says so, in no order. They stand on
 * shelves by work and place, there in rows by what else is asked, so that few of them are looked at for a vacancy; who
 * asks for the same there stands in one row, and is found in one step.
 */
export function createMatcher<T extends Subscription>(subscriptions: Iterable<T> = []) {
  const known = new Map<string, Known<T>>()
  /** Of each work for an age, by place. */
  const shelves = new Map<string, Map<string, Rows<T>>>()
  const wordings = createWordings()
  const exceptions = createExceptions()

  /** Adds a subscription, or takes it instead of the one of this id. */
  function put(subscription: T): void {
    const { id, criteria } = subscription
    remove(id)
    const wording = wordings.take(criteria)
    known.set(id, { subscription, wording })
    for (const { work, places, unless, condition } of standsOf(criteria, wording)) {
      const whole = { ...condition, exception: exceptions.take(unless) }
      const shelf = ensure(shelves, work, () => new Map<string, Rows<T>>())
      for (const place of places) {
        ensure(shelf, place, () => new Rows<T>()).put(whole, subscription)
      }
    }
  }

  function remove(id: string): void {
    const { subscription, wording = 0 } = known.get(id) ?? {}
    if (subscription === undefined) return
    known.delete(id)
    for (const { work, places, unless, condition } of standsOf(subscription.criteria, wording)) {
      const whole = { ...condition, exception: exceptions.numberOf(unless) }
      const shelf = shelves.get(work)
      for (const place of places) {
        const rows = shelf?.get(place)
        rows?.remove(whole, subscription)
        if (rows?.isEmpty === true) shelf?.delete(place)
      }
      if (shelf?.size === 0) shelves.delete(work)
      exceptions.release(whole.exception)
    }
    wordings.release(wording)
  }

  /** All subscriptions to a vacancy. */
  function find(candidate: Candidate): Subscribers<T> {
    const found: T[][] = []
    if (candidate.isHeld) return found
    const works = worksOf(candidate)
    wordings.look(candidate)
    exceptions.look(works)
    const region = regionBit(candidate.region)
    const asked = { traits: traitsOf(candidate), offer: offerOf(candidate), region, wordings, exceptions }
    const places = [any, ...placesOf(candidate)]
    for (const ageBand of ageBands) {
      if (candidate.outcomes[ageBand] === 'barred') continue
      for (const work of [any, ...works]) {
        const shelf = shelves.get(shelfKey(work, ageBand))
        if (shelf !== undefined) for (const place of places) shelf.get(place)?.collect(asked, found)
      }
    }
    return found
  }

  for (const subscription of subscriptions) put(subscription)
  return {
    put,
    remove,
    find,
    get: (id: string): T | undefined => known.get(id)?.subscription,
    all: () => [...known.values()].map(({ subscription }) => subscription),
    get size() {
      return known.size
    },
  }
}
export type Matcher<T extends Subscription> = ReturnType<typeof createMatcher<T>>

/** Where those stand who ask for no work, or no place. */
const any = '*'

/**
 * A vacancy finds a subscription on one shelf alone. Of works: on the one it names first. Of places: remote work on a
 * shelf of its own, where that is wanted from anywhere, else where it is.
 */
function standsOf(criteria: Criteria, wording: number): readonly Stand[] {
  const { ageBand, remoteAnywhere, regions, towns, leastPay } = criteria
  const works = worksAsked(criteria)
  const here = placesAsked(criteria)
  const isRemoteElsewhere = here.length > 0 && remoteAnywhere
  const refused = refusedBy(criteria)
  const terms = { leastPay: leastPay ?? 0, wording }
  // A shelf of a region says that it is there; one of a town does not.
  const elsewhere = towns.length > 0 ? elsewhereBits(regions) : 0
  const hereRefused = isRemoteElsewhere ? refused | remoteTrait : refused
  return orAny(works).flatMap((asked, at): Stand[] => {
    const work = shelfKey(asked, ageBand)
    const unless = works.slice(0, at)
    const stand = { work, places: orAny(here), unless, condition: { ...terms, refused: hereRefused, elsewhere } }
    if (!isRemoteElsewhere) return [stand]
    return [stand, { work, places: [remote], unless, condition: { ...terms, refused, elsewhere: 0 } }]
  })
}

function shelfKey(work: string, ageBand: string): string {
  return `${work}|${ageBand}`
}

function orAny(keys: readonly string[]): readonly string[] {
  return keys.length > 0 ? keys : [any]
}

function ensure<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const created = create()
  map.set(key, created)
  return created
}
