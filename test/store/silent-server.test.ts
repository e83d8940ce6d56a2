import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { capabilities } from '../../src/capabilities/index.ts'
import { mediumError } from '../../src/store/errors.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { createPostgresql, hasPostgresql, type TestDatabase, testKey } from '../support/databases.ts'
import { createSilentLine, type SilentLine } from '../support/silent-line.ts'
import { turn } from '../support/turns.ts'

const available = await hasPostgresql()
/** Long enough for a busy machine, ms. */
const silence = 2_000
const connections = 3

describe.skipIf(!available)('a PostgreSQL whose connections die without a word', () => {
  let database: TestDatabase
  let line: SilentLine
  let store: Store
  beforeEach(async () => {
    database = await createPostgresql()
    const url = new URL(database.url)
    line = await createSilentLine(url.hostname, Number(url.port || 5432))
    url.port = String(line.port)
    url.hostname = '127.0.0.1'
    store = await openStore({ capabilities, url: url.href, key: testKey, clock: database.clock, silence, connections })
  })
  afterEach(async () => {
    await store.close()
    await line.close()
    await database.drop()
  })

  test('is noticed within the silence allowed, and the next turns go on over new connections', async () => {
    const chats = [1, 2, 3]
    await Promise.all(chats.map((chat) => store.dialogues.commit(turn(chat, 1))))
    await Promise.all(chats.map(() => store.prisma.$queryRaw`SELECT count(pg_sleep(0.1))`))
    expect(line.open()).toBe(connections)
    line.silence()
    await expect(store.dialogues.load(1)).rejects.toMatchObject({ name: 'StoreError', reason: 'unreachable' })
    expect(await again(() => store.dialogues.commit(turn(1, 2)))).toBe(true)
    await line.givenUp(connections)
  })

  test('in the middle of a transaction: it fails, and its connection is given to nobody else', async () => {
    const broken = store.prisma.$transaction(async (transaction) => {
      await transaction.$queryRaw`SELECT 1`
      line.silence()
      await transaction.$queryRaw`SELECT 1`
    })
    const error: unknown = await broken.catch((thrown: unknown) => thrown)
    expect(mediumError(error, 'here')).toMatchObject({ reason: 'unreachable' })
    await line.givenUp(1)
    expect(await store.dialogues.commit(turn(9, 1))).toBe(true)
  })

  test('lets go of a statement that the server works on for too long', async () => {
    const error: unknown = await store.prisma.$queryRaw`SELECT pg_sleep(60)`.catch((thrown: unknown) => thrown)
    expect(mediumError(error, 'here')?.name).toBe('StoreError')
    expect(await store.dialogues.commit(turn(10, 1))).toBe(true)
  })

  test('keeps nobody from closing the store', async () => {
    await store.dialogues.commit(turn(1, 1))
    line.silence()
    await store.close()
    await line.givenUp(1)
  })
})

/** As whoever takes an update does: once more, for as long as a connection may be dead. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === connections) throw error
    }
  }
}
