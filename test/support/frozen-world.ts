import type { OuterWorld } from '../../src/base/outer-world.ts'
import type { Sleep } from '../../src/base/sleep.ts'

/** A world in which nothing passes of itself: time, and whoever sleeps in it, are moved from outside. */
export type FrozenWorld = OuterWorld & {
  /** Moves the time by so many ms; sleepers sleep on. */
  pass(milliseconds: number): void
  /** Wakes those whose time has come, or goes on to the next who is to wake by `end` (epoch ms); false when nobody is. */
  wake(end: number): boolean
  /** Grows with everybody who lies down or wakes. */
  stirred(): number
}

/** Begins at this moment (epoch ms). Ids count up, and chance is none. */
export function createFrozenWorld(begin: number): FrozenWorld {
  const state: State = { time: begin, stirred: 0, sleepers: new Set() }
  let ids = 0
  return {
    clock: { now: () => state.time },
    steady: { now: () => state.time - begin },
    sleep: sleepIn(state),
    random: () => 0.5,
    newId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    pass(milliseconds) {
      state.time += milliseconds
    },
    wake: (end) => wake(state, end),
    stirred: () => state.stirred,
  }
}

type Sleeper = { readonly until: number; readonly wake: () => void }
type State = { time: number; stirred: number; readonly sleepers: Set<Sleeper> }

function sleepIn(state: State): Sleep {
  return (milliseconds, signal) =>
    new Promise((resolve) => {
      const wake = () => {
        state.stirred++
        state.sleepers.delete(sleeper)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      const sleeper = { until: state.time + Math.max(1, milliseconds), wake }
      state.stirred++
      state.sleepers.add(sleeper)
      signal?.addEventListener('abort', wake)
      if (signal?.aborted) wake()
    })
}

function wake(state: State, end: number): boolean {
  const waiting = [...state.sleepers].sort((one, other) => one.until - other.until)
  const [next] = waiting
  if (next === undefined || next.until > Math.max(end, state.time)) return false
  state.time = Math.max(state.time, next.until)
  for (const { until, wake } of waiting) if (until <= state.time) wake()
  return true
}
