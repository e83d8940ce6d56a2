import { backOff } from '../../base/sleep.ts'
import type { PlannedSource } from './planned.ts'
import type { Trouble } from './readers/source.ts'
import type { SourceState } from './states.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** So many runs in a row that end with trouble are told to coordinators; what passes by itself least is at once. */
const toldFrom = 3
const toldAtOnce: readonly Trouble['trouble'][] = ['changedLayout', 'shrunk']

/** All of it was read. */
export function ended(state: SourceState, { every }: Pick<PlannedSource, 'every'>, now: number): SourceState {
  return {
    ...state,
    finishedAt: now,
    goodAt: now,
    nextAt: now + every,
    trouble: undefined,
    why: undefined,
    failures: 0,
  }
}

/** The time of one run is over; it goes on where it was, soon. */
export function paused(state: SourceState, now: number): SourceState {
  return { ...state, nextAt: now }
}

/** It ended with trouble: what came before counts, and it is tried again later and later. */
export function failed(
  state: SourceState,
  { trouble, until, why }: Omit<Trouble, 'type'>,
  { every }: Pick<PlannedSource, 'every'>,
  { now, random }: { readonly now: number; readonly random: () => number },
): SourceState {
  const failures = state.failures + 1
  const nextAt = Math.max(until ?? 0, now + pauseAfter(trouble, failures, every, random))
  return { ...state, finishedAt: now, nextAt, trouble, why, failures }
}

/** What a moment may mend is tried again soon; where somebody has to do something, it is asked no more than usual. */
function pauseAfter(trouble: Trouble['trouble'], failures: number, every: number, random: () => number): number {
  const longest = Math.min(8 * every, day)
  const first = trouble === 'broken' ? Math.min(15 * minute, every) : every
  return backOff(failures - 1, random, first, Math.max(first, longest))
}

/** Whether coordinators are told of the trouble. */
export function isToBeTold({ failures, trouble }: Pick<SourceState, 'failures' | 'trouble'>): boolean {
  return trouble !== undefined && (failures >= toldFrom || toldAtOnce.includes(trouble))
}
