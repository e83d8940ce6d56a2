import { lstatSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { StoreError } from '../engine/store-error.ts'
import { toStoreError } from './errors.ts'
import { secondNames } from './replaced.ts'

/**
 * What keeps `file:<path>` from naming an SQLite database, in words that follow "DATABASE_URL"; undefined for an address
 * that can be used. Looks at the letters only.
 */
export function problemOfAddress(url: string): string | undefined {
  const path = pathOf(url)
  return misread.find(([pattern]) => pattern.test(path))?.[1]
}

/**
 * The path of the SQLite database that `file:<path>` names, with every link followed: one file has one name, one lock
 * and one write-ahead log, whatever it is called by. Writes nothing. Throws StoreError `place` for what is no regular
 * file and for a place where none can be made.
 */
export function databaseFile(url: string): string {
  const problem = problemOfAddress(url)
  if (problem !== undefined) throw new StoreError('place', `DATABASE_URL ${problem} (${url}).`)
  const file = followed(resolve(pathOf(url)))
  if (isOffDisk(file)) refuse(file, 'is not on a disk')
  const found = statSync(file, { throwIfNoEntry: false })
  if (found?.isDirectory()) refuse(file, 'is a folder')
  if (found !== undefined && !found.isFile()) refuse(file, 'is not a regular file')
  if (found !== undefined && found.nlink > 1 + secondNames(file).length) refuseSecondName(file)
  return file
}

function pathOf(url: string): string {
  return url.slice('file:'.length)
}

/** Whether a path without links lies where the system shows itself, as in /proc, and no file can be kept. */
export function isOffDisk(path: string): boolean {
  return noDisk.test(path)
}

/** Places made of the system's memory, where a file is something else; in /dev/shm they are files. */
const noDisk = /^\/(proc|sys|dev(?!\/shm\/))(\/|$)/

/** What people write in an address, and what would silently become part of a file's name. */
const misread: readonly (readonly [RegExp, string])[] = [
  [/^\s*$/, 'names no file; write it after "file:", for example file:data/serik.db'],
  [/^["']/, 'has a quotation mark before the path; leave it out'],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  [/[\u0000-\u001f\u007f]/, 'holds a sign that cannot be seen; write the path anew'],
  [/\?/, 'has a "?": an SQLite file takes no settings; leave out everything from the "?" on'],
  [/^:memory:/, 'names the memory: everything would be gone when the program ends; name a file'],
  [/^~/, 'begins with "~", which only a shell understands; write the whole path'],
  [/\$[({\w]/, 'holds a variable, which only a shell fills in; write the whole path'],
  [/%[0-9a-f]{2}/i, 'holds a sign written as in a link (such as %20); write the path as it is'],
  [
    /^\/\/(?!\/)|^\/{4}|^\\\\|^[a-z][\w+.-]+:\/\//i,
    'looks like a place on another machine; an SQLite file must be on this one, and several machines need PostgreSQL',
  ],
  [/[/\\]$/, 'names a folder; add the name of the file'],
]

/** The path without links; what is not there yet keeps its name under the nearest folder that is. */
export function followed(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    if (!isMissing(error)) throw toStoreError(error, path)
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) refuse(path, 'is a link that leads nowhere')
    return join(followed(dirname(path)), basename(path))
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

function refuse(file: string, what: string): never {
  throw new StoreError(
    'place',
    `The database is not there: ${file} ${what}. Check DATABASE_URL: name a regular file, for example file:data/serik.db.`,
  )
}

/** Under its other name the file would have another write-ahead log, and what is written by both would damage it. */
function refuseSecondName(file: string): never {
  throw new StoreError(
    'place',
    `DATABASE_URL: ${file} has a second name (a hard link), under which another program could damage it. Find it with ` +
      `find <folder> -samefile ${file}, and delete it or put a copy in its place.`,
  )
}
