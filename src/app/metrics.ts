import type { RawApi, Transformer } from 'grammy'
import { GrammyError } from 'grammy'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { NoticeCounts, NoticeOutcome } from '../delivery/notices/notice.ts'
import type { TurnReport } from '../engine/ports.ts'
import { countStarts } from './starts.ts'

/** What is counted of the program's work. Nothing here knows of chats, names or texts. */
export type Metrics = {
  readonly registry: Registry
  /** For the engine's `onTurn`. */
  readonly turn: (report: Pick<TurnReport, 'milliseconds'>) => void
  /** For what stands behind /start. */
  readonly start: (payload: string) => void
  /** For the dispatcher's `onOutcome`. */
  readonly notice: (kind: string, outcome: NoticeOutcome) => void
  /** Counts every call to Telegram; install it first, so that it sees each repeat. */
  readonly api: Transformer<RawApi>
}

export type MetricsSources = {
  readonly counts: (now: number) => Promise<NoticeCounts>
  /** Whether this process holds the lease of delivery. */
  readonly held: () => boolean
  /** Milliseconds since the dispatcher last went round. */
  readonly idle?: () => number | undefined
  /** Epoch ms. */
  readonly now: () => number
}

/** Seconds. A turn takes milliseconds; everything from a second on is trouble. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Metrics in a registry of their own, in Prometheus' names. Queue figures are read when they are asked for. */
export function createMetrics({ counts, held, idle, now }: MetricsSources): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const turns = new Histogram({
    name: 'serik_turn_seconds',
    help: 'From taking a turn to its commit',
    buckets,
    registers,
  })
  const total = new Counter({ name: 'serik_turns_total', help: 'Turns committed', registers })
  const notices = new Counter({
    name: 'serik_notices_total',
    help: 'Notices that are over (or parked, while their person is away)',
    labelNames: ['kind', 'outcome'],
    registers,
  })
  const calls = new Counter({
    name: 'serik_api_calls_total',
    help: 'Calls to the Bot API by method and code; 0 when there was no answer',
    labelNames: ['method', 'code'],
    registers,
  })
  const scrape = once(() => counts(now()))
  new Gauge({
    name: 'serik_notices_waiting',
    help: 'Notices not over yet: due, for later, or for people who are away; of each no more than 50000 are counted',
    labelNames: ['state'],
    registers,
    async collect() {
      const found = await scrape()
      this.reset()
      if (found === undefined) return
      const { due, later, parked } = found
      for (const [state, count] of Object.entries({ due, later, parked })) this.set({ state }, count)
    },
  })
  new Gauge({
    name: 'serik_notices_oldest_seconds',
    help: 'How long the oldest due notice waits',
    registers,
    async collect() {
      const found = await scrape()
      const oldestDueAt = found?.oldestDueAt ?? (found === undefined ? Number.NaN : now())
      this.set((now() - oldestDueAt) / 1_000)
    },
  })
  new Gauge({
    name: 'serik_dispatcher_idle_seconds',
    help: 'Since the dispatcher last went round; on the process that delivers it stays below a few seconds',
    registers,
    collect() {
      this.set((idle?.() ?? 0) / 1_000)
    },
  })
  new Gauge({
    name: 'serik_lease_held',
    help: '1 on the process that delivers and runs jobs',
    registers,
    collect() {
      this.set(held() ? 1 : 0)
    },
  })
  return {
    registry,
    turn: ({ milliseconds }) => {
      total.inc()
      turns.observe(milliseconds / 1_000)
    },
    start: countStarts(registry),
    notice: (kind, outcome) => notices.inc({ kind, outcome }),
    api: async (prev, method, payload, signal) => {
      const count = (code: number) => calls.inc({ method, code })
      try {
        const outcome = await prev(method, payload, signal)
        count(outcome.ok ? 200 : outcome.error_code)
        return outcome
      } catch (error) {
        count(error instanceof GrammyError ? error.error_code : 0)
        throw error
      }
    },
  }
}

/** How long a scrape waits for the database, ms: what does not need it is told all the same. */
const patience = 5_000

/** One answer for all who ask meanwhile; undefined when there was none in time. */
function once<T>(ask: () => Promise<T>): () => Promise<T | undefined> {
  let asking: Promise<T | undefined> | undefined
  return () => {
    const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), patience).unref())
    asking ??= Promise.race([ask(), late])
      .catch(() => undefined)
      .finally(() => {
        asking = undefined
      })
    return asking
  }
}
