import type { Log } from '../base/log.ts'

/** Keeps the work of a notice in `underWay` until it is done. The promise given back never fails: an error is logged. */
export function track(underWay: Set<Promise<void>>, work: Promise<void>, log: Log): Promise<void> {
  const tracked = work
    .catch((error: unknown) => log.error({ error }, 'What became of a notice was lost; it goes once more'))
    .finally(() => underWay.delete(tracked))
  underWay.add(tracked)
  return tracked
}
