import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { createSeal, type DataKey } from '../security/seal.ts'
import { StoreError, storeError, toStoreError } from './errors.ts'
import { openWords } from './key.ts'
import { lockFile } from './lock.ts'
import { readMigrations } from './migrations/folder.ts'
import { databaseFile } from './place.ts'

/** The path of an SQLite database named by its URL; throws StoreError for PostgreSQL, which has its own tools. */
export function sqliteFile(url: string): string {
  if (url.startsWith('file:')) return databaseFile(url)
  throw new StoreError(
    'other',
    'Only an SQLite database is backed up by Serik. Use pg_dump and pg_restore for PostgreSQL.',
  )
}

/**
 * Copies a database while it is in use and checks the copy. The copy appears under its name only when it is whole.
 * Throws StoreError.
 */
export async function backupDatabase(file: string, to: string): Promise<{ readonly bytes: number }> {
  const partial = `${to}.partial`
  try {
    if (!existsSync(file)) throw storeError('missing', file)
    mkdirSync(dirname(resolve(to)), { recursive: true, mode: 0o700 })
    rmSync(partial, { force: true })
    const source = new Database(file, { readonly: true, timeout: 5_000 })
    await source.backup(partial).finally(() => source.close())
    settle(partial)
    renameSync(partial, to)
    return { bytes: statSync(to).size }
  } catch (error) {
    rmSync(partial, { force: true })
    throw toStoreError(error, to)
  }
}

/** One file without side files, found whole. */
function settle(file: string): void {
  const copy = new Database(file)
  try {
    copy.pragma('journal_mode = DELETE')
    if (copy.pragma('integrity_check', { simple: true }) !== 'ok') throw storeError('corrupt', file)
  } finally {
    copy.close()
  }
}

const prefix = 'serik-'
const suffix = '.db'

/** The name of a backup made at `at` (epoch ms): `serik-2026-03-01T12-00-00Z.db`. Names sort by time. */
export function backupName(at: number): string {
  return `${prefix}${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}Z${suffix}`
}

/** Days and weeks of which the newest backup is kept. */
export const keptDays = 7
export const keptWeeks = 4

/** The backups of a list of names that are not kept: neither the newest of one of 7 days nor of one of 4 weeks. */
export function superfluousBackups(names: readonly string[]): readonly string[] {
  const backups = names
    .filter((name) => timeOf(name) !== undefined)
    .sort()
    .reverse()
  const kept = new Set([...newestOf(backups, dayOf, keptDays), ...newestOf(backups, weekOf, keptWeeks)])
  return backups.filter((name) => !kept.has(name))
}

/** Deletes what `superfluousBackups` names; returns how many. Files of other names are left alone. */
export function rotateBackups(folder: string): number {
  const superfluous = superfluousBackups(readdirSync(folder))
  for (const name of superfluous) rmSync(join(folder, name), { force: true })
  return superfluous.length
}

function newestOf(newestFirst: readonly string[], periodOf: (time: number) => number, count: number): string[] {
  const newest = new Map<number, string>()
  for (const name of newestFirst) {
    const period = periodOf(timeOf(name) ?? 0)
    if (!newest.has(period)) newest.set(period, name)
  }
  return [...newest.values()].slice(0, count)
}

const day = 24 * 60 * 60 * 1000
const dayOf = (time: number) => Math.floor(time / day)
/** Weeks begin on Monday; 1 January 1970 was a Thursday. */
const weekOf = (time: number) => Math.floor((dayOf(time) + 3) / 7)

function timeOf(name: string): number | undefined {
  const match = /^serik-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.db$/.exec(name)
  const time = match === null ? Number.NaN : Date.parse(`${match[1]}T${match[2]}:${match[3]}:${match[4]}Z`)
  return Number.isNaN(time) ? undefined : time
}

/** Looks whether a file is a whole Serik database that this program and this key can open. Throws StoreError. */
export function checkBackup(file: string, key: DataKey): void {
  if (!existsSync(file)) throw storeError('missing', file)
  let database: Database.Database | undefined
  try {
    database = new Database(file, { readonly: true })
    if (database.pragma('integrity_check', { simple: true }) !== 'ok') throw storeError('corrupt', file)
    checkMigrations(database, file)
    checkSealedWord(database, file, key)
  } catch (error) {
    throw toStoreError(error, file)
  } finally {
    database?.close()
  }
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
    `${file} was made with another text of the migration ${edited.name}; see prisma/migrations.`,
  )
}

function checkSealedWord(database: Database.Database, file: string, key: DataKey): void {
  const rows = database.prepare(`SELECT name, value FROM "Meta"`).all() as { name: string; value: Buffer }[] // its columns
  openWords(createSeal(key), rows, file)
}

/**
 * Puts a checked backup in the place of the database, which must not be in use. What stood there is kept beside it,
 * with the date in its name, and returned. Throws StoreError; then everything is as it was.
 */
export function restoreDatabase(from: string, file: string, key: DataKey, at: number): { readonly kept?: string } {
  checkBackup(from, key)
  if (resolve(from) === resolve(file))
    throw new StoreError('other', 'The backup is the database itself; nothing to do.')
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const lock = lockFile(file)
  const incoming = `${file}.restoring`
  try {
    copyFileSync(from, incoming)
    settle(incoming)
    const kept = existsSync(file) ? setAside(file, at) : undefined
    renameSync(incoming, file)
    return kept === undefined ? {} : { kept }
  } catch (error) {
    rmSync(incoming, { force: true })
    throw toStoreError(error, file)
  } finally {
    lock.release()
  }
}

/** With all that its side files held, as one file. */
function setAside(file: string, at: number): string {
  const kept = join(dirname(file), `${basename(file)}.replaced-${backupName(at).slice(prefix.length, -suffix.length)}`)
  try {
    const database = new Database(file)
    database.pragma('wal_checkpoint(TRUNCATE)')
    database.close()
  } catch {
    // A damaged database is kept as it is: it may be why a backup is restored.
  }
  renameSync(file, kept)
  for (const side of ['-wal', '-shm']) if (existsSync(file + side)) renameSync(file + side, kept + side)
  return kept
}
