import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import { migrationsFolder, modelsFile, modelsFor, type Provider, providers } from '../models.ts'
import { loadEngine } from './engine.ts'
import { lockFile, modelsCopy, readMigrations, sqlFile } from './folder.ts'

// npm run migration -- <name>: writes the next migration of both databases from the change in prisma/schema.prisma.
const [word] = process.argv.slice(2)
if (word === undefined || !/^[a-z0-9_]+$/.test(word)) {
  throw new Error('Give the migration a name of small letters, digits and _: npm run migration -- add_phone')
}
const models = readFileSync(modelsFile, 'utf8')
for (const provider of providers) await create(provider, word, modelsFor(provider, models))

async function create(provider: Provider, word: string, now: string): Promise<void> {
  const folder = join(migrationsFolder, provider)
  const done = readMigrations(provider)
  const last = done.at(-1)
  const before = last === undefined ? undefined : readFileSync(join(folder, last.name, modelsCopy), 'utf8')
  const sql = await difference(provider, before, now)
  if (sql.trim() === '' || sql.includes('This is an empty migration')) {
    console.log(`${provider}: the models have not changed since ${last?.name}; nothing written.`)
    return
  }
  const name = `${String(done.length + 1).padStart(4, '0')}_${word}`
  mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(
    join(folder, lockFile),
    `# Says which database these migrations are for. Keep it in version control.\nprovider = "${provider}"\n`,
  )
  writeFileSync(join(folder, name, sqlFile), sql)
  writeFileSync(join(folder, name, modelsCopy), now)
  console.log(`${provider}: prisma/migrations/${provider}/${name} written; read the SQL before committing it.`)
}

async function difference(provider: Provider, before: string | undefined, now: string): Promise<string> {
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

function datamodel(content: string) {
  return { tag: 'schemaDatamodel' as const, files: [{ path: 'schema.prisma', content }] }
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
