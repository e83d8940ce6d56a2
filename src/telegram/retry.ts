import type { RawApi, Transformer } from 'grammy'
import type { Clock } from '../base/clock.ts'
import { backOff, type Sleep } from '../base/sleep.ts'

export type RetryOptions = {
  readonly clock: Clock
  readonly sleep: Sleep
  /** Numbers in [0, 1). */
  readonly random: () => number
  /** Calls in all, the first included, beside those that Telegram has put off. */
  readonly attempts?: number
  /** Longest time of waiting in all, in milliseconds; a longer `retry_after` is left to the caller. */
  readonly patience?: number
  /** Aborts when the program ends: from then on nothing is waited for, and no call is made twice. */
  readonly ending?: AbortSignal
}

/** The poller waits in its own way. */
const untouched = 'getUpdates'
/** The answer to a press loses its meaning by waiting: in so many calls and milliseconds it is given, or never. */
const hasty = { method: 'answerCallbackQuery', attempts: 3, patience: 2_000, pause: 300 }

/**
 * Obeys `retry_after` and repeats calls that failed on the way (5xx, network), within bounds.
 * After a 429 no call of this process goes to that chat (or method, without a chat) before the time is over.
 */
export function createRetry(options: RetryOptions): Transformer<RawApi> {
  const { clock, sleep, random, ending } = options
  const usual = { attempts: options.attempts ?? 4, patience: options.patience ?? 30_000, pause: 500 }
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
  const close = (place: string, seconds: number) => {
    if (gates.size > 1_000) for (const [old, opens] of gates) if (opens <= clock.now()) gates.delete(old)
    gates.set(place, clock.now() + 1000 * seconds)
  }

  return async (prev, method, payload, signal) => {
    if (method === untouched) return prev(method, payload, signal)
    const place = placeOf(method, payload)
    const stop = asSignal(signal) ?? ending
    const { attempts, patience, pause: first } = method === hasty.method ? hasty : usual
    const until = clock.now() + patience
    for (let attempt = 1; ; ) {
      const closed = await waitForGate(place, until, stop)
      if (closed > 0) return tooMany(closed)
      const last = attempt >= attempts || stop?.aborted === true
      const outcome = await prev(method, payload, signal).catch((error: unknown) => ({ failed: error }))
      if ('failed' in outcome) {
        if (last) throw outcome.failed
      } else if (!outcome.ok && outcome.error_code === 429) {
        // No failure of this call: where everybody is answered at once it has its turn later, while patience lasts.
        close(place, Math.max(1, outcome.parameters?.retry_after ?? 1))
        if (stop?.aborted === true) return outcome
        continue
      } else if (outcome.ok || outcome.error_code < 500 || last) {
        return outcome
      }
      const pause = backOff(attempt++ - 1, random, first)
      if (clock.now() + pause > until) {
        if ('failed' in outcome) throw outcome.failed
        return outcome
      }
      await sleep(pause, stop)
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
