import type { Clock } from '../base/clock.ts'
import type { DamageReport } from './damage.ts'
import type { DeletionLog } from './deletion-log.ts'
import type { Prisma, PrismaClient } from './generated/sqlite/client.ts'
import type { Provider } from './models.ts'
import type { Seal } from './seal.ts'

/** What every capability of the store is built on. */
export type Core = {
  readonly prisma: PrismaClient
  readonly provider: Provider
  readonly seal: Seal
  readonly clock: Clock
  /** A fresh id that nobody can guess. */
  readonly newId: () => string
  /** Readable address of the database, without its password; for messages. */
  readonly where: string
  /** Hears of rows that cannot be read; the log tells of each once. */
  readonly damaged: DamageReport
  /** Outlives the database: what was deleted from it stays deleted when an older copy is put back. */
  readonly deletions: DeletionLog
  /**
   * Lets everything else have its turn, between the slices of a long work. Awaiting SQLite does not: it answers at once,
   * and the event loop stays where it is.
   */
  readonly breathe: () => Promise<void>
}

export type Transaction = Prisma.TransactionClient
