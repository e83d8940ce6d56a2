import type { Clock } from '../base/clock.ts'
import type { CatalogueCache } from '../capabilities/professions/catalogue.ts'
import type { Answerer } from '../engine/ports.ts'
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
  readonly catalogue: CatalogueCache
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

/** One fact of a turn, on its way into its table. */
export type FactEntry = { readonly chatId: number; readonly data: unknown; readonly at: number }

export type FactTools = Pick<Core, 'seal' | 'newId' | 'provider' | 'deletions'> & {
  /** Epoch milliseconds of the commit. */
  readonly now: number
}

/**
 * Writes all facts of one name that a batch of turns carries, with as few statements as it can, and parses `data`
 * itself. May throw: then the batch is tried again turn by turn, and only the turns at fault fail.
 */
export type FactWriter = (transaction: Transaction, entries: readonly FactEntry[], tools: FactTools) => Promise<void>

/** The writers of a capability by the name of their fact. Within a turn they run in the registry's order. */
export type FactWriters = Readonly<Record<string, FactWriter>>

/** The look-ups of a capability by name. */
export type Asks = (core: Core) => Readonly<Record<string, Answerer>>

/** A capability of the store, as the registry lists it. */
export type Capability = { readonly facts?: FactWriters; readonly asks?: Asks }
