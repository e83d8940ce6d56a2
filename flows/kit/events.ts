import type { EventObject } from 'xstate'
import type { Person } from '../common/person.ts'
import type { Ask, ReplyOf } from './contract.ts'

/** When and under which fresh id a turn runs; on every event, since a flow knows neither clock nor chance. */
export type Stamp = { readonly turn: { readonly at: number; readonly id: string } }

/** The reply to an `ask` of the same turn, under the name of what was asked: `found.survey.open`. */
export type Found<A extends Ask> = A extends unknown
  ? Stamp & { readonly type: FoundType<A['name']>; readonly data: ReplyOf<A> }
  : never

type FoundType<Name extends string> = `found.${Name}`

export function foundType<Name extends string>(name: Name): FoundType<Name> {
  return `found.${name}`
}

/** A flow on top has left; `data` is what it left with. */
export type Returned<Data = unknown> = Stamp & { readonly type: 'RETURN'; readonly flow: string; readonly data: Data }

/** What the person wrote, where the state listens to it. */
export type Wrote = Stamp & { readonly type: 'TEXT'; readonly text: string }

/** What a flow begins with. */
export type Start<Input = undefined> = Stamp & { readonly person: Person; readonly input: Input }

/**
 * A machine's context from what the flow begins with. XState calls the factory again, without input, in every step and
 * throws the outcome away: then nothing is made, and nothing fails.
 */
export function beginWith<I, C>(make: (start: Start<I>) => C): (given: { input: Start<I> }) => C {
  // The empty object is seen by nobody; see above.
  return ({ input }: { input: Start<I> | undefined }) => (input === undefined ? ({} as C) : make(input))
}

/** An event as a button offers it: without the stamp, which the engine adds when it is delivered. */
export type Offer<E extends EventObject> = E extends unknown
  ? Omit<E, keyof Stamp> & { readonly type: E['type'] }
  : never
