import { fork } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { deletionsJob } from '../../src/app/deletions.ts'
import { capabilities } from '../../src/capabilities/index.ts'
import { ping } from '../../src/store/medium.ts'
import type { Store, StoreOptions } from '../../src/store/open.ts'
import { openStore } from '../../src/store/open.ts'
import { testKey } from '../support/databases.ts'
import { fact, turn } from '../support/turns.ts'

const clock = { now: () => 1 }
let folder: string
let file: string
let stores: Store[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'serik-sqlite-'))
  file = join(folder, 'data', 'serik.db')
  stores = []
})
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()))
  rmSync(folder, { recursive: true, force: true })
})

async function open(options: Partial<StoreOptions> = {}): Promise<Store> {
  const store = await openStore({ capabilities, url: `file:${file}`, key: testKey, clock, patience: 60, ...options })
  stores.push(store)
  return store
}

describe('an SQLite database', () => {
  test('is for its owner’s eyes only', async () => {
    const store = await open()
    await store.dialogues.commit(turn(1, 1))
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700)
    for (const name of [file, `${file}-wal`, `${file}-shm`, `${file}.lock`]) {
      expect([name, statSync(name).mode & 0o777]).toEqual([name, 0o600])
    }
  })

  test('writes through to the disk with every commit, in a write-ahead log', async () => {
    const store = await open()
    // Sent through a transaction, which runs on the writing connection.
    const settings = await store.prisma.$transaction(async (transaction) => [
      ...(await transaction.$queryRaw<object[]>`PRAGMA synchronous`),
      ...(await transaction.$queryRaw<object[]>`PRAGMA journal_mode`),
      ...(await transaction.$queryRaw<object[]>`PRAGMA foreign_keys`),
    ])
    expect(settings.map((row) => String(Object.values(row)[0]))).toEqual(['2', 'wal', '1'])
  })

  const losses: [what: string, lose: () => void][] = [
    ['deleted', () => rmSync(file)],
    ['deleted with its folder', () => rmSync(join(folder, 'data'), { recursive: true })],
    [
      'replaced by a copy',
      () => {
        copyFileSync(file, `${file}.new`)
        renameSync(`${file}.new`, file)
      },
    ],
  ]
  test.each(losses)(
    'that is %s while it is open takes nothing more, which nobody would find again',
    async (_what, lose) => {
      const store = await open()
      await store.dialogues.commit(turn(1, 1))
      lose()
      const refusal = { name: 'StoreError', reason: 'missing', message: expect.stringMatching(/deleted or replaced/) }
      await expect(store.dialogues.commit(turn(1, 2))).rejects.toMatchObject(refusal)
      await expect(store.dialogues.load(1)).rejects.toMatchObject(refusal)
      await expect(store.prisma.$queryRaw`SELECT 1`).rejects.toThrow()
    },
  )

  test('that is written over while it is open is found out by who asks whether it can be read', async () => {
    const store = await open()
    await store.dialogues.commit(turn(1, 1))
    await ping(store)
    await deletionsJob(store).run({ now: 1, signal: new AbortController().signal }) // the log of writes is in the file
    await store.dialogues.commit(turn(1, 2))
    writeFileSync(file, 'of another program '.repeat(1_000))
    await expect(ping(store)).rejects.toThrow()
  })

  test('serves one process; another is told so', async () => {
    await open()
    await expect(open()).rejects.toMatchObject({ reason: 'locked', message: expect.stringContaining('Another Serik') })
  })

  test('can be read by a tool while the bot runs', async () => {
    const bot = await open()
    await bot.dialogues.commit(turn(1, 1))
    const tool = await open({ exclusive: false })
    expect((await tool.dialogues.load(1)).dialogue?.revision).toBe(1)
    await bot.dialogues.commit(turn(1, 2))
    expect((await tool.dialogues.load(1)).dialogue?.revision).toBe(2)
  })

  test('is free again as soon as its process has been killed', async () => {
    const script = fileURLToPath(new URL('../support/hold-store.ts', import.meta.url))
    const child = fork(script, [file], { execArgv: ['--expose-gc', '--import', 'tsx'] })
    await once(child, 'message')
    await expect(open()).rejects.toMatchObject({ reason: 'locked' })
    child.kill('SIGKILL')
    await once(child, 'exit')
    const store = await open()
    expect((await store.dialogues.load(1)).dialogue?.revision).toBe(1)
  })

  test('keeps plain writes out of a transaction that is under way and then fails', async () => {
    const store = await open()
    let put: Promise<void> | undefined
    const failing = store.prisma.$transaction(async (transaction) => {
      await transaction.lease.create({ data: { name: 'mine', holder: 'a', until: 1 } })
      put = store.pictures.put('digest', 'file')
      expect(await store.prisma.lease.count()).toBe(0) // a plain read sees what is committed
      throw new Error('given up')
    })
    await expect(failing).rejects.toThrow('given up')
    await put
    expect(await store.pictures.get('digest')).toBe('file')
    expect(await store.prisma.lease.count()).toBe(0)
  })
})

describe('when the medium fails', () => {
  test('waits for another program’s write lock, then says that it is locked', async () => {
    const store = await open()
    const other = new Database(file)
    other.exec('BEGIN IMMEDIATE')
    await expect(store.dialogues.commit(turn(1, 1))).rejects.toMatchObject({ name: 'StoreError', reason: 'locked' })
    expect(await store.dialogues.load(1)).toEqual({ dialogue: undefined, person: undefined })
    other.exec('ROLLBACK')
    other.close()
    expect(await store.dialogues.commit(turn(1, 1))).toBe(true)
  })

  test('goes on as soon as the other program lets go in time', async () => {
    const store = await open({ patience: 30_000 })
    const other = new Database(file)
    other.exec('BEGIN IMMEDIATE')
    const commit = store.dialogues.commit(turn(1, 1))
    await new Promise((resolve) => setImmediate(resolve))
    other.exec('COMMIT')
    other.close()
    expect(await commit).toBe(true)
  })

  test('says that the disk is full, writes nothing of the turns, and recovers', async () => {
    await (await open()).close()
    const pages = new Database(file).pragma('page_count', { simple: true })
    const store = await open({ maxPages: Number(pages) + 2 })
    const large = fact('survey.answer', {
      attempt: 'large',
      instrument: 'riasec',
      form: 'quick',
      answers: Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`item-${index}`, index])),
    })
    const results = await Promise.allSettled([
      store.dialogues.commit(turn(1, 1, { facts: [large] })),
      store.dialogues.commit(turn(2, 1)),
    ])
    for (const result of results) {
      expect(result).toMatchObject({ status: 'rejected', reason: { name: 'StoreError', reason: 'full' } })
    }
    expect((await store.dialogues.load(1)).dialogue).toBeUndefined()
    expect(await store.prisma.surveyAttempt.count()).toBe(0)
    expect(await store.dialogues.commit(turn(1, 1))).toBe(true)
  })

  test('says when the folder cannot be made', async () => {
    writeFileSync(join(folder, 'data'), 'a file where the folder should be')
    await expect(open()).rejects.toMatchObject({ name: 'StoreError', message: expect.stringContaining(file) })
  })

  test('says when the database cannot be written', async () => {
    const store = await open()
    await store.prisma.$executeRaw`PRAGMA query_only = ON`
    const refused = store.dialogues.commit(turn(1, 1))
    await expect(refused).rejects.toMatchObject({ name: 'StoreError', reason: 'read-only' })
    await store.prisma.$executeRaw`PRAGMA query_only = OFF`
    expect(await store.dialogues.commit(turn(1, 1))).toBe(true)
  })

  test('says when the file is no database, and leaves it as it is', async () => {
    mkdirSync(join(folder, 'data'))
    const text = 'This is not a database, it is a letter. '.repeat(200)
    writeFileSync(file, text)
    await expect(open()).rejects.toMatchObject({ name: 'StoreError', reason: 'corrupt' })
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  test('says when pages of the database are damaged', async () => {
    const first = await open()
    for (let chat = 1; chat <= 50; chat++) await first.dialogues.commit(turn(chat, 1))
    await first.close()
    const bytes = readFileSync(file)
    bytes.fill(0xff, 4096)
    writeFileSync(file, bytes)
    await expect(open()).rejects.toMatchObject({ name: 'StoreError', reason: 'corrupt' })
  })

  test('knows a wrong data key at once, and lets go of the lock', async () => {
    await (await open()).close()
    const wrong = open({ key: Buffer.alloc(32, 9) })
    await expect(wrong).rejects.toMatchObject({ reason: 'key', message: expect.stringContaining('SERIK_DATA_KEY') })
    await open()
  })

  test('says how long a data key must be', async () => {
    await expect(open({ key: Buffer.alloc(16) })).rejects.toMatchObject({
      reason: 'key',
      message: expect.stringContaining('16 bytes and must have 32'),
    })
  })

  test('says what an address must look like', async () => {
    await expect(open({ url: 'mysql://somewhere' })).rejects.toThrow(/file: or postgresql:/)
  })
})
