import { statSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  SqlQuery,
  Transaction,
} from '@prisma/driver-adapter-utils'
import { StoreError } from '../engine/store-error.ts'
import { isBusy } from './errors.ts'
import { withoutStrangers } from './foreign-values.ts'

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
export function sqliteAdapter(
  options: SqliteOptions,
  // The driver's own waiting would stop the whole process; see `patiently`.
  inner: SqlMigrationAwareDriverAdapterFactory = new PrismaBetterSqlite3({ url: options.file, timeout: 0 }),
): SqlMigrationAwareDriverAdapterFactory {
  return {
    ...identity,
    connect: () => connect(inner, options),
    connectToShadowDb: () => inner.connectToShadowDb(),
  }
}

async function connect(
  inner: SqlMigrationAwareDriverAdapterFactory,
  options: SqliteOptions,
): Promise<SqlDriverAdapter> {
  const writer = await inner.connect()
  const reader = await inner.connect()
  try {
    await patiently(options.patience, () => writer.executeScript(writerSettings(options)))
    await patiently(options.patience, () => reader.executeScript('PRAGMA query_only = ON; PRAGMA cache_size = -16000'))
  } catch (error) {
    await Promise.all([writer.dispose(), reader.dispose()])
    throw error
  }
  return adapter(writer, reader, { patience: options.patience, checkFile: fileCheck(options.file) })
}

type Care = {
  readonly patience: number
  /** Throws when the file is not the one that was opened. */
  readonly checkFile: () => void
}

function adapter(connection: SqlDriverAdapter, reader: SqlDriverAdapter, care: Care): SqlDriverAdapter {
  const { patience, checkFile } = care
  const inTurn = queue()
  const writer: Writer = { connection, isOpen: false }
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    const release = await inTurn()
    try {
      await undo(writer)
      checkFile()
      return await patiently(patience, work)
    } finally {
      release()
    }
  }
  return {
    ...identity,
    queryRaw: async (query) => {
      if (!readsOnly(query)) return withoutStrangers(await alone(() => connection.queryRaw(query)))
      checkFile()
      return withoutStrangers(await patiently(patience, () => reader.queryRaw(query)))
    },
    executeRaw: (query) => alone(() => connection.executeRaw(query)),
    executeScript: (script) => alone(() => connection.executeScript(script)),
    startTransaction: async () => begin(writer, await inTurn(), care),
    dispose: async () => {
      await reader.dispose()
      await connection.dispose()
    },
  }
}

/** The connection that writes, and whether a transaction may still be open on it. */
type Writer = { readonly connection: SqlDriverAdapter; isOpen: boolean }

/** Takes the write lock at once (IMMEDIATE), so that nothing later in the transaction can find the database busy. */
async function begin(writer: Writer, release: () => void, { patience, checkFile }: Care): Promise<Transaction> {
  try {
    await undo(writer)
    checkFile()
    await patiently(patience, () => writer.connection.executeScript('BEGIN IMMEDIATE'))
    writer.isOpen = true
  } catch (error) {
    release()
    throw error
  }
  const { connection } = writer
  const whole = asOne()
  const over = async () => release()
  return {
    ...identity,
    options: { usePhantomQuery: false },
    queryRaw: async (query) => withoutStrangers(await whole(() => connection.queryRaw(query))),
    executeRaw: (query) => (ends(query) ? end(writer, query, whole) : whole(() => connection.executeRaw(query))),
    createSavepoint: (name) => whole(() => connection.executeScript(`SAVEPOINT ${name}`)),
    rollbackToSavepoint: async (name) => connection.executeScript(`ROLLBACK TO ${name}`),
    releaseSavepoint: (name) => whole(() => connection.executeScript(`RELEASE ${name}`)),
    commit: over,
    rollback: over,
  }
}

type Whole = <T>(work: () => Promise<T>) => Promise<T>

/**
 * After a statement that failed no other runs, as on PostgreSQL: SQLite has undone the whole transaction if the disk
 * was full, and what came after would be written on its own.
 */
function asOne(): Whole {
  let failed: { readonly error: unknown } | undefined
  return async (work) => {
    if (failed !== undefined) throw failed.error
    try {
      return await work()
    } catch (error) {
      failed = { error }
      throw error
    }
  }
}

function ends({ sql }: SqlQuery): boolean {
  return sql === 'COMMIT' || sql === 'ROLLBACK'
}

/** A commit that fails (a full disk) may have been undone by SQLite or may not; the next one must not continue it. */
async function end(writer: Writer, query: SqlQuery, whole: Whole): Promise<number> {
  if (query.sql === 'ROLLBACK') {
    await undo(writer)
    return 0
  }
  try {
    const changes = await whole(() => writer.connection.executeRaw(query))
    writer.isOpen = false
    return changes
  } catch (error) {
    await undo(writer).catch(() => {}) // tried again before anything else is written
    throw error
  }
}

/** Ends a transaction that is still open. Where SQLite has ended it by itself, there is nothing to do. */
async function undo(writer: Writer): Promise<void> {
  if (!writer.isOpen) return
  try {
    await writer.connection.executeScript('ROLLBACK')
  } catch (error) {
    if (!(error instanceof Error && /no transaction is active/.test(error.message))) throw error
  }
  writer.isOpen = false
}

/**
 * `synchronous = FULL`: what is committed has reached the disk, power cut or not. `secure_delete`: what is deleted is
 * overwritten, not only given free; it costs no more than the noise of a measurement.
 */
function writerSettings(options: SqliteOptions): string {
  const limit = options.maxPages === undefined ? '' : `PRAGMA max_page_count = ${options.maxPages};`
  return `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000;${limit}`
}

/**
 * A file that was deleted, or replaced by another of its name, still takes everything for whoever has it open, and all
 * of it is gone with the process. One look at its name costs some microseconds.
 */
function fileCheck(file: string): () => void {
  const look = () => {
    const found = statSync(file, { bigint: true, throwIfNoEntry: false })
    return found && `${found.dev} ${found.ino}`
  }
  const opened = look()
  return () => {
    if (look() === opened) return
    throw new StoreError(
      'missing',
      `${file} was deleted or replaced while Serik worked with it, so nothing can be kept any more. Stop Serik, put ` +
        'the file back or restore the newest backup, and start again. What people do meanwhile waits at Telegram.',
    )
  }
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
