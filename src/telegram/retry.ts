import type { RawApi, Transformer } from 'grammy'
import type { ApiResponse } from 'grammy/types'
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
  const usual = { attempts: options.attempts ?? 4, patience: options.patience ?? 30_000, pause: 500 }
  const tools = { ...options, gates: createGates(options) }
  return (prev, method, payload, signal) => {
    const send = () => prev(method, payload, signal)
    if (method === untouched) return send()
    const bounds = method === hasty.method ? hasty : usual
    const stop = asSignal(signal) ?? options.ending
    const until = options.clock.now() + bounds.patience
    return insist({ send, place: placeOf(method, payload), stop, until, ...bounds }, tools)
  }
}

type Call<T> = {
  readonly send: () => Promise<ApiResponse<T>>
  readonly place: string
  /** Once it has aborted nothing is waited for or repeated. */
  readonly stop: AbortSignal | undefined
  /** Epoch ms: nothing is waited for beyond. */
  readonly until: number
  /** Sends in all, beside those that Telegram has put off. */
  readonly attempts: number
  /** After the first failure, ms. */
  readonly pause: number
}
type Tools = Pick<RetryOptions, 'clock' | 'sleep' | 'random'> & { readonly gates: Gates }

async function insist<T>(call: Call<T>, { clock, sleep, random, gates }: Tools): Promise<ApiResponse<T>> {
  for (let failures = 0; ; ) {
    const closed = await gates.wait(call)
    if (closed > 0) return tooMany(closed)
    const tried = await attempt(call.send)
    const isOver = call.stop?.aborted === true
    if (tried.type === 'putOff') {
      // No failure of this call: where everybody is answered at once it has its turn later, while patience lasts.
      gates.close(call.place, tried.seconds)
      if (isOver) return tried.answer
      continue
    }
    failures++
    if (tried.type === 'answered' || isOver || failures >= call.attempts) return outcomeOf(tried)
    const pause = backOff(failures - 1, random, call.pause)
    if (clock.now() + pause > call.until) return outcomeOf(tried)
    await sleep(pause, call.stop)
  }
}

type Tried<T> =
  | { readonly type: 'answered'; readonly answer: ApiResponse<T> }
  | { readonly type: 'putOff'; readonly answer: ApiResponse<T>; readonly seconds: number }
  /** The server's own trouble. */
  | { readonly type: 'broken'; readonly answer: ApiResponse<T> }
  /** No answer came. */
  | { readonly type: 'lost'; readonly error: unknown }

async function attempt<T>(send: () => Promise<ApiResponse<T>>): Promise<Tried<T>> {
  try {
    const answer = await send()
    if (answer.ok || (answer.error_code < 500 && answer.error_code !== 429)) return { type: 'answered', answer }
    if (answer.error_code >= 500) return { type: 'broken', answer }
    return { type: 'putOff', answer, seconds: Math.max(1, answer.parameters?.retry_after ?? 1) }
  } catch (error) {
    return { type: 'lost', error }
  }
}

/** As the call would have ended without repeats. */
function outcomeOf<T>(tried: Tried<T>): ApiResponse<T> {
  if (tried.type === 'lost') throw tried.error
  return tried.answer
}

/** For each chat (or method, without a chat) the time before which Telegram wants no call. */
type Gates = {
  /** Waits until the gate is open; the milliseconds it stays closed when that is longer than patience lasts. */
  wait(call: Pick<Call<unknown>, 'place' | 'stop' | 'until'>): Promise<number>
  close(place: string, seconds: number): void
}

function createGates({ clock, sleep }: Pick<RetryOptions, 'clock' | 'sleep'>): Gates {
  const gates = new Map<string, number>()
  return {
    async wait({ place, stop, until }) {
      // As often as another call has closed it again meanwhile; `until` ends it.
      for (;;) {
        const opens = gates.get(place)
        if (opens === undefined) return 0
        const pause = opens - clock.now()
        if (opens > until) return pause
        if (stop?.aborted === true && pause > 0) return pause
        if (pause > 0) await sleep(pause, stop)
        else gates.delete(place)
      }
    },
    close(place, seconds) {
      if (gates.size > 1_000) for (const [old, opens] of gates) if (opens <= clock.now()) gates.delete(old)
      gates.set(place, clock.now() + 1000 * seconds)
    },
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
