import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openStore, type Store, type StoreOptions } from '../../src/store/open.ts'

/** A database of its own for a test file. `open` may be called again and again; all it opened is closed with it. */
export type TestDatabase = {
  readonly provider: 'sqlite' | 'postgresql'
  readonly url: string
  readonly clock: { now(): number; time: number }
  open(options?: Partial<StoreOptions>): Promise<Store>
  /** Closes what is open and removes the database. */
  drop(): Promise<void>
}

/** The data key of every test. */
export const testKey = Buffer.alloc(32, 7)

/** A moment the tests begin at: 1 March 2026, 12:00 UTC. */
export const testTime = Date.UTC(2026, 2, 1, 12)

export async function createSqlite(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'serik-store-'))
  return database('sqlite', `file:${join(folder, 'data', 'serik.db')}`, async () => {
    rmSync(folder, { recursive: true, force: true })
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
  return database('postgresql', url.href, () => administer(`DROP DATABASE ${name} WITH (FORCE)`))
}

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server, connectionTimeoutMillis: 3_000 })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

function database(provider: TestDatabase['provider'], url: string, remove: () => Promise<void>): TestDatabase {
  const stores: Store[] = []
  const clock = { time: testTime, now: () => clock.time }
  return {
    provider,
    url,
    clock,
    open: async (options) => {
      const store = await openStore({ url, key: testKey, clock, ...options })
      stores.push(store)
      return store
    },
    drop: async () => {
      await Promise.all(stores.map((store) => store.close()))
      await remove()
    },
  }
}
