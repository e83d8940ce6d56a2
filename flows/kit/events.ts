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
export type Wrote = Stamp & {
  readonly type: 'TEXT'
  readonly text: string
  /** Speaks of sadness, fear or need; whom to turn to is said above the screen that comes. */
  readonly worry?: boolean
}

/** A file as it was sent. Its ids are opaque here: `fileId` fetches it, `uniqueId` is the same whoever sends it again. */
type SentFile = Stamp & {
  readonly fileId: string
  readonly uniqueId: string
  /** In bytes. */
  readonly size: number | null
  readonly caption: string | null
  /** The same for all that was sent at once; each comes as an event of its own, and one has the caption. */
  readonly album: string | null
}

/** A photo, in the largest size there is. */
export type SentPhoto = SentFile & { readonly type: 'PHOTO' }

/** A document. Name and kind are what the sender says of it: neither is proof of what it holds. */
export type SentDocument = SentFile & {
  readonly type: 'DOCUMENT'
  /** Without folders. */
  readonly name: string | null
  readonly mimeType: string | null
}

/** A telephone number: digits, perhaps behind a plus. `isOwn` when it is that of whoever sent it. */
export type SentContact = Stamp & { readonly type: 'CONTACT'; readonly phone: string; readonly isOwn: boolean }

/** A place on the map, in degrees. */
export type SentLocation = Stamp & { readonly type: 'LOCATION'; readonly latitude: number; readonly longitude: number }

/** What the person sent besides words, where the state listens to it; elsewhere it is answered with a remark. */
export type Content = Offer<SentPhoto | SentDocument | SentContact | SentLocation>

/**
 * Words of despair or danger, where the state keeps what people write to somebody, and what they came with. Whom to turn
 * to is shown all the same; a state that does not listen never hears of them.
 */
export type WroteOfDanger = Stamp & { readonly type: 'DANGER'; readonly text: string; readonly sent: Content | null }

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

/** An event as a button or a message brings it: without the stamp, which the engine adds when it is delivered. */
export type Offer<E extends EventObject> = E extends unknown
  ? Omit<E, keyof Stamp> & { readonly type: E['type'] }
  : never
