import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createLog } from '../../src/base/log.ts'
import { createLease, type Lease, leaseTimes } from '../../src/delivery/lease.ts'
import { createLeaseRows, type LeaseRows } from '../../src/store/leases.ts'
import type { Store } from '../../src/store/open.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase } from '../support/databases.ts'

const postgresql = await hasPostgresql()

describe('SQLite', () => leaseContract(createSqlite))
describe.skipIf(!postgresql)('PostgreSQL', () => leaseContract(createPostgresql))

/** A process: its own clock (which may be wrong), its sleeps, and whether its database answers. */
type Process = {
  readonly lease: Lease
  readonly stop: AbortController
  readonly worked: string[]
  readonly holders: string[]
  ended: Promise<void>
  reach: boolean
  /** While it is frozen, calls of the database wait. */
  frozen: Promise<void> | undefined
  /** Work that does not end with its signal. */
  hangs: boolean
  /** By how much its time of day has gone on while its machine slept, ms. */
  slept: number
}

function leaseContract(create: () => Promise<TestDatabase>): void {
  let database: TestDatabase
  let store: Store
  let time = 0
  let sleeping: { at: number; wake: () => void }[] = []
  let pending = 0
  let terms = 0
  beforeAll(async () => {
    database = await create()
    store = await database.open()
  })
  afterAll(() => database.drop())
  beforeEach(async () => {
    await store.prisma.lease.deleteMany()
    time = 0
    sleeping = []
  })

  /** `skew`: by how much its clock is wrong, ms. */
  const start = (name: string, skew = 0): Process => {
    const real = createLeaseRows(store, 'delivery')
    const process: Process = {
      lease: undefined as never,
      stop: new AbortController(),
      worked: [],
      holders: [],
      ended: Promise.resolve(),
      reach: true,
      frozen: undefined,
      hangs: false,
      slept: 0,
    }
    const through = <A extends unknown[], R>(call: (...given: A) => Promise<R>) => {
      return async (...given: A): Promise<R> => {
        if (!process.reach) throw new Error('no database')
        await process.frozen
        pending++
        return call(...given).finally(() => {
          pending--
        })
      }
    }
    const rows: LeaseRows = {
      read: through(real.read),
      swap: through(real.swap),
      free: through(real.free),
      clear: real.clear,
    }
    const sleep = (milliseconds: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        if (signal?.aborted) return resolve()
        const wake = () => {
          signal?.removeEventListener('abort', wake)
          resolve()
        }
        sleeping.push({ at: time + milliseconds, wake })
        return signal?.addEventListener('abort', wake, { once: true })
      })
    const clock = { now: () => time + skew }
    const wall = { now: () => time + skew + process.slept }
    const log = createLog('silent')
    const lease = createLease({ rows, newHolder: () => `${name} ${++terms}`, clock, wall, sleep, log })
    const work = async (signal: AbortSignal, holder: string) => {
      process.worked.push('begins')
      process.holders.push(holder)
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
      if (process.hangs) await new Promise(() => {})
      process.worked.push('ends')
    }
    process.ended = lease.keep(work, process.stop.signal)
    return Object.assign(process, { lease })
  }
  const still = async () => {
    for (let quiet = 0; quiet < 10; quiet++) {
      await new Promise((resolve) => setImmediate(resolve))
      if (pending > 0) quiet = 0
    }
  }
  /** Lets time pass in steps of half a second; after each, tells who holds the lease. */
  const pass = async (milliseconds: number, look: () => void = () => {}) => {
    await still()
    for (const end = time + milliseconds; time < end; ) {
      time += 500
      for (const { wake } of sleeping.filter(({ at }) => at <= time)) wake()
      sleeping = sleeping.filter(({ at }) => at > time)
      await still()
      look()
    }
  }
  const stopAll = async (...all: Process[]) => {
    for (const { stop } of all) stop.abort()
    await still()
    await Promise.all(all.map(({ ended }) => ended))
  }

  test('has one holder, who keeps it', async () => {
    const [one, two, three] = [start('one'), start('two'), start('three')]
    const holders = new Set<number>()
    await pass(60_000, () => holders.add([one, two, three].filter(({ lease }) => lease.held()).length))
    expect(holders).toEqual(new Set([1]))
    expect([one, two, three].map(({ worked }) => worked.length).sort()).toEqual([0, 0, 1])
    await stopAll(one, two, three)
  })

  test('moves within 15 s of the holder’s death, never before it has stepped back', async () => {
    const one = start('one')
    await pass(7_000)
    const two = start('two')
    await pass(7_000)
    one.reach = false
    const died = time
    let taken = 0
    await pass(20_000, () => {
      expect(one.lease.held() && two.lease.held()).toBe(false)
      if (taken === 0 && two.lease.held()) taken = time - died
    })
    expect(taken).toBeGreaterThan(0)
    expect(taken).toBeLessThanOrEqual(15_000)
    expect(one.worked).toEqual(['begins', 'ends'])
    await stopAll(one, two)
  })

  test('does not care what time the clocks show', async () => {
    const one = start('one', -3_600_000)
    await pass(2_000)
    const two = start('two', 86_400_000)
    await pass(60_000, () => expect([one.lease.held(), two.lease.held()]).toEqual([true, false]))
    one.reach = false
    await pass(15_000)
    expect([one.lease.held(), two.lease.held()]).toEqual([false, true])
    await stopAll(one, two)
  })

  test('is free at once after an orderly stop', async () => {
    const one = start('one')
    await pass(2_000)
    const two = start('two')
    await pass(2_000)
    await stopAll(one)
    expect(one.worked).toEqual(['begins', 'ends'])
    await pass(leaseTimes.look + 500)
    expect(two.lease.held()).toBe(true)
    await stopAll(two)
    expect(await store.prisma.lease.count()).toBe(0)
  })

  test('comes back by itself after trouble with the database', async () => {
    const one = start('one')
    await pass(2_000)
    one.reach = false
    await pass(12_000)
    expect(one.lease.held()).toBe(false)
    one.reach = true
    await pass(12_000)
    expect(one.lease.held()).toBe(true)
    expect(one.worked).toEqual(['begins', 'ends', 'begins'])
    await stopAll(one)
  })

  test('bears another name each time it is taken', async () => {
    const one = start('one')
    await pass(2_000)
    one.reach = false
    await pass(12_000)
    one.reach = true
    await pass(12_000)
    expect(new Set(one.holders).size).toBe(2)
    await stopAll(one)
  })

  test('is not believed after the machine has slept, and is had again by the next renewal', async () => {
    const one = start('one')
    await pass(2_000)
    expect(one.lease.held()).toBe(true)
    one.slept = 3_600_000
    expect(one.lease.held()).toBe(false)
    await pass(leaseTimes.renew)
    expect(one.lease.held()).toBe(true)
    expect(one.worked).toEqual(['begins'])
    await stopAll(one)
  })

  test('is lost to whoever took it while the machine slept', async () => {
    const [one, two] = [start('one'), start('two')]
    await pass(2_000)
    const [holder, other] = one.lease.held() ? [one, two] : [two, one]
    let wake = () => {}
    holder.frozen = new Promise((resolve) => {
      wake = resolve
    })
    await pass(16_000, () => expect(holder.lease.held() && other.lease.held()).toBe(false))
    expect(other.lease.held()).toBe(true)
    wake()
    holder.frozen = undefined
    await pass(6_000, () => expect(holder.lease.held()).toBe(false))
    await stopAll(one, two)
  })

  test('is had again at once when the database was frozen, work going on', async () => {
    const one = start('one')
    await pass(2_000)
    let thaw = () => {}
    one.frozen = new Promise((resolve) => {
      thaw = resolve
    })
    await pass(14_000)
    expect(one.lease.held()).toBe(false)
    thaw()
    one.frozen = undefined
    await pass(1_000)
    expect(one.lease.held()).toBe(true)
    expect(one.worked).toEqual(['begins'])
    await stopAll(one)
  })

  test('work that does not end keeps nobody from taking it once more', async () => {
    const one = start('one')
    one.hangs = true
    await pass(2_000)
    one.reach = false
    await pass(12_000)
    one.reach = true
    await pass(12_000)
    expect(one.lease.held()).toBe(true)
    expect(one.worked).toEqual(['begins', 'begins'])
    one.stop.abort()
  })
}
