import { GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import type { Log } from '../log.ts'
import { isStoreError } from './errors.ts'
import { chatKeyOf, wantedUpdates } from './incoming.ts'
import { backOff, type Sleep, sleep } from './time.ts'

export type PollerOptions = {
  readonly getUpdates: GetUpdates
  /** Resolves when the update has been committed; rejects with a StoreError to get it again. */
  readonly take: (update: Update) => Promise<void>
  readonly log: Log
  readonly random: () => number
  readonly sleep?: Sleep
  /** Seconds Telegram may keep a call waiting; 30 unless given. */
  readonly timeout?: number
}

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

/**
 * Long polling that confirms an update only when it and all before it are committed. A slow turn holds nobody up:
 * newer updates are fetched beside it, unconfirmed, and what is already known of the answer is passed over.
 */
export function createPoller(options: PollerOptions): Poller {
  const { log, random, sleep: wait = sleep, timeout = 30 } = options
  const stopping = new AbortController()
  const { signal } = stopping
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
        return await ask(timeout, batch, signal)
      } catch (error) {
        if (!signal.aborted) await wait(pauseAfter(error, attempt, random, log), signal)
      }
    }
    return []
  }

  const loop = async () => {
    while (!signal.aborted) {
      const isNews = turns.begin(await fetchBatch())
      // Not AbortSignal.any: Node 20 keeps what it makes for as long as the longest of its signals lives.
      const lingering = new AbortController()
      const end = () => lingering.abort()
      signal.addEventListener('abort', end)
      if (signal.aborted) end()
      await Promise.race([turns.settled(), wait(isNews ? linger.first : linger.again, lingering.signal)])
      signal.removeEventListener('abort', end)
      end()
    }
    await turns.settled()
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

/** The turns under way: those of one chat one after another, others side by side. */
function createTurns({ take, log, random, sleep: wait = sleep }: PollerOptions, signal: AbortSignal) {
  const chats = new Map<number, Promise<void>>()
  /** Whether each update that is not confirmed yet has been committed. */
  const known = new Map<number, boolean>()
  let newest = 0

  const takeUntilCommitted = async (update: Update): Promise<void> => {
    // Once at least: what has been fetched is taken before the program stops, or it could not be confirmed.
    for (let attempt = 0; attempt === 0 || !signal.aborted; attempt++) {
      try {
        await take(update)
        return void known.set(update.update_id, true)
      } catch (error) {
        if (!isStoreError(error)) {
          log.error({ error }, 'An update could not be taken and is left out')
          return void known.set(update.update_id, true)
        }
        log.warn({ attempt }, 'The store is not available; the same update is taken again')
        await wait(backOff(attempt, random, 200, 10_000), signal)
      }
    }
  }

  const begin = (update: Update): void => {
    const chat = chatKeyOf(update)
    const before = chats.get(chat)
    const turn = before === undefined ? takeUntilCommitted(update) : before.then(() => takeUntilCommitted(update))
    const tail = turn.then(() => {
      if (chats.get(chat) === tail) chats.delete(chat)
    })
    chats.set(chat, tail)
  }

  return {
    /** Begins what is not known yet; tells whether there was anything. */
    begin(batch: readonly Update[]): boolean {
      const news = batch.filter(({ update_id: id }) => !known.has(id))
      for (const { update_id: id } of news) {
        known.set(id, false)
        newest = Math.max(newest, id)
      }
      for (const update of news) begin(update)
      return news.length > 0
    },
    /** Resolves when no turn is under way. */
    async settled(): Promise<void> {
      while (chats.size > 0) await Promise.all(chats.values())
    },
    /** How many of those given come again, from the offset on, since the first of them is not committed. */
    unconfirmed: () => known.size,
    /** The number that confirms all committed updates before the first that is not. */
    offset(): number {
      const open = [...known].filter(([, committed]) => !committed).map(([id]) => id)
      const offset = open.length > 0 ? Math.min(...open) : newest === 0 ? 0 : newest + 1
      for (const id of [...known.keys()]) if (id < offset) known.delete(id)
      return offset
    },
  }
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
