import type { EventObject } from 'xstate'
import type { Ask, Contract, DataOf, Send, Tell } from './contract.ts'

/** What a step wants done, as data. The engine does it; the flow never does. */
export type Effect =
  /** Look something up; it comes back as a `Found` event in the same turn. */
  | { readonly type: 'ask'; readonly name: string; readonly data: unknown }
  /** A fact to record in the transaction of this turn. */
  | { readonly type: 'tell'; readonly name: string; readonly data: unknown }
  /** Something besides the screen to hand over after the commit (a document). */
  | { readonly type: 'send'; readonly name: string; readonly data: unknown }
  /** A short word shown over the screen as the answer to a press. */
  | { readonly type: 'say'; readonly name: string; readonly data: unknown }
  /** Put another flow on top of this one. */
  | { readonly type: 'open'; readonly name: string; readonly data: unknown }
  /** Return to the flow underneath, which hears a `Returned` event if it listens. */
  | { readonly type: 'leave'; readonly name: string; readonly data: unknown }

export type EffectType = Effect['type']

/** What an effect's data is made from: `event` is the one that led to it. */
export type Arguments<C, E> = { readonly context: C; readonly event: E }

/** Those events of a flow that have the type. */
export type EventOf<E extends EventObject, Type extends string> = E extends unknown
  ? Type extends E['type']
    ? E
    : never
  : never

/** An XState action that does nothing but carry an effect; `effect` is what the compiler reads without running it. */
export type EffectAction<C, E extends EventObject> = {
  (args: Arguments<C, E>): void
  readonly effect: {
    readonly type: EffectType
    readonly name: string
    readonly data: (args: Arguments<C, E>) => unknown
    /** What is agreed on with the other side, for `ask`, `tell` and `send`. */
    readonly contract?: Contract
  }
}

/**
 * The effects of one flow, typed with its context and events:
 * `const { ask, tell } = effects<Context, Event>()`. One whose data names its event, as in
 * `tell(recordPlan, ({ event }: On<'PLAN'>) => event.plan)`, fits only where that event leads.
 */
export function effects<C, E extends EventObject>() {
  type Make<F extends E> = (args: Arguments<C, F>) => unknown
  const make = <F extends E>(type: EffectType, name: string, data: Make<F> = () => null): EffectAction<C, F> =>
    Object.assign(() => {}, { effect: { type, name, data } })
  const agreed = <F extends E>(contract: Contract, data: Make<F> = () => null): EffectAction<C, F> =>
    Object.assign(() => {}, { effect: { type: contract.type, name: contract.name, data, contract } })

  function ask<A extends Ask, F extends E = E>(contract: A, data: (args: Arguments<C, F>) => DataOf<A>) {
    return agreed<F>(contract, data)
  }
  function tell<T extends Tell, F extends E = E>(contract: T, data: (args: Arguments<C, F>) => DataOf<T>) {
    return agreed<F>(contract, data)
  }
  function send<S extends Send, F extends E = E>(contract: S, data: (args: Arguments<C, F>) => DataOf<S>) {
    return agreed<F>(contract, data)
  }
  return {
    ask,
    tell,
    send,
    /** `name` is a key of the flow's own namespace; `data` the values of its places. */
    say: <F extends E = E>(name: string, data?: Make<F>) => make<F>('say', name, data),
    open: <F extends E = E>(flow: string, data?: Make<F>) => make<F>('open', flow, data),
    leave: <F extends E = E>(data?: Make<F>) => make<F>('leave', 'leave', data),
  }
}

export function isEffectAction(value: unknown): value is EffectAction<unknown, EventObject> {
  return typeof value === 'function' && 'effect' in value
}
