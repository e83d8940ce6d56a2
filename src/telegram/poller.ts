import { setMaxListeners } from 'node:events'
import { GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import { steadyClock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { backOff, type Sleep, sleep } from '../base/sleep.ts'
import { within } from '../base/within.ts'
import { concernsOne, StoreError } from '../engine/store-error.ts'
import { wantedUpdates } from './incoming.ts'
import { createQueue, type Queue, type QueueOptions } from './queue.ts'

export type PollerOptions = {
  readonly getUpdates: GetUpdates
  /** Resolves when the update has been committed; rejects with a StoreError to get it again. */
  readonly take: Take
  /** Puts the updates of each chat in order; without one nothing is ever let go by. */
  readonly queue?: (take: Take, stopping: AbortSignal) => Queue
  readonly log: Log
  readonly random: () => number
  readonly sleep?: Sleep
  /** Seconds Telegram may keep a call waiting; 30 unless given. */
  readonly timeout?: number
  /** Aborts when turns under way are waited for no longer; what they have not committed comes again. */
  readonly ending?: AbortSignal
}

type Take = QueueOptions['take']

type GetUpdates = (
  options: { offset: number; limit: number; timeout: number; allowed_updates: typeof wantedUpdates },
  signal: AbortSignal,
) => Promise<Update[]>

export type Poller = {
  /** Polls until `stop`. Rejects when Telegram refuses the token. */
  run(): Promise<void>
  /** Ends the waiting call, lets the turns under way commit, and confirms them. */
  stop(): Promise<void>
}

/** How long to wait for the turns of a batch before looking for newer updates, and after that, in milliseconds. */
const linger = { first: 250, again: 1_000 }

/** Updates in a call: more are no quicker, and what they hold meanwhile outgrows V8's young generation. */
const batch = 50
/** Telegram gives no more. Those not confirmed come again with every call, so they must not take the new ones' place. */
const largestBatch = 100

/** Looks in vain, a second each, after which a turn that hangs is given up, if it keeps newer updates from being seen. */
const longestHang = 60

/**
 * Long polling that confirms an update only when it and all before it are committed. A slow turn holds nobody up:
 * newer updates are fetched beside it, unconfirmed, and what is already known of the answer is passed over. As far as
 * Telegram shows them: a hundred from the first that is not committed. A turn that hangs while others commit, until
 * these hundred are full, is left out after a minute, and so is one that fails in a way that may be its own; one that
 * waits for what everybody needs (space, a lock, a server) never is.
 */
export function createPoller(options: PollerOptions): Poller {
  const { log, random, sleep: wait = sleep, timeout = 30, ending } = options
  const stopping = new AbortController()
  const { signal } = stopping
  setMaxListeners(0, signal) // each turn that waits for the store waits with it
  const turns = createTurns(options, signal)
  let running: Promise<void> | undefined

  const ask = (seconds: number, news: number, until: AbortSignal) => {
    const offset = turns.offset()
    const limit = Math.min(largestBatch, news + turns.unconfirmed())
    return options.getUpdates({ offset, limit, timeout: seconds, allowed_updates: wantedUpdates }, until)
  }

  const fetchBatch = async (): Promise<Update[]> => {
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        return readable(await ask(timeout, batch, signal))
      } catch (error) {
        if (!signal.aborted) await wait(pauseAfter(error, attempt, random, log), signal)
      }
    }
    return []
  }

  const loop = async () => {
    while (!signal.aborted) {
      const fetched = await fetchBatch()
      const isNews = turns.begin(fetched)
      if (!isNews && fetched.length >= largestBatch) turns.lookInVain()
      // Not AbortSignal.any: Node 20 keeps what it makes for as long as the longest of its signals lives.
      const lingering = new AbortController()
      const end = () => lingering.abort()
      signal.addEventListener('abort', end)
      if (signal.aborted) end()
      const pause = wait(isNews ? linger.first : linger.again, lingering.signal)
      await Promise.race([isNews ? turns.resting() : turns.settled(), pause])
      signal.removeEventListener('abort', end)
      end()
    }
    await (ending === undefined ? turns.settled() : within(ending, turns.settled()))
    // Telegram learns of the last commits; without that it would only send them once more.
    if (turns.offset() > 0) await ask(0, 1, AbortSignal.timeout(5_000)).catch(() => {})
  }

  return {
    run() {
      running ??= loop()
      return running
    },
    async stop() {
      stopping.abort()
      await running?.catch(() => {})
    },
  }
}

/** An update that is not confirmed yet. */
type Known = { isCommitted: boolean; vain: number; giveUp?: () => void }

/** The turns under way: those of one chat one after another, others side by side. */
function createTurns(options: PollerOptions, signal: AbortSignal) {
  const { take, log, random, sleep: wait = sleep } = options
  const known = new Map<number, Known>()
  let newest = 0

  const takeOrGiveUp = async (update: Update, isCrowded: boolean): Promise<void> => {
    const mine = known.get(update.update_id)
    if (mine === undefined) return take(update, isCrowded)
    const givenUp = new Promise<never>((_, reject) => {
      mine.giveUp = () => reject(new Error('The turn hangs; newer updates could not be seen for it'))
    })
    await Promise.race([take(update, isCrowded), givenUp])
  }

  const takeUntilCommitted: Take = async (update, isCrowded) => {
    // Once at least: what has been fetched is taken before the program stops, or it could not be confirmed.
    for (let attempt = 0; attempt === 0 || !signal.aborted; attempt++) {
      try {
        return await takeOrGiveUp(update, isCrowded)
      } catch (error) {
        if (!(error instanceof StoreError)) return log.error({ error }, 'An update could not be taken and is left out')
        const mine = known.get(update.update_id)
        if (mine !== undefined && !concernsOne(error)) mine.vain = 0
        if ((mine?.vain ?? 0) > longestHang) {
          return log.error({ error }, 'An update fails while others are taken, who wait for it; it is left out')
        }
        log.warn({ attempt }, 'The store is not available; the same update is taken again')
        await wait(backOff(attempt, random, 200, 10_000), signal)
      }
    }
    throw new Error('Not committed') // it stays unconfirmed
  }

  const everything = { take: takeUntilCommitted, stopping: signal, meaningOf: () => ({ type: 'own' as const }) }
  const queue =
    options.queue?.(takeUntilCommitted, signal) ?? createQueue({ ...everything, clock: steadyClock, sleep: wait })
  const begin = (update: Update): void => {
    const mine: Known = { isCommitted: false, vain: 0 }
    known.set(update.update_id, mine)
    newest = Math.max(newest, update.update_id)
    const commit = () => {
      mine.isCommitted = true
    }
    void queue.add(update).then(commit, () => {})
  }
  const open = () => [...known.values()].filter(({ isCommitted }) => !isCommitted)

  return {
    /** Begins what is not known yet; tells whether there was anything. */
    begin(batch: readonly Update[]): boolean {
      const news = batch.filter(({ update_id: id }) => !known.has(id))
      for (const update of news) begin(update)
      return news.length > 0
    },
    /** Nothing new can be seen. Gives up what has hung for too long, unless nothing at all is being committed. */
    lookInVain(): void {
      const hanging = open()
      if (hanging.length === known.size) return
      for (const one of hanging) if (++one.vain > longestHang) one.giveUp?.()
    },
    /** Resolves when no turn is under way, though one may be put off. */
    resting: () => queue.resting(),
    /** Resolves when all is committed. */
    settled: () => queue.settled(),
    /** How many of those given come again, from the offset on, since the first of them is not committed. */
    unconfirmed: () => known.size,
    /** The number that confirms all committed updates before the first that is not. */
    offset(): number {
      const waiting = [...known].filter(([, { isCommitted }]) => !isCommitted).map(([id]) => id)
      const offset = waiting.length > 0 ? Math.min(...waiting) : newest === 0 ? 0 : newest + 1
      for (const id of [...known.keys()]) if (id < offset) known.delete(id)
      return offset
    },
  }
}

/** Throws what is no list of updates, each with the number by which it is confirmed: it came from somebody else. */
function readable(answer: unknown): Update[] {
  if (Array.isArray(answer) && answer.every((update) => Number.isSafeInteger(update?.update_id))) {
    return answer // Telegram's shape beyond the number is read field by field, each of which may be absent
  }
  throw new Error('The answer to getUpdates was no list of updates')
}

/** Says what is wrong and how long to wait, in milliseconds. Throws when waiting does not help. */
function pauseAfter(error: unknown, attempt: number, random: () => number, log: Log): number {
  if (!(error instanceof GrammyError)) {
    log.warn({ attempt }, 'Telegram cannot be reached; trying again')
    return backOff(attempt, random)
  }
  const { error_code: code } = error
  if (code === 401 || code === 404) {
    throw new Error('Telegram does not know this bot: set BOT_TOKEN to the token that @BotFather shows', {
      cause: error,
    })
  }
  if (code === 409) {
    log.error('Another program reads the updates of this bot, or a webhook is set: stop it, or use a token of its own')
    return backOff(attempt, random, 5_000, 60_000)
  }
  if (code === 429) return 1000 * (error.parameters.retry_after ?? 1)
  log.warn({ attempt, code }, 'Telegram refuses to hand over updates; trying again')
  return backOff(attempt, random)
}
