import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { DialogueStore } from '../engine/ports.ts'
import { StoreError } from '../engine/store-error.ts'
import { type FactWriters, type StoredCapability, writersOf } from './capability.ts'
import type { Core } from './core.ts'
import { createDamageReport } from './damage.ts'
import { createDeletionLog, deletionLogOf } from './deletion-log.ts'
import { carryOutDeletions, type DeletedAgain } from './deletions.ts'
import { createDialogues } from './dialogues/dialogues.ts'
import { storeError, toStoreError } from './errors.ts'
import { makeFile } from './files.ts'
import { PrismaClient } from './generated/sqlite/client.ts'
import { checkKey, showPresentKey } from './key.ts'
import { type FileLock, lockFile } from './lock.ts'
import { applyMigrations, type Contents, pendingMigrations } from './migrations/apply.ts'
import type { Provider } from './models.ts'
import { createPictures, type Pictures } from './pictures.ts'
import { databaseFile } from './place.ts'
import { removeUnfinished } from './replaced.ts'
import { createSeal, type DataKey, SealError } from './seal.ts'
import { createBreathing } from './slices.ts'
import { sqliteAdapter } from './sqlite.ts'

export type StoreOptions = {
  /** `file:<path>` (SQLite) or `postgresql://…`. */
  readonly url: string
  /** SERIK_DATA_KEY: 32 bytes; with SERIK_DATA_KEY_OLD while keys are changed. */
  readonly key: DataKey
  readonly clock: Clock
  /** Whose facts turns may tell; none for a tool that takes no turns. */
  readonly capabilities?: readonly StoredCapability[]
  /** Unguessable ids; random UUIDs unless a test freezes them. */
  readonly newId?: () => string
  /** Hears of damaged rows. */
  readonly log?: Pick<Log, 'error'>
  /** Called between the slices of long work; gives way to the event loop unless a test counts. */
  readonly breathe?: () => Promise<void>
  /** SQLite only: false lets a tool work beside the bot. Then nothing is migrated while the bot runs. */
  readonly exclusive?: boolean
  /** False opens only a database that Serik has made before: a tool must not make one where a path was mistyped. */
  readonly create?: boolean
  /** The file of the log of deletions; see `deletionLogOf` for where it is otherwise. */
  readonly deletionLog?: string | undefined
  /** How long to wait for another program's lock, in ms. */
  readonly patience?: number
  /** SQLite only: a ceiling for the file in pages of 4 KiB; for tests of a full disk. */
  readonly maxPages?: number
  /** PostgreSQL only: connections at most. */
  readonly connections?: number
  /** PostgreSQL only: how long the server may be silent, or work on a statement, in ms. */
  readonly silence?: number
}

export type Store = Core & {
  readonly dialogues: DialogueStore
  readonly pictures: Pictures
  /** What of the log of deletions this database, put back from a copy, did not know when it was opened. */
  readonly deletedAgain: DeletedAgain
  /** Writes what is waiting, then lets go of the database and its lock. */
  close(): Promise<void>
}

/** How long to wait for another program's lock, in ms. */
const defaultPatience = 5_000
const defaultConnections = 10
const defaultSilence = 15_000

/**
 * Opens the database, brings it to the program's models and checks that the data key fits it. Throws StoreError; then
 * nothing stays open or locked. Capabilities that record the same fact are refused before it is touched.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const writers = writersOf(options.capabilities ?? [])
  const place = await placeOfUrl(options)
  const lock = place.provider === 'sqlite' ? prepareFile(place.file, options) : noLock
  try {
    await migrate(place, options)
    return await connect(place, options, writers, lock)
  } catch (error) {
    lock.release()
    throw error instanceof SealError ? storeError('key', place.where, error) : toStoreError(error, place.where)
  }
}

type Place = {
  readonly where: string
  readonly migrating: SqlMigrationAwareDriverAdapterFactory
  readonly serving: SqlMigrationAwareDriverAdapterFactory
} & ({ readonly provider: 'sqlite'; readonly file: string } | { readonly provider: 'postgresql' })

async function placeOfUrl(options: StoreOptions): Promise<Place> {
  const patience = options.patience ?? defaultPatience
  if (/^postgres(ql)?:\/\//.test(options.url)) return postgresqlPlace(options, patience)
  if (!options.url.startsWith('file:')) {
    throw new StoreError('other', 'DATABASE_URL must begin with file: or postgresql://, for example file:data/serik.db')
  }
  const file = databaseFile(options.url)
  const ceiling = options.maxPages === undefined ? {} : { maxPages: options.maxPages }
  return {
    provider: 'sqlite',
    file,
    where: file,
    migrating: new PrismaBetterSqlite3({ url: file, timeout: patience }),
    serving: sqliteAdapter({ file, patience, ...ceiling }),
  }
}

/** The driver is loaded only where it is used. */
async function postgresqlPlace(
  { url, connections, silence = defaultSilence }: StoreOptions,
  patience: number,
): Promise<Place> {
  const { postgresqlAdapter, withoutPassword } = await import('./postgresql.ts')
  return {
    provider: 'postgresql',
    where: withoutPassword(url),
    migrating: postgresqlAdapter({ url, patience, connections: 1 }),
    serving: postgresqlAdapter({ url, patience, connections: connections ?? defaultConnections, silence }),
  }
}

const noLock: FileLock = { release: () => {} }

/** Only the owner may look into the folder and the file; SQLite gives its side files the rights of the main one. */
function prepareFile(file: string, { exclusive = true, create = true }: StoreOptions): FileLock {
  if (!create && !existsSync(file)) throw storeError('missing', file)
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    makeFile(file)
  } catch (error) {
    throw toStoreError(error, file)
  }
  if (!exclusive) return noLock
  const lock = lockFile(file)
  removeUnfinished(file)
  return lock
}

/** A file of another program must not become ours, and a tool needs one that is. */
function checkContents(contents: Contents, { provider, where }: Place, { create = true }: StoreOptions): void {
  if (contents === 'ours') return
  if (contents === 'foreign' && provider === 'sqlite') {
    throw new StoreError(
      'place',
      `DATABASE_URL: ${where} is a database of another program. Name another file, or one that is not there yet.`,
    )
  }
  if (create) return
  throw new StoreError('missing', `There is no Serik in ${where} yet. Check DATABASE_URL, or start Serik once.`)
}

async function migrate(place: Place, options: StoreOptions): Promise<void> {
  const check = (contents: Contents) => checkContents(contents, place, options)
  const work = { provider: place.provider, factory: place.migrating, where: place.where, check }
  if (place.provider === 'postgresql' || (options.exclusive ?? true)) {
    await applyMigrations(work)
    return
  }
  if ((await pendingMigrations(work)).length === 0) return
  const lock = lockFile(place.file)
  await applyMigrations(work).finally(lock.release)
}

/** A tool beside the bot serves nobody; what has to be deleted again is the bot's to do. */
const nothingDeleted: DeletedAgain = { chats: 0, unreadable: 0 }

async function connect(place: Place, options: StoreOptions, writers: FactWriters, lock: FileLock): Promise<Store> {
  const prisma = await client(place.provider, place.serving)
  try {
    const damaged = createDamageReport(options.log)
    const { clock, newId = randomUUID } = options
    const seal = createSeal(options.key)
    const core: Core = {
      prisma,
      provider: place.provider,
      where: place.where,
      seal,
      clock,
      newId,
      damaged,
      deletions: createDeletionLog(
        options.deletionLog ?? deletionLogOf(place.provider === 'sqlite' ? `file:${place.file}` : options.url),
        { seal, clock, newId },
      ),
      breathe: options.breathe ?? createBreathing(),
    }
    await checkKey(core)
    if (options.exclusive !== false) await showPresentKey(core, options.key)
    const deletedAgain = options.exclusive === false ? nothingDeleted : await carryOutDeletions(core)
    const dialogues = createDialogues(core, writers)
    const close = async () => {
      await dialogues.idle()
      await prisma.$disconnect()
      lock.release()
    }
    return { ...core, dialogues, pictures: createPictures(core), deletedAgain, close }
  } catch (error) {
    await prisma.$disconnect()
    throw error
  }
}

async function client(provider: Provider, adapter: SqlMigrationAwareDriverAdapterFactory): Promise<PrismaClient> {
  const transactionOptions = { maxWait: 30_000, timeout: 60_000 }
  if (provider === 'sqlite') return new PrismaClient({ adapter, transactionOptions })
  const generated = await import('./generated/postgresql/client.ts')
  // Both clients come from the same models; the SQLite one has no member that the PostgreSQL one lacks.
  return new generated.PrismaClient({ adapter, transactionOptions }) as unknown as PrismaClient
}
