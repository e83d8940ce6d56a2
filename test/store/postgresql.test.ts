import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStore, type Store } from '../../src/store/open.ts'
import { createPostgresql, hasPostgresql, type TestDatabase, testKey } from '../support/databases.ts'
import { fact, turn } from '../support/turns.ts'

const available = await hasPostgresql()

describe.skipIf(!available)('several processes on one PostgreSQL', () => {
  let database: TestDatabase
  let stores: [Store, Store]
  beforeAll(async () => {
    database = await createPostgresql()
    stores = await Promise.all([database.open(), database.open()]) // both migrate
  })
  afterAll(() => database.drop())

  test('let one win each new chat, and each turn after', async () => {
    const chats = Array.from({ length: 60 }, (_, index) => index + 1)
    for (let revision = 1; revision <= 5; revision++) {
      const results = await Promise.all(
        chats.flatMap((chat) => stores.map((store) => store.dialogues.commit(turn(chat, revision)))),
      )
      expect(results.filter(Boolean)).toHaveLength(chats.length)
    }
    const loaded = await Promise.all(chats.map((chat) => stores[0].dialogues.load(chat)))
    expect(loaded.every((one) => one.dialogue?.revision === 5)).toBe(true)
  })

  test('write a fact of a contested turn once', async () => {
    const told = (attempt: string) => [
      fact('survey.answer', { attempt, instrument: 'riasec', form: 'quick', answers: {} }),
    ]
    const results = await Promise.all(
      stores.map((store, index) => store.dialogues.commit(turn(900, 1, { facts: told(`by-${index}`) }))),
    )
    expect(results.filter(Boolean)).toHaveLength(1)
    expect(await stores[0].prisma.surveyAttempt.count({ where: { chatId: 900 } })).toBe(1)
  })

  test('never bring back a chat that another has forgotten', async () => {
    const [first, second] = stores
    await first.dialogues.commit(turn(901, 1))
    const results = await Promise.all([
      first.dialogues.commit(turn(901, 2, { facts: [fact('person.forget', null)] })),
      second.dialogues.commit(turn(901, 2)),
    ])
    if (results[1]) return expect(results[0]).toBe(false) // then the forgetting is stepped again, at revision 3
    expect((await first.dialogues.load(901)).dialogue).toBeUndefined()
    expect(await second.dialogues.commit(turn(901, 3))).toBe(false)
  })

  test('finish although their turns lock rows crosswise', async () => {
    const chats = Array.from({ length: 40 }, (_, index) => 2_000 + index)
    const orders = [chats, [...chats].reverse()]
    for (let revision = 1; revision <= 10; revision++) {
      const results = await Promise.all(
        stores.flatMap((store, index) =>
          (orders[index] ?? []).map((chat) => store.dialogues.commit(turn(chat, revision))),
        ),
      )
      expect(results.filter(Boolean)).toHaveLength(chats.length)
    }
  })

  test('are told when the server is not there', async () => {
    const nowhere = openStore({ url: 'postgresql://postgres@127.0.0.1:1/none', key: testKey, clock: database.clock })
    await expect(nowhere).rejects.toMatchObject({ name: 'StoreError', reason: 'unreachable' })
  })

  test('are told when there is no such database, without the password', async () => {
    const url = new URL(database.url)
    url.pathname = '/no_such_database'
    url.password = 'secret'
    const missing = openStore({ url: url.href, key: testKey, clock: database.clock })
    await expect(missing).rejects.toMatchObject({ reason: 'missing', message: expect.not.stringContaining('secret') })
  })

  test('are told when their key does not fit', async () => {
    const wrong = openStore({ url: database.url, key: Buffer.alloc(32, 9), clock: database.clock })
    await expect(wrong).rejects.toMatchObject({ reason: 'key' })
  })

  test('survive the loss of their connections: the turns fail or are written, and the next ones go on', async () => {
    const [store] = stores
    const commits = Array.from({ length: 20 }, (_, index) => store.dialogues.commit(turn(3_000 + index, 1)))
    const turns = Promise.allSettled(commits)
    await stores[1].prisma.$queryRaw`
      SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`
    for (const result of await turns) {
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ name: 'StoreError', reason: 'unreachable' })
    }
    expect(await untilWritten(store, 3_100)).toBe(true)
  })
})

/** A connection that has just died may be handed out once more; each is found dead once. */
async function untilWritten(store: Store, chatId: number): Promise<boolean> {
  const connections = 10
  for (let attempt = 0; attempt < connections; attempt++) {
    const written = await store.dialogues.commit(turn(chatId, 1)).catch((error: unknown) => {
      expect(error).toMatchObject({ name: 'StoreError', reason: 'unreachable' })
      return undefined
    })
    if (written !== undefined) return written
  }
  return false
}
