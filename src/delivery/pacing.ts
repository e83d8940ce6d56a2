import type { RawApi, Transformer } from 'grammy'
import type { Clock } from '../clock.ts'

export type PacingOptions = {
  readonly clock: Clock
  /** Messages a second in all; Infinity for measuring. */
  readonly messagesPerSecond: number
  /** Between two messages to one chat, ms. */
  readonly perChat?: number
}

/** One for the whole process: turns report what they send, the dispatcher takes what they leave. */
export type Pacing = {
  /** How long the dispatcher has to wait before it may send to the chat, in ms; 0 when it may. */
  wait(chatId: number): number
  /** How long it has to wait before it may send to anybody. */
  waitForAll(): number
  /** The dispatcher sends to the chat now. */
  take(chatId: number): void
  /** Nobody is sent anything by the dispatcher for so long. */
  pause(milliseconds: number): void
  /** Whether answers to people are on their way. */
  answering(): boolean
  /**
   * For the Api of the turns: counts its calls, which never wait, against the dispatcher. Install it before (inside)
   * whatever repeats calls.
   */
  readonly answers: Transformer<RawApi>
  /** For the Api of the dispatcher: hears of `retry_after`. */
  readonly notices: Transformer<RawApi>
}

/**
 * A bucket of tokens for all messages and a gap for each chat. In any second at most `burst + refill` leave, which is
 * kept a little below the limit since the way to Telegram shortens gaps. Answers take tokens without asking, into
 * debt, so the dispatcher only ever gets what they leave. A `retry_after` of any method stops the dispatcher whole.
 */
export function createPacing({ clock, messagesPerSecond, perChat = 1_000 }: PacingOptions): Pacing {
  const burst = Math.max(1, messagesPerSecond / 15)
  const refill = (messagesPerSecond * 0.9) / 1_000
  const last = new Map<number, number>()
  const unlimited = messagesPerSecond === Number.POSITIVE_INFINITY
  let tokens = burst
  let counted = clock.now()
  let pausedUntil = 0
  let answers = 0

  const refresh = (now: number) => {
    if (now > counted) tokens = Math.min(burst, tokens + (now - counted) * refill)
    counted = Math.max(counted, now)
  }
  const waitForAll = () => {
    const now = clock.now()
    const pause = Math.max(0, pausedUntil - now)
    if (unlimited) return pause
    refresh(now)
    return Math.max(pause, tokens >= 1 ? 0 : Math.ceil((1 - tokens) / refill))
  }
  const spend = (chatId: number | undefined) => {
    const now = clock.now()
    if (!unlimited) {
      refresh(now)
      tokens = Math.max(tokens - 1, -messagesPerSecond) // a second's worth of debt: more would starve the notices
    }
    if (chatId === undefined) return
    last.set(chatId, now)
    if (last.size > 10_000) forgetOld(last, now - perChat)
  }
  const pause = (milliseconds: number) => {
    pausedUntil = Math.max(pausedUntil, clock.now() + milliseconds)
  }
  const obey = (outcome: { ok: boolean; error_code?: number; parameters?: { retry_after?: number } }) => {
    if (!outcome.ok && outcome.error_code === 429) pause(1_000 * (outcome.parameters?.retry_after ?? 1))
  }
  return {
    wait: (chatId) => Math.max(waitForAll(), (last.get(chatId) ?? Number.NEGATIVE_INFINITY) + perChat - clock.now(), 0),
    waitForAll,
    take: spend,
    pause,
    answering: () => answers > 0,
    answers: async (prev, method, payload, signal) => {
      if (!isMessage(method)) return heard(await prev(method, payload, signal), obey)
      spend(chatOf(payload))
      answers++
      try {
        return heard(await prev(method, payload, signal), obey)
      } finally {
        answers--
      }
    },
    notices: async (prev, method, payload, signal) => heard(await prev(method, payload, signal), obey),
  }
}

/** What Telegram counts: messages sent and edited. */
function isMessage(method: string): boolean {
  return /^(send|edit|copy|forward)/.test(method) && method !== 'sendChatAction'
}

function heard<T>(outcome: T, hear: (outcome: T) => void): T {
  hear(outcome)
  return outcome
}

function chatOf(payload: object): number | undefined {
  const id = 'chat_id' in payload ? Number(payload.chat_id) : Number.NaN
  return Number.isSafeInteger(id) ? id : undefined
}

function forgetOld(last: Map<number, number>, before: number): void {
  for (const [chat, at] of last) if (at <= before) last.delete(chat)
}
