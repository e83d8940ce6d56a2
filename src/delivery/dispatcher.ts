import { type Clock, createElapsed, type Moment, remaining } from '../base/clock.ts'
import { type Group, group } from '../base/group.ts'
import type { Log } from '../base/log.ts'
import { backOff, type Sleep } from '../base/sleep.ts'
import type { Pauses } from '../store/leases.ts'
import type { Unreachable } from '../store/people.ts'
import { type Bundle, compose } from './compose.ts'
import type { Kinds } from './kinds.ts'
import type { ClaimedNotice, NoticeOutcome, Settlement } from './notices/notice.ts'
import type { Notices } from './notices/notices.ts'
import type { Pacing } from './pacing.ts'
import type { Courier, Delivered } from './ports.ts'
import { createQuietEnd } from './quiet.ts'

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
/** A claim lasts so long, and is not used in its last part, ms. */
const claimTime = 60_000
const claimMargin = 10_000
/** What was claimed longer ago is looked at once more before it is sent, ms: its person may have had other wishes. */
const freshTime = 2_000
/** In a longer pause nothing stays claimed, ms. */
const longPause = 1_000
/** Between two sweeps for expired notices and people who have returned, ms. */
const sweepTime = 30_000
/** After one message of joining kinds the next waits so long for company, ms. */
const gathering = 60_000
/** Failures in a row after which the line is taken to be down, and tried by one message at a time. */
const downAfter = 8
const longestPause = 15 * 60_000
/** So often an outcome that cannot be written is tried again after the end. */
const lastAttempts = 3

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
  const lines = new Set<Line>()
  const since = (moment: number | undefined) => (moment === undefined ? undefined : options.steady.now() - moment)
  return {
    async run(signal, holder) {
      const line = createLine(options, memory, signal, holder)
      lines.add(line)
      memory.fruitAt = options.steady.now()
      await work(line, options, memory, signal)
      lines.delete(line)
      await line.close()
    },
    reconsider: (chatId) => {
      for (const line of lines) line.reconsider(chatId)
    },
    state: () => ({
      idle: since(memory.steppedAt),
      fruitless: since(memory.fruitAt),
      paused: options.pacing.paused(),
      isLineDown: memory.failures >= downAfter,
    }),
  }
}

type Options = DispatcherOptions & { readonly steady: Clock; readonly limits: DispatcherLimits }

async function work(line: Line, options: Options, memory: Memory, signal: AbortSignal): Promise<void> {
  const { sleep, log, mayWork, limits } = options
  let failures = 0
  while (!signal.aborted) {
    memory.steppedAt = options.steady.now()
    try {
      const pause = mayWork() ? await line.step() : await line.rest()
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

/** What outlives a run: a message on its way goes on when the lease is lost, and is known when it is had again. */
function createMemory() {
  return {
    /** Ids of notices that wait in this process, are on their way, or whose outcome is not written yet. */
    here: new Set<number>(),
    flying: new Set<Promise<void>>(),
    /** Chats with a message on its way. */
    busy: new Set<number>(),
    gone: new Map<number, Unreachable>(),
    /** Ids of notices that go alone. */
    alone: new Set<number>(),
    /** When chats had their last message of joining kinds. */
    gathered: new Map<number, number>(),
    failures: 0,
    steppedAt: undefined as number | undefined,
    fruitAt: undefined as number | undefined,
  }
}

type Memory = ReturnType<typeof createMemory>
type Line = ReturnType<typeof createLine>

/** One run: what is claimed and not sent yet, and what is on its way. */
function createLine(options: Options, memory: Memory, signal: AbortSignal, holder: string) {
  const { notices, clock, steady, pacing, courier, log, limits } = options
  const { here, flying, busy, gone, alone, gathered } = memory
  const stopping = options.stopping ?? signal
  const quietEnd = createQuietEnd(options.zone)
  const elapsed = createElapsed(steady, clock)
  let ledgerFails = false
  const ledger: Group<Settlement, void> = group({
    run: async (batch) => {
      await notices.settle(batch).catch((error: unknown) => {
        log[ledgerFails ? 'debug' : 'error']({ error }, 'Outcomes of notices could not be written; trying again')
        ledgerFails = true
        throw error
      })
      ledgerFails = false
      return batch.map(() => ({ value: undefined }))
    },
    key: (settlement) => settlement.id,
    limit: 1_000,
  })
  const queue: Waiting[] = []
  /** Ids of notices to be put back, for a claim that judges them anew. */
  const rejected = new Set<number>()
  /** Chats of which something has changed while a claim was being read. */
  const changed = new Set<number>()
  const recording = new Set<Promise<void>>()
  let hasBegun = false
  let sweptAt: number | undefined
  let claiming: Promise<void> | undefined
  let claim = { at: undefined as number | undefined, pause: 0 }

  /** Until it is written: what Telegram has taken must not be sent again. */
  const settle = async (settlements: readonly Settlement[]) => {
    let last = 0
    for (let attempt = 0; last < lastAttempts; attempt++) {
      try {
        await Promise.all(settlements.map((settlement) => ledger.add(settlement)))
        break
      } catch {
        if (stopping.aborted) await options.sleep(backOff(last++, options.random))
        else await options.sleep(backOff(attempt, options.random), stopping)
      }
    }
    for (const { id } of settlements) here.delete(id)
  }
  const record = async (of: readonly ClaimedNotice[], settlements: readonly Settlement[]) => {
    await settle(settlements)
    const kinds = new Map(of.map(({ id, kind }) => [id, kind]))
    for (const { id, outcome } of settlements) {
      if (outcome === null) continue
      memory.fruitAt = steady.now()
      options.onOutcome?.(kinds.get(id) ?? '', outcome)
    }
  }

  const begin = async () => {
    // Telegram says it again if the pause lasts longer, or if the clock showed another day.
    const pause = Math.min((await options.pauses.read()) - clock.now(), longestPause)
    if (pause > 0) pacing.pause(pause)
    await notices.releaseOthers(holder)
    hasBegun = true
  }
  const sweep = async () => {
    for (const kind of await notices.expire(clock.now())) options.onOutcome?.(kind, 'expired')
    await notices.resume()
    sweptAt = steady.now()
  }

  /** Takes messages out of the queue; their notices are put back and judged anew. */
  const reject = (isMeant: (waiting: Waiting) => boolean) => {
    for (const waiting of queue.splice(0)) {
      if (!isMeant(waiting)) queue.push(waiting)
      else for (const { id } of waiting.bundle.notices) rejected.add(id)
    }
    if (rejected.size > 0) claim.at = undefined
  }
  const giveBack = async () => {
    const ids = [...rejected]
    await notices.giveBack(ids, holder)
    for (const id of ids) {
      rejected.delete(id)
      here.delete(id)
    }
  }
  /** Nothing stays in the queue; a claim being read is waited for, since it may bring what is put back. */
  const putBack = async () => {
    reject(() => true)
    await claiming?.catch(() => {})
    reject(() => true)
    if (rejected.size > 0) await giveBack()
  }
  const claimDue = async () => {
    claim = { at: steady.now(), pause: limits.poll }
    if (rejected.size > 0) await giveBack()
    changed.clear()
    const now = clock.now()
    const asked = elapsed.mark()
    const rows = await notices.claim({ holder, now, until: now + claimTime, limit: limits.batch })
    // What is in this process already only has its claim prolonged.
    const claimed = rows.filter(({ id }) => !here.has(id))
    for (const { id, chatId } of claimed) {
      here.add(id)
      gone.delete(chatId)
    }
    const { bundles, settled } = compose(claimed, { ...tools, now })
    for (const bundle of bundles) queue.push({ bundle, claimed: asked, looked: asked })
    queue.sort((a, b) => a.bundle.priority - b.bundle.priority)
    reject(({ bundle }) => changed.has(bundle.chatId))
    if (settled.length > 0) track(recording, record(claimed, settled), log)
    if (rows.length > 0) claim.pause = 0
  }
  const tools = {
    kinds: options.kinds,
    quietEnd,
    fits: courier.fits,
    alone,
    gatheringUntil: (chatId: number) => {
      const left = remaining(gathering, gathered.get(chatId), steady.now())
      return left === 0 ? undefined : clock.now() + left
    },
  }
  const refill = () => {
    claiming ??= claimDue().finally(() => {
      claiming = undefined
    })
    return claiming
  }

  /** Answers to people come first, and a line that is down is tried by one message at a time. */
  const room = () => {
    const answering = pacing.answering() ? Math.ceil(limits.inFlight / 8) : limits.inFlight
    return (memory.failures >= downAfter ? 1 : answering) - flying.size
  }
  /** Until a message has come through, or for a while. */
  const landing = async () => {
    const waiting = new AbortController()
    await Promise.race([...flying, options.sleep(limits.poll, waiting.signal)])
    waiting.abort()
  }
  /** The first that may go to its chat now, else how long until one may. */
  const next = (): Waiting | number => {
    let soonest = limits.poll
    for (const waiting of queue) {
      const { chatId } = waiting.bundle
      const wait = busy.has(chatId) ? limits.poll : pacing.wait(chatId)
      if (wait === 0) return waiting
      soonest = Math.min(soonest, wait)
    }
    return soonest
  }
  /** Reads again, with one query, what has waited for a while; what must not go any more is put back. */
  const lookAgain = async () => {
    const asked = elapsed.mark()
    const old = queue.filter(({ looked }) => elapsed.since(looked) > freshTime)
    const ids = old.flatMap(({ bundle }) => bundle.notices.map(({ id }) => id))
    const wanted = new Set(await notices.stillWanted(ids, holder, clock.now()))
    const spoiled = new Set(old.filter(({ bundle }) => !bundle.notices.every(({ id }) => wanted.has(id))))
    for (const waiting of old) waiting.looked = asked
    if (spoiled.size > 0) reject((waiting) => spoiled.has(waiting))
  }
  const launch = (waiting: Waiting) => {
    queue.splice(queue.indexOf(waiting), 1)
    const { bundle } = waiting
    pacing.take(bundle.chatId)
    busy.add(bundle.chatId)
    track(
      flying,
      send(bundle).finally(() => {
        busy.delete(bundle.chatId)
        for (const { id } of bundle.notices) here.delete(id)
      }),
      log,
    )
  }
  const send = async (bundle: Bundle) => {
    const known = gone.get(bundle.chatId)
    const delivered = known === undefined ? await courier.deliver(bundle) : ({ type: known } as const)
    if (known === undefined) await hear(bundle, delivered)
    const settlements = bundle.notices.map((notice) => settlementOf(notice, delivered, bundle, known === undefined))
    await record(bundle.notices, settlements)
  }
  /** What the answer means for everything else. */
  const hear = async ({ chatId, notices: carried }: Bundle, delivered: Delivered) => {
    const isTrouble = delivered.type === 'retry' && delivered.afterMs === undefined
    memory.failures = isTrouble ? memory.failures + 1 : 0
    if (memory.failures >= downAfter) pacing.pause(backOff(memory.failures - downAfter, options.random))
    if (delivered.type === 'retry' && delivered.afterMs !== undefined) await obey(chatId, delivered.afterMs)
    if (delivered.type === 'failed' && carried.length > 1) for (const { id } of carried) alone.add(id)
    if (delivered.type === 'sent' && carried.every(({ kind }) => options.kinds.get(kind)?.definition.joins === true)) {
      gather(chatId)
    }
    if (delivered.type !== 'blocked' && delivered.type !== 'unreachable') return
    gone.set(chatId, delivered.type)
    await options.setUnreachable(chatId, delivered.type).catch((error: unknown) => {
      log.error({ error }, 'It could not be noted that somebody cannot be reached')
    })
  }
  const gather = (chatId: number) => {
    const now = steady.now()
    gathered.set(chatId, now)
    if (gathered.size <= 10_000) return
    for (const [chat, at] of gathered) if (remaining(gathering, at, now) === 0) gathered.delete(chat)
  }
  /** The chat waits; when Telegram means everybody, the next process shall know of it, too. */
  const obey = async (chatId: number, afterMs: number) => {
    if (!pacing.refuse(chatId, afterMs)) return
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
    // While nothing at all comes through, it is not this notice that fails: a day without Telegram gives up none.
    const tried = memory.failures < downAfter
    if (!tried || attempts + 1 < limits.attempts) {
      const pause = backOff(attempts, options.random, 1_000, longestPause)
      return { id, outcome: null, dueAt: now + pause, tried }
    }
    const given = `given up after ${limits.attempts} attempts: ${reason ?? 'no answer'}`
    return { id, outcome: 'failed', reason: given, tried: true, finishedAt: now }
  }

  return {
    /** Does one thing; returns how long to wait before the next, in ms. */
    async step(): Promise<number> {
      if (!hasBegun) await begin()
      if (remaining(sweepTime, sweptAt, steady.now()) === 0) await sweep()
      const pause = pacing.paused()
      if (pause > longPause) await putBack()
      if (pause > 0) return pause
      const untilClaim = remaining(claim.pause, claim.at, steady.now())
      if (queue.length === 0) {
        if (untilClaim === 0 || claiming) await refill()
        return queue.length > 0 ? 0 : remaining(claim.pause, claim.at, steady.now())
      }
      if (untilClaim === 0 && (queue.length < limits.batch / 2 || rejected.size > 0)) {
        void refill().catch((error) => log.debug({ error }, 'Notices could not be claimed; trying again'))
      }
      if (room() <= 0) {
        await landing()
        return 0
      }
      const found = pacing.waitForAll() || next()
      if (typeof found === 'number') return found
      if (elapsed.since(found.claimed) > claimTime - claimMargin) reject((waiting) => waiting === found)
      else if (elapsed.since(found.looked) > freshTime) await lookAgain()
      else launch(found)
      return 0
    },
    /** Nothing may be sent: puts back what waits, and returns how long to wait before the next look, in ms. */
    async rest(): Promise<number> {
      await putBack()
      return idleTime
    },
    reconsider(chatId: number): void {
      changed.add(chatId)
      if (queue.some(({ bundle }) => bundle.chatId === chatId)) reject(({ bundle }) => bundle.chatId === chatId)
    },
    /** Puts the rest back and waits for what is in flight. */
    async close(): Promise<void> {
      await putBack().catch(() => {}) // the next holder frees them
      for (const id of rejected) here.delete(id)
      await Promise.all([...flying, ...recording])
      await ledger.idle()
    },
  }
}

function track(underWay: Set<Promise<void>>, work: Promise<void>, log: Log): void {
  const tracked = work
    .catch((error: unknown) => log.error({ error }, 'What became of a notice was lost; it goes once more'))
    .finally(() => underWay.delete(tracked))
  underWay.add(tracked)
}

/** A message ready to go; when its notices were claimed, and when their rows were last seen. */
type Waiting = { readonly bundle: Bundle; readonly claimed: Moment; looked: Moment }
type Retry = Extract<Delivered, { type: 'retry' }>
