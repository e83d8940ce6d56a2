import { randomUUID } from 'node:crypto'
import { type Clock, steadyClock, systemClock } from './clock.ts'
import { type Sleep, sleep } from './sleep.ts'

/** What is another each time the program runs; a stage for tests brings its own. */
export type OuterWorld = {
  /** The time of day. */
  readonly clock: Clock
  /** Ticks evenly: intervals. */
  readonly steady: Clock
  readonly sleep: Sleep
  /** Numbers in [0, 1). */
  readonly random: () => number
  /** Unguessable ids. */
  readonly newId: () => string
}

export const realWorld: OuterWorld = {
  clock: systemClock,
  steady: steadyClock,
  sleep,
  random: Math.random,
  newId: randomUUID,
}
