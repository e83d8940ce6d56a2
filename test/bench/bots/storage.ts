import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { root } from '../../../src/store/models.ts'

// Beside the generated clients of the project, which git ignores too.
const folder = join(root, 'src/store/generated/bench')
const client = join(folder, 'client')

const models = `
generator client {
  provider            = "prisma-client"
  output              = ${JSON.stringify(client)}
  engineType          = "client"
  importFileExtension = "ts"
}
datasource db {
  provider = "sqlite"
}
model Session {
  key   String @id
  value String
}
`

/** Generates the Prisma client of the peers, once. */
export function generateClient(): void {
  if (existsSync(join(client, 'client.ts'))) return
  mkdirSync(folder, { recursive: true })
  const schema = join(folder, 'schema.prisma')
  writeFileSync(schema, models)
  const cli = createRequire(import.meta.url).resolve('prisma/build/index.js')
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' }
  const run = spawnSync(process.execPath, [cli, 'generate', '--no-hints', '--schema', schema], { cwd: root, env })
  if (run.status !== 0) throw new Error(`${run.stdout}${run.stderr}`)
}

/** The part of the generated client that is used here; it does not exist before the first bench. */
type Client = {
  session: {
    findUnique(query: { where: { key: string } }): Promise<{ value: string } | null>
    upsert(query: { where: { key: string }; create: Row; update: Row }): Promise<unknown>
    deleteMany(query: { where: { key: string } }): Promise<unknown>
  }
  $executeRawUnsafe(sql: string): Promise<unknown>
  $queryRawUnsafe(sql: string): Promise<unknown>
}
type Row = { key: string; value: string }

/**
 * Sessions in one table through Prisma's ordinary calls, as the storage adapters of both libraries do it, in the same
 * SQLite settings as ours: WAL, `synchronous = FULL`.
 */
export async function openSessions(folder: string) {
  const generated: { PrismaClient: new (options: object) => Client } = await import(
    pathToFileURL(join(client, 'client.ts')).href
  )
  const prisma = new generated.PrismaClient({ adapter: new PrismaBetterSqlite3({ url: join(folder, 'sessions.db') }) })
  await prisma.$queryRawUnsafe('PRAGMA journal_mode = WAL')
  await prisma.$queryRawUnsafe('PRAGMA synchronous = FULL')
  await prisma.$executeRawUnsafe('CREATE TABLE "Session" ("key" TEXT PRIMARY KEY NOT NULL, "value" TEXT NOT NULL)')
  return {
    async read<T>(key: string): Promise<T | undefined> {
      const row = await prisma.session.findUnique({ where: { key } })
      return row === null ? undefined : JSON.parse(row.value)
    },
    async write(key: string, session: unknown): Promise<void> {
      const row = { key, value: JSON.stringify(session) }
      await prisma.session.upsert({ where: { key }, create: row, update: row })
    },
    async delete(key: string): Promise<void> {
      await prisma.session.deleteMany({ where: { key } })
    },
  }
}
