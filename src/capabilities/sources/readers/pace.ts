import { createBounded } from '../../../base/bounded.ts'
import { type Clock, remaining } from '../../../base/clock.ts'
import type { Sleep } from '../../../base/sleep.ts'

/** Lets one request at a time go to a host, with a pause between two. */
export type Pace = {
  run<T>(host: string, pause: number, work: () => Promise<T>, signal?: AbortSignal): Promise<T>
}

/** Hosts that are remembered. */
const mostHosts = 1_000

export function createPace({ clock, sleep }: { readonly clock: Clock; readonly sleep: Sleep }): Pace {
  const hosts = createBounded<string, { tail: Promise<unknown>; endedAt: number | undefined }>(mostHosts)
  return {
    async run(host, pause, work, signal) {
      const state = hosts.get(host) ?? { tail: Promise.resolve(), endedAt: undefined }
      hosts.set(host, state)
      const result = state.tail.then(async () => {
        const wait = remaining(pause, state.endedAt, clock.now())
        if (wait > 0) await sleep(wait, signal)
        try {
          return await work()
        } finally {
          state.endedAt = clock.now()
        }
      })
      state.tail = result.catch(() => {})
      return await result
    },
  }
}
