import { setMaxListeners } from 'node:events'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Sleep } from '../base/sleep.ts'
import type { WatchedWrites } from '../base/watched.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { createLeaseRows, createPauses, deliveryLease } from '../store/leases.ts'
import { asStoreError } from '../store/medium.ts'
import type { Store } from '../store/open.ts'
import { setReachable } from '../store/people.ts'
import type { Reach } from '../telegram/ports.ts'
import { createDispatcher, type DispatcherLimits } from './dispatcher.ts'
import type { Kinds } from './kinds.ts'
import { createLease, type LeaseTimes, type LeaseWork } from './lease.ts'
import type { NoticeOutcome } from './notices/notice.ts'
import { createNotices } from './notices/notices.ts'
import type { Pacing } from './pacing.ts'
import type { Courier } from './ports.ts'
import { createWatchdog, type DeliveryReport } from './watchdog.ts'

export type DeliveryOptions = {
  readonly store: Store
  readonly kinds: Kinds
  readonly courier: Courier
  readonly pacing: Pacing
  /** Jobs that run where the dispatcher runs. */
  readonly schedule?: Schedule
  /** The time of day: what is due. */
  readonly clock: Clock
  /** Ticks evenly: intervals. `clock` unless given. */
  readonly steady?: Clock
  readonly sleep: Sleep
  readonly random: () => number
  readonly log: Log
  /** IANA zone of quiet hours. */
  readonly zone: string
  readonly messagesPerSecond: number
  readonly onOutcome?: (kind: string, outcome: NoticeOutcome) => void
  readonly limits?: Partial<DispatcherLimits>
  readonly leaseTimes?: LeaseTimes
  /** Hears whether the lease's row can be written. */
  readonly writes?: Pick<WatchedWrites, 'watch'>
}

export type Delivery = {
  /** Takes part in the lease; sends and runs jobs while it is held. */
  start(): Promise<void>
  /** Finishes what is in flight and frees the lease. */
  stop(): Promise<void>
  /** Whether this process sends at present. */
  held(): boolean
  /** Something of the chat has changed: what waits for it is judged anew before it goes. */
  reconsider(chatId: number): void
  /** Milliseconds since the dispatcher last went round. */
  idle(): number | undefined
  /** How delivery and jobs are. */
  report(): DeliveryReport
}

/** The dispatcher and the jobs, on one process at a time. */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { store, clock, steady = clock, sleep, log, leaseTimes } = options
  const stopping = new AbortController()
  setMaxListeners(0, stopping.signal) // each outcome that cannot be written at present waits with it
  const rows = createLeaseRows(store, deliveryLease)
  const lease = createLease({
    rows: options.writes === undefined ? rows : { ...rows, swap: options.writes.watch('the lease', rows.swap) },
    newHolder: store.newId,
    clock: steady,
    wall: clock,
    sleep,
    log,
    ...(leaseTimes && { times: leaseTimes }),
  })
  const notices = createNotices(store)
  const dispatcher = createDispatcher({
    ...options,
    steady,
    notices,
    pauses: createPauses(store),
    setUnreachable: (chatId, reason) => setReachable(store, chatId, reason),
    mayWork: lease.held,
    stopping: stopping.signal,
    // Two seconds of work at most, so that what is urgent overtakes soon.
    limits: { batch: Math.ceil(Math.min(500, Math.max(20, 2 * options.messagesPerSecond))), ...options.limits },
  })
  const { schedule } = options
  const parts: Part[] = [{ name: 'The dispatcher', run: dispatcher.run }]
  if (schedule !== undefined)
    parts.push({ name: 'The schedule', run: (signal, holder) => schedule.run(holder, signal) })
  const watchdog = createWatchdog({
    dispatcher,
    held: lease.held,
    lateJobs: () => schedule?.late() ?? [],
    oldestDueAt: notices.oldestDueAt,
    clock,
    sleep,
    log,
  })
  let running: Promise<unknown> = Promise.resolve()
  return {
    held: lease.held,
    reconsider: dispatcher.reconsider,
    idle: () => dispatcher.state().idle,
    report: watchdog.report,
    async start() {
      // The file lock of SQLite shows that whoever held the lease is gone.
      if (store.provider === 'sqlite') await rows.clear()
      const work = async (signal: AbortSignal, holder: string) => {
        await Promise.all(parts.map((part) => lasting(part, signal, holder, options)))
      }
      running = Promise.all([lease.keep(work, stopping.signal), watchdog.run(stopping.signal)])
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}

type Part = { readonly name: string; readonly run: LeaseWork }

/** A part that ends before its signal does is begun anew: nobody else would do its work. */
async function lasting({ name, run }: Part, signal: AbortSignal, holder: string, tools: DeliveryOptions) {
  while (!signal.aborted) {
    const error: unknown = await run(signal, holder).catch((fault: unknown) => fault)
    if (signal.aborted) return
    tools.log.error({ error }, `${name} has ended by itself and is begun anew`)
    await tools.sleep(1_000, signal)
  }
}

/** Who can be written to, for the bot: whoever comes back gets what has waited for them. */
export function createReach(store: Store): Reach {
  const notices = createNotices(store)
  return {
    unreachable: (chatId, reason) => setReachable(store, chatId, reason),
    reachable: async (chatId) => {
      await setReachable(store, chatId, null)
      await asStoreError(store, () => notices.resume(chatId))
    },
  }
}
