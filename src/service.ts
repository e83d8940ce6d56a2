import type { Hono } from 'hono'
import { zone } from '../flows/regions.ts'
import { type Bot, type BotOptions, startBot } from './bot.ts'
import { steadyClock, systemClock } from './clock.ts'
import { type Config, root } from './config.ts'
import { createPacing } from './delivery/pacing.ts'
import { createDelivery } from './delivery/service.ts'
import { createTelegramCourier } from './delivery/telegram.ts'
import type { TurnReport } from './engine/ports.ts'
import { createHealth, watchPolls } from './health.ts'
import { createMetrics } from './metrics.ts'
import { campaignsJob } from './schedule/jobs/campaigns.ts'
import { deletionsJob } from './schedule/jobs/deletions.ts'
import { remindersJob } from './schedule/jobs/reminders.ts'
import { backupJob, retentionJob, showUnshownJob } from './schedule/jobs.ts'
import { createSchedule, type Job } from './schedule/schedule.ts'
import { createJobRuns } from './store/jobs.ts'
import { createNotices } from './store/notices.ts'
import type { Store } from './store/open.ts'
import { readCalendar } from './store/seed/calendar.ts'
import { createApi } from './telegram/api.ts'
import { sleep } from './telegram/time.ts'

export type ServiceOptions = Pick<BotOptions, 'token' | 'apiRoot' | 'store' | 'log'> & {
  readonly config: Pick<Config, 'databaseUrl' | 'dataKey' | 'backupFolder' | 'messagesPerSecond'>
  readonly onTurn?: (report: TurnReport) => void
}

/** The bot with all that it does on its own: notices, jobs, health and metrics. */
export type Service = {
  readonly bot: Bot
  /** `/healthz` and `/metrics`. */
  readonly health: Hono
  stop(): Promise<void>
}

/** Starts the whole service on an open store; on one of many processes the lease decides who delivers. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { store, log, token, apiRoot, config } = options
  const pacing = createPacing({ clock: steadyClock, messagesPerSecond: config.messagesPerSecond })
  let held = () => false
  let turned = (_chatId: number) => {}
  const notices = createNotices(store)
  const metrics = createMetrics({ counts: (now) => notices.counts(now), held: () => held(), now: systemClock.now })
  const polls = watchPolls(systemClock)
  const onTurn = (report: TurnReport) => {
    metrics.turn(report)
    turned(report.chatId)
    options.onTurn?.(report)
  }
  const bot = await startBot({ token, apiRoot, store, log, onTurn, inner: [metrics.api, pacing.answers, polls.watch] })
  const world = { clock: systemClock, steady: steadyClock, random: Math.random }
  const outgoing = createApi({ token, apiRoot, ...world, inner: [metrics.api, pacing.notices], repeats: false })
  const delivery = createDelivery({
    ...world,
    store,
    kinds: bot.kinds,
    courier: createTelegramCourier({ api: outgoing.api, words: bot.words }),
    pacing,
    schedule: createSchedule({
      jobs: await jobsOf(options, bot),
      runs: createJobRuns(store),
      clock: systemClock,
      steady: steadyClock,
      zone,
      log,
    }),
    sleep,
    log,
    zone,
    messagesPerSecond: config.messagesPerSecond,
    onOutcome: metrics.notice,
  })
  held = delivery.held
  turned = delivery.reconsider
  await delivery.start()
  return {
    bot,
    health: createHealth({
      metrics,
      pingDatabase: () => store.prisma.$queryRaw`SELECT 1`,
      lease: held,
      lastPollAt: polls.lastPollAt,
      now: systemClock.now,
    }),
    async stop() {
      await delivery.stop()
      await bot.stop()
      outgoing.close()
    },
  }
}

async function jobsOf({ store, config }: ServiceOptions, bot: Bot): Promise<readonly Job[]> {
  const { databaseUrl, dataKey, backupFolder: folder } = config
  return [
    remindersJob(store),
    campaignsJob(store, await readCalendar(new URL('prisma/seed/calendar/', root))),
    showUnshownJob(store, bot.engine),
    retentionJob(store),
    deletionsJob(store),
    ...(isSqlite(store) ? [backupJob({ databaseUrl, dataKey, folder })] : []),
  ]
}

/** PostgreSQL brings its own means of backup. */
function isSqlite({ provider }: Store): boolean {
  return provider === 'sqlite'
}
