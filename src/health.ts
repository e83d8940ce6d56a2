import type { RawApi, Transformer } from 'grammy'
import { Hono } from 'hono'
import type { Clock } from './clock.ts'
import type { Metrics } from './metrics.ts'

export type HealthOptions = {
  readonly metrics: Pick<Metrics, 'registry'>
  /** Resolves when the database answers. */
  readonly pingDatabase: () => Promise<unknown>
  readonly lease: () => boolean
  /** Epoch ms of the newest answer to getUpdates (or update of the webhook); undefined where nobody polls. */
  readonly lastPollAt?: () => number | undefined
  readonly now: () => number
  /** A poll older than this (ms) means that updates are not fetched any more. */
  readonly longestPoll?: number
}

/** Long polls last 50 s at most; two of them without an answer are one too many. */
const defaultLongestPoll = 120_000
const databasePatience = 5_000

/** `GET /healthz`: 200 when the program is live and ready, else 503, with the reasons. `GET /metrics`: Prometheus. */
export function createHealth(options: HealthOptions): Hono {
  const { metrics, lease, now, longestPoll = defaultLongestPoll } = options
  const app = new Hono()
  app.get('/healthz', async (context) => {
    const database = await answers(options.pingDatabase)
    const lastPollAt = options.lastPollAt?.()
    const pollAge = lastPollAt === undefined ? undefined : now() - lastPollAt
    const ready = database && (pollAge === undefined || pollAge <= longestPoll)
    const poll = pollAge === undefined ? {} : { lastPollSeconds: Math.round(pollAge / 1_000) }
    return context.json({ live: true, ready, database, delivers: lease(), ...poll }, ready ? 200 : 503)
  })
  app.get('/metrics', async (context) => {
    context.header('content-type', metrics.registry.contentType)
    return context.body(await metrics.registry.metrics())
  })
  return app
}

/** Remembers when getUpdates was last answered, so that a poller that has died does not look ready. */
export function watchPolls({ now }: Clock) {
  let lastPollAt: number | undefined
  const watch: Transformer<RawApi> = async (previous, method, payload, signal) => {
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
