import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newcomer } from '../../../flows/common/person.ts'
import type { NewNotice } from '../../../flows/kit/notice.ts'
import { createNotices, type Notices } from '../../../src/delivery/notices/notices.ts'
import { exportChat } from '../../../src/store/chats.ts'
import type { Store } from '../../../src/store/open.ts'
import { savePerson, setReachable } from '../../../src/store/people.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testTime } from '../../support/databases.ts'
import { fact, turn } from '../../support/turns.ts'

const postgresql = await hasPostgresql()
const second = 1_000

describe('SQLite', () => outboxContract(createSqlite))
describe.skipIf(!postgresql)('PostgreSQL', () => outboxContract(createPostgresql))

/** What the outbox promises, whatever the database. */
function outboxContract(create: () => Promise<TestDatabase>): void {
  let database: TestDatabase
  let store: Store
  let notices: Notices
  let chat = 100
  beforeAll(async () => {
    database = await create()
    store = await database.open()
    notices = createNotices(store)
  })
  beforeEach(async () => {
    await store.prisma.notice.deleteMany()
    database.clock.time = testTime
    chat++
    await savePerson(store, chat, newcomer('kk'))
  })
  afterAll(() => database.drop())

  const notice = (key: string, change: Partial<NewNotice> = {}): NewNotice => {
    return { key, chatId: chat, kind: 'toy.word', dueAt: testTime, values: { word: key }, priority: 10, ...change }
  }
  const claim = (limit = 100, now = testTime, holder = 'one') =>
    notices.claim({ holder, now, until: now + 60 * second, limit })
  const keys = async (limit?: number, now?: number, holder?: string) =>
    (await claim(limit, now, holder)).map(({ key }) => key)

  test('exists once by its key, and the first stands', async () => {
    await notices.put([notice('a', { values: { word: 'first' } }), notice('a', { values: { word: 'second' } })])
    await notices.put([notice('a', { values: { word: 'third' } })])
    expect(await claim()).toMatchObject([
      { key: 'a', values: { word: 'first' }, person: { language: 'kk' }, attempts: 0 },
    ])
  })

  test('is written by the turn that causes it, for its own chat or another', async () => {
    const mentor = chat + 10_000
    const put = { kind: 'toy.word', dueAt: testTime, values: { word: 'сәлем' }, priority: 0 }
    const facts = [
      fact('notice.put', { key: 'own', ...put }),
      fact('notice.put', { key: 'other', chatId: mentor, ...put, priority: 5 }),
    ]
    expect(await store.dialogues.commit(turn(chat, 1, { facts }))).toBe(true)
    expect(await claim()).toMatchObject([
      { key: 'own', chatId: chat, values: { word: 'сәлем' } },
      { key: 'other', chatId: mentor, person: undefined },
    ])
  })

  test('a turn that is refused leaves no notice', async () => {
    const put = fact('notice.put', { key: 'a', kind: 'toy.word', dueAt: testTime, values: {}, priority: 0 })
    await store.dialogues.commit(turn(chat + 20_000, 1))
    expect(await store.dialogues.commit(turn(chat + 20_000, 1, { facts: [put] }))).toBe(false)
    expect(await claim()).toEqual([])
  })

  test('is claimed in order of priority, then of its time, and not before it is due', async () => {
    await notices.put([
      notice('late', { chatId: chat + 1, priority: 10, dueAt: testTime - 1 }),
      notice('early', { chatId: chat + 2, priority: 10, dueAt: testTime - 2 }),
      notice('nudge', { chatId: chat + 3, priority: 40, dueAt: testTime - 9 }),
      notice('reply', { chatId: chat + 4, priority: 0 }),
      notice('future', { chatId: chat + 5, priority: 0, dueAt: testTime + 1 }),
    ])
    expect(await keys(2)).toEqual(['reply', 'early'])
    expect(await keys(2)).toEqual(['late', 'nudge'])
    expect(await keys(2)).toEqual([])
    expect(await keys(2, testTime + 1)).toEqual(['future'])
  })

  test('brings along what else is due for the same person', async () => {
    await notices.put([
      notice('urgent', { priority: 0 }),
      notice('other', { chatId: chat + 1, priority: 5 }),
      notice('along', { priority: 40 }),
      notice('later', { priority: 40, dueAt: testTime + second }),
    ])
    expect(await keys(1)).toEqual(['urgent', 'along'])
  })

  test('stays claimed until the claim runs out', async () => {
    await notices.put([notice('a')])
    expect(await keys()).toEqual(['a'])
    expect(await keys(9, testTime + 59 * second, 'two')).toEqual([])
    expect(await keys(9, testTime + 60 * second, 'two')).toEqual(['a'])
  })

  test('is freed when its holder has lost the lease', async () => {
    await notices.put([notice('a')])
    await claim(9, testTime, 'one')
    expect(await notices.releaseOthers('one')).toBe(0)
    expect(await notices.releaseOthers('two')).toBe(1)
    expect(await keys(9, testTime, 'two')).toEqual(['a'])
  })

  test('two claims at the same moment share the notices without overlap', async () => {
    await notices.put(Array.from({ length: 60 }, (_, index) => notice(`n${index}`, { chatId: chat + index })))
    const taken = await Promise.all(['a', 'b', 'c'].map((holder) => keys(20, testTime, holder)))
    expect(new Set(taken.flat()).size).toBe(taken.flat().length)
  })

  test('settles many at once: sent, put back, given up', async () => {
    await notices.put(['a', 'b', 'c'].map((key, index) => notice(key, { dueAt: testTime - 9 + index })))
    const [a, b, c] = (await claim()).map(({ id }) => id)
    await notices.settle([
      { id: a ?? 0, outcome: 'sent', messageId: 7, tried: true, finishedAt: testTime },
      { id: b ?? 0, outcome: null, dueAt: testTime + 5 * second, tried: true },
      { id: c ?? 0, outcome: 'failed', reason: 'r'.repeat(999), tried: true, finishedAt: testTime },
    ])
    const rows = await store.prisma.notice.findMany({ orderBy: { key: 'asc' } })
    expect(rows).toMatchObject([
      { outcome: 'sent', messageId: 7, attempts: 1 },
      { outcome: null, attempts: 1, claimedBy: null, claimedUntil: null, dueAt: BigInt(testTime + 5 * second) },
      { outcome: 'failed', reason: 'r'.repeat(200) },
    ])
    expect(await claim(9, testTime + 5 * second)).toMatchObject([{ key: 'b', attempts: 1 }])
  })

  test('what was sent stays sent, and being sent is written over a withdrawal', async () => {
    await notices.put([notice('a'), notice('b', { chatId: chat + 1 })])
    const [a, b] = await claim()
    await store.dialogues.commit(turn(chat, 1, { facts: [fact('notice.withdraw', { keyPrefix: 'a' })] }))
    await notices.settle([
      { id: a?.id ?? 0, outcome: 'sent', messageId: 1, tried: true, finishedAt: testTime },
      { id: b?.id ?? 0, outcome: 'sent', messageId: 2, tried: true, finishedAt: testTime },
    ])
    await notices.settle([{ id: b?.id ?? 0, outcome: 'failed', tried: true, finishedAt: testTime }])
    const rows = await store.prisma.notice.findMany()
    expect(rows.map(({ outcome }) => outcome)).toEqual(['sent', 'sent'])
  })

  test('is withdrawn by the beginning of its key, in its own chat unless said otherwise', async () => {
    await notices.put([notice('r:1:x'), notice('r:1:y'), notice('r:11:x'), notice('r:1:z', { chatId: chat + 1 })])
    await store.dialogues.commit(turn(chat, 1, { facts: [fact('notice.withdraw', { keyPrefix: 'r:1:' })] }))
    expect((await keys()).sort()).toEqual(['r:11:x', 'r:1:z'])
    await notices.releaseOthers('nobody')
    const facts = [fact('notice.withdraw', { keyPrefix: 'r:', everywhere: true })]
    await store.dialogues.commit(turn(chat, 2, { facts }))
    expect(await keys()).toEqual([])
  })

  test('is answered by the beginning of its key, once, in its own chat, whatever its outcome is as yet', async () => {
    await notices.put([notice('r:1:x'), notice('r:1:y'), notice('r:11:x'), notice('r:1:z', { chatId: chat + 1 })])
    const claimed = [...(await claim())].sort((one, other) => (one.key < other.key ? -1 : 1))
    const sent = claimed.map(({ id }) => ({ id, outcome: 'sent' as const, tried: true }))
    const settled = sent.map((one, place) => ({ ...one, messageId: place + 1, finishedAt: testTime + place }))
    await notices.settle(settled.slice(0, 3))
    expect(await notices.newestAnswered(chat, 'r:1:')).toBeUndefined()
    const answer = (revision: number, said: string) =>
      store.dialogues.commit(
        turn(chat, revision, { facts: [fact('notice.answer', { keyPrefix: 'r:1:', answer: said })] }),
      )
    await answer(1, 'first')
    await answer(2, 'second')
    const rows = await store.prisma.notice.findMany({ orderBy: { key: 'asc' } })
    expect(rows.map(({ key, answer }) => [key, answer])).toEqual([
      ['r:11:x', null],
      ['r:1:x', '"first"'],
      ['r:1:y', '"first"'],
      ['r:1:z', null],
    ])
    expect(await notices.newestAnswered(chat, 'r:1:')).toMatchObject({ values: { word: 'r:1:y' }, answer: 'first' })
  })

  test('one that is put anew waits for an answer of its own', async () => {
    await notices.put([notice('r:1:x')])
    const put = { key: 'r:1:x', kind: 'toy.word', dueAt: testTime, values: { word: 'new' }, priority: 10 }
    const [withdrawn, answered] = [
      fact('notice.withdraw', { keyPrefix: 'r:1:' }),
      fact('notice.answer', { keyPrefix: 'r:1:', answer: 'done' }),
    ]
    await store.dialogues.commit(turn(chat, 1, { facts: [withdrawn, answered] }))
    await store.dialogues.commit(turn(chat, 2, { facts: [fact('notice.put', put)] }))
    expect(await store.prisma.notice.findMany()).toMatchObject([{ outcome: null, answer: null, answeredAt: null }])
  })

  test('what a turn withdraws it may put anew, and what it withdrew before, too', async () => {
    await notices.put([notice('r:1:x', { values: { word: 'old' } })])
    const put = { key: 'r:1:x', kind: 'toy.word', dueAt: testTime, values: { word: 'new' }, priority: 10 }
    const facts = [fact('notice.put', put), fact('notice.withdraw', { keyPrefix: 'r:1:' })]
    await store.dialogues.commit(turn(chat, 1, { facts }))
    expect(await claim()).toMatchObject([{ key: 'r:1:x', values: { word: 'new' } }])
  })

  test('a notice that is over is not put again', async () => {
    await notices.put([notice('a')])
    const [a] = await claim()
    await notices.settle([
      { id: a?.id ?? 0, outcome: 'withdrawn', reason: 'muted', tried: false, finishedAt: testTime },
    ])
    await notices.put([notice('a')])
    expect(await keys()).toEqual([])
  })

  test('waits for somebody who has blocked the bot, and goes on when they return', async () => {
    await notices.put([notice('a')])
    const [a] = await claim()
    await setReachable(store, chat, 'blocked')
    await notices.settle([{ id: a?.id ?? 0, outcome: 'blocked', tried: true }])
    expect(await notices.counts(testTime)).toMatchObject({ due: 0, parked: 1 })
    expect(await notices.resume()).toBe(0)
    expect(await keys()).toEqual([])
    await setReachable(store, chat, null)
    expect(await notices.resume(chat + 1)).toBe(0)
    expect(await notices.resume(chat)).toBe(1)
    expect(await keys()).toEqual(['a'])
  })

  test('expires while it waits, whether for its time or for its person', async () => {
    await notices.put([
      notice('waits', { dueAt: testTime + 9 * second, expiresAt: testTime + second }),
      notice('parked', { expiresAt: testTime + second }),
      notice('stays', { dueAt: testTime + 9 * second, expiresAt: testTime + 2 * second }),
    ])
    const [parked] = await claim()
    await notices.settle([{ id: parked?.id ?? 0, outcome: 'blocked', tried: true }])
    expect(await notices.expire(testTime + second)).toEqual(['toy.word', 'toy.word'])
    const rows = await store.prisma.notice.findMany({ orderBy: { key: 'asc' } })
    expect(rows).toMatchObject([{ outcome: 'expired', reason: 'blocked' }, { outcome: null }, { outcome: 'expired' }])
  })

  test('counts what waits and since when', async () => {
    await notices.put([
      notice('a', { dueAt: testTime - 5 * second }),
      notice('b', { dueAt: testTime - second }),
      notice('c', { dueAt: testTime + second }),
    ])
    expect(await notices.counts(testTime)).toEqual({ due: 2, later: 1, parked: 0, oldestDueAt: testTime - 5 * second })
  })

  test('is forgotten long after it is over, never while it waits', async () => {
    await notices.put([notice('over'), notice('waits')])
    const over = (await claim()).find(({ key }) => key === 'over')
    await notices.settle([{ id: over?.id ?? 0, outcome: 'sent', messageId: 1, tried: true, finishedAt: testTime }])
    expect(await notices.forget(testTime, testTime + 9 * second)).toBe(0)
    expect(await notices.forget(testTime + 1, testTime + 9 * second)).toBe(1)
    expect(await store.prisma.notice.count()).toBe(1)
  })

  test('keeps its values sealed, readable for their person, and goes with them', async () => {
    await notices.put([notice('a', { values: { word: 'құпия' } })])
    const [row] = await store.prisma.notice.findMany()
    expect(Buffer.from(row?.values ?? []).includes('құпия')).toBe(false)
    const [claimed] = await claim()
    expect(await notices.find(claimed?.id ?? 0)).toMatchObject({ chatId: chat, values: { word: 'құпия' } })
    expect(await exportChat(store, chat)).toMatchObject({ Notice: [{ values: { word: 'құпия' } }] })
    await store.dialogues.commit(turn(chat, 1, { facts: [fact('person.forget', null)] }))
    expect(await store.prisma.notice.count()).toBe(0)
  })
}
