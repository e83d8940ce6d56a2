import type { Api } from 'grammy'
import type { Clock } from '../base/clock.ts'

export type WebhookWatchOptions = {
  readonly api: Pick<Api, 'getWebhookInfo'>
  /** The address that updates are to be sent to. */
  readonly url: string
  /** The time of day, which Telegram's own times are compared with. */
  readonly clock: Clock
  /** Ticks evenly. */
  readonly steady: Clock
}

export type WebhookReport = {
  /** What is wrong, in words for the operator. */
  readonly trouble: readonly string[]
  readonly facts: {
    /** Updates that wait at Telegram. */
    readonly pendingUpdates?: number
    readonly lastErrorSeconds?: number
    readonly lastError?: string
  }
}

export type WebhookWatch = {
  /** A turn for an update was committed. */
  received(): void
  /** What Telegram said when it was last asked; asks again, for the next time, at most once a minute. */
  report(): WebhookReport
}

const askTime = 60_000
/** An older error says nothing of now, ms. */
const errorCounts = 10 * 60_000

/** Asks Telegram how it fares with the webhook: nobody else knows of updates that never arrive. */
export function createWebhookWatch({ api, url, clock, steady }: WebhookWatchOptions): WebhookWatch {
  let askedAt = steady.now() // the webhook is set a moment after the start
  let info: Awaited<ReturnType<Api['getWebhookInfo']>> | undefined
  let receivedAt = Number.NEGATIVE_INFINITY

  const ask = async () => {
    askedAt = steady.now()
    info = await api.getWebhookInfo().catch(() => info) // a line that is down has its own signs
  }
  return {
    received: () => {
      receivedAt = clock.now()
    },
    report: () => {
      if (steady.now() - askedAt >= askTime) void ask()
      if (info === undefined) return { trouble: [], facts: {} }
      const { pending_update_count: pending, last_error_date: date, last_error_message: message } = info
      const errorAt = date === undefined ? undefined : 1_000 * date
      const isStuck =
        errorAt !== undefined && pending > 0 && errorAt > receivedAt && clock.now() - errorAt < errorCounts
      return {
        trouble: [
          ...(info.url === url ? [] : ['the webhook is not set, or set to another address']),
          ...(isStuck ? ['Telegram cannot deliver updates'] : []),
        ],
        facts: {
          pendingUpdates: pending,
          ...(errorAt !== undefined && { lastErrorSeconds: Math.round((clock.now() - errorAt) / 1_000) }),
          ...(message !== undefined && { lastError: message }),
        },
      }
    },
  }
}
