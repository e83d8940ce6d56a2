import type { EventObject } from 'xstate'

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

type Arguments<C, E> = { readonly context: C; readonly event: E }

/** An XState action that does nothing but carry an effect; `effect` is what the compiler reads without running it. */
export type EffectAction<C, E extends EventObject> = {
  (args: Arguments<C, E>): void
  readonly effect: {
    readonly type: EffectType
    readonly name: string
    readonly data: (args: Arguments<C, E>) => unknown
  }
}

/**
 * The effects of one flow, typed with its context and events:
 * `const { ask, tell } = effects<Context, Event>()`.
 */
export function effects<C, E extends EventObject>() {
  type Data = (args: Arguments<C, E>) => unknown
  const make = (type: EffectType, name: string, data: Data = () => null): EffectAction<C, E> =>
    Object.assign(() => {}, { effect: { type, name, data } })
  return {
    ask: (name: string, data?: Data) => make('ask', name, data),
    tell: (name: string, data?: Data) => make('tell', name, data),
    send: (name: string, data?: Data) => make('send', name, data),
    /** `name` is a key of the flow's own namespace; `data` the values of its places. */
    say: (name: string, data?: Data) => make('say', name, data),
    open: (flow: string, data?: Data) => make('open', flow, data),
    leave: (data?: Data) => make('leave', 'leave', data),
  }
}

export function isEffectAction(value: unknown): value is EffectAction<unknown, EventObject> {
  return typeof value === 'function' && 'effect' in value
}
