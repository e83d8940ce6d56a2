import { GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import type { Log } from '../log.ts'
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

/** Long polling that asks with a new offset, which confirms all before it, only when all before it are committed. */
export function createPoller(options: PollerOptions): Poller {
  const { log, random, sleep: wait = sleep, timeout = 30 } = options
  const stopping = new AbortController()
  const { signal } = stopping
  let offset = 0
  let running: Promise<void> | undefined

  const ask = (seconds: number, limit: number, until: AbortSignal) =>
    options.getUpdates({ offset, limit, timeout: seconds, allowed_updates: wantedUpdates }, until)

  const fetchBatch = async (): Promise<Update[]> => {
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        return await ask(timeout, 100, signal)
      } catch (error) {
        if (signal.aborted) return []
        await wait(pauseAfter(error, attempt, random, log), signal)
      }
    }
    return []
  }

  const takeBatch = async (batch: readonly Update[]): Promise<void> => {
    const last = batch.at(-1)?.update_id ?? 0
    let left = batch
    for (let attempt = 0; left.length > 0; attempt++) {
      left = await takeInOrder(left, options)
      offset = left[0]?.update_id ?? last + 1
      if (left.length === 0 || signal.aborted) return
      log.warn({ updates: left.length }, 'The store is not available; the same updates are taken again')
      await wait(backOff(attempt, random, 200, 10_000), signal)
    }
  }

  const loop = async () => {
    while (!signal.aborted) await takeBatch(await fetchBatch())
    // Telegram learns of the last commits; without that it would only send them once more.
    if (offset > 0) await ask(0, 1, AbortSignal.timeout(5_000)).catch(() => {})
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

/** Takes updates of different chats at once and those of one chat in order. Returns those to be taken again. */
async function takeInOrder(updates: readonly Update[], options: PollerOptions): Promise<Update[]> {
  const queues = new Map<number, Update[]>()
  for (const update of updates) {
    const key = chatKeyOf(update)
    const queue = queues.get(key)
    if (queue === undefined) queues.set(key, [update])
    else queue.push(update)
  }
  const left = await Promise.all([...queues.values()].map((queue) => takeQueue(queue, options)))
  return left.flat().sort((one, other) => one.update_id - other.update_id)
}

async function takeQueue(queue: readonly Update[], { take, log }: PollerOptions): Promise<readonly Update[]> {
  for (const [index, update] of queue.entries()) {
    try {
      await take(update)
    } catch (error) {
      if (isStoreError(error)) return queue.slice(index)
      log.error({ error }, 'An update could not be taken and is left out')
    }
  }
  return []
}

/** Errors of the medium carry this name (see the ports of the engine). */
export function isStoreError(error: unknown): boolean {
  return error instanceof Error && error.name === 'StoreError'
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
