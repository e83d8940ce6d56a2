import { setImmediate } from 'node:timers/promises'
import type { Core } from './core.ts'

/** Rows that one statement of a long work takes: some milliseconds on SQLite, which works on the program's own thread. */
export const sliceSize = 100

export type SliceOptions = {
  /** Stops between two slices. */
  readonly signal?: AbortSignal | undefined
  readonly size?: number
}

/**
 * Does a long work in slices of so many rows, each its own transaction, until one finds fewer than it might or the
 * signal aborts; everybody else has their turn between two. `work` takes the most it may do and returns how much it
 * did. Returns the sum.
 */
export async function inSlices(
  { breathe }: Pick<Core, 'breathe'>,
  work: (limit: number) => Promise<number>,
  { signal, size = sliceSize }: SliceOptions = {},
): Promise<number> {
  let sum = 0
  while (signal?.aborted !== true) {
    const done = await work(size)
    sum += done
    if (done < size) break
    await breathe()
  }
  return sum
}

/**
 * Gives way to the event loop and comes back to one waiting caller in each of its rounds, so that slices of works that
 * go on at the same time do not add up to a long one.
 */
export function createBreathing(): () => Promise<void> {
  let last = Promise.resolve()
  return () => {
    last = last.then(() => setImmediate())
    return last
  }
}
