import type { Sleep } from '../../../base/sleep.ts'

/** Tells when something took too long; one limit of time runs at once. */
export type Watch = {
  /** Begins a limit in place of the one before. */
  start(milliseconds: number, why: string): void
  end(): void
}

export function createWatch(deadline: Sleep, late: (why: string) => void): Watch {
  let running = new AbortController()
  return {
    start(milliseconds, why) {
      running.abort()
      const mine = new AbortController()
      running = mine
      void deadline(milliseconds, mine.signal).then(() => {
        if (!mine.signal.aborted) late(why)
      })
    },
    end: () => running.abort(),
  }
}
