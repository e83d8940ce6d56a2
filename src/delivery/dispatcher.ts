import { type Clock, remaining } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Sleep } from '../base/sleep.ts'
import type { Pauses } from '../store/leases.ts'
import type { Unreachable } from '../store/people.ts'
import { createFlights, type Flights } from './flights.ts'
import type { Kinds } from './kinds.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { createLine, type Line } from './line.ts'
import { createMemory, type Memory } from './memory.ts'
import type { NoticeOutcome } from './notices/notice.ts'
import type { Notices } from './notices/notices.ts'
import { isDown } from './outcome.ts'
import type { Pacing } from './pacing.ts'
import type { Courier } from './ports.ts'

export type DispatcherOptions = {
  readonly notices: Pick<
    Notices,
    'claim' | 'settle' | 'giveBack' | 'stillWanted' | 'resume' | 'expire' | 'releaseOthers'
  >
  /** Where a `retry_after` outlives the process. */
  readonly pauses: Pauses
  readonly kinds: Kinds
  readonly courier: Courier
  readonly pacing: Pacing
  /** Remembers that nothing can be sent to a chat. */
  readonly setUnreachable: (chatId: number, reason: Unreachable) => Promise<void>
  /** The time of day: what is due. */
  readonly clock: Clock
  /** Ticks evenly: intervals. `clock` unless given. */
  readonly steady?: Clock
  readonly sleep: Sleep
  /** Numbers in [0, 1). */
  readonly random: () => number
  readonly log: Log
  /** IANA zone of quiet hours. */
  readonly zone: string
  /** Whether this process may send now; asked before every message. */
  readonly mayWork: () => boolean
  /** Aborts when the process ends: only then outcomes that cannot be written are given up. The run's signal unless given. */
  readonly stopping?: AbortSignal
  /** Hears of every notice that is over, parked ones included. */
  readonly onOutcome?: (kind: string, outcome: NoticeOutcome) => void
  readonly limits?: Partial<DispatcherLimits>
}

export type DispatcherLimits = {
  /** Messages sent whose outcome is not yet committed, at most: what a kill can repeat. */
  readonly inFlight: number
  /** Notices claimed at once. */
  readonly batch: number
  /** Between two looks for due notices when there was none, and the longest sleep of all, ms. */
  readonly poll: number
  /**
   * Failed sends of one notice before it is given up: with the pauses between them about an hour and a half. Those while
   * the line is down do not count.
   */
  readonly attempts: number
}

const defaults: DispatcherLimits = { inFlight: 128, batch: 500, poll: 500, attempts: 12 }
/** Between two looks whether it may work again, ms. */
const idleTime = 250
/** In a longer pause nothing stays claimed, ms. */
const longPause = 1_000
/** Between two sweeps for expired notices and people who have returned, ms. */
const sweepTime = 30_000
/** A noted pause is believed for so long at most, ms. */
const longestPause = 15 * 60_000

export type Dispatcher = {
  /**
   * Sends what is due, as `holder`, until the signal aborts and for nothing else; then waits for what is in flight and
   * puts back the rest. While it may not work it sends nothing and looks again.
   */
  run(signal: AbortSignal, holder: string): Promise<void>
  /** Something of the chat has changed: what waits for it is judged anew before it goes. */
  reconsider(chatId: number): void
  state(): DispatcherState
}

/** How it is, in ms. */
export type DispatcherState = {
  /** Since it last went round; undefined before it ever did. */
  readonly idle: number | undefined
  /** Since a notice was over, or it began. */
  readonly fruitless: number | undefined
  /** How long Telegram wants a pause still, or the line is given time. */
  readonly paused: number
  readonly isLineDown: boolean
}

/**
 * Claim → send → outcome, in order of priority. A kill between the last two repeats the message, never loses it:
 * towards Telegram it is at least once. What is in flight counts until its outcome is committed, so repeats after a
 * kill are `limits.inFlight` at most.
 */
export function createDispatcher(given: DispatcherOptions): Dispatcher {
  const options = { ...given, steady: given.steady ?? given.clock, limits: { ...defaults, ...given.limits } }
  const memory = createMemory()
  const runs = new Set<Run>()
  const since = (moment: number | undefined) => (moment === undefined ? undefined : options.steady.now() - moment)
  return {
    async run(signal, holder) {
      const run = createRun(options, memory, signal, holder)
      runs.add(run)
      memory.fruitAt = options.steady.now()
      await work(run)
      runs.delete(run)
      await close(run)
    },
    reconsider: (chatId) => {
      for (const { line } of runs) line.reconsider(chatId)
    },
    state: () => ({
      idle: since(memory.steppedAt),
      fruitless: since(memory.fruitAt),
      paused: options.pacing.paused(),
      isLineDown: isDown(memory.failures),
    }),
  }
}

type Options = DispatcherOptions & { readonly steady: Clock; readonly limits: DispatcherLimits }

/** The dispatcher's work under one lease. */
type Run = {
  readonly options: Options
  readonly memory: Memory
  readonly signal: AbortSignal
  readonly holder: string
  readonly ledger: Ledger
  readonly line: Line
  readonly flights: Flights
  hasBegun: boolean
  /** By the steady clock. */
  sweptAt: number | undefined
}

function createRun(options: Options, memory: Memory, signal: AbortSignal, holder: string): Run {
  const { onOutcome, stopping = signal } = options
  const ledger = createLedger({ ...options, memory, stopping, onOutcome })
  const line = createLine({ ...options, memory, ledger, holder })
  const flights = createFlights({ ...options, memory, ledger })
  return { options, memory, signal, holder, ledger, line, flights, hasBegun: false, sweptAt: undefined }
}

async function work(run: Run): Promise<void> {
  const { options, memory, signal } = run
  const { sleep, log, mayWork, limits } = options
  let failures = 0
  while (!signal.aborted) {
    memory.steppedAt = options.steady.now()
    try {
      const pause = mayWork() ? await step(run) : await rest(run)
      if (failures > 0) log.info({ failures }, 'Notices can be read again')
      failures = 0
      if (pause > 0) await sleep(Math.min(pause, limits.poll), signal)
    } catch (error) {
      // Once is enough: an hour without a database is one piece of news.
      log[failures++ === 0 ? 'error' : 'debug']({ error }, 'Notices could not be read; trying again')
      await sleep(1_000, signal)
    }
  }
}

/** Does one thing; returns how long to wait before the next, in ms. Whether it may work is asked between two. */
async function step(run: Run): Promise<number> {
  const { options, line, flights } = run
  if (!run.hasBegun) await begin(run)
  if (remaining(sweepTime, run.sweptAt, options.steady.now()) === 0) await sweep(run)
  const pause = options.pacing.paused()
  if (pause > longPause) await line.putBack()
  if (pause > 0) return pause
  if (line.isEmpty()) {
    await line.fill()
    return line.isEmpty() ? line.untilClaim() : 0
  }
  line.fillAhead()
  if (flights.hasRoom()) return options.pacing.waitForAll() || sendNext(run)
  await flights.landing()
  return 0
}

async function begin(run: Run): Promise<void> {
  const { pauses, clock, pacing, notices } = run.options
  // Telegram says it again if the pause lasts longer, or if the clock showed another day.
  const pause = Math.min((await pauses.read()) - clock.now(), longestPause)
  if (pause > 0) pacing.pause(pause)
  await notices.releaseOthers(run.holder)
  run.hasBegun = true
}

async function sweep(run: Run): Promise<void> {
  const { notices, clock, steady, onOutcome } = run.options
  for (const kind of await notices.expire(clock.now())) onOutcome?.(kind, 'expired')
  await notices.resume()
  run.sweptAt = steady.now()
}

async function sendNext({ line, flights }: Run): Promise<number> {
  const next = line.next(flights.waitOf)
  switch (next.type) {
    case 'none':
      return next.wait
    case 'lapsing':
      line.reject(next.waiting)
      return 0
    case 'old':
      await line.lookAgain()
      return 0
    case 'ready':
      flights.launch(line.take(next.waiting))
      return 0
  }
}

/** Nothing may be sent: puts back what waits, and returns how long to wait before the next look, in ms. */
async function rest({ line }: Run): Promise<number> {
  await line.putBack()
  return idleTime
}

/** Puts the rest back and waits for what is in flight. */
async function close({ line, flights, ledger }: Run): Promise<void> {
  await line.close()
  await flights.landed()
  await ledger.idle()
}
