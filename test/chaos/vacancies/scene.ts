import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { saveSubscription } from '../../../flows/alerts/contract.ts'
import { minuteLength as minute } from '../../../flows/common/calendar.ts'
import { Filter } from '../../../flows/vacancies/matching/filter.ts'
import { systemClock } from '../../../src/base/clock.ts'
import { type BotApi, createBotApi } from '../../../src/playground/bot-api/create-bot-api.ts'
import type { Store } from '../../../src/store/open.ts'
import { savePerson } from '../../../src/store/people.ts'
import { createPostgresql, createSqlite, type TestDatabase } from '../../support/databases.ts'
import { agreed } from '../../support/people.ts'
import { fact, turn } from '../../support/turns.ts'
import { type BotProcess, startBotProcess } from '../bot-process.ts'
import type { Looker } from './market.ts'
import type { openSites } from './sites.ts'

/** Of the shape that Telegram gives. */
const token = `7000001:${'serik'.repeat(7)}`
const reader = new URL('reader-process.ts', import.meta.url)
/** Where Telegram would bring updates, of which there are none: two processes cannot both fetch them. */
const webhook = { WEBHOOK_URL: 'http://127.0.0.1:9/telegram', WEBHOOK_SECRET: 'no-update-ever-comes' }

type Sites = Awaited<ReturnType<typeof openSites>>
export type SceneOptions = {
  readonly provider: TestDatabase['provider']
  /** Processes on the one database; PostgreSQL only when more than one. */
  readonly bots: number
  /** Whether each is a whole bot; else only what reads and tells. */
  readonly areWhole: boolean
  readonly sites: Sites
  /** Epoch ms, as the bots are to have it at first. */
  readonly begins: number
}

/** Bots in processes of their own that read the sites and tell people, in a time that is set here. */
export async function openScene({ provider, bots: count, areWhole, sites, begins }: SceneOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'serik-chaos-'))
  const file = join(folder, 'sources.yaml')
  writeFileSync(file, sites.file)
  const database = provider === 'sqlite' ? await createSqlite() : await createPostgresql()
  const api = createBotApi({ token, recordLimit: 10, historyLimit: 2_000 })
  // Messages are on their way for a while, so that processes die with some.
  const usual = { delay: { milliseconds: 10, spread: 60 }, methods: ['sendMessage'] }
  api.setFaults(usual)
  const { url, close } = await api.listen()
  // Beside the process that serves the file.
  const store = await database.open({ clock: systemClock, exclusive: false })
  let step = begins - Date.now()

  const nameOf = (at: number) => `bot-${at}@example.org`
  const start = (at: number) =>
    startBotProcess({
      ...{ apiRoot: url, token, databaseUrl: database.url, deletionLog: database.deletionLog },
      ...{ backupFolder: join(folder, `backups-${at}`), clockStep: step },
      ...(!areWhole && { program: reader }),
      settings: {
        ...{ SOURCES_FILE: file, SOURCES_CONTACT: nameOf(at), HH_TOKEN: 'a-token-of-ours' },
        ...(count > 1 && webhook),
      },
    })
  const bots: BotProcess[] = []
  /** Sets the clocks of all processes to a moment, epoch ms; never back: it may have been helped on past this one. */
  const moveTo = (moment: number) => {
    step = Math.max(step, moment - Date.now())
    for (const bot of bots) bot.stepClock(step)
  }
  let worker = 0
  sites.onAsked((agent) => {
    const at = Array.from({ length: count }, (_, n) => n).find((n) => agent.includes(nameOf(n)))
    worker = at ?? worker
  })
  return {
    store,
    api,
    now: () => Date.now() + step,
    /** Starts all processes; resolves when one of them has found the sites empty. */
    async start() {
      for (let at = 0; at < count; at++) bots.push(start(at))
      while ((await store.prisma.vacancySource.count({ where: { goodAt: { not: null } } })) < 2) await wait(200)
    },
    moveTo,
    /** Lets the job that tells people run once more; until a moment of performance.now at most. */
    async anotherRound(until: number) {
      const begun = BigInt(Date.now() + step + minute)
      moveTo(Number(begun))
      const isOver = () =>
        store.prisma.jobRun.count({ where: { job: 'alerts', startedAt: { gte: begun }, finishedAt: { not: null } } })
      while ((await isOver()) === 0 && performance.now() < until) await wait(200)
    },
    /** The process that reads and tells at present: the one that asked a site last. */
    worker: () => bots[worker],
    /** Kills the process at work, looks at what it has left, and starts another in its place. */
    async killWorker(look: () => Promise<void>) {
      const at = worker
      await bots[at]?.kill('SIGKILL')
      await look()
      bots[at] = start(at)
    },
    /** Telegram takes no messages, or takes them again. */
    jam: (isJammed: boolean) =>
      api.setFaults({ ...usual, ...(isJammed && { tooManyRequests: { probability: 1, retryAfter: 1 } }) }),
    async close() {
      await Promise.all(bots.map((bot) => bot.kill('SIGKILL')))
      await close()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type Scene = Awaited<ReturnType<typeof openScene>>

/** Lets somebody look for work since a moment, epoch ms. */
export async function settleIn(store: Store, api: BotApi, looker: Looker, since: number) {
  const { chatId, looksFor } = looker
  const person = { ...agreed('kk'), quiet: { from: 0, to: 0 } }
  await savePerson(store, chatId, person)
  const facts = looksFor.map(({ id, rhythm, profession, leastPay }) => {
    const filter = Filter.parse({
      ...{ ageBand: '18+', regions: ['75'] },
      ...(profession !== undefined && { professions: [profession] }),
      ...(leastPay !== undefined && { leastPay, payMayBeUnknown: false }),
    })
    const rest = { rhythm, hour: 16, weekday: 1, perDay: 10, state: 'active', since }
    return fact(saveSubscription.name, { id: `${chatId}-${id}`, filter, ...rest })
  })
  if (facts.length > 0) await store.dialogues.commit(turn(chatId, 1, { person, facts, at: since }))
  const one = api.person(chatId)
  one.chat.open = true // they wrote once, long ago
  return one
}
