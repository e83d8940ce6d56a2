import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Sleep } from '../base/sleep.ts'
import type { Dispatcher } from './dispatcher.ts'

export type WatchdogOptions = {
  readonly dispatcher: Pick<Dispatcher, 'state'>
  /** Whether this process is the one that sends. */
  readonly held: () => boolean
  /** Jobs that should have ended long ago. */
  readonly lateJobs: () => readonly string[]
  /** Epoch ms since which the oldest due notice waits. */
  readonly oldestDueAt: (now: number) => Promise<number | undefined>
  /** The time of day. */
  readonly clock: Clock
  readonly sleep: Sleep
  readonly log: Log
}

/** How delivery and jobs are in this process. */
export type DeliveryReport = {
  /** What is wrong, in words for the operator; empty when all is well. */
  readonly trouble: readonly string[]
  readonly dispatcherIdleSeconds?: number
  readonly oldestDueSeconds?: number
  /** Telegram wants a pause for so long still, or does not answer. */
  readonly pausedSeconds?: number
  readonly lineDown?: true
  readonly lateJobs?: readonly string[]
}

export type Watchdog = {
  /** Looks until the signal aborts; tells the log once when something goes wrong, and once when all is well again. */
  run(signal: AbortSignal): Promise<void>
  report(): DeliveryReport
}

/** Between two looks, ms. */
const lookTime = 10_000
/** A dispatcher that has not gone round for so long stands still, ms. */
const idleLimit = 30_000
/** A due notice should not be older, ms, unless others go out meanwhile; none has for so long, ms. */
const oldLimit = 5 * 60_000
const fruitlessLimit = 2 * 60_000

/** Sees to it that a dispatcher or a job that stands still is noticed, though the lease goes on being renewed. */
export function createWatchdog(options: WatchdogOptions): Watchdog {
  const { held, clock, sleep, log } = options
  let oldestDueAt: number | undefined
  let isReading = false
  let wasWell = true

  const read = async () => {
    if (isReading) return
    isReading = true
    // A database that does not answer has its own sign in `/healthz`.
    oldestDueAt = held() ? await options.oldestDueAt(clock.now()).catch(() => oldestDueAt) : undefined
    isReading = false
  }
  const report = () => reportOf(options, oldestDueAt)
  const tell = () => {
    const now = report()
    const isWell = now.trouble.length === 0
    if (!isWell && wasWell) log.error(now, 'Delivery is in trouble')
    if (isWell && !wasWell) log.info(now, 'Delivery is well again')
    wasWell = isWell
  }
  return {
    async run(signal) {
      while (!signal.aborted) {
        void read() // the watchdog waits for nobody
        await sleep(lookTime, signal)
        if (!signal.aborted) tell()
      }
    },
    report,
  }
}

function reportOf({ dispatcher, held, lateJobs, clock }: WatchdogOptions, oldestDueAt: number | undefined) {
  const { idle = 0, fruitless = 0, paused, isLineDown } = dispatcher.state()
  const late = lateJobs()
  const age = held() && oldestDueAt !== undefined ? Math.max(0, clock.now() - oldestDueAt) : 0
  const trouble: string[] = []
  if (held() && idle > idleLimit) trouble.push('the dispatcher stands still')
  const isExcused = paused > 0 || isLineDown
  if (age > oldLimit && fruitless > fruitlessLimit && !isExcused) trouble.push('due notices are not sent')
  if (late.length > 0) trouble.push('a job does not end')
  return {
    trouble,
    ...(held() && { dispatcherIdleSeconds: seconds(idle) }),
    ...(age > 0 && { oldestDueSeconds: seconds(age) }),
    ...(paused > 0 && { pausedSeconds: Math.ceil(paused / 1_000) }),
    ...(isLineDown && { lineDown: true as const }),
    ...(late.length > 0 && { lateJobs: late }),
  }
}

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 1_000)
}
