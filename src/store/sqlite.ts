import { setTimeout as wait } from 'node:timers/promises'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  SqlQuery,
  Transaction,
} from '@prisma/driver-adapter-utils'
import { isBusy } from './errors.ts'
import { withoutStrangers } from './strangers.ts'

export type SqliteOptions = {
  readonly file: string
  /** How long to wait for another program's write lock, in ms; the wait blocks nothing. */
  readonly patience: number
  /** A ceiling for the file's size in pages of 4 KiB, as a small disk would be; for tests. */
  readonly maxPages?: number
}

const identity = { provider: 'sqlite', adapterName: '@prisma/adapter-better-sqlite3' } as const
/** Between two tries for the lock, in ms. */
const pause = 10

/**
 * Prisma's adapter for better-sqlite3 has one connection, so a plain query sent while a transaction is open would run
 * inside it, see what is not committed and be undone with it. This one reads on a connection of its own (in WAL mode it
 * sees what is committed and never waits) and lets writers queue for the other.
 */
export function sqliteAdapter(options: SqliteOptions): SqlMigrationAwareDriverAdapterFactory {
  // The driver's own waiting would stop the whole process; see `patiently`.
  const inner = new PrismaBetterSqlite3({ url: options.file, timeout: 0 })
  return {
    ...identity,
    connect: () => connect(inner, options),
    connectToShadowDb: () => inner.connectToShadowDb(),
  }
}

async function connect(inner: PrismaBetterSqlite3, options: SqliteOptions): Promise<SqlDriverAdapter> {
  const writer = await inner.connect()
  const reader = await inner.connect()
  try {
    await patiently(options.patience, () => writer.executeScript(writerSettings(options)))
    await patiently(options.patience, () => reader.executeScript('PRAGMA query_only = ON; PRAGMA cache_size = -16000'))
  } catch (error) {
    await Promise.all([writer.dispose(), reader.dispose()])
    throw error
  }
  return adapter(writer, reader, options.patience)
}

function adapter(writer: SqlDriverAdapter, reader: SqlDriverAdapter, patience: number): SqlDriverAdapter {
  const inTurn = queue()
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    const release = await inTurn()
    return patiently(patience, work).finally(release)
  }
  return {
    ...identity,
    queryRaw: async (query) =>
      withoutStrangers(
        await (readsOnly(query)
          ? patiently(patience, () => reader.queryRaw(query))
          : alone(() => writer.queryRaw(query))),
      ),
    executeRaw: (query) => alone(() => writer.executeRaw(query)),
    executeScript: (script) => alone(() => writer.executeScript(script)),
    startTransaction: async () => begin(writer, await inTurn(), patience),
    dispose: async () => {
      await reader.dispose()
      await writer.dispose()
    },
  }
}

/** Takes the write lock at once (IMMEDIATE), so that nothing later in the transaction can find the database busy. */
async function begin(writer: SqlDriverAdapter, release: () => void, patience: number): Promise<Transaction> {
  try {
    await patiently(patience, () => writer.executeScript('BEGIN IMMEDIATE'))
  } catch (error) {
    release()
    throw error
  }
  const over = async () => release()
  return {
    ...identity,
    options: { usePhantomQuery: false },
    queryRaw: async (query) => withoutStrangers(await writer.queryRaw(query)),
    executeRaw: (query) => (query.sql === 'COMMIT' ? commit(writer, query) : writer.executeRaw(query)),
    createSavepoint: (name) => writer.executeScript(`SAVEPOINT ${name}`),
    rollbackToSavepoint: (name) => writer.executeScript(`ROLLBACK TO ${name}`),
    releaseSavepoint: (name) => writer.executeScript(`RELEASE ${name}`),
    commit: over,
    rollback: over,
  }
}

/** A commit that fails (a full disk) can leave the transaction open; the next one must not continue it. */
async function commit(writer: SqlDriverAdapter, query: SqlQuery): Promise<number> {
  try {
    return await writer.executeRaw(query)
  } catch (error) {
    await writer.executeScript('ROLLBACK').catch(() => {}) // fails when SQLite has already rolled back
    throw error
  }
}

/** `synchronous = FULL`: what is committed has reached the disk, power cut or not. */
function writerSettings(options: SqliteOptions): string {
  const limit = options.maxPages === undefined ? '' : `PRAGMA max_page_count = ${options.maxPages};`
  return `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000;${limit}`
}

function readsOnly(query: SqlQuery): boolean {
  return /^\s*SELECT\b/i.test(query.sql)
}

async function patiently<T>(patience: number, work: () => Promise<T>): Promise<T> {
  for (let waited = 0; ; waited += pause) {
    try {
      return await work()
    } catch (error) {
      if (!isBusy(error) || waited >= patience) throw error
    }
    await wait(pause)
  }
}

/** First come, first served: resolves, when it is one's turn, to what ends it. */
function queue(): () => Promise<() => void> {
  let last: Promise<void> = Promise.resolve()
  return async () => {
    const before = last
    let release = () => {}
    last = new Promise((resolve) => {
      release = resolve
    })
    await before
    return release
  }
}
