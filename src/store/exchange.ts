import { chmodSync, copyFileSync, existsSync, linkSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { replacedName } from './backup-names.ts'
import { isTaken, sync } from './files.ts'

/**
 * Puts the copy in the place of the database in one step; returns where that is kept, if there was one. `at` (epoch ms)
 * is in its name.
 */
export async function exchange(target: string, copy: string, at: number): Promise<string | undefined> {
  await sync(copy)
  const kept = existsSync(target) ? setAside(target, at) : undefined
  // Left of a database that is no longer there, they would be taken for the new one's.
  for (const side of ['-wal', '-shm', '-journal']) moveAside(target + side, `${kept ?? freeName(target, at)}${side}`)
  renameSync(copy, target)
  await sync(dirname(target))
  return kept
}

/** With all that its side files hold, as one file if it can be read; a damaged one is kept as it is. */
function setAside(target: string, at: number): string {
  const kept = freeName(target, at)
  try {
    const database = new Database(target)
    database.pragma('journal_mode = DELETE')
    database.close()
  } catch {
    // It may be why a backup is restored.
  }
  try {
    linkSync(target, kept) // until the copy takes its name, the database keeps it: nothing ever finds none
  } catch {
    copyFileSync(target, kept) // where a file has but one name
  }
  chmodSync(kept, 0o600)
  return kept
}

function freeName(target: string, at: number): string {
  const name = replacedName(target, at)
  const names = [name, ...Array.from({ length: 99 }, (_, index) => `${name}-${index + 2}`)]
  return names.find((one) => !isTaken(one)) ?? name
}

function moveAside(from: string, to: string): void {
  if (!existsSync(from)) return
  renameSync(from, to)
  chmodSync(to, 0o600)
}
