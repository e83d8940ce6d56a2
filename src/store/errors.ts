import { StoreError, type StoreReason } from '../engine/store-error.ts'
import { SealError } from './seal.ts'

/** What happened and what to do, for each reason; the place is put between. */
const words: Record<StoreReason, readonly [what: string, remedy: string]> = {
  locked: ['Another program is writing and did not let go', 'End the other program, or wait and try again.'],
  full: [
    'The disk is full',
    'Free some space; nothing was lost. A bot that runs goes on by itself, a start or a command is to be repeated.',
  ],
  'read-only': ['The database cannot be written', 'Give this user the right to write the file and its folder.'],
  corrupt: [
    'The database is damaged or is not a database',
    'Stop, keep a copy of it, and restore the newest backup that is whole.',
  ],
  missing: [
    'The database or its folder is not there, or this user may not open it',
    'Check DATABASE_URL and the owner of the file. `npm start` makes a missing SQLite file; a PostgreSQL database is made by you.',
  ],
  newer: ['The database was made by a newer program', 'Start the newer program, or restore an older backup.'],
  unreachable: ['The database server does not answer', 'Check that it runs and that DATABASE_URL is right.'],
  key: [
    'The data key does not fit this database',
    'Set SERIK_DATA_KEY to the key it was made with; if keys were changed, set SERIK_DATA_KEY_OLD to the one before.',
  ],
  place: ['DATABASE_URL names no place for a database', 'Name a regular file, such as file:data/serik.db.'],
  bot: ['The database belongs to another bot', 'Give each bot a DATABASE_URL of its own.'],
  other: ['The database refused', 'See the cause; if it stays, run `npm run serik -- doctor`.'],
  unknown: ['The database refused for an unknown reason', 'See the cause; if it stays, run `npm run serik -- doctor`.'],
}

/** A StoreError with the usual words. `where` is the database's address without its password. */
export function storeError(reason: StoreReason, where: string, cause?: unknown): StoreError {
  const [what, remedy] = words[reason]
  const detail = cause === undefined ? '' : ` [${summary(cause)}]`
  return new StoreError(reason, `${what}: ${where}. ${remedy}${detail}`, cause)
}

/**
 * The StoreError behind an error of Prisma, better-sqlite3 or pg; undefined when the fault is in the data or the code,
 * so that trying the rest without it makes sense. What nobody has met before is `unknown` and may be either: better an
 * update taken twice than one lost.
 */
export function mediumError(error: unknown, where: string): StoreError | undefined {
  if (error instanceof StoreError) return error
  if (error instanceof SealError) return undefined
  const found = signs(error)
  const shows = (pattern: RegExp) => found.some((sign) => pattern.test(sign))
  // The patterns' order decides: what the driver says (SQLITE_BUSY) is more exact than Prisma's own code (P1008).
  const reason = patterns.find(([, pattern]) => shows(pattern))?.[0]
  if (reason !== undefined) return storeError(reason, where, error)
  return !shows(ofData) && shows(ofDatabases) ? storeError('unknown', where, error) : undefined
}

/** As `mediumError`, but every error becomes one. */
export function toStoreError(error: unknown, where: string): StoreError {
  return mediumError(error, where) ?? storeError('other', where, error)
}

/** Whether SQLite says that another connection holds the lock; worth a moment's patience. */
export function isBusy(error: unknown): boolean {
  return signs(error).some((sign) => /^SQLITE_(BUSY|LOCKED)/.test(sign))
}

/** Whether PostgreSQL ended the transaction so that another could go on; trying again is the remedy. */
export function isConflict(error: unknown): boolean {
  return signs(error).some((sign) => /^(40001|40P01|P2034|TransactionWriteConflict)$/.test(sign))
}

const patterns: readonly (readonly [StoreReason, RegExp])[] = [
  // P2024, P2028: no connection or no transaction was had in time; 55P03, 57014: no lock was.
  ['locked', /^(SQLITE_(BUSY|LOCKED)|55P03$|57014$|40\w{3}$|P2024$|P2028$|P2034$|TransactionWriteConflict$)/],
  ['full', /^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|53[12]00$|ENOSPC$|EDQUOT$|EFBIG$)/],
  ['read-only', /^(SQLITE_(READONLY|PERM|AUTH)|25006$|42501$|EACCES$|EROFS$|EPERM$)/],
  ['corrupt', /^(SQLITE_CORRUPT|SQLITE_NOTADB|XX001$|XX002$)/],
  ['missing', /^(SQLITE_CANTOPEN|3D000$|ENOENT$|ENOTDIR$|EISDIR$|P1003$)/],
  [
    'unreachable',
    /^(08\w{3}$|28\w{3}$|53\w{3}$|57P\d\d$|25P03$|ECONN|ENOTFOUND$|EAI_|ETIMEDOUT$|EPIPE$|EHOSTUNREACH$|ENETUNREACH$|P10\d\d$|P2037$|Tls|DatabaseNotReachable|ConnectionClosed|PrismaClientInitializationError)/,
  ],
  [
    'other',
    /^(SQLITE_(IOERR|NOMEM|PROTOCOL|MISUSE|ABORT|INTERRUPT|SCHEMA|INTERNAL)|EIO$|5[578]\w{3}$|XX\w{3}$|TransactionLost)/,
  ],
]

/** Faults of what was to be written or of our own SQL; another try would end in the same way. */
const ofData =
  /^(SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE|ERROR$)|(0A|21|22|23|42|44|54|P0)\w{3}$|P20(0[0-9]|1[1-9]|2[0-35-79]|3[0-3])$|PrismaClientValidationError$)/
/** SQLite's names, SQLSTATEs, Prisma's codes, the operating system's. */
const ofDatabases = /^(SQLITE_|UNKNOWN_SQLITE|[0-9A-Z]{2}[0-9A-Z]{3}$|PrismaClient|E[A-Z0-9]+$)/

/** Every code an error carries, its own and those of what it wraps (Prisma keeps the driver's under meta and cause). */
function signs(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 5) return []
  const fields = error as Record<string, unknown> // an object of unknown shape: each field is checked before use
  const own = ['code', 'originalCode', 'kind', 'errno'].map((name) => fields[name])
  const inner = ['cause', 'meta', 'driverAdapterError', 'error'].map((name) => fields[name])
  return [
    ...own.filter((value) => typeof value === 'string'),
    ...named(fields.name),
    ...told(fields.message),
    ...inner.flatMap((value) => signs(value, depth + 1)),
  ]
}

/** Prisma's errors without a code. */
function named(name: unknown): string[] {
  return typeof name === 'string' && name.startsWith('PrismaClient') ? [name] : []
}

/** What drivers report in words only, or under a code that says less. */
function told(message: unknown): string[] {
  if (typeof message !== 'string') return []
  return sayings.flatMap(([sign, pattern]) => (pattern.test(message) ? [sign] : []))
}

const sayings: readonly (readonly [string, RegExp])[] = [
  [
    'ConnectionClosed',
    /connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|query read timeout|connection is not open/i,
  ],
  // SQLite has undone the transaction by itself, as it does when the disk is full, or one was left open.
  [
    'TransactionLost',
    /no transaction is active|cannot start a transaction within a transaction|transaction already closed/i,
  ],
]

function summary(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause)
  return text.trim().split('\n').at(-1)?.trim().slice(0, 300) ?? ''
}
