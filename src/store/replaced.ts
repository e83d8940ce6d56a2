import { readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isSameFile } from './files.ts'

// What a restore leaves beside a database. All paths are without links.

/** What the name of the folder begins with in which a restore works. */
export const restoringOf = (file: string) => `${file}.restoring-`
/** What the name of a database begins with that was replaced by a restore; its time follows. */
export const replacedOf = (file: string) => `${file}.replaced-`

/** The databases that restores have replaced, the newest first. */
export function replacedDatabases(file: string): readonly string[] {
  return beside(file, replacedOf(file)).sort().reverse()
}

/** The names under which restores that were killed meant to keep the database, which still has its own. */
export function secondNames(file: string): readonly string[] {
  return replacedDatabases(file).filter((path) => isSameFile(path, file))
}

/** Deletes what restores that were killed have left: their copies, and second names. The caller holds the file's lock. */
export function removeUnfinished(file: string): void {
  const left = [...beside(file, restoringOf(file)), ...secondNames(file)]
  for (const path of left) rmSync(path, { recursive: true, force: true })
}

function beside(file: string, beginning: string): string[] {
  const paths = readdirSync(dirname(file)).map((name) => join(dirname(file), name))
  return paths.filter((path) => path.startsWith(beginning))
}
