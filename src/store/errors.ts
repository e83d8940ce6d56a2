import { SealError } from '../security/seal.ts'

export const storeReasons = [
  'locked',
  'full',
  'read-only',
  'corrupt',
  'missing',
  'newer',
  'unreachable',
  'key',
  'other',
] as const
export type StoreReason = (typeof storeReasons)[number]

/** The database (not the data given to it) stands in the way. Nothing was written. */
export class StoreError extends Error {
  override name = 'StoreError'
  readonly reason: StoreReason
  constructor(reason: StoreReason, message: string, cause?: unknown) {
    super(message, { cause })
    this.reason = reason
  }
}

/** What happened and what to do, for each reason; the place is put between. */
const words: Record<StoreReason, readonly [what: string, remedy: string]> = {
  locked: ['Another program is writing and did not let go', 'End the other program, or wait and try again.'],
  full: ['The disk is full', 'Free some space; nothing was lost, and work goes on by itself.'],
  'read-only': ['The database cannot be written', 'Give this user the right to write the file and its folder.'],
  corrupt: ['The database is damaged or is not a database', 'Stop, keep a copy, and restore the newest backup.'],
  missing: ['The database or its folder is not there', 'Check DATABASE_URL; create the folder or the database.'],
  newer: ['The database was made by a newer program', 'Start the newer program, or restore an older backup.'],
  unreachable: ['The database server does not answer', 'Check that it runs and that DATABASE_URL is right.'],
  key: [
    'The data key does not fit this database',
    'Set SERIK_DATA_KEY to the key it was made with; if keys were changed, set SERIK_DATA_KEY_OLD to the one before.',
  ],
  other: ['The database refused', 'See the cause; if it stays, run `npm run serik -- doctor`.'],
}

/** A StoreError with the usual words. `where` is the database's address without its password. */
export function storeError(reason: StoreReason, where: string, cause?: unknown): StoreError {
  const [what, remedy] = words[reason]
  const detail = cause === undefined ? '' : ` [${summary(cause)}]`
  return new StoreError(reason, `${what}: ${where}. ${remedy}${detail}`, cause)
}

/**
 * The StoreError behind an error of Prisma, better-sqlite3 or pg; undefined when the fault is in the data or the code,
 * so that trying the rest without it makes sense.
 */
export function mediumError(error: unknown, where: string): StoreError | undefined {
  if (error instanceof StoreError) return error
  if (error instanceof SealError) return undefined
  const found = signs(error)
  // The patterns' order decides: what the driver says (SQLITE_BUSY) is more exact than Prisma's own code (P1008).
  const reason = patterns.find(([, pattern]) => found.some((sign) => pattern.test(sign)))?.[0]
  return reason === undefined ? undefined : storeError(reason, where, error)
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
  // P2028: a Prisma transaction found no place in time; 55P03, 57014: a lock was not had in time.
  ['locked', /^(SQLITE_BUSY|SQLITE_LOCKED|P2028$|55P03$|57014$)/],
  ['full', /^(SQLITE_FULL|53100$|ENOSPC$|EDQUOT$)/],
  ['read-only', /^(SQLITE_READONLY|25006$|EACCES$|EROFS$|EPERM$)/],
  ['corrupt', /^(SQLITE_CORRUPT|SQLITE_NOTADB|XX001$|XX002$)/],
  ['missing', /^(SQLITE_CANTOPEN|3D000$|ENOENT$|ENOTDIR$|EISDIR$|P1003$)/],
  [
    'unreachable',
    /^(08\w{3}$|28\w{3}$|53300$|57P0\d$|ECONN|ENOTFOUND$|EAI_|ETIMEDOUT$|EPIPE$|EHOSTUNREACH$|P100[0128]$|P1017$|Tls|DatabaseNotReachable|ConnectionClosed)/,
  ],
  ['other', /^SQLITE_(IOERR|NOMEM|PROTOCOL|MISUSE)/],
]

/** Every code an error carries, its own and those of what it wraps (Prisma keeps the driver's under meta and cause). */
function signs(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 5) return []
  const fields = error as Record<string, unknown> // an object of unknown shape: each field is checked before use
  const own = ['code', 'originalCode', 'kind', 'errno'].map((name) => fields[name])
  const inner = ['cause', 'meta', 'driverAdapterError', 'error'].map((name) => fields[name])
  return [
    ...own.filter((value) => typeof value === 'string'),
    ...closed(fields.message),
    ...inner.flatMap((value) => signs(value, depth + 1)),
  ]
}

/** pg and better-sqlite3 report a closed connection in words only. */
function closed(message: unknown): string[] {
  const said =
    typeof message === 'string' &&
    /connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|connection is not open/i.test(
      message,
    )
  return said ? ['ConnectionClosed'] : []
}

function summary(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause)
  return text.trim().split('\n').at(-1)?.trim().slice(0, 300) ?? ''
}
