import { setMaxListeners } from 'node:events'
import { type Clock, createElapsed, type Elapsed, type Moment } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Sleep } from '../base/sleep.ts'
import type { LeaseRow, LeaseRows } from '../store/leases.ts'

export type LeaseTimes = {
  /** Between two renewals, ms. */
  readonly renew: number
  /** How long a lease lives without being renewed, ms. */
  readonly valid: number
  /** Between two looks at another's lease, ms. */
  readonly look: number
}

/** A lease moves at most `look + valid + look` after its holder's death: 14 s, of 15 allowed. */
export const leaseTimes: LeaseTimes = { renew: 4_000, valid: 10_000, look: 2_000 }

export type LeaseOptions = {
  readonly rows: LeaseRows
  /** Another name for each time the lease is taken, so that what is left of an earlier time is known as such. */
  readonly newHolder: () => string
  /** Ticks evenly; what time it shows does not matter. */
  readonly clock: Clock
  /** Goes on while the machine sleeps; `clock` unless given. */
  readonly wall?: Clock
  readonly sleep: Sleep
  readonly log: Log
  readonly times?: LeaseTimes
}

export type Lease = {
  /** Whether this process may act now. Turns false by itself a second before anybody else can take over. */
  held(): boolean
  /**
   * Takes part until the signal aborts, then frees the lease. `work` begins each time it is taken, with the name it is
   * held under; its signal ends with it. Nobody waits for work that has lost the lease before taking it once more.
   */
  keep(work: LeaseWork, signal: AbortSignal): Promise<void>
}

export type LeaseWork = (signal: AbortSignal, holder: string) => Promise<void>

/**
 * One holder at a time, without trusting anybody's clock: processes compare no times, they watch. A holder changes its
 * row's stamp every 4 s. Whoever has seen the same stamp for 10 s of their own clock may swap the row for theirs. The
 * holder counts its 10 s from before it asked for the renewal, less a second, so it always steps back first. Clocks
 * may show different times; they only have to run at about the same speed. A process that was stopped, or slept with
 * its machine, finds its lease run out, and has it again only by a renewal, which no other process may have preceded.
 */
export function createLease(options: LeaseOptions): Lease {
  const { clock, wall = clock, sleep, times = leaseTimes } = options
  const tools: Tools = { ...options, wall, times, elapsed: createElapsed(clock, wall), state: { own: new Set() } }
  return {
    held: () => isHeld(tools),
    async keep(work, signal) {
      const working = new Set<Promise<void>>()
      while (!signal.aborted) {
        const row = await acquire(tools, signal)
        if (row !== undefined) await hold(row, work, working, tools, signal)
        await sleep(times.look, signal)
      }
      await Promise.all(working)
    },
  }
}

type Tools = Required<LeaseOptions> & {
  readonly elapsed: Elapsed
  /** When the newest renewal was asked for, and the names the row may bear if it is ours. */
  readonly state: { renewed?: Moment | undefined; own: Set<string> }
}

/** By so much, in ms, a holder steps back before the others may take over. */
const margin = 1_000

function isHeld({ state, elapsed, times }: Tools): boolean {
  return state.renewed !== undefined && elapsed.since(state.renewed) < times.valid - margin
}

/** Looks until the lease is free or stale and could be had; undefined when the signal aborted. */
async function acquire(tools: Tools, signal: AbortSignal): Promise<LeaseRow | undefined> {
  const { rows, clock, sleep, log, times, state } = tools
  const holder = tools.newHolder()
  let watched: { row: LeaseRow; since: number } | undefined
  let isKnown = false
  while (!signal.aborted) {
    try {
      const row = await rows.read()
      if (row !== undefined && row.stamp !== watched?.row.stamp) watched = { row, since: clock.now() }
      const isStale = watched !== undefined && clock.now() - watched.since >= times.valid
      const isOurs = row !== undefined && state.own.has(row.holder) // of a time before, or the answer was lost
      if (row === undefined || isStale || isOurs) {
        const mine = await swap(row, holder, tools)
        if (mine !== undefined) return mine
      }
    } catch (error) {
      log[isKnown ? 'debug' : 'warn']({ error }, 'The lease could not be read; trying again')
      isKnown = true
    }
    await sleep(times.look, signal)
  }
  return undefined
}

/** Takes or renews the lease; undefined when another process was quicker. Counts from before it asked. */
async function swap(seen: LeaseRow | undefined, holder: string, tools: Tools): Promise<LeaseRow | undefined> {
  const { rows, wall, times, elapsed, state } = tools
  const asked = elapsed.mark()
  state.own.add(holder)
  const row = await rows.swap(seen, holder, wall.now() + times.valid)
  if (row === undefined) return undefined
  state.renewed = asked
  state.own = new Set([holder])
  return row
}

async function hold(
  first: LeaseRow,
  work: LeaseWork,
  working: Set<Promise<void>>,
  tools: Tools,
  signal: AbortSignal,
): Promise<void> {
  const { rows, log, state } = tools
  const { holder } = first
  const ending = new AbortController()
  setMaxListeners(0, ending.signal) // each job that waits listens to it
  const stop = () => ending.abort()
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  log.info({ holder }, 'Delivery and jobs run in this process now')
  const done = work(ending.signal, holder)
    .catch((error) => log.error({ error }, 'Delivery broke off'))
    .finally(() => {
      working.delete(done)
      stop()
    })
  working.add(done)
  const kept = await renewing(first, tools, ending.signal)
  stop()
  signal.removeEventListener('abort', stop)
  if (kept) await done // it still holds the lease, which nobody may take before the work has ended
  state.renewed = undefined
  if (kept) await rows.free(holder).catch(() => {}) // it runs out by itself
}

/** Renews until the signal aborts (true) or the lease is lost (false). */
async function renewing(first: LeaseRow, tools: Tools, signal: AbortSignal): Promise<boolean> {
  const { log, sleep, clock, times } = tools
  const { holder } = first
  let row = first
  let begun = clock.now()
  while (!signal.aborted) {
    // A renewal that took long leaves little: the next follows at once.
    await sleep(Math.max(0, times.renew - Math.max(0, clock.now() - begun)), signal)
    if (signal.aborted) return true
    begun = clock.now()
    try {
      const renewed = await swap(row, holder, tools)
      if (renewed === undefined) {
        log.warn({ holder }, 'Another process has taken the lease')
        return false
      }
      row = renewed
    } catch (error) {
      log.warn({ error }, 'The lease could not be renewed')
      if (!isHeld(tools)) return false
    }
  }
  return true
}
