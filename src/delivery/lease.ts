import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { LeaseRow, LeaseRows } from '../store/leases.ts'
import type { Sleep } from '../telegram/time.ts'

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
  /** Another one for each process and each start. */
  readonly holder: string
  /** Ticks evenly; what time it shows does not matter. */
  readonly clock: Clock
  readonly sleep: Sleep
  readonly log: Log
  readonly times?: LeaseTimes
}

export type Lease = {
  /** Whether this process may act now. Turns false by itself a second before anybody else can take over. */
  held(): boolean
  /** Takes part until the signal aborts, then frees the lease. `work` runs while it is held, its signal ends with it. */
  keep(work: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void>
}

/**
 * One holder at a time, without trusting anybody's clock: processes compare no times, they watch. A holder changes its
 * row's stamp every 4 s. Whoever has seen the same stamp for 10 s of their own clock may swap the row for theirs. The
 * holder counts its 10 s from before it asked for the renewal, less a second, so it always steps back first. Clocks
 * may show different times; they only have to run at about the same speed.
 */
export function createLease(options: LeaseOptions): Lease {
  const { clock, sleep, times = leaseTimes } = options
  const state: State = { validUntil: Number.NEGATIVE_INFINITY }
  return {
    held: () => clock.now() < state.validUntil,
    async keep(work, signal) {
      while (!signal.aborted) {
        const row = await acquire(options, times, state, signal)
        if (row !== undefined) await hold(row, work, options, times, state, signal)
        await sleep(times.look, signal)
      }
    },
  }
}

type State = { validUntil: number }

/** Looks until the lease is free or stale and could be had; undefined when the signal aborted. */
async function acquire(
  { rows, holder, clock, sleep, log }: LeaseOptions,
  times: LeaseTimes,
  state: State,
  signal: AbortSignal,
) {
  let watched: { row: LeaseRow; since: number } | undefined
  while (!signal.aborted) {
    try {
      const begun = clock.now()
      const row = await rows.read()
      if (row !== undefined && row.stamp !== watched?.row.stamp) watched = { row, since: clock.now() }
      const isStale = watched !== undefined && clock.now() - watched.since >= times.valid
      const isOurs = row?.holder === holder // its renewal was written, but the answer was lost
      const mine =
        row === undefined || isStale || isOurs ? await rows.swap(row, holder, begun + times.valid) : undefined
      if (mine !== undefined) {
        state.validUntil = begun + times.valid - margin
        return mine
      }
    } catch (error) {
      log.warn({ error }, 'The lease could not be read; trying again')
    }
    await sleep(times.look, signal)
  }
  return undefined
}

/** By so much, in ms, a holder steps back before the others may take over. */
const margin = 1_000

async function hold(
  first: LeaseRow,
  work: (signal: AbortSignal) => Promise<void>,
  options: LeaseOptions,
  times: LeaseTimes,
  state: State,
  signal: AbortSignal,
): Promise<void> {
  const ending = new AbortController()
  const stop = () => ending.abort()
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  options.log.info({ holder: options.holder }, 'Delivery and jobs run in this process now')
  const working = work(ending.signal)
    .catch((error) => options.log.error({ error }, 'Delivery broke off'))
    .finally(stop)
  const kept = await renewing(first, options, times, state, ending.signal)
  stop()
  await working
  signal.removeEventListener('abort', stop)
  state.validUntil = Number.NEGATIVE_INFINITY
  if (kept) await options.rows.free(options.holder).catch(() => {}) // it runs out by itself
}

/** Renews until the signal aborts (true) or the lease is lost (false). */
async function renewing(
  first: LeaseRow,
  { rows, holder, clock, sleep, log }: LeaseOptions,
  times: LeaseTimes,
  state: State,
  signal: AbortSignal,
): Promise<boolean> {
  let row = first
  while (!signal.aborted) {
    await sleep(times.renew, signal)
    if (signal.aborted) return true
    const begun = clock.now()
    try {
      const renewed = await rows.swap(row, holder, begun + times.valid)
      if (renewed === undefined) {
        log.warn({ holder }, 'Another process has taken the lease')
        return false
      }
      row = renewed
      state.validUntil = begun + times.valid - margin
    } catch (error) {
      log.warn({ error }, 'The lease could not be renewed')
      if (clock.now() >= state.validUntil) return false
    }
  }
  return true
}
