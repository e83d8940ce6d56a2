import type { Hono } from 'hono'
import { zone } from '../../flows/common/regions.ts'
import { realWorld } from '../base/outer-world.ts'
import { type WatchedWrites, watchWrites } from '../base/watched.ts'
import { within } from '../base/within.ts'
import type { Config } from '../config.ts'
import { createTelegramCourier } from '../delivery/courier.ts'
import { createDelivery, type Delivery } from '../delivery/delivery.ts'
import { createNotices } from '../delivery/notices/notices.ts'
import { createPacing } from '../delivery/pacing.ts'
import type { TurnReport } from '../engine/ports.ts'
import { StoreError } from '../engine/store-error.ts'
import { createJobRuns } from '../schedule/runs.ts'
import { createSchedule, type Job } from '../schedule/schedule.ts'
import { ping } from '../store/medium.ts'
import type { Store } from '../store/open.ts'
import { createApi } from '../telegram/api.ts'
import { createWebhookWatch } from '../telegram/webhook-watch.ts'
import { type Bot, type BotOptions, startBot } from './bot.ts'
import { deletionsJob } from './deletions.ts'
import { createHealth, watchPolls } from './health.ts'
import { backupJob, retentionJob, showUnshownJob } from './housekeeping.ts'
import { createMetrics } from './metrics.ts'

export type ServiceOptions = Pick<
  BotOptions,
  | 'token'
  | 'apiRoot'
  | 'store'
  | 'log'
  | 'isPlayground'
  | 'me'
  | 'world'
  | 'instruments'
  | 'locales'
  | 'outside'
  | 'read'
> & {
  readonly config: Pick<Config, 'databaseUrl' | 'dataKey' | 'deletionLog' | 'messagesPerSecond'> & {
    /** Nothing is copied every night without it. */
    readonly backupFolder?: string
    /** Where updates come from, unless they are fetched. */
    readonly webhookUrl?: string
  }
  readonly onTurn?: (report: TurnReport) => void
  /** Aborts when what is under way has had its time; never, unless given. */
  readonly ending?: AbortSignal
}

/** The bot with all that it does on its own: notices, jobs, health and metrics. */
export type Service = {
  readonly bot: Bot
  /** `/healthz` and `/metrics`. */
  readonly health: Hono
  /** What has not ended yet, in numbers for the log. */
  underWay(): Readonly<Record<string, number | boolean>>
  /** Lets everything under way end, until `ending` aborts; then only what is being written. */
  stop(): Promise<void>
}

/** Starts the whole service on an open store; on one of many processes the lease decides who delivers. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { log, token, apiRoot, config, world = realWorld, ending = new AbortController().signal } = options
  const { clock, steady } = world
  const [reads, writes] = [watchWrites(steady), watchWrites(steady)]
  const store = watched(options.store, reads, writes)
  const pacing = createPacing({ clock: steady, messagesPerSecond: config.messagesPerSecond })
  let delivery: Delivery | undefined
  const notices = createNotices(store)
  const held = () => delivery?.held() === true
  const idle = () => delivery?.idle()
  const metrics = createMetrics({ counts: (now) => notices.counts(now), held, idle, now: clock.now })
  const polls = watchPolls(steady)
  const line = { token, apiRoot, ...world, ending }
  const outgoing = createApi({ ...line, inner: [metrics.api, pacing.notices], repeats: false })
  const { webhookUrl: url } = config
  const webhook = url === undefined ? undefined : createWebhookWatch({ ...world, api: outgoing.api, url })
  const onTurn = (report: TurnReport) => {
    metrics.turn(report)
    delivery?.reconsider(report.chatId)
    if (report.updateId !== null) webhook?.received()
    options.onTurn?.(report)
  }
  const { isPlayground = false, instruments, locales, outside, read } = options
  const folders = { ...(instruments && { instruments }), ...(locales && { locales }), ...(read && { read }) }
  const inner = [metrics.api, pacing.turns, polls.watch]
  const me = options.me && { me: options.me }
  const seen = { onTurn, onStart: metrics.start }
  const bot = await startBot({
    token,
    apiRoot,
    store,
    log,
    world,
    ...seen,
    isPlayground,
    inner,
    ending,
    ...me,
    ...folders,
    ...(outside && { outside }),
  })
  for (const metric of bot.metrics) metrics.registry.registerMetric(metric)
  delivery = createDelivery({
    ...world,
    store,
    writes,
    kinds: bot.kinds,
    courier: createTelegramCourier({ api: outgoing.api, words: bot.words }),
    pacing,
    schedule: createSchedule({ ...world, jobs: jobsOf(options, bot), runs: createJobRuns(store), zone, log }),
    log,
    zone,
    messagesPerSecond: config.messagesPerSecond,
    onOutcome: metrics.notice,
  })
  await delivery.start()
  return {
    bot,
    health: createHealth({
      metrics,
      pingDatabase: () => ping(store),
      lease: held,
      lastPollAt: polls.lastPollAt,
      now: steady.now,
      failingReads: reads.failing,
      failingWrites: writes.failing,
      delivery: delivery.report,
      ...(webhook && { webhook: webhook.report }),
    }),
    underWay: () => ({ ...bot.engine.underWay(), delivers: held() }),
    async stop() {
      // A job that hangs must not keep the turns from ending in order.
      if (delivery !== undefined) await within(ending, delivery.stop())
      await bot.stop()
      outgoing.close()
    },
  }
}

/** The store, whose reads and commits of turns are watched. */
function watched(store: Store, reads: WatchedWrites, writes: WatchedWrites): Store {
  const isFault = (error: unknown) => error instanceof StoreError
  const load = reads.watch('where people are', store.dialogues.load, isFault)
  const commit = writes.watch('what people do', store.dialogues.commit, isFault)
  return { ...store, dialogues: { ...store.dialogues, load, commit } }
}

function jobsOf({ store, config }: ServiceOptions, bot: Bot): readonly Job[] {
  const { databaseUrl, dataKey, backupFolder: folder, deletionLog } = config
  return [
    ...bot.jobs,
    showUnshownJob(store, bot.engine),
    retentionJob(store),
    deletionsJob(store),
    ...(isSqlite(store) && folder !== undefined ? [backupJob({ databaseUrl, dataKey, folder, deletionLog })] : []),
  ]
}

/** PostgreSQL brings its own means of backup. */
function isSqlite({ provider }: Store): boolean {
  return provider === 'sqlite'
}
