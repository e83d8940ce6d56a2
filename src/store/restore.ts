import { chmodSync, constants, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import type { Clock } from '../base/clock.ts'
import { StoreError } from '../engine/store-error.ts'
import { checkContents, lastTimeIn } from './backup-contents.ts'
import { logSuffix, rotateReplaced, timeOf } from './backup-names.ts'
import { checkDeletionLog, deletionLogOf, mergeDeletionLogs } from './deletion-log.ts'
import { type DeletedAgain, deletionsKept } from './deletions.ts'
import { storeError, toStoreError } from './errors.ts'
import { exchange } from './exchange.ts'
import { isSameFile, realPath } from './files.ts'
import { lockFile } from './lock.ts'
import { openStore } from './open.ts'
import { removeUnfinished, restoringOf } from './replaced.ts'
import type { DataKey } from './seal.ts'

export type RestoreOptions = {
  readonly key: DataKey
  readonly clock: Clock
  /** The log of deletions where it is not beside the database. */
  readonly deletionLog?: string | undefined
  /** Also a copy that is older than the log of deletions reaches back. */
  readonly isOldMeant?: boolean
}

export type Restored = DeletedAgain & {
  /** Where what stood there before is kept. */
  readonly kept?: string
}

/** Looks whether `restoreDatabase` would take the copy, and changes nothing. Throws StoreError. */
export async function checkBackup(from: string, file: string, options: RestoreOptions): Promise<void> {
  await withCopy(from, file, options, async () => {})
}

/**
 * Puts a copy, with what its write-ahead log holds, in the place of the database, which must not be in use. Whoever was
 * deleted after the copy was made is deleted from it. What stood there is kept beside it, with the date in its name.
 * Throws StoreError; then everything is as it was.
 */
export async function restoreDatabase(from: string, file: string, options: RestoreOptions): Promise<Restored> {
  mkdirSync(dirname(resolve(file)), { recursive: true, mode: 0o700 })
  const target = realPath(file)
  const lock = lockFile(target)
  try {
    removeUnfinished(target)
    return await withCopy(from, target, options, (copy, source) => putInPlace(copy, source, target, options))
  } finally {
    lock.release()
  }
}

async function putInPlace(copy: string, source: string, target: string, options: RestoreOptions): Promise<Restored> {
  const log = options.deletionLog ?? deletionLogOf(`file:${target}`)
  await checkDeletionLog(log)
  await mergeDeletionLogs(source + logSuffix, log, copy + logSuffix)
  const deletedAgain = await deleteAgain(copy, options)
  await mergeDeletionLogs(copy + logSuffix, log, log)
  const kept = await exchange(target, copy, options.clock.now())
  await rotateReplaced(target, options.clock.now())
  return kept === undefined ? deletedAgain : { ...deletedAgain, kept }
}

/** Does the work with a checked copy of the copy, in a folder beside the database that nobody else may look into. */
async function withCopy<T>(
  from: string,
  file: string,
  options: RestoreOptions,
  work: (copy: string, source: string) => Promise<T>,
): Promise<T> {
  try {
    const source = sourceOf(from, file)
    mkdirSync(dirname(resolve(file)), { recursive: true, mode: 0o700 })
    const folder = mkdtempSync(restoringOf(realPath(file)))
    try {
      const copy = join(folder, basename(file))
      takeWhole(source, copy)
      check(copy, source, options)
      return await work(copy, source)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  } catch (error) {
    throw whereItIs(error, from, file)
  }
}

/** The copy is made beside the database, so it is that disk which is full. */
function whereItIs(error: unknown, from: string, file: string): StoreError {
  const found = toStoreError(error, from)
  return found.reason === 'full' ? toStoreError(error, dirname(resolve(file))) : found
}

/** The file itself: what SQLite keeps beside a database is named after it, not after a link to it. */
function sourceOf(from: string, file: string): string {
  if (!existsSync(from)) throw new StoreError('missing', `${resolve(from)} is not there. Name the file of a backup.`)
  if (!statSync(from).isFile()) throw new StoreError('other', `${from} is not a file. Name the backup itself.`)
  if (isSameFile(from, file)) throw new StoreError('other', 'The backup is the database itself; nothing to do.')
  return realPath(from)
}

/** What SQLite may have beside a database that belongs to it. */
const sides = ['', '-wal', '-journal']

/** Copies a database with its side files, makes them one file, and looks whether it is whole. */
function takeWhole(source: string, copy: string): void {
  const before = stateOf(source)
  for (const side of sides.filter((side) => existsSync(source + side))) {
    copyFileSync(source + side, copy + side, constants.COPYFILE_EXCL)
    chmodSync(copy + side, 0o600)
  }
  if (stateOf(source) !== before) {
    throw new StoreError(
      'locked',
      `Something is writing to ${source}. End it, or restore what \`npm run serik -- backup\` makes of it.`,
    )
  }
  settle(copy, source)
}

/** Another text when any of the files has been written to. */
function stateOf(source: string): string {
  const states = sides.map((side) => statSync(source + side, { bigint: true, throwIfNoEntry: false }))
  return states.map((state) => `${state?.ino} ${state?.size} ${state?.mtimeNs}`).join()
}

/** `source` is what the operator knows the copy by. */
function settle(file: string, source: string): void {
  const copy = new Database(file)
  try {
    copy.pragma('journal_mode = DELETE')
    if (copy.pragma('integrity_check', { simple: true }) !== 'ok') throw storeError('corrupt', source)
  } finally {
    copy.close()
  }
}

function check(copy: string, source: string, { key, clock, isOldMeant }: RestoreOptions): void {
  const database = new Database(copy, { readonly: true })
  try {
    checkContents(database, source, key)
    const madeAt = Math.max(lastTimeIn(database) ?? 0, timeOf(source) ?? 0)
    if (madeAt > 0 && clock.now() - madeAt > deletionsKept && isOldMeant !== true) throw tooOld(source, madeAt)
  } finally {
    database.close()
  }
}

function tooOld(source: string, madeAt: number): StoreError {
  const [date] = new Date(madeAt).toISOString().split('T')
  return new StoreError(
    'other',
    `${source} dates from ${date}. Who was deleted is remembered for 40 days, so people who asked for it since might come back ` +
      'with it, and all copies were promised to be gone by now. Restore a newer one; if there is none, add --old.',
  )
}

/** Opens the copy as the bot would: brought to the program's models, and rid of the deleted. */
async function deleteAgain(copy: string, { key, clock }: RestoreOptions): Promise<DeletedAgain> {
  const store = await openStore({ url: `file:${copy}`, key, clock, deletionLog: copy + logSuffix })
  await store.close()
  settle(copy, copy)
  return store.deletedAgain
}
