import { assign, type EventObject } from 'xstate'
import type { Arguments } from './effects.ts'

/**
 * Assignments of one flow that belong to one of its events. A machine infers that only where they stand in it:
 * `const change = changes<Context, Event>()`.
 */
export function changes<C extends object, E extends EventObject>() {
  return <F extends E>(make: (given: Arguments<C, F>) => Partial<C>) =>
    assign<C, F, undefined, E, never>(({ context, event }) => make({ context, event }))
}
