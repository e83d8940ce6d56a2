import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { capabilities } from '../../src/capabilities/index.ts'
import { openStore, type Store, type StoreOptions } from '../../src/store/open.ts'

/** A database of its own for a test file. `open` may be called again and again; all it opened is closed with it. */
export type TestDatabase = {
  readonly provider: 'sqlite' | 'postgresql'
  readonly url: string
  readonly clock: { now(): number; time: number }
  open(options?: Partial<StoreOptions>): Promise<Store>
  /** The log of its deletions, outside the database. */
  readonly deletionLog: string
  /** Closes what is open and takes a copy, which can be put in the place of the database later, as its tools do it. */
  copy(): Promise<{ putBack(): Promise<void> }>
  /** Closes what is open and removes the database. */
  drop(): Promise<void>
}

/** The data key of every test. */
export const testKey = Buffer.alloc(32, 7)

/** A moment the tests begin at: 1 March 2026, 12:00 UTC. */
export const testTime = Date.UTC(2026, 2, 1, 12)

export async function createSqlite(): Promise<TestDatabase> {
  return createSqliteIn(tmpdir())
}

/** As `createSqlite`, below a folder of the caller's choice. */
export async function createSqliteIn(place: string): Promise<TestDatabase> {
  const folder = mkdtempSync(join(place, 'serik-store-'))
  const file = join(folder, 'data', 'serik.db')
  return database({
    provider: 'sqlite',
    url: `file:${file}`,
    deletionLog: `${file}.forgotten`,
    replace: async (from, to) => copyFileSync(`${file}${from}`, `${file}${to}`),
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  })
}

/** The server's address for tests: DATABASE_URL_TEST, or a local one with trust. */
const server = process.env.DATABASE_URL_TEST ?? 'postgresql://postgres@127.0.0.1:5432/postgres'

/** Whether there is a PostgreSQL to test on. In CI there must be: then a missing one is an error. */
export async function hasPostgresql(): Promise<boolean> {
  try {
    await administer('SELECT 1')
    return true
  } catch (error) {
    if (process.env.CI !== 'true') return false
    throw new Error('No PostgreSQL answers the tests. Start one and set DATABASE_URL_TEST.', { cause: error })
  }
}

export async function createPostgresql(): Promise<TestDatabase> {
  const name = `serik_test_${crypto.randomUUID().replaceAll('-', '')}`
  await administer(`CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const folder = mkdtempSync(join(tmpdir(), 'serik-store-'))
  const drop = (suffix: string) => administer(`DROP DATABASE IF EXISTS ${name}${suffix} WITH (FORCE)`)
  return database({
    provider: 'postgresql',
    url: url.href,
    deletionLog: join(folder, 'serik.forgotten'),
    replace: async (from, to) => {
      await drop(to)
      await administer(`CREATE DATABASE ${name}${to} TEMPLATE ${name}${from}`)
    },
    remove: async () => {
      for (const suffix of ['', copied]) await drop(suffix)
      rmSync(folder, { recursive: true, force: true })
    },
  })
}

/** What the name of a copy ends with. */
const copied = '_copy'

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server, connectionTimeoutMillis: 3_000 })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

type Kind = Pick<TestDatabase, 'provider' | 'url' | 'deletionLog'> & {
  /** Puts one of the database ('') and its copy in the place of the other. */
  readonly replace: (from: string, to: string) => Promise<void>
  readonly remove: () => Promise<void>
}

function database({ provider, url, deletionLog, replace, remove }: Kind): TestDatabase {
  const stores: Store[] = []
  const close = () => Promise.all(stores.splice(0).map((store) => store.close()))
  const clock = { time: testTime, now: () => clock.time }
  return {
    provider,
    url,
    deletionLog,
    clock,
    open: async (options) => {
      const store = await openStore({ url, key: testKey, clock, deletionLog, capabilities, ...options })
      stores.push(store)
      return store
    },
    copy: async () => {
      await close()
      await replace('', copied)
      const putBack = async () => {
        await close()
        await replace(copied, '')
      }
      return { putBack }
    },
    drop: async () => {
      await close()
      await remove()
    },
  }
}
