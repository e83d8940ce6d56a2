import type Database from 'better-sqlite3'
import { StoreError } from '../engine/store-error.ts'
import { storeError } from './errors.ts'
import { openWords } from './key.ts'
import { readMigrations } from './migrations/folder.ts'
import { createSeal, type DataKey } from './seal.ts'

/** Looks whether a whole SQLite file is a Serik database that this program and this key can open. Throws StoreError. */
export function checkContents(database: Database.Database, file: string, key: DataKey): void {
  checkMigrations(database, file)
  const rows = database.prepare(`SELECT name, value FROM "Meta"`).all() as { name: string; value: Buffer }[] // its columns
  openWords(createSeal(key), rows, file)
}

/** When something last happened in the database, epoch ms; undefined when it holds nobody. */
export function lastTimeIn(database: Database.Database): number | undefined {
  const times = ['"updatedAt" AS at FROM "Dialogue"', '"updatedAt" FROM "Person"', '"startedAt" FROM "JobRun"']
  const row = database.prepare(`SELECT max(at) AS at FROM (SELECT ${times.join(' UNION ALL SELECT ')})`).get()
  const { at } = row as { at: number | null } // the column of the query
  return typeof at === 'number' ? at : undefined
}

function checkMigrations(database: Database.Database, file: string): void {
  const known = new Map(readMigrations('sqlite').map(({ name, checksum }) => [name, checksum]))
  const table = database.prepare(`SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'`).get()
  if (table === undefined) {
    throw new StoreError('other', `${file} is an SQLite file but not a Serik database. Choose another file.`)
  }
  const rows = database
    .prepare('SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE rolled_back_at IS NULL')
    .all() as { name: string; checksum: string }[] // the columns of the query
  if (rows.some(({ name }) => !known.has(name))) throw storeError('newer', file)
  const edited = rows.find(({ name, checksum }) => known.get(name) !== checksum)
  if (edited === undefined) return
  throw new StoreError(
    'other',
    `${file} was made with another text of the migration ${edited.name} (see prisma/migrations). Use the program that made it.`,
  )
}
