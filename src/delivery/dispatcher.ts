import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { type Group, group } from '../store/group-commit.ts'
import type { Pauses } from '../store/leases.ts'
import type { Claim, ClaimedNotice, NoticeOutcome, Notices, Settlement } from '../store/notices.ts'
import type { Unreachable } from '../store/people.ts'
import { backOff, type Sleep } from '../telegram/time.ts'
import { type Bundle, compose } from './compose.ts'
import type { Kinds } from './kinds.ts'
import type { Pacing } from './pacing.ts'
import type { Courier, Delivered } from './ports.ts'
import { createQuietEnd } from './quiet.ts'

export type DispatcherOptions = {
  readonly notices: Pick<Notices, 'claim' | 'settle' | 'resume' | 'expire' | 'releaseOthers'>
  /** Where a `retry_after` outlives the process. */
  readonly pauses: Pauses
  readonly kinds: Kinds
  readonly courier: Courier
  readonly pacing: Pacing
  /** Remembers that nothing can be sent to a chat. */
  readonly setUnreachable: (chatId: number, reason: Unreachable) => Promise<void>
  readonly clock: Clock
  readonly sleep: Sleep
  /** Numbers in [0, 1). */
  readonly random: () => number
  readonly log: Log
  /** IANA zone of quiet hours. */
  readonly zone: string
  /** Whether this process may send now; asked before every message. */
  readonly mayWork: () => boolean
  readonly holder: string
  /** Hears of every notice that is over, parked ones included. */
  readonly onOutcome?: (kind: string, outcome: NoticeOutcome) => void
  readonly limits?: Partial<DispatcherLimits>
}

export type DispatcherLimits = {
  /** Messages sent whose outcome is not yet committed, at most: what a kill can repeat. */
  readonly inFlight: number
  /** Notices claimed at once. */
  readonly batch: number
  /** Between two looks for due notices when there was none, ms. */
  readonly poll: number
  /** Failed sends of one notice before it is given up: with the pauses between them about an hour and a half. */
  readonly attempts: number
}

const defaults: DispatcherLimits = { inFlight: 128, batch: 500, poll: 500, attempts: 12 }
/** A claim lasts so long, and is not used in its last part, ms. */
const claimTime = 60_000
const claimMargin = 10_000
/** Between two sweeps for expired notices and people who have returned, ms. */
const sweepTime = 30_000
/** After one message of joining kinds the next waits so long for company, ms. */
const gathering = 60_000
/** Failures in a row after which the line is taken to be down, and tried by one message at a time. */
const downAfter = 8
const longestPause = 15 * 60_000

export type Dispatcher = {
  /** Sends what is due until the signal aborts; then waits for what is in flight and puts back the rest. */
  run(signal: AbortSignal): Promise<void>
}

/**
 * Claim → send → outcome, in order of priority. A kill between the last two repeats the message, never loses it:
 * towards Telegram it is at least once. What is in flight counts until its outcome is committed, so repeats after a
 * kill are `limits.inFlight` at most.
 */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  return {
    run: async (signal) => {
      const line = createLine(options)
      options.pacing.pause((await options.pauses.read()) - options.clock.now())
      await options.notices.releaseOthers(options.holder)
      await work(line, options, signal)
      await line.close()
    },
  }
}

async function work(line: Line, { sleep, log, clock, mayWork }: DispatcherOptions, signal: AbortSignal): Promise<void> {
  let sweepAt = Number.NEGATIVE_INFINITY
  while (!signal.aborted && mayWork()) {
    try {
      if (clock.now() >= sweepAt) await line.sweep()
      if (clock.now() >= sweepAt) sweepAt = clock.now() + sweepTime
      const pause = await line.step()
      if (pause > 0) await sleep(pause, signal)
    } catch (error) {
      log.error({ error }, 'Notices could not be read; trying again')
      await sleep(1_000, signal)
    }
  }
}

type Line = ReturnType<typeof createLine>

/** One run: what is claimed and not sent yet, and what is on its way. */
function createLine(options: DispatcherOptions) {
  const { notices, clock, pacing, courier, log } = options
  const limits = { ...defaults, ...options.limits }
  const quietEnd = createQuietEnd(options.zone)
  const ledger: Group<Settlement, void> = group({
    run: async (batch) => {
      await notices.settle(batch)
      return batch.map(() => ({ value: undefined }))
    },
    key: (settlement) => settlement.id,
    limit: 1_000,
  })
  const queue: Waiting[] = []
  const flying = new Set<Promise<void>>()
  const busy = new Set<number>()
  const gone = new Map<number, Unreachable>()
  const alone = new Set<number>()
  const gathered = new Map<number, number>()
  let failures = 0
  let claiming: Promise<void> | undefined
  let claimAt = Number.NEGATIVE_INFINITY

  const settle = async (settlements: readonly Settlement[]) => {
    for (let attempt = 0; ; attempt++) {
      try {
        await Promise.all(settlements.map((settlement) => ledger.add(settlement)))
        return
      } catch (error) {
        log.error({ error }, 'Outcomes of notices could not be written')
        if (attempt >= 5) return // the claims run out, and the notices go once more
        await options.sleep(backOff(attempt, options.random))
      }
    }
  }
  const report = (of: readonly ClaimedNotice[], settlements: readonly Settlement[]) => {
    const kinds = new Map(of.map(({ id, kind }) => [id, kind]))
    for (const { id, outcome } of settlements) if (outcome !== null) options.onOutcome?.(kinds.get(id) ?? '', outcome)
  }

  const claim = async () => {
    const now = clock.now()
    const wanted: Claim = { holder: options.holder, now, until: now + claimTime, limit: limits.batch }
    const claimed = await notices.claim(wanted)
    for (const { chatId } of claimed) gone.delete(chatId)
    const gatheringUntil = (chatId: number) => {
      const until = (gathered.get(chatId) ?? Number.NEGATIVE_INFINITY) + gathering
      return until > now ? until : undefined
    }
    const tools = { kinds: options.kinds, quietEnd, now, fits: courier.fits, alone, gatheringUntil }
    const { bundles, settled } = compose(claimed, tools)
    for (const bundle of bundles) queue.push({ bundle, until: wanted.until - claimMargin })
    queue.sort((a, b) => a.bundle.priority - b.bundle.priority)
    await settle(settled)
    report(claimed, settled)
    claimAt = claimed.length === 0 ? clock.now() + limits.poll : clock.now()
    if (gathered.size > 10_000) for (const [chat, at] of gathered) if (at + gathering <= now) gathered.delete(chat)
  }
  const refill = () => {
    claiming ??= claim().finally(() => {
      claiming = undefined
    })
    return claiming
  }

  /** Answers to people come first, and a line that is down is tried by one message at a time. */
  const room = () => {
    const most = failures >= downAfter ? 1 : pacing.answering() ? Math.ceil(limits.inFlight / 8) : limits.inFlight
    return most - flying.size
  }
  /** The first that may go to its chat now, else how long until one may. */
  const next = (): Waiting | number => {
    let soonest = limits.poll
    for (const [index, waiting] of queue.entries()) {
      const { chatId } = waiting.bundle
      const wait = busy.has(chatId) ? limits.poll : pacing.wait(chatId)
      if (wait === 0) {
        queue.splice(index, 1)
        return waiting
      }
      soonest = Math.min(soonest, wait)
    }
    return soonest
  }
  const launch = ({ bundle, until }: Waiting) => {
    if (until <= clock.now()) return // the claim has run out; it will be claimed again
    pacing.take(bundle.chatId)
    busy.add(bundle.chatId)
    const flight = send(bundle).finally(() => {
      flying.delete(flight)
      busy.delete(bundle.chatId)
    })
    flying.add(flight)
  }
  const send = async (bundle: Bundle) => {
    const known = gone.get(bundle.chatId)
    const delivered = known === undefined ? await courier.deliver(bundle) : ({ type: known } as const)
    if (known === undefined) await hear(bundle, delivered)
    const settlements = bundle.notices.map((notice) => settlementOf(notice, delivered, bundle, known === undefined))
    await settle(settlements)
    report(bundle.notices, settlements)
  }
  /** What the answer means for everything else. */
  const hear = async ({ chatId, notices: carried }: Bundle, delivered: Delivered) => {
    const isTrouble = delivered.type === 'retry' && delivered.afterMs === undefined
    failures = isTrouble ? failures + 1 : 0
    if (failures >= downAfter) pacing.pause(backOff(failures - downAfter, options.random))
    if (delivered.type === 'retry' && delivered.afterMs !== undefined) await obey(delivered.afterMs)
    if (delivered.type === 'failed' && carried.length > 1) for (const { id } of carried) alone.add(id)
    if (delivered.type === 'sent' && carried.every(({ kind }) => options.kinds.get(kind)?.definition.joins === true)) {
      gathered.set(chatId, clock.now())
    }
    if (delivered.type !== 'blocked' && delivered.type !== 'unreachable') return
    gone.set(chatId, delivered.type)
    await options.setUnreachable(chatId, delivered.type).catch((error: unknown) => {
      log.error({ error }, 'It could not be noted that somebody cannot be reached')
    })
  }
  const obey = async (afterMs: number) => {
    pacing.pause(afterMs)
    await options.pauses.extend(clock.now() + afterMs).catch((error: unknown) => {
      log.error({ error }, 'A pause could not be noted; this process obeys it all the same')
    })
  }
  const settlementOf = (notice: ClaimedNotice, delivered: Delivered, { notices: carried }: Bundle, tried: boolean) => {
    const { id } = notice
    const now = clock.now()
    switch (delivered.type) {
      case 'sent':
        alone.delete(id)
        return { id, outcome: 'sent', messageId: delivered.messageId, tried, finishedAt: now } as const
      case 'blocked':
      case 'unreachable':
        return { id, outcome: delivered.type, tried } as const
      case 'failed':
        if (carried.length > 1) return { id, outcome: null, tried } as const
        alone.delete(id)
        return { id, outcome: 'failed', reason: delivered.reason, tried, finishedAt: now } as const
      case 'retry':
        return retryOf(notice, delivered, now)
    }
  }
  const retryOf = ({ id, attempts }: ClaimedNotice, { afterMs, reason }: Retry, now: number): Settlement => {
    if (afterMs !== undefined) return { id, outcome: null, dueAt: now + afterMs, tried: false }
    if (attempts + 1 < limits.attempts) {
      const pause = backOff(attempts, options.random, 1_000, longestPause)
      return { id, outcome: null, dueAt: now + pause, tried: true }
    }
    const given = `given up after ${limits.attempts} attempts: ${reason ?? 'no answer'}`
    return { id, outcome: 'failed', reason: given, tried: true, finishedAt: now }
  }

  return {
    /** Does one thing; returns how long to wait before the next, in ms. */
    async step(): Promise<number> {
      const isDue = clock.now() >= claimAt
      if (queue.length === 0) {
        if (isDue || claiming) await refill()
        if (queue.length > 0) return 0
        return Math.max(0, claimAt - clock.now())
      }
      if (isDue && queue.length < limits.batch / 2) void refill().catch((error) => log.error({ error }, 'No claim'))
      if (room() <= 0) {
        await Promise.race(flying)
        return 0
      }
      const found = pacing.waitForAll() || next()
      if (typeof found === 'number') return found
      launch(found)
      return 0
    },
    async sweep(): Promise<void> {
      for (const kind of await notices.expire(clock.now())) options.onOutcome?.(kind, 'expired')
      await notices.resume()
    },
    /** Waits for what is in flight, then puts the rest back. */
    async close(): Promise<void> {
      await claiming?.catch(() => {})
      await Promise.all(flying)
      const rest = queue.splice(0).flatMap(({ bundle }) => bundle.notices)
      if (rest.length > 0) await settle(rest.map(({ id }) => ({ id, outcome: null, tried: false })))
      await ledger.idle()
    },
  }
}

/** A message ready to go, and until when its claim may be used. */
type Waiting = { readonly bundle: Bundle; readonly until: number }
type Retry = Extract<Delivered, { type: 'retry' }>
