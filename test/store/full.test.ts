import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import {
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from '@prisma/driver-adapter-utils'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { capabilities } from '../../src/capabilities/index.ts'
import { backupDatabase } from '../../src/store/backup.ts'
import { writersOf } from '../../src/store/capability.ts'
import { createDialogues, type Dialogues } from '../../src/store/dialogues/dialogues.ts'
import { RefusedTurn } from '../../src/store/dialogues/refused-turn.ts'
import { PrismaClient } from '../../src/store/generated/sqlite/client.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { sqliteAdapter } from '../../src/store/sqlite.ts'
import { testKey } from '../support/databases.ts'
import { canMount, createSmallDisk, type SmallDisk } from '../support/small-disk.ts'
import { turn } from '../support/turns.ts'

const clock = { now: () => 1 }
let folder: string
let stores: Store[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'serik-full-'))
  stores = []
})
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()))
  rmSync(folder, { recursive: true, force: true })
})

async function open(file: string): Promise<Store> {
  const store = await openStore({ capabilities, url: `file:${file}`, key: testKey, clock, patience: 60 })
  stores.push(store)
  return store
}

/** What the driver says of a query before it is asked; undefined lets the query through. */
type Fault = (query: SqlQuery, connection: SqlDriverAdapter) => Promise<string | undefined>

describe('a commit that the disk refuses', () => {
  let fault: Fault
  let store: Store
  let prisma: PrismaClient
  let dialogues: Dialogues

  beforeEach(async () => {
    const file = join(folder, 'serik.db')
    store = await open(file)
    fault = async () => undefined
    const inner = withFaults(new PrismaBetterSqlite3({ url: file, timeout: 0 }), (query, of) => fault(query, of))
    prisma = new PrismaClient({ adapter: sqliteAdapter({ file, patience: 60 }, inner) })
    dialogues = createDialogues({ ...store, prisma }, writersOf(capabilities))
  })
  afterEach(() => prisma.$disconnect())

  const revision = async (chatId: number) => (await store.dialogues.load(chatId)).dialogue?.revision
  const commits = (chats: readonly number[]) =>
    Promise.allSettled(chats.map((chatId) => dialogues.commit(turn(chatId, 1))))
  const atCommit =
    (code: string, undone: boolean): Fault =>
    async ({ sql }, connection) => {
      if (sql !== 'COMMIT') return undefined
      if (undone) await connection.executeScript('ROLLBACK')
      return code
    }

  test.each([
    ['SQLITE_FULL', true, 'full'],
    ['SQLITE_FULL', false, 'full'],
    ['SQLITE_IOERR_FSYNC', true, 'other'],
    ['SQLITE_IOERR_WRITE', false, 'other'],
  ])('loses nothing: %s, undone by SQLite itself: %s', async (code, undone, reason) => {
    fault = atCommit(code, undone)
    for (const result of await commits([1, 2, 3])) {
      expect(result).toMatchObject({ status: 'rejected', reason: { name: 'StoreError', reason } })
    }
    expect(await Promise.all([1, 2, 3].map(revision))).toEqual([undefined, undefined, undefined])
    fault = async () => undefined
    const again = await commits([1, 2, 3])
    expect(again.map((result) => result.status === 'fulfilled' && result.value)).toEqual([true, true, true])
    expect(await Promise.all([1, 2, 3].map(revision))).toEqual([1, 1, 1])
  })

  test('leaves no transaction open for those who wait to write', async () => {
    fault = atCommit('SQLITE_FULL', false)
    const failing = dialogues.commit(turn(1, 1))
    const waiting = [2, 3].map((chatId) => prisma.lease.create({ data: { name: `${chatId}`, holder: 'a', until: 1 } }))
    await expect(failing).rejects.toMatchObject({ reason: 'full' })
    await Promise.all(waiting)
    expect(await store.prisma.lease.count(), 'another connection sees them: they are committed').toBe(2)
    expect(await revision(1)).toBeUndefined()
  })

  test('whose undoing fails too is undone before anything else is written', async () => {
    fault = async ({ sql }) => ({ COMMIT: 'SQLITE_FULL', ROLLBACK: 'SQLITE_IOERR' })[sql]
    await expect(dialogues.commit(turn(1, 1))).rejects.toMatchObject({ reason: 'full' })
    await expect(dialogues.commit(turn(2, 1))).rejects.toMatchObject({ name: 'StoreError', reason: 'other' })
    fault = async () => undefined
    expect(await dialogues.commit(turn(2, 1))).toBe(true)
    expect(await Promise.all([1, 2].map(revision))).toEqual([undefined, 1])
  })

  test('at a statement: what follows in the transaction is not written on its own', async () => {
    fault = async ({ sql }, connection) => {
      if (!/INSERT.*Lease/.test(sql)) return undefined
      await connection.executeScript('ROLLBACK')
      return 'SQLITE_FULL'
    }
    const work = prisma.$transaction(async (transaction) => {
      await transaction.lease.create({ data: { name: 'a', holder: 'a', until: 1 } }).catch(() => {})
      await transaction.picture.create({ data: { digest: 'd', fileId: 'f', at: 1 } })
    })
    await expect(work).rejects.toMatchObject({ meta: expect.anything() })
    expect(await store.prisma.picture.count()).toBe(0)
    expect(await dialogues.commit(turn(1, 1))).toBe(true)
  })

  test('an unknown error repeats only what met it, as long as the database takes other writes', async () => {
    fault = async ({ sql, args }) =>
      sql.includes('"Dialogue"') && JSON.stringify(args).includes('[4,') ? 'SQLITE_NEW' : undefined
    const results = await commits([4, 5])
    expect(results[0]).toMatchObject({ status: 'rejected', reason: expect.any(RefusedTurn) })
    expect(results[1]).toEqual({ status: 'fulfilled', value: true })
  })

  test('an unknown error that meets everything is trouble with the database, and the update comes again', async () => {
    fault = async ({ sql }) => (/INSERT|UPDATE/.test(sql) ? 'SQLITE_NEW' : undefined)
    await expect(dialogues.commit(turn(4, 1))).rejects.toMatchObject({ name: 'StoreError', reason: 'unknown' })
    fault = async () => undefined
    expect(await dialogues.commit(turn(4, 1))).toBe(true)
  })

  test('a full disk found only when turns are tried one by one loses none of them', async () => {
    let commitsSeen = 0
    fault = async ({ sql }) => {
      if (sql !== 'COMMIT') return undefined
      return ++commitsSeen === 1 ? 'SQLITE_CONSTRAINT_CHECK' : 'SQLITE_FULL'
    }
    for (const result of await commits([1, 2])) {
      expect(result).toMatchObject({ status: 'rejected', reason: { name: 'StoreError', reason: 'full' } })
    }
  })
})

/** The driver with faults between it and whoever uses it; those of `executeScript` are thrown, as the real one does. */
function withFaults(
  factory: SqlMigrationAwareDriverAdapterFactory,
  fault: Fault,
): SqlMigrationAwareDriverAdapterFactory {
  const connect = async (): Promise<SqlDriverAdapter> => {
    const real = await factory.connect()
    const guarded = async <T>(query: SqlQuery, work: () => Promise<T>): Promise<T> => {
      const code = await fault(query, real)
      if (code === undefined) return work()
      throw new DriverAdapterError({ kind: 'sqlite', extendedCode: 1, message: code, originalCode: code })
    }
    return {
      provider: real.provider,
      adapterName: real.adapterName,
      queryRaw: (query) => guarded(query, () => real.queryRaw(query)),
      executeRaw: (query) => guarded(query, () => real.executeRaw(query)),
      executeScript: (sql) => guarded({ sql, args: [], argTypes: [] }, () => real.executeScript(sql)),
      startTransaction: (level) => real.startTransaction(level),
      dispose: () => real.dispose(),
    }
  }
  return { ...factory, connect, connectToShadowDb: () => factory.connectToShadowDb() }
}

test.runIf(process.platform === 'linux')(
  'a file that may not grow any more loses nothing: the real error of the system at COMMIT',
  () => {
    const script = fileURLToPath(new URL('../support/bounded-store.ts', import.meta.url))
    // 896 blocks of 1 KiB; without the trap the system would end the process instead of refusing to write.
    const shell = `trap '' XFSZ; ulimit -S -f 896; exec "$0" --import tsx "$1" "$2"`
    const words = ['-c', shell, process.execPath, script, join(folder, 'serik.db')]
    const { stdout, stderr } = spawnSync('bash', words, { encoding: 'utf8' })
    const said = JSON.parse(stdout || JSON.stringify({ stderr }))
    expect(said).toMatchObject({ error: 'StoreError', reason: 'other', after: true })
    expect(said.written).toBe(said.read)
  },
)

describe.runIf(canMount())('on a disk that is really full', () => {
  let disk: SmallDisk
  beforeEach(() => {
    disk = createSmallDisk(6)
  })
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()))
    disk.remove()
  })

  /** Turns of `chats` until one is refused; how many were written. */
  async function writeUntilRefused(store: Store, chats: readonly number[], from: number): Promise<number> {
    for (let revision = from; ; revision++) {
      const results = await Promise.allSettled(chats.map((chatId) => store.dialogues.commit(turn(chatId, revision))))
      const refused = results.filter((result) => result.status === 'rejected')
      for (const result of refused) expect(result.reason).toMatchObject({ name: 'StoreError' })
      if (refused.length > 0) return revision - 1
    }
  }

  test('every turn waits, and all are written when there is space', async () => {
    const store = await open(join(disk.path, 'serik.db'))
    const chats = [1, 2, 3, 4, 5]
    for (const chatId of chats) await store.dialogues.commit(turn(chatId, 1))
    disk.fill()
    const last = await writeUntilRefused(store, chats, 2)
    expect((await store.dialogues.load(3)).dialogue?.revision, 'reading goes on').toBe(last)
    await expect(store.dialogues.commit(turn(1, last + 1))).rejects.toMatchObject({ reason: 'full' })
    disk.free()
    const written = await Promise.all(chats.map((chatId) => store.dialogues.commit(turn(chatId, last + 1))))
    expect(written).toEqual([true, true, true, true, true])
  })

  test('a backup to another disk is made all the same', async () => {
    const file = join(disk.path, 'serik.db')
    const store = await open(file)
    await store.dialogues.commit(turn(1, 1))
    disk.fill()
    const copy = join(folder, 'copy.db')
    await backupDatabase(file, copy, { key: testKey })
    const copied = await open(copy)
    expect((await copied.dialogues.load(1)).dialogue?.revision).toBe(1)
  })

  test('a start is refused with the remedy, leaves nothing locked, and works when there is space', async () => {
    disk.fill()
    const file = join(disk.path, 'data', 'serik.db')
    await expect(open(file)).rejects.toMatchObject({
      reason: 'full',
      message: expect.stringMatching(/disk is full.*Free some space/),
    })
    disk.free()
    const store = await open(file)
    expect(await store.dialogues.commit(turn(1, 1))).toBe(true)
  })

  test('a start with a database that is there already is refused or works, and loses nothing', async () => {
    const file = join(disk.path, 'serik.db')
    const first = await open(file)
    await first.dialogues.commit(turn(1, 1))
    await Promise.all(stores.splice(0).map((store) => store.close()))
    disk.fill()
    await expect(open(file)).rejects.toMatchObject({ reason: 'full' })
    disk.free()
    const store = await open(file)
    expect((await store.dialogues.load(1)).dialogue?.revision).toBe(1)
  })
})
