import Database from 'better-sqlite3'
import { StoreError } from '../engine/store-error.ts'
import { isBusy, toStoreError } from './errors.ts'
import { makeFile, realPath } from './files.ts'

/** Held until released, or until the process ends, however it ends. */
export type FileLock = { release(): void }

/**
 * Makes this process the only one that serves the SQLite file: an exclusive SQLite transaction on `<file>.lock`, left
 * open. The operating system frees it with the process, SIGKILL included, so no stale lock file ever stands in the way;
 * other programs may still read the database itself. Throws StoreError `locked` when another process has it.
 */
export function lockFile(file: string): FileLock {
  try {
    // However the file is called; `databaseFile` refuses one with two names of its own.
    return holdAlone(`${realPath(file)}.lock`)
  } catch (error) {
    if (!isBusy(error)) throw toStoreError(error, `${file}.lock`)
    throw new StoreError(
      'locked',
      `Another Serik already works with ${file}. An SQLite file serves one process: end the other one, ` +
        'give this one its own DATABASE_URL, or use PostgreSQL for several.',
      error,
    )
  }
}

/** Two that ask at the same moment see each other's first step: one of them gets it within so long, in ms. */
const meeting = 20

/** Locks are named here as long as they are held: what nothing names is collected, and its lock given up. */
const held = new Set<Database.Database>()

function holdAlone(path: string): FileLock {
  makeFile(path)
  const database = new Database(path, { timeout: meeting })
  try {
    database.pragma('journal_mode = MEMORY') // nothing is written: a full disk must not keep a backup from being made
    database.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    throw error
  }
  held.add(database)
  return {
    release: () => {
      held.delete(database)
      database.close()
    },
  }
}
