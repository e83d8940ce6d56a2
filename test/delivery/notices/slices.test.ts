import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newcomer } from '../../../flows/common/person.ts'
import type { NewNotice } from '../../../flows/kit/notice.ts'
import { countLimit } from '../../../src/delivery/notices/notice.ts'
import { createNotices, type Notices } from '../../../src/delivery/notices/notices.ts'
import type { Store } from '../../../src/store/open.ts'
import { savePerson, setReachable } from '../../../src/store/people.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testTime } from '../../support/databases.ts'

const postgresql = await hasPostgresql()
/** What one slice may do at most. */
const most = 100

describe('on SQLite', () => slices(createSqlite))
describe.skipIf(!postgresql)('on PostgreSQL', () => slices(createPostgresql))

/** What is done with many notices at once is done in slices that give way to everybody else. */
function slices(create: () => Promise<TestDatabase>): void {
  let database: TestDatabase
  let store: Store
  let notices: Notices
  let breaths = 0
  let onBreath: () => Promise<unknown> | undefined
  beforeEach(async () => {
    database = await create()
    onBreath = () => undefined
    const breathe = async () => {
      breaths++
      await onBreath()
    }
    store = await database.open({ breathe })
    notices = createNotices(store)
    breaths = 0
  })
  afterEach(() => database.drop())

  const put = (count: number, change: (at: number) => Partial<NewNotice> = () => ({})) =>
    notices.put(Array.from({ length: count }, (_, at) => ({ ...one, key: `n${at}`, chatId: at + 1, ...change(at) })))
  const one = { kind: 'toy.word', dueAt: testTime, priority: 10, values: null }
  const claim = (limit: number) => notices.claim({ holder: 'one', now: testTime, until: testTime + 60_000, limit })
  /** How many notices fit `where` more or fewer from breath to breath while `work` ran. */
  const stepsOf = async (where: object, work: () => Promise<unknown>) => {
    const seen = [await store.prisma.notice.count({ where })]
    onBreath = async () => seen.push(await store.prisma.notice.count({ where }))
    await work()
    seen.push(await store.prisma.notice.count({ where }))
    onBreath = () => undefined
    return seen.slice(1).map((count, at) => Math.abs(count - (seen[at] ?? 0)))
  }

  test('a large claim is made of small ones and keeps its order', async () => {
    await put(400, (at) => ({ priority: at % 2 === 0 ? 10 : 5, dueAt: testTime - at }))
    let taken: readonly { priority: number; dueAt: number }[] = []
    const steps = await stepsOf({ claimedBy: null }, async () => {
      taken = await claim(300)
    })
    expect(taken).toHaveLength(300)
    expect(taken.map(({ priority }) => priority)).toEqual([...Array(200).fill(5), ...Array(100).fill(10)])
    expect([...taken].sort((a, b) => a.priority - b.priority || a.dueAt - b.dueAt)).toEqual(taken)
    expect(Math.max(...steps)).toBeLessThanOrEqual(most)
  })

  test('somebody with very many due notices does not make a claim long', async () => {
    await put(400, () => ({ chatId: 1 }))
    expect((await claim(1)).length).toBeLessThanOrEqual(most + 1)
  })

  test('outcomes of many are written slice by slice', async () => {
    await put(450)
    const taken = await claim(450)
    const sent = taken.map(({ id }) => ({ id, outcome: 'sent', tried: true, finishedAt: testTime }) as const)
    const steps = await stepsOf({ outcome: 'sent' }, () => notices.settle(sent))
    expect(steps.reduce((sum, step) => sum + step)).toBe(450)
    expect(Math.max(...steps)).toBeLessThanOrEqual(most)
  })

  test('what expired during long downtime is ended slice by slice, and each is told of', async () => {
    await put(450, () => ({ expiresAt: testTime }))
    let kinds: readonly string[] = []
    const steps = await stepsOf({ outcome: 'expired' }, async () => {
      kinds = await notices.expire(testTime)
    })
    expect(kinds).toHaveLength(450)
    expect(Math.max(...steps)).toBeLessThanOrEqual(most)
  })

  test('finds the few who have come back among the many who are away', async () => {
    // The slices end amid the notices of the chats 1 and 2.
    await put(3_000, (at) => ({ chatId: at < 1_500 ? 1 : at < 2_900 ? 2 : at + 1 }))
    await store.prisma.notice.updateMany({ data: { outcome: 'blocked' } })
    for (const chat of [1, 2, 2_950]) await savePerson(store, chat, newcomer('kk'))
    await setReachable(store, 1, 'blocked')
    expect(await notices.resume()).toBeGreaterThan(0)
    await notices.resume()
    const back = await store.prisma.notice.groupBy({ by: 'chatId', where: { outcome: null }, _count: true })
    expect(back.map(({ chatId, _count }) => [Number(chatId), _count])).toEqual([
      [2, 1_400],
      [2_950, 1],
    ])
    expect(breaths).toBeGreaterThanOrEqual(4)
  })

  test('counts what waits by priority, and of a crowd no more than the limit', async () => {
    await put(5, (at) => ({ priority: at, dueAt: testTime + at - 2 }))
    expect(await notices.counts(testTime)).toEqual({ due: 3, later: 2, parked: 0, oldestDueAt: testTime - 2 })
    await store.prisma.$executeRawUnsafe(`
      INSERT INTO "Notice" ("id", "key", "kind", "chatId", "priority", "dueAt", "values", "createdAt")
      WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < ${countLimit + 200})
      SELECT CAST(i AS text), CAST(i AS text), 'toy.word', i, 2, ${testTime}, "values", 0
      FROM n, "Notice" WHERE "key" = 'n0'`)
    expect(await notices.counts(testTime)).toEqual({ due: countLimit, later: 2, parked: 0, oldestDueAt: testTime - 2 })
  })
}
