import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { StoreError } from '../../engine/store-error.ts'
import { toStoreError } from '../errors.ts'
import type { Provider } from '../models.ts'
import { lockFile, type Migration, readMigrations, sqlFile } from './folder.ts'

export type ApplyOptions = {
  readonly provider: Provider
  /** Must give one connection, so that all is done in one transaction (for pg: a pool of one). */
  readonly factory: SqlMigrationAwareDriverAdapterFactory
  /** The database's address as people may read it. */
  readonly where: string
  /** Those of the program, unless a test brings its own. */
  readonly migrations?: readonly Migration[]
  /** Hears what is there before anything is written, and throws to keep it from being written. */
  readonly check?: (contents: Contents) => void
}

/** Nothing yet, Serik's tables, or only those of another program. */
export type Contents = 'nothing' | 'ours' | 'foreign'

/** One row of `_prisma_migrations`. */
type Applied = {
  readonly name: string
  readonly checksum: string
  readonly finished: boolean
  readonly undone: boolean
}

/** Any number, as long as every Serik takes the same: the advisory lock of migrating on PostgreSQL. */
const advisoryLock = 73_657_269

/**
 * Brings the database to the program's models and returns the names of the migrations applied. All of them and the
 * record of them are one transaction, so a kill leaves either the old database or the new one; processes that start
 * together wait for the first. Throws StoreError `newer` when the database knows migrations this program does not,
 * `other` when one was edited since or was left half-way by another tool.
 */
export async function applyMigrations(options: ApplyOptions): Promise<readonly string[]> {
  const migrations = options.migrations ?? readMigrations(options.provider)
  try {
    const adapter = await options.factory.connect()
    try {
      return await bringUp(adapter, options, migrations)
    } finally {
      await adapter.dispose()
    }
  } catch (error) {
    throw toStoreError(error, options.where)
  }
}

/** The names of the migrations a database still lacks; writes nothing. Throws as `applyMigrations`. */
export async function pendingMigrations(options: ApplyOptions): Promise<readonly string[]> {
  const migrations = options.migrations ?? readMigrations(options.provider)
  try {
    const adapter = await options.factory.connect()
    try {
      options.check?.(await contentsOf(adapter, options.provider))
      return await pending(adapter, options, migrations)
    } finally {
      await adapter.dispose()
    }
  } catch (error) {
    throw toStoreError(error, options.where)
  }
}

async function contentsOf(adapter: SqlDriverAdapter, provider: Provider): Promise<Contents> {
  if (await isKnown(adapter, provider)) return 'ours'
  const tables =
    provider === 'sqlite'
      ? 'SELECT 1 FROM sqlite_master LIMIT 1'
      : 'SELECT 1 FROM pg_tables WHERE schemaname = current_schema() LIMIT 1'
  return (await select(adapter, tables)).length === 0 ? 'nothing' : 'foreign'
}

async function bringUp(
  adapter: SqlDriverAdapter,
  options: ApplyOptions,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  options.check?.(await contentsOf(adapter, options.provider))
  // The usual start: nothing to do, and no engine to load.
  if ((await pending(adapter, options, migrations)).length === 0) return []
  await run(adapter, options.provider === 'sqlite' ? 'BEGIN IMMEDIATE' : 'BEGIN')
  try {
    if (options.provider === 'postgresql') await run(adapter, `SELECT pg_advisory_xact_lock(${advisoryLock}) IS NULL`)
    // Another process may have done it while this one waited.
    const missing = await pending(adapter, options, migrations)
    if (missing.length > 0) await apply(adapter, options, migrations)
    await run(adapter, 'COMMIT')
    return missing
  } catch (error) {
    await run(adapter, 'ROLLBACK').catch(() => {}) // the first error is the one to tell
    throw error
  }
}

async function pending(
  adapter: SqlDriverAdapter,
  options: ApplyOptions,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  const rows = (await readApplied(adapter, options.provider)).filter((row) => !row.undone)
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const row of rows) check(row, known.get(row.name), options.where)
  const done = new Set(rows.map((row) => row.name))
  return migrations.map((migration) => migration.name).filter((name) => !done.has(name))
}

function check(row: Applied, migration: Migration | undefined, where: string): void {
  if (migration === undefined) {
    throw new StoreError(
      'newer',
      `${where} was made by a newer program: it has the migration ${row.name}, which this program does not know. ` +
        'Start the newer program, or restore a backup made before it.',
    )
  }
  if (!row.finished) {
    throw new StoreError(
      'other',
      `The migration ${row.name} of ${where} was begun by another tool and not finished. Restore the backup made before it.`,
    )
  }
  if (row.checksum !== migration.checksum) {
    throw new StoreError(
      'other',
      `The migration ${row.name} was edited after it was applied to ${where}. ` +
        'Put its migration.sql back as it was, and write the change as a new migration (npm run migration -- <name>).',
    )
  }
}

/** Whether it has the table of applied migrations. */
async function isKnown(adapter: SqlDriverAdapter, provider: Provider): Promise<boolean> {
  // PostgreSQL: a query of the catalogue, since to_regclass would answer from a cache older than the wait for the lock.
  const exists =
    provider === 'sqlite'
      ? `SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'`
      : `SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = '_prisma_migrations'`
  return (await select(adapter, exists)).length > 0
}

async function readApplied(adapter: SqlDriverAdapter, provider: Provider): Promise<Applied[]> {
  if (!(await isKnown(adapter, provider))) return []
  const rows = await select(
    adapter,
    'SELECT migration_name, checksum, finished_at IS NOT NULL, rolled_back_at IS NOT NULL FROM _prisma_migrations ORDER BY started_at',
  )
  // SQLite says 1 for true.
  return rows.map(([name, checksum, finished, undone]) => ({
    name: String(name),
    checksum: String(checksum),
    finished: Boolean(finished),
    undone: Boolean(undone),
  }))
}

async function apply(adapter: SqlDriverAdapter, options: ApplyOptions, migrations: readonly Migration[]) {
  const { loadEngine } = await import('./engine.ts')
  const { provider, adapterName } = options.factory
  // The engine gets the open transaction's connection and may not close it.
  const connect = async () => ({ ...methods(adapter), dispose: async () => {} })
  const engine = await loadEngine({ provider, adapterName, connect, connectToShadowDb: connect })
  await engine.applyMigrations({
    migrationsList: {
      baseDir: '.',
      shadowDbInitScript: '',
      lockfile: { path: lockFile, content: `provider = "${options.provider}"\n` },
      migrationDirectories: migrations.map(({ name, sql }) => ({
        path: name,
        migrationFile: { path: sqlFile, content: { tag: 'ok' as const, value: sql } },
      })),
    },
    filters: { externalTables: [], externalEnums: [] },
  })
}

function methods(adapter: SqlDriverAdapter): SqlDriverAdapter {
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query) => adapter.queryRaw(query),
    executeRaw: (query) => adapter.executeRaw(query),
    executeScript: (script) => adapter.executeScript(script),
    startTransaction: (level) => adapter.startTransaction(level),
    ...(adapter.getConnectionInfo && { getConnectionInfo: () => adapter.getConnectionInfo?.() ?? noJoins }),
    dispose: () => adapter.dispose(),
  }
}

const noJoins = { supportsRelationJoins: false }

async function run(adapter: SqlDriverAdapter, sql: string): Promise<void> {
  await adapter.queryRaw({ sql, args: [], argTypes: [] })
}

async function select(adapter: SqlDriverAdapter, sql: string): Promise<unknown[][]> {
  return (await adapter.queryRaw({ sql, args: [], argTypes: [] })).rows
}
