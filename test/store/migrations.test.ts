import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { applyMigrations, pendingMigrations } from '../../src/store/migrations/apply.ts'
import { difference } from '../../src/store/migrations/difference.ts'
import { type Migration, readCopy, readMigrations, toMigration } from '../../src/store/migrations/folder.ts'
import { modelsFor, type Provider, readModels } from '../../src/store/models.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase } from '../support/databases.ts'

const postgresql = await hasPostgresql()

describe('SQLite', () => migrations('sqlite', createSqlite))
describe.skipIf(!postgresql)('PostgreSQL', () => migrations('postgresql', createPostgresql))

function migrations(provider: Provider, create: () => Promise<TestDatabase>): void {
  const known = readMigrations(provider)
  const names = known.map((migration) => migration.name)
  const second = toMigration('9998_second', 'CREATE TABLE "Second" ("id" TEXT NOT NULL PRIMARY KEY);\n')
  const broken = toMigration('9999_broken', 'CREATE TABLE "Third" ("id" TEXT);\nINSERT INTO "Nowhere" VALUES (1);\n')
  let database: TestDatabase
  beforeEach(async () => {
    database = await create()
    if (provider === 'sqlite') await (await database.open()).close() // makes the folder
  })
  afterEach(() => database.drop())

  const work = (list: readonly Migration[] = known) => ({
    provider,
    where: 'the test',
    factory: factoryOf(database),
    migrations: list,
  })
  const tables = async () => {
    const store = await database.open({ exclusive: false })
    const rows = await store.prisma.$queryRawUnsafe<{ name: string }[]>(
      provider === 'sqlite'
        ? `SELECT name FROM sqlite_master WHERE type = 'table'`
        : `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
    )
    await store.close()
    return rows.map((row) => row.name)
  }

  test('stand beside the models they lead to, and no change of the models lacks one', async () => {
    const copies = known.map((migration) => readCopy(provider, migration))
    for (const [at, { name, sql }] of known.entries()) {
      expect(await difference(provider, copies[at - 1], copies[at] ?? []), name).toBe(sql)
    }
    expect(await difference(provider, copies.at(-1), modelsFor(provider, readModels()))).toContain('empty migration')
  })

  test('are written from the change of the models', async () => {
    const before = modelsFor(provider, readModels())
    const after = before.map(({ path, content }) => ({
      path,
      content: content.replace('model Lease {', 'model Lease {\n  note String?'),
    }))
    expect(await difference(provider, before, after)).toMatch(/ALTER TABLE "Lease" ADD COLUMN\s+"note" TEXT/)
  })

  test('make a new database once', async () => {
    const fresh = await create()
    try {
      if (provider === 'postgresql')
        expect(await applyMigrations({ ...work(), factory: factoryOf(fresh) })).toEqual(names)
      const store = await fresh.open()
      expect(await store.prisma.dialogue.count()).toBe(0)
      expect(await applyMigrations({ ...work(), factory: factoryOf(fresh) })).toEqual([])
    } finally {
      await fresh.drop()
    }
  })

  test('are added to those applied before', async () => {
    await applyMigrations(work())
    expect(await pendingMigrations(work([...known, second]))).toEqual(['9998_second'])
    expect(await applyMigrations(work([...known, second]))).toEqual(['9998_second'])
    expect(await applyMigrations(work([...known, second]))).toEqual([])
  })

  test('of a newer program are refused, and nothing is touched', async () => {
    await applyMigrations(work([...known, second]))
    await expect(applyMigrations(work())).rejects.toMatchObject({ name: 'StoreError', reason: 'newer' })
    await expect(database.open()).rejects.toThrow(/newer program: it has the migration 9998_second/)
  })

  test('that were edited after they were applied are refused', async () => {
    await applyMigrations(work([...known, second]))
    const edited = toMigration(second.name, `${second.sql}-- a word`)
    await expect(applyMigrations(work([...known, edited]))).rejects.toThrow(/9998_second was edited/)
  })

  test('that fail leave the database as it was', async () => {
    await applyMigrations(work())
    await expect(applyMigrations(work([...known, second, broken]))).rejects.toMatchObject({ name: 'StoreError' })
    expect(await tables()).not.toContain('Second')
    expect(await applyMigrations(work([...known, second]))).toEqual(['9998_second'])
  })

  test('left half-way by another tool are refused', async () => {
    await applyMigrations(work())
    const store = await database.open({ exclusive: false })
    await store.prisma.$executeRaw`UPDATE "_prisma_migrations" SET "finished_at" = NULL`
    await store.close()
    await expect(applyMigrations(work())).rejects.toThrow(/begun by another tool and not finished/)
  })

  if (provider === 'sqlite') return // serves one process, see lock.ts
  test('are applied once by processes that start together', async () => {
    const results = await Promise.all([1, 2, 3, 4].map(() => applyMigrations(work())))
    expect(results.flat()).toEqual(names)
  })
}

function factoryOf({ provider, url }: TestDatabase): SqlMigrationAwareDriverAdapterFactory {
  if (provider === 'sqlite') return new PrismaBetterSqlite3({ url })
  return new PrismaPg({ connectionString: url, max: 1 })
}
