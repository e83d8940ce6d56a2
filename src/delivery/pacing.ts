import type { RawApi, Transformer } from 'grammy'
import { type Clock, remaining } from '../base/clock.ts'

export type PacingOptions = {
  /** Ticks evenly; what time it shows does not matter. */
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
  /** How long that lasts still, in ms. */
  paused(): number
  /**
   * Telegram wants so long a pause before the next message to the chat; without a chat, before any. Tells whether
   * everybody waits now: several chats refused within a short time speak of all that is sent, one of itself.
   */
  refuse(chatId: number | undefined, milliseconds: number): boolean
  /** Whether messages of turns are on their way. */
  answering(): boolean
  /**
   * For the Api of the turns: counts its calls, which never wait, against the dispatcher. Install it before (inside)
   * whatever repeats calls.
   */
  readonly turns: Transformer<RawApi>
  /** For the Api of the dispatcher: hears of `retry_after`. */
  readonly notices: Transformer<RawApi>
}

/** A message to a chat within so long after another, ms: then a refusal speaks of that chat's own pace. */
const crowded = 3_000
/** So many chats refused for no reason of their own within so long, ms: then everybody waits. */
const several = { chats: 3, within: 5_000 }

/**
 * A bucket of tokens for all messages and a gap for each chat. In any second at most `burst + refill` leave, which is
 * kept a little below the limit since the way to Telegram shortens gaps. Turns take tokens without asking, into
 * debt, so the dispatcher only ever gets what they leave. A `retry_after` holds back the chat that met it.
 */
export function createPacing({ clock, messagesPerSecond, perChat = 1_000 }: PacingOptions): Pacing {
  const burst = Math.max(1, messagesPerSecond / 15)
  const refill = (messagesPerSecond * 0.9) / 1_000
  const last = new Map<number, Sent>()
  const closed = new Map<number, Pause>()
  const refused = new Map<number, number>()
  const unlimited = messagesPerSecond === Number.POSITIVE_INFINITY
  let tokens = burst
  let counted = clock.now()
  let all: Pause | undefined
  let underWay = 0

  const refresh = (now: number) => {
    tokens = Math.min(burst, tokens + Math.max(0, now - counted) * refill)
    counted = now
  }
  const paused = () => leftOf(all, clock.now())
  const waitForAll = () => {
    if (unlimited) return paused()
    refresh(clock.now())
    return Math.max(paused(), tokens >= 1 ? 0 : Math.ceil((1 - tokens) / refill))
  }
  const wait = (chatId: number) => {
    const now = clock.now()
    const gap = remaining(perChat, last.get(chatId)?.at, now)
    return Math.max(waitForAll(), gap, leftOf(closed.get(chatId), now))
  }
  const spend = (chatId: number | undefined) => {
    const now = clock.now()
    if (!unlimited) {
      refresh(now)
      tokens = Math.max(tokens - 1, -messagesPerSecond) // a second's worth of debt: more would starve the notices
    }
    if (chatId === undefined) return
    last.set(chatId, { at: now, isCrowded: remaining(crowded, last.get(chatId)?.at, now) > 0 })
    if (last.size > 10_000) forget(last, ({ at }) => remaining(Math.max(perChat, crowded), at, now) === 0)
  }
  const pause = (milliseconds: number) => {
    if (milliseconds > paused()) all = { since: clock.now(), length: milliseconds }
  }
  const refuse = (chatId: number | undefined, milliseconds: number): boolean => {
    const now = clock.now()
    if (chatId !== undefined) {
      closed.set(chatId, { since: now, length: Math.max(milliseconds, leftOf(closed.get(chatId), now)) })
      if (closed.size > 1_000) forget(closed, (one) => leftOf(one, now) === 0)
      if (last.get(chatId)?.isCrowded === true) return false
      refused.set(chatId, now)
      forget(refused, (at) => remaining(several.within, at, now) === 0)
      if (refused.size < several.chats) return false
    }
    pause(milliseconds)
    return true
  }
  const obey = (outcome: Outcome, method: string, payload: object) => {
    if (outcome.ok || outcome.error_code !== 429) return
    const chatId = chatOf(payload)
    if (chatId !== undefined || speaksOfAll(method)) refuse(chatId, 1_000 * (outcome.parameters?.retry_after ?? 1))
  }
  return {
    wait,
    waitForAll,
    take: spend,
    pause,
    paused,
    refuse,
    answering: () => underWay > 0,
    turns: async (prev, method, payload, signal) => {
      const isCounted = isMessage(method)
      if (isCounted) {
        spend(chatOf(payload))
        underWay++
      }
      try {
        const outcome = await prev(method, payload, signal)
        obey(outcome, method, payload)
        return outcome
      } finally {
        if (isCounted) underWay--
      }
    },
    notices: async (prev, method, payload, signal) => {
      const outcome = await prev(method, payload, signal)
      obey(outcome, method, payload)
      return outcome
    },
  }
}

/** The last message to a chat, and whether another had gone there shortly before. */
type Sent = { readonly at: number; readonly isCrowded: boolean }
type Pause = { readonly since: number; readonly length: number }
type Outcome = {
  readonly ok: boolean
  readonly error_code?: number
  readonly parameters?: { readonly retry_after?: number }
}

function leftOf(pause: Pause | undefined, now: number): number {
  return pause === undefined ? 0 : remaining(pause.length, pause.since, now)
}

/** What Telegram counts: messages sent and edited. */
function isMessage(method: string): boolean {
  return /^(send|edit|copy|forward)/.test(method) && method !== 'sendChatAction'
}

/** Of the methods without a chat: those of the bot's profile and of updates have limits of their own, up to a day. */
function speaksOfAll(method: string): boolean {
  return !/^(get|set|delete|close|logOut)/.test(method)
}

function chatOf(payload: object): number | undefined {
  const id = 'chat_id' in payload ? Number(payload.chat_id) : Number.NaN
  return Number.isSafeInteger(id) ? id : undefined
}

function forget<T>(known: Map<number, T>, isOver: (one: T) => boolean): void {
  for (const [chat, one] of known) if (isOver(one)) known.delete(chat)
}
