import { constants, setPriority } from 'node:os'
import Database from 'better-sqlite3'
import { sync } from './files.ts'

// Run as a process of its own, since copying a large database takes a while in which nothing else can be done, and
// nothing but SIGKILL ends it: node copy-process.ts <database> <empty file>

/** One read transaction, whatever is written meanwhile; the copy holds nothing that was deleted, and is read once. */
function copy(from: string, to: string): void {
  const source = new Database(from, { readonly: true, timeout: 5_000 })
  try {
    source.prepare('VACUUM INTO ?').run(to)
  } finally {
    source.close()
  }
  const written = new Database(to, { readonly: true })
  try {
    if (written.pragma('integrity_check', { simple: true }) !== 'ok') throw damaged(to)
  } finally {
    written.close()
  }
}

function damaged(file: string): Error {
  return Object.assign(new Error(`The copy ${file} is damaged`), { code: 'SQLITE_CORRUPT' })
}

// Signals for the whole group are the parent's to answer.
for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => {})
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
const [from = '', to = ''] = process.argv.slice(2)
try {
  copy(from, to)
  await sync(to)
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException // the driver throws nothing but errors
  process.send?.({ code, message })
  process.exitCode = 1
}
