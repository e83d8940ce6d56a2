import { closeSync, lstatSync, openSync, realpathSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'

/** Whether anything at all has this name: a link that leads nowhere counts, too. */
export function isTaken(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/** Whether both names lead to one file, by whatever links. */
export function isSameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }))
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino
}

/** The path without links; of a file that is not there yet, its folder's without links. The folder must be there. */
export function realPath(path: string): string {
  const whole = resolve(path)
  try {
    return realpathSync(whole)
  } catch {
    return join(realpathSync(dirname(whole)), basename(whole))
  }
}

/**
 * Makes an empty file for its owner only, where there is none. What is there is not even opened: closing a file takes
 * from the process every lock it has on it.
 */
export function makeFile(path: string): void {
  if (!isTaken(path)) closeSync(openSync(path, 'a', 0o600))
}

/** Resolves when what was written to the file, or which names a folder has, is on the disk. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}
