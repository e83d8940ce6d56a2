import type { Clock } from './clock.ts'

export type WatchedWrites = ReturnType<typeof watchWrites>

/** A failure counts for so long, ms, unless a later write goes through; and a write that takes so long is one. */
const failureCounts = 60_000
const longestWrite = 15_000

/**
 * Remembers which kinds of writes (or reads) fail at present, since a database that answers need not be one that can be
 * written.
 * `isFault` tells the faults of the medium from those of what was to be written.
 */
export function watchWrites({ now }: Clock) {
  const failedAt = new Map<string, number>()
  const pending = new Set<{ readonly what: string; readonly since: number }>()
  return {
    watch: <A extends unknown[], R>(
      what: string,
      write: (...given: A) => Promise<R>,
      isFault: (error: unknown) => boolean = () => true,
    ) => {
      return async (...given: A): Promise<R> => {
        const one = { what, since: now() }
        pending.add(one)
        try {
          const result = await write(...given)
          failedAt.delete(what)
          return result
        } catch (error) {
          if (isFault(error)) failedAt.set(what, now())
          else failedAt.delete(what)
          throw error
        } finally {
          pending.delete(one)
        }
      }
    },
    failing: (): readonly string[] => {
      const failed = [...failedAt].filter(([, at]) => now() - at < failureCounts).map(([what]) => what)
      const stuck = [...pending].filter(({ since }) => now() - since > longestWrite).map(({ what }) => what)
      return [...new Set([...failed, ...stuck])]
    },
  }
}
