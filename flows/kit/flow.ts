import { type AnyActor, type AnyStateMachine, createActor, type EventObject } from 'xstate'
import type { z } from 'zod'
import type { Person } from '../common/person.ts'
import type { Access } from './access.ts'
import type { Ask, DataOf, ReplyOf } from './contract.ts'
import type { Content, Offer } from './events.ts'
import type { AnyNotice } from './notice.ts'
import type { Screen } from './screen.ts'
import type { Message, Translate } from './words.ts'

/** What a screen is made from: the flow's own context and the person who looks. */
export type View<C> = { readonly context: C; readonly person: Person; readonly t: Translate }

export type Screens<C, E extends EventObject> = Readonly<Record<string, (view: View<C>) => Screen<Offer<E>>>>

/** A dialogue's state as it is stored. `value` is the XState state value, `context` plain JSON. */
export type Frame = {
  readonly flow: string
  readonly version: number
  readonly value: unknown
  readonly context: unknown
}

/** Turns what version n stored into what version n + 1 expects. Pure. */
export type Migration = (stored: { value: unknown; context: unknown }) => { value: unknown; context: unknown }

/** What the flow may meet besides the examples of its contracts, so that compiler and tests can walk all its paths. */
export type Examples = {
  readonly inputs?: readonly unknown[]
  readonly texts?: readonly string[]
  /** Photos, documents, contacts and places that people may send, where a state listens to them. */
  readonly contents?: readonly Content[]
  /** Replies that only the flow itself can make up, for example of the instruments there are; see `exampleReplies`. */
  readonly replies?: readonly ExampleReplies[]
  /** What may come back from flows opened on top of this one. */
  readonly returns?: readonly unknown[]
  /** Places that take many steps to reach, to begin from as well. */
  readonly frames?: readonly { readonly value: unknown; readonly context: unknown }[]
}

/** Replies to one ask, in the place of the contract's own examples. */
export type ExampleReplies = { readonly name: string; of(data: unknown): readonly unknown[] }

/** Replies that fit what is asked. */
export function exampleReplies<A extends Ask>(ask: A, of: (data: DataOf<A>) => readonly ReplyOf<A>[]): ExampleReplies {
  return { name: ask.name, of: (data) => of(ask.data.parse(data) as DataOf<A>) } // zod knows the type, not this generic
}

export type Command = {
  /** What the flow opens with; nothing unless given. */
  readonly input?: (argument: string) => unknown
  /** Its place in the menu beside the text field, where words stand under `<flow>:command.<name>`; smaller comes first. */
  readonly place?: number
}

/** A list of words, under `<flow>:called.<name>` with commas between them, by which people ask for the flow. */
export type Called = {
  /** What the flow opens with; nothing unless given. */
  readonly input?: unknown
  /** How it is offered to whoever writes more than that: by the label in the menu unless given. */
  readonly label?: Message
  /** Means it only as the whole message. */
  readonly alone?: true
}

export type FlowDefinition<C, E extends EventObject> = {
  /** Folder, machine id, locale namespace and stored id at once. */
  readonly id: string
  /** Raised with every change of what is stored; each step back needs a migration. */
  readonly version: number
  readonly context: z.ZodType<C>
  readonly machine: AnyStateMachine
  /** One screen for each state, keyed by the state's name (nested: `parent.child`). */
  readonly screens: Screens<C, E>
  /** `migrations[n]` leads from version n to n + 1. */
  readonly migrations?: Readonly<Record<number, Migration>>
  /** Commands that open this flow, by their names without the slash. */
  readonly commands?: Readonly<Record<string, Command>>
  /** What people call it, and parts of it, by the names of the lists of words. */
  readonly called?: Readonly<Record<string, Called>>
  /** Ids under which frames of this flow were stored before it had its present one. */
  readonly formerIds?: readonly string[]
  /** Who may open it: people who have agreed to the terms, unless it says otherwise. */
  readonly access?: Access
  /** Its place in the menu at home; flows without one are reached otherwise. Smaller comes first. */
  readonly menu?: { readonly order: number; readonly label: Message; readonly visible?: (person: Person) => boolean }
  readonly notices?: readonly AnyNotice[]
  /** The key of a word on what is lost, where the flow is dropped in the middle of something; undefined when nothing is. */
  readonly unsaved?: (frame: { readonly value: unknown; readonly context: C }) => string | undefined
  readonly examples?: Examples
}

/** A flow as the rest of the program sees it: its context and event types are known only inside it. */
// The registry holds flows of different types; each parses its own context before use, so the looseness stays inside the kit.
// biome-ignore lint/suspicious/noExplicitAny: existential type of a heterogeneous registry
export type Flow = Defined<any, any>

/** A flow with the one actor that stands behind all its steps and is never started. */
export type Defined<C, E extends EventObject> = FlowDefinition<C, E> & { readonly actor: AnyActor }

/** Declares a flow; the types of its context and events bind the screens. */
export function defineFlow<C, E extends EventObject>(definition: FlowDefinition<C, E>): Defined<C, E> {
  return { ...definition, actor: createActor(definition.machine) }
}

/** The name under which the screen of a state value stands: `listing`, or `editing.time` for a nested state. */
export function stateName(value: unknown): string {
  if (typeof value === 'string') return value
  const [entry] = Object.entries(value as Record<string, unknown>) // XState: an object state value has the parent as its key
  return entry === undefined ? '' : `${entry[0]}.${stateName(entry[1])}`
}
