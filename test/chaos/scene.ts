import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { consentVersion, newcomer } from '../../flows/common/person.ts'
import { systemClock } from '../../src/base/clock.ts'
import { capabilities } from '../../src/capabilities/index.ts'
import { type BotApi, createBotApi } from '../../src/playground/bot-api/create-bot-api.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { savePerson } from '../../src/store/people.ts'
import { createPostgresql, createSqliteIn, type TestDatabase, testKey } from '../support/databases.ts'
import { canMount, createSmallDisk, type SmallDisk } from '../support/small-disk.ts'
import { type BotProcess, startBotProcess } from './bot-process.ts'
import { createHearers, type Hearers } from './notices.ts'
import { layWire, type Wire } from './wire.ts'

/** A bot in a process of its own, a local Telegram, a database, and what can be done to them. */
export type Scene = {
  readonly database: TestDatabase
  /** The same database, looked into from here. */
  readonly store: Store
  /** The file of SQLite. */
  readonly file: string
  readonly api: BotApi
  readonly hearers: Hearers
  /** Where the database lies on a disk of its own; undefined where this user may mount none. */
  readonly disk: SmallDisk | undefined
  /** Where the bot reaches its database over a wire. */
  readonly wire: Wire | undefined
  /** The process of the moment. */
  readonly bot: BotProcess
  /** Ends the process and starts the next one. */
  readonly restart: (signal: 'SIGKILL' | 'SIGTERM') => Promise<void>
  /** The chat of somebody not met before. */
  readonly newId: () => number
}

/** What the scene tells of: the process is gone, the next one not started yet. */
export type OnDeath = (signal: 'SIGKILL' | 'SIGTERM', code: number | null) => void

/** Of the shape that Telegram gives. */
const token = `7000001:${'serik'.repeat(7)}`
const firstAnswerer = 5_000
const firstStranger = 900_000

export async function openScene(provider: TestDatabase['provider'], people: number, onDeath: OnDeath) {
  const folder = mkdtempSync(join(tmpdir(), 'serik-chaos-'))
  const disk = provider === 'sqlite' && canMount() ? createSmallDisk(96) : undefined
  const database = provider === 'sqlite' ? await createSqliteIn(disk?.path ?? folder) : await createPostgresql()
  const wire = provider === 'sqlite' ? undefined : await layWire(serverOf(database.url))
  const api = createBotApi({ token, recordLimit: 10, historyLimit: 100 })
  const { url, close } = await api.listen()
  const ids = Array.from({ length: people }, (_, at) => firstAnswerer + at)
  await seedPeople(database, ids)
  const { deletionLog } = database
  const store = await openStore({
    capabilities,
    url: database.url,
    key: testKey,
    clock: systemClock,
    exclusive: false,
    deletionLog,
  })
  const start = () => {
    const databaseUrl = wire === undefined ? database.url : through(wire, database.url)
    return startBotProcess({
      apiRoot: url,
      token: api.token,
      databaseUrl,
      deletionLog,
      backupFolder: join(folder, 'backups'),
    })
  }
  let [bot, strangers] = [start(), 0]
  const scene: Scene = {
    database,
    store,
    file: database.url.replace(/^file:/, ''),
    api,
    hearers: createHearers(api, store),
    disk,
    wire,
    get bot() {
      return bot
    },
    async restart(signal) {
      const { code } = await bot.kill(signal)
      onDeath(signal, code)
      bot = start()
    },
    newId: () => firstStranger + strangers++,
  }
  return {
    scene,
    ids,
    async close() {
      await bot.kill('SIGKILL')
      await close()
      await store.close()
      await database.drop()
      wire?.close()
      disk?.remove()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function seedPeople(database: TestDatabase, ids: readonly number[]): Promise<void> {
  const store = await database.open()
  const consent = { version: consentVersion, at: 0, by: 'self' as const }
  const person = { ...newcomer('kk'), ageBand: '18+' as const, region: '75', plan: 'college' as const, consent }
  for (const id of ids) await savePerson(store, id, person)
  await store.close()
}

function serverOf(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url)
  return { host: hostname, port: Number(port === '' ? 5432 : port) }
}

function through({ port }: Wire, url: string): string {
  const rerouted = new URL(url)
  rerouted.host = `127.0.0.1:${port}`
  return rerouted.href
}
