import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createJobRuns, type JobRuns } from '../../src/schedule/runs.ts'
import { createLeaseRows, createPauses, deliveryLease } from '../../src/store/leases.ts'
import type { Store } from '../../src/store/open.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase } from '../support/databases.ts'

const postgresql = await hasPostgresql()

describe('SQLite', () => contract(createSqlite))
describe.skipIf(!postgresql)('PostgreSQL', () => contract(createPostgresql))

/** Rows of which only one process may have the better, whatever the database. */
function contract(create: () => Promise<TestDatabase>): void {
  let database: TestDatabase
  let store: Store
  beforeAll(async () => {
    database = await create()
    store = await database.open()
  })
  beforeEach(async () => {
    await store.prisma.jobRun.deleteMany()
    await store.prisma.lease.deleteMany()
  })
  afterAll(() => database.drop())

  describe('runs of jobs', () => {
    let runs: JobRuns
    beforeAll(() => {
      runs = createJobRuns(store)
    })

    test('begin once among holders, and again after their end', async () => {
      await createLeaseRows(store, deliveryLease).swap(undefined, 'one', 100)
      expect(await runs.begin('digest', 'one', 1)).toBe(true)
      const others = await Promise.all(['two', 'three'].map((holder) => runs.begin('digest', holder, 2)))
      expect(others).toEqual([false, false])
      // What runs in a process itself, it knows.
      expect(await runs.begin('digest', 'one', 3)).toBe(true)
      await runs.end('digest', 'one', 9, { sent: 4 })
      expect(await runs.last('digest')).toMatchObject({ finishedAt: 9, report: '{"sent":4}' })
      expect(await runs.begin('digest', 'one', 10)).toBe(true)
      expect(await runs.last('digest')).toEqual({
        job: 'digest',
        startedAt: 10,
        finishedAt: undefined,
        report: undefined,
      })
    })

    test('are taken over from a holder that is gone, whose late end changes nothing', async () => {
      await runs.begin('digest', 'dead', 1)
      expect(await runs.begin('digest', 'alive', 2)).toBe(true)
      await runs.end('digest', 'dead', 3, { sent: 1 })
      expect(await runs.last('digest')).toMatchObject({ startedAt: 2, finishedAt: undefined })
    })

    test('are unknown before the first', async () => {
      expect(await runs.last('never')).toBeUndefined()
    })
  })

  describe('rows of leases', () => {
    test('go to one of all who want them at once', async () => {
      const rows = createLeaseRows(store, 'delivery')
      const swaps = await Promise.all(['a', 'b', 'c'].map((holder) => rows.swap(undefined, holder, 100)))
      expect(swaps.filter((row) => row !== undefined)).toHaveLength(1)
      const seen = await rows.read()
      const takes = await Promise.all(['d', 'e'].map((holder) => rows.swap(seen, holder, 200)))
      expect(takes.filter((row) => row !== undefined)).toHaveLength(1)
    })

    test('change with every renewal, even when the clock was set back', async () => {
      const rows = createLeaseRows(store, 'delivery')
      const first = await rows.swap(undefined, 'a', 100)
      const second = await rows.swap(first, 'a', 50)
      expect(second?.stamp).not.toBe(first?.stamp)
      expect(await rows.swap(first, 'b', 300)).toBeUndefined()
    })

    test('are freed by their holder only', async () => {
      const rows = createLeaseRows(store, 'delivery')
      await rows.swap(undefined, 'a', 100)
      await rows.free('b')
      expect(await rows.read()).toMatchObject({ holder: 'a' })
      await rows.free('a')
      expect(await rows.read()).toBeUndefined()
    })
  })

  test('a pause only grows', async () => {
    const pauses = createPauses(store)
    expect(await pauses.read()).toBe(0)
    await pauses.extend(2_000)
    await pauses.extend(1_000)
    expect(await pauses.read()).toBe(2_000)
  })
}
