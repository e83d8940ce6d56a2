import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, realpathSync, statSync } from 'node:fs'
import { chmod, copyFile, link, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import Database from 'better-sqlite3'
import { StoreError } from '../engine/store-error.ts'
import { checkContents } from './backup-contents.ts'
import { backupStem, logSuffix, partialSuffix, removePartial } from './backup-names.ts'
import { deletionLogOf } from './deletion-log.ts'
import { storeError, toStoreError } from './errors.ts'
import { isSameFile, isTaken, realPath, sync } from './files.ts'
import { type FileLock, lockFile } from './lock.ts'
import { databaseFile, followed, isOffDisk } from './place.ts'
import type { DataKey } from './seal.ts'

/** The path of an SQLite database named by its URL; throws StoreError for PostgreSQL, which has its own tools. */
export function sqliteFile(url: string): string {
  if (url.startsWith('file:')) return databaseFile(url)
  throw new StoreError(
    'other',
    'Only an SQLite database is backed up by Serik. Use pg_dump and pg_restore for PostgreSQL.',
  )
}

export type BackupOptions = {
  readonly key: DataKey
  /** The log of deletions where it is not beside the database. */
  readonly deletionLog?: string | undefined
  /** Ends the work at once; then no file is left. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Copies a database while it is in use, in a process of its own, and checks the copy once. It appears under its name
 * only when it is whole, with the log of deletions beside it, and never in the place of anything else. Throws StoreError.
 */
export async function backupDatabase(
  file: string,
  to: string,
  { key, deletionLog, signal }: BackupOptions,
): Promise<{ readonly bytes: number }> {
  try {
    if (!existsSync(file)) throw storeError('missing', file)
    const source = realPath(file)
    const log = deletionLog ?? deletionLogOf(`file:${source}`)
    const target = freeTarget(source, log, to)
    const lock = onlyBackup(source)
    try {
      await removePartial(dirname(target), source)
      return await copyTo(target, { source, log, key, signal })
    } finally {
      lock.release()
    }
  } catch (error) {
    if (signal?.aborted) throw new StoreError('other', 'The backup was ended half-way; nothing of it is left.', error)
    throw toStoreError(error, to)
  }
}

/** The path without links of a name that nothing has. */
function freeTarget(source: string, log: string, to: string): string {
  makeFolder(dirname(resolve(to)))
  const target = join(realpathSync(dirname(resolve(to))), basename(resolve(to)))
  for (const path of [target, target + logSuffix]) {
    if (isTaken(path)) throw taken(path)
  }
  const others = ['', '-wal', '-shm', '-journal', '.lock', '.backup.lock', logSuffix].map((end) => source + end)
  if ([...others, log, `${log}.lock`, `${log}.new`].some((path) => isSamePlace(path, target))) throw taken(target)
  return target
}

function makeFolder(folder: string): void {
  if (isOffDisk(followed(folder))) throw noPlace(folder)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK)
  } catch (error) {
    if (toStoreError(error, folder).reason === 'full') throw error
    const text = `No backup can be written to the folder ${folder}. Choose another for --to or BACKUP_FOLDER, or let this user write there.`
    throw new StoreError('read-only', text, error)
  }
}

/** Making a folder in /proc never comes to an end. */
function noPlace(folder: string): StoreError {
  return new StoreError(
    'place',
    `The folder ${folder} is not on a disk, so no backup can be kept in it. Choose another for --to or BACKUP_FOLDER.`,
  )
}

/** Whether two names, of files that need not be there, are one place. */
function isSamePlace(one: string, other: string): boolean {
  return basename(one) === basename(other) && isSameFile(dirname(one), dirname(other))
}

function taken(path: string): StoreError {
  return new StoreError('other', `${path} is taken, and a backup is never written over anything. Choose another name.`)
}

/** What other backups of this database have left half-way can be deleted while this is held. */
function onlyBackup(source: string): FileLock {
  try {
    return lockFile(`${source}.backup`)
  } catch (error) {
    if (!(error instanceof StoreError && error.reason === 'locked')) throw error
    throw new StoreError('locked', `Another backup of ${source} is being made. Wait until it is done.`, error)
  }
}

type Work = Pick<BackupOptions, 'key' | 'signal'> & { readonly source: string; readonly log: string }

async function copyTo(target: string, { source, log, key, signal }: Work): Promise<{ readonly bytes: number }> {
  const partial = join(dirname(target), `${backupStem(source)}.${randomUUID()}${partialSuffix}`)
  try {
    closeSync(openSync(partial, 'wx', 0o600)) // for its owner only, before anything is in it
    await runCopy(source, partial, signal)
    checkCopy(partial, key)
    if (existsSync(log)) {
      await copyLog(log, partial + logSuffix)
      await publish(partial + logSuffix, target + logSuffix)
    }
    await publish(partial, target)
    await sync(dirname(target))
    return { bytes: statSync(target).size }
  } finally {
    for (const path of [partial, `${partial}-journal`, partial + logSuffix]) await rm(path, { force: true })
  }
}

const program = fileURLToPath(new URL('copy-process.ts', import.meta.url))
/** The loader of the program itself, from whatever folder it was started. */
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

/** Resolves when the copy is whole; rejects when its process has ended otherwise. */
function runCopy(source: string, to: string, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = fork(program, [source, to], {
      execArgv: ['--import', loader],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const end = () => child.kill('SIGKILL')
    let failure: Error | undefined
    child.once('message', (message: { code: string; message: string }) => {
      failure = Object.assign(new Error(message.message), { code: message.code })
    })
    child.once('error', reject)
    child.once('close', (code) => {
      signal?.removeEventListener('abort', end)
      if (code === 0) resolve()
      else reject(failure ?? new Error('The process that copies the database has ended before it was done'))
    })
    if (signal?.aborted) end()
    else signal?.addEventListener('abort', end, { once: true })
  })
}

function checkCopy(file: string, key: DataKey): void {
  const copy = new Database(file, { readonly: true })
  try {
    checkContents(copy, file, key)
  } finally {
    copy.close()
  }
}

/** Whoever was deleted after the copy was made must be known on another machine, too. */
async function copyLog(log: string, to: string): Promise<void> {
  await copyFile(log, to, constants.COPYFILE_EXCL)
  await chmod(to, 0o600)
  await sync(to)
}

/** Gives a whole file its name; fails when something has it. */
async function publish(partial: string, target: string): Promise<void> {
  try {
    await link(partial, target)
  } catch (error) {
    if (isTaken(target)) throw taken(target)
    if (!isLinkless(error)) throw error
    await rename(partial, target)
  }
}

/** Memory sticks and some shares know no second name of a file. */
function isLinkless(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && /^(EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS|EMLINK)$/.test(String(error.code))
  )
}
