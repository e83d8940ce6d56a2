import { constants, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { access, open, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Clock } from '../base/clock.ts'
import { StoreError } from '../engine/store-error.ts'
import { type Deletion, idOf, isUnderPresentKey, sealAnew, timeOf, toDeletion, toLine } from './deletion-line.ts'
import { toStoreError } from './errors.ts'
import { isTaken, realPath, sync } from './files.ts'
import { lockFile } from './lock.ts'
import { root } from './models.ts'
import type { Seal } from './seal.ts'

/**
 * A text file outside the database, so that a copy of the database that is put back does not bring back whom it has
 * deleted. One line a deletion.
 */
export type DeletionLog = {
  readonly file: string
  /** Adds a line for each chat; they have reached the disk when it resolves. Throws StoreError; then none counts. */
  append(chatIds: readonly number[]): Promise<readonly Deletion[]>
  /** Throws StoreError when nothing could be added: the first deletion would be too late to learn of it. */
  check(): Promise<void>
  /** What can be read, in the order it was written, and how many lines cannot. Throws StoreError. */
  read(): Promise<DeletionReading>
  /** Leaves out what was written before a time (epoch ms), and what is no line; returns how many. */
  prune(before: number): Promise<number>
  /** Seals anew what can be opened and is not under the present key; returns how many lines. */
  reseal(): Promise<number>
}

export type LogTools = { readonly seal: Seal; readonly clock: Clock; readonly newId: () => string }

export type DeletionReading = { readonly deletions: readonly Deletion[]; readonly unreadable: number }

export function createDeletionLog(file: string, { seal, clock, newId }: LogTools): DeletionLog {
  return {
    file,
    async append(chatIds) {
      const deletions = chatIds.map((chatId) => ({ id: newId(), at: clock.now(), chatId }))
      const lines = deletions.map((deletion) => toLine(deletion, seal))
      await alone(file, () => append(file, lines.join('\n')))
      return deletions
    },
    check: () => checkDeletionLog(file),
    async read() {
      const lines = await readLines(file)
      const deletions = lines.flatMap((line) => toDeletion(line, seal) ?? [])
      return { deletions, unreadable: lines.length - deletions.length }
    },
    async prune(before) {
      const isOver = (line: string) => timeOf(line) < before
      if (!(await readLines(file)).some(isOver)) return 0
      return alone(file, () => rewrite(file, (lines) => lines.filter((line) => !isOver(line))))
    },
    async reseal() {
      const isLeft = (line: string) => !isUnderPresentKey(line, seal) && toDeletion(line, seal) !== undefined
      const count = (await readLines(file)).filter(isLeft).length
      if (count > 0) await alone(file, () => rewrite(file, (lines) => lines.map((line) => sealAnew(line, seal))))
      return count
    },
  }
}

/** Beside an SQLite database, `<file>.forgotten`; for PostgreSQL in `data/`, named after the server and the database. */
export function deletionLogOf(url: string): string {
  if (url.startsWith('file:')) return `${realPath(url.slice('file:'.length))}.forgotten`
  const { hostname = '', port = '', pathname = '', searchParams } = URL.canParse(url) ? new URL(url) : {}
  const names = [searchParams?.get('host') ?? hostname, port, pathname].map((name) => name.replace(/^\W+|\W+$/g, ''))
  const name = ['postgresql', ...names.filter((part) => part !== '')].join('-').replace(/[^\w.-]+/g, '_')
  return join(root, 'data', `${name}.forgotten`)
}

/** Leaves out of a log that nobody writes to what was written before a time (epoch ms), and what is no line. */
export async function pruneLog(file: string, before: number): Promise<void> {
  const lines = await readLines(file)
  const kept = lines.filter((line) => timeOf(line) >= before)
  if (kept.length < lines.length) await writeWhole(file, kept)
}

/** Puts the lines of both logs into a new file, those of the first before those of the second, each once. */
export async function mergeDeletionLogs(first: string, second: string, into: string): Promise<void> {
  const lines = [...(await readLines(first)), ...(await readLines(second))]
  const once = new Map(lines.map((line) => [idOf(line) ?? line, line]))
  if (once.size > 0) await writeWhole(into, [...once.values()])
}

/** Throws StoreError, with what to do, when nothing could be added to the log. */
export async function checkDeletionLog(file: string): Promise<void> {
  try {
    if (isTaken(file)) await (await open(file, 'a')).close()
    else await checkFolder(nearest(dirname(file)))
    await alone(file, async () => {})
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new StoreError(
      toStoreError(error, file).reason,
      `The log of deletions cannot be written, so nobody could be deleted for good: ${file} (${why}). ` +
        'Set FORGOTTEN_LOG to a file that this user can write, or give this user the right to write that one and its folder.',
      error,
    )
  }
}

async function checkFolder(found: string): Promise<void> {
  await access(found, constants.W_OK)
  if (!statSync(found).isDirectory()) throw new StoreError('other', `${found} is a file`)
}

/** The path, or what there is of it. */
function nearest(path: string): string {
  return existsSync(path) ? path : nearest(dirname(path))
}

/** The lines as they stand; none when there is no file. */
async function readLines(file: string): Promise<readonly string[]> {
  try {
    return (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw toStoreError(error, file)
  }
}

/** Writes a file of these lines in one go: a reader finds the one before or this one. */
async function writeWhole(file: string, lines: readonly string[]): Promise<void> {
  const whole = realPath(file)
  await write(`${whole}.new`, 'w', lines.map((line) => `${line}\n`).join(''))
  renameSync(`${whole}.new`, whole)
  await sync(dirname(whole))
}

/** Begins with an empty line: what a crash has left of the line before must not become one with this. */
async function append(file: string, text: string): Promise<void> {
  const isNew = !existsSync(file)
  await write(file, 'a', `\n${text}\n`)
  if (isNew) await sync(dirname(file))
}

async function write(file: string, flags: 'a' | 'w', text: string): Promise<void> {
  const handle = await open(file, flags, 0o600)
  try {
    await handle.appendFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function rewrite(file: string, change: (lines: readonly string[]) => readonly string[]): Promise<number> {
  const lines = await readLines(file)
  const changed = change(lines)
  await writeWhole(file, changed)
  return lines.length - changed.length
}

/** How long the log may be another's, and the pause between two looks, in ms. */
const [patience, pause] = [5_000, 10]

/** One writer at a time, of whatever process: a line added while another rewrites the file would be lost. */
async function alone<T>(file: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  for (let waited = 0; ; waited += pause) {
    try {
      const lock = lockFile(file)
      return await work().finally(lock.release)
    } catch (error) {
      if (!(error instanceof StoreError && error.reason === 'locked')) throw toStoreError(error, file)
      if (waited >= patience) throw new StoreError('locked', `Another program does not let go of ${file}.`, error)
    }
    await wait(pause)
  }
}
