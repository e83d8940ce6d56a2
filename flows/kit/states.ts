import type { EventObject, MetaObject, StateNodeConfig } from 'xstate'

/** States of a machine that stand in a file of their own. All they need is in them; only other states are meant by name. */
export type States<C extends Record<string, unknown>, E extends EventObject> = NonNullable<State<C, E>['states']>

/** What several states do alike. */
export type Transitions<C extends Record<string, unknown>, E extends EventObject> = NonNullable<State<C, E>['on']>

// XState's own wish for a context is an object with any keys; of actors, actions, guards and delays by name there are none.
type State<C extends Record<string, unknown>, E extends EventObject> = StateNodeConfig<
  C,
  E,
  never,
  never,
  never,
  never,
  string,
  unknown,
  EventObject,
  MetaObject
>
