import type { RawApi, Transformer } from 'grammy'
import type { Clock } from '../clock.ts'
import { backOff, type Sleep } from './time.ts'

export type RetryOptions = {
  readonly clock: Clock
  readonly sleep: Sleep
  /** Numbers in [0, 1). */
  readonly random: () => number
  /** Calls in all, the first included. */
  readonly attempts?: number
  /** Longest time of waiting in all, in milliseconds; a longer `retry_after` is left to the caller. */
  readonly patience?: number
}

/** The poller waits in its own way. */
const untouched = 'getUpdates'
/** Loses its meaning by waiting: while Telegram wants a pause it is not made at all. */
const hasty = 'answerCallbackQuery'

/**
 * Obeys `retry_after` and repeats calls that failed on the way (5xx, network), within bounds.
 * After a 429 no call of this process goes to that chat (or method, without a chat) before the time is over.
 */
export function createRetry(options: RetryOptions): Transformer<RawApi> {
  const { clock, sleep, random, attempts = 4, patience = 30_000 } = options
  const gates = new Map<string, number>()

  /** Waits until the gate is open; the milliseconds it stays closed when that is longer than patience lasts. */
  const waitForGate = async (place: string, until: number, signal: AbortSignal | undefined): Promise<number> => {
    // As often as another call has closed it again meanwhile; `until` ends it.
    for (;;) {
      const opens = gates.get(place)
      if (opens === undefined) return 0
      const pause = opens - clock.now()
      if (opens > until) return pause
      if (signal?.aborted === true && pause > 0) return pause
      if (pause > 0) await sleep(pause, signal)
      else gates.delete(place)
    }
  }

  return async (prev, method, payload, signal) => {
    const place = placeOf(method, payload)
    if (method === untouched) return prev(method, payload, signal)
    const until = clock.now() + (method === hasty ? 0 : patience)
    for (let attempt = 1; ; attempt++) {
      const closed = await waitForGate(place, until, asSignal(signal))
      if (closed > 0) return tooMany(closed)
      const last = attempt >= attempts || method === hasty || signal?.aborted === true
      const outcome = await prev(method, payload, signal).catch((error: unknown) => ({ failed: error }))
      if ('failed' in outcome) {
        if (last) throw outcome.failed
      } else if (!outcome.ok && outcome.error_code === 429) {
        if (gates.size > 1_000) for (const [old, opens] of gates) if (opens <= clock.now()) gates.delete(old)
        gates.set(place, clock.now() + 1000 * (outcome.parameters?.retry_after ?? 1))
        if (last) return outcome
        continue
      } else if (outcome.ok || outcome.error_code < 500 || last) {
        return outcome
      }
      const pause = backOff(attempt - 1, random)
      if (clock.now() + pause > until) {
        if ('failed' in outcome) throw outcome.failed
        return outcome
      }
      await sleep(pause, asSignal(signal))
    }
  }
}

function placeOf(method: string, payload: object): string {
  return 'chat_id' in payload ? String(payload.chat_id) : method
}

/** The answer Telegram would give, without asking it. */
function tooMany(milliseconds: number) {
  const seconds = Math.ceil(milliseconds / 1000)
  const description = `Too Many Requests: retry after ${seconds}`
  return { ok: false as const, error_code: 429, description, parameters: { retry_after: seconds } }
}

function asSignal(signal: unknown): AbortSignal | undefined {
  return signal instanceof AbortSignal ? signal : undefined
}
