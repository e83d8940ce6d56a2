import { afterEach, beforeEach, expect, test } from 'vitest'
import { zone } from '../../flows/common/regions.ts'
import { steadyClock } from '../../src/base/clock.ts'
import { createLog } from '../../src/base/log.ts'
import { sleep } from '../../src/base/sleep.ts'
import { createDelivery, createReach } from '../../src/delivery/delivery.ts'
import { createNotices } from '../../src/delivery/notices/notices.ts'
import { createPacing } from '../../src/delivery/pacing.ts'
import type { Parcel } from '../../src/delivery/ports.ts'
import type { Schedule } from '../../src/schedule/schedule.ts'
import type { Store } from '../../src/store/open.ts'
import { isReachable, savePerson } from '../../src/store/people.ts'
import { createSqlite, type TestDatabase, testTime } from '../support/databases.ts'
import { agreed } from '../support/people.ts'
import { toyKinds } from '../support/toy-notices.ts'

let database: TestDatabase
let store: Store
beforeEach(async () => {
  database = await createSqlite()
  store = await database.open()
  await savePerson(store, 1, agreed('kk'))
})
afterEach(() => database.drop())

const put = (key: string) =>
  createNotices(store).put([
    { key, chatId: 1, kind: 'toy.plain', dueAt: testTime, priority: 10, values: { word: key } },
  ])

/** A delivery that tells of each message; `next` resolves with the next one. */
function setUp(schedule?: Schedule) {
  let tell = (_parcel: Parcel) => {}
  const delivery = createDelivery({
    store,
    kinds: toyKinds,
    courier: {
      fits: () => true,
      deliver: async (parcel) => {
        tell(parcel)
        return { type: 'sent', messageId: 5 }
      },
    },
    pacing: createPacing({ clock: database.clock, messagesPerSecond: Number.POSITIVE_INFINITY, perChat: 0 }),
    clock: database.clock,
    steady: steadyClock,
    sleep,
    random: () => 0.5,
    log: createLog('silent'),
    zone,
    messagesPerSecond: 30,
    limits: { poll: 5 },
    ...(schedule && { schedule }),
  })
  const next = () =>
    new Promise<Parcel>((resolve) => {
      tell = resolve
    })
  return { delivery, next }
}

test('sends while it has the lease, and leaves everything in order when it stops', async () => {
  const { delivery, next } = setUp()
  // A process that died has left its lease; the lock of the file shows that it is gone.
  await store.prisma.lease.create({ data: { name: 'delivery', holder: 'dead', until: BigInt(testTime + 9_000) } })
  await put('a')
  const sent = next()
  await delivery.start()
  expect((await sent).chatId).toBe(1)
  expect(delivery.held()).toBe(true)
  await delivery.stop()
  expect(delivery.held()).toBe(false)
  expect(await store.prisma.lease.count()).toBe(0)
  expect(await store.prisma.notice.findMany()).toMatchObject([{ outcome: 'sent', messageId: 5 }])
})

test('a part that ends by itself is begun anew', async () => {
  let ends = 0
  const schedule: Schedule = {
    run: async (_holder, signal) => {
      if (ends++ < 1) throw new Error('broken')
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
    },
    runNow: async () => false,
    late: () => [],
  }
  const { delivery, next } = setUp(schedule)
  await delivery.start()
  await until(() => ends === 2)
  const sent = next()
  await put('a')
  await sent
  await delivery.stop()
  expect(ends).toBe(2)
})

test('whoever comes back gets what has waited for them', async () => {
  const reach = createReach(store)
  await reach.unreachable(1, 'blocked')
  await put('a')
  const notices = createNotices(store)
  const [a] = await notices.claim({ holder: 'h', now: testTime, until: testTime, limit: 1 })
  await notices.settle([{ id: a?.id ?? 0, outcome: 'blocked', tried: true }])
  expect(await notices.counts(testTime)).toMatchObject({ due: 0, parked: 1 })
  await reach.reachable(1)
  expect(await isReachable(store, 1)).toBe(true)
  expect(await notices.counts(testTime)).toMatchObject({ due: 1, parked: 0 })
})

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve))
}
