import type { RawApi, Transformer } from 'grammy'
import { Hono } from 'hono'
import type { Clock } from '../base/clock.ts'
import type { DeliveryReport } from '../delivery/watchdog.ts'
import type { WebhookReport } from '../telegram/webhook-watch.ts'
import type { Metrics } from './metrics.ts'

export type HealthOptions = {
  readonly metrics: Pick<Metrics, 'registry'>
  /** Resolves when the database answers. */
  readonly pingDatabase: () => Promise<unknown>
  readonly lease: () => boolean
  /** When getUpdates was last answered, or first asked; undefined where nobody polls. By the clock of `now`. */
  readonly lastPollAt?: () => number | undefined
  /** Milliseconds, ticking evenly. */
  readonly now: () => number
  /** A poll older than this (ms) means that updates are not fetched any more. */
  readonly longestPoll?: number
  /** How Telegram fares with the webhook, where there is one. */
  readonly webhook?: () => WebhookReport
  /** Kinds of reads that fail at present, such as of a table that somebody else holds locked. */
  readonly failingReads?: () => readonly string[]
  /** Kinds of writes that fail at present. */
  readonly failingWrites?: () => readonly string[]
  readonly delivery?: () => DeliveryReport
}

/** Long polls last 50 s at most; two of them without an answer are one too many. */
const defaultLongestPoll = 120_000
const databasePatience = 5_000

/**
 * `GET /healthz`: 200 when the program is live and ready, else 503, with what is wrong in `trouble`. `GET /metrics`:
 * Prometheus.
 */
export function createHealth(options: HealthOptions): Hono {
  const { metrics, lease } = options
  const app = new Hono()
  app.get('/healthz', async (context) => {
    const database = await answers(options.pingDatabase)
    const { trouble, ...facts } = report(options)
    const all = [...(database ? [] : ['the database does not answer']), ...trouble]
    const ready = all.length === 0
    const told = ready ? facts : { ...facts, trouble: all }
    return context.json({ live: true, ready, database, delivers: lease(), ...told }, ready ? 200 : 503)
  })
  app.get('/metrics', async (context) => {
    context.header('content-type', metrics.registry.contentType)
    return context.body(await metrics.registry.metrics())
  })
  return app
}

function report({ lastPollAt, now, longestPoll = defaultLongestPoll, ...options }: HealthOptions) {
  const polledAt = lastPollAt?.()
  const pollAge = polledAt === undefined ? undefined : now() - polledAt
  const [reads, writes] = [options.failingReads?.() ?? [], options.failingWrites?.() ?? []]
  const webhook = options.webhook?.()
  const { trouble: delivery = [], ...facts } = options.delivery?.() ?? {}
  return {
    ...(pollAge !== undefined && { lastPollSeconds: Math.round(pollAge / 1_000) }),
    ...(webhook !== undefined && { webhook: webhook.facts }),
    ...facts,
    trouble: [
      ...(pollAge !== undefined && pollAge > longestPoll ? ['updates are not fetched'] : []),
      ...(webhook?.trouble ?? []),
      ...reads.map((what) => `${what} cannot be read`),
      ...writes.map((what) => `${what} cannot be written`),
      ...delivery,
    ],
  }
}

/**
 * Remembers when getUpdates was last answered, so that a poller that has died does not look ready; until it is answered
 * at all, when it was first asked.
 */
export function watchPolls({ now }: Clock) {
  let lastPollAt: number | undefined
  const watch: Transformer<RawApi> = async (previous, method, payload, signal) => {
    if (method === 'getUpdates') lastPollAt ??= now()
    const answer = await previous(method, payload, signal)
    if (method === 'getUpdates' && answer.ok) lastPollAt = now()
    return answer
  }
  return { watch, lastPollAt: () => lastPollAt }
}

async function answers(ping: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), databasePatience)
  })
  const inTime = ping().then(
    () => true,
    () => false,
  )
  return Promise.race([inTime, late]).finally(() => clearTimeout(timer))
}
