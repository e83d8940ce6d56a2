import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type { Models, Provider } from '../models.ts'
import { loadEngine } from './engine.ts'

/**
 * The SQL that leads from one state of the models to another (from nothing without `before`). Needs no database.
 */
export async function difference(provider: Provider, before: Models | undefined, now: Models): Promise<string> {
  const engine = await loadEngine(await unconnected(provider), now)
  const { stdout } = await engine.diff({
    from: before === undefined ? { tag: 'empty' } : datamodel(before),
    to: datamodel(now),
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  })
  return stdout ?? ''
}

function datamodel(models: Models) {
  return { tag: 'schemaDatamodel' as const, files: [...models] }
}

/** The engine learns its dialect from an adapter; comparing two texts it asks no more than the version. */
async function unconnected(provider: Provider): Promise<SqlMigrationAwareDriverAdapterFactory> {
  if (provider === 'postgresql') return postgresqlOnPaper()
  const { PrismaBetterSqlite3 } = await import('@prisma/adapter-better-sqlite3')
  return new PrismaBetterSqlite3({ url: ':memory:' })
}

/** An adapter that says it is PostgreSQL 14, the oldest Serik runs on, and knows nothing else. */
function postgresqlOnPaper(): SqlMigrationAwareDriverAdapterFactory {
  const identity = { provider: 'postgres', adapterName: '@prisma/adapter-pg' } as const
  const adapter: SqlDriverAdapter = {
    ...identity,
    queryRaw: async () => ({
      columnNames: ['exists', 'version', 'numeric_version'],
      columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
      rows: [[true, 'PostgreSQL 14.0', 140_000]],
    }),
    executeRaw: async () => 0,
    executeScript: async () => {},
    startTransaction: () => Promise.reject(new Error('Writing a migration starts no transaction.')),
    dispose: async () => {},
  }
  return { ...identity, connect: async () => adapter, connectToShadowDb: async () => adapter }
}
