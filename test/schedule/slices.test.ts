import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { consentVersion, newcomer, type Person } from '../../flows/common/person.ts'
import type { Repeat } from '../../flows/reminders/repeat.ts'
import { retentionJob } from '../../src/app/housekeeping.ts'
import { campaignsJob } from '../../src/capabilities/campaigns/job.ts'
import { planReminder, remindersJob } from '../../src/capabilities/reminders/job.ts'
import { createNotices } from '../../src/delivery/notices/notices.ts'
import type { Job } from '../../src/schedule/schedule.ts'
import type { Store } from '../../src/store/open.ts'
import { savePerson } from '../../src/store/people.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testTime } from '../support/databases.ts'
import { fact, turn } from '../support/turns.ts'

const postgresql = await hasPostgresql()
const day = 24 * 60 * 60 * 1000
/** What one slice may do at most; a row takes some tenths of a millisecond. */
const most = 100

describe('on SQLite', () => holds(createSqlite))
describe.skipIf(!postgresql)('on PostgreSQL', () => holds(createPostgresql))

/** A job works in slices that give way to everybody else. */
function holds(create: () => Promise<TestDatabase>): void {
  let database: TestDatabase
  let store: Store
  let onBreath: () => Promise<unknown> | undefined
  beforeEach(async () => {
    database = await create()
    onBreath = () => undefined
    store = await database.open({ breathe: async () => void (await onBreath()) })
  })
  afterEach(() => database.drop())

  const run = ({ run }: Job, signal = new AbortController().signal) => run({ now: testTime, signal })
  const notices = () => store.prisma.notice.count()
  /** How much `measure` changed from breath to breath while the job ran. */
  const stepsOf = async (measure: () => Promise<number>, job: Job) => {
    const seen = [await measure()]
    onBreath = async () => seen.push(await measure())
    const report = await run(job)
    seen.push(await measure())
    return { report, steps: seen.slice(1).map((count, at) => Math.abs(count - (seen[at] ?? 0))) }
  }
  /** Aborts at the breath of that number. */
  const abortAt = (breath: number) => {
    const stop = new AbortController()
    let left = breath
    onBreath = async () => --left === 0 && stop.abort()
    return stop.signal
  }

  const ofAge: Person = {
    ...newcomer('kk'),
    ageBand: '18+',
    consent: { version: consentVersion, at: testTime - 100 * day, by: 'guardian' },
  }
  const meet = async (count: number) => {
    for (let chat = 1; chat <= count; chat++) await savePerson(store, chat, ofAge)
  }
  const remind = (count: number) => {
    const common = { what: 'Сабақ', repeat: { type: 'daily' }, zone: 'Asia/Almaty', minute: 540, state: 'active' }
    const facts = Array.from({ length: count }, (_, at) =>
      fact('reminder.save', { ...common, id: `r${at}`, nextAt: testTime }),
    )
    return store.dialogues.commit(turn(1, 1, { facts }))
  }
  const finish = async (count: number) => {
    const common = { chatId: 1, kind: 'toy.word', dueAt: testTime, priority: 0, values: null }
    await createNotices(store).put(Array.from({ length: count }, (_, at) => ({ ...common, key: `n${at}` })))
    await store.prisma.notice.updateMany({ data: { outcome: 'sent', finishedAt: BigInt(testTime - 91 * day) } })
  }

  test('campaigns look at a few people, give way, and go on until all were looked at', async () => {
    await meet(220)
    const { report, steps } = await stepsOf(notices, campaignsJob(store, []))
    expect(report).toEqual({ 'campaigns.consent': 220 })
    expect(steps.length).toBeGreaterThan(2)
    expect(Math.max(...steps)).toBeLessThanOrEqual(most)
  })

  test('campaigns find those concerned behind many who are not', async () => {
    await meet(220)
    await store.prisma.person.updateMany({ where: { chatId: { lt: 220n } }, data: { unreachable: 'blocked' } })
    expect(await run(campaignsJob(store, []))).toEqual({ 'campaigns.consent': 1 })
  })

  test('campaigns stop between two slices, and the next run does the rest', async () => {
    await meet(220)
    await run(campaignsJob(store, []), abortAt(2))
    expect(await notices()).toBeLessThan(220)
    await run(campaignsJob(store, []))
    expect(await notices()).toBe(220)
  })

  test('reminders due in the same minute are told a few at a time', async () => {
    await remind(220)
    const { report, steps } = await stepsOf(notices, remindersJob(store))
    expect(report).toMatchObject({ told: 220 })
    expect(steps.length).toBeGreaterThan(2)
    expect(Math.max(...steps)).toBeLessThanOrEqual(most)
  })

  test('retention deletes slice by slice and leaves nothing that is over', async () => {
    await finish(2 * most + 10)
    const { report, steps } = await stepsOf(notices, retentionJob(store))
    expect(report).toMatchObject({ notices: 2 * most + 10 })
    expect(Math.max(...steps)).toBeLessThanOrEqual(most)
    expect(await notices()).toBe(0)
  })

  test('retention stops between two slices, and the next run does the rest', async () => {
    await finish(2 * most + 10)
    expect(await run(retentionJob(store), abortAt(1))).toMatchObject({ notices: most })
    expect(await run(retentionJob(store))).toMatchObject({ notices: most + 10 })
  })

  test('retention takes pictures slice by slice, too', async () => {
    const old = Array.from({ length: most + 10 }, (_, at) => ({ digest: `d${at}`, fileId: 'file', at: 0n }))
    await store.prisma.picture.createMany({ data: old })
    const { report, steps } = await stepsOf(() => store.prisma.picture.count(), retentionJob(store))
    expect(report).toEqual({ notices: 0, pictures: most + 10 })
    expect(Math.max(...steps)).toBeLessThanOrEqual(most)
  })
}

test('a reminder missed for years is reckoned from its last times, not day by day', () => {
  const looks = vi.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts')
  const common = { id: 'r', what: 'Сабақ', zone: 'Asia/Almaty', minute: 540, state: 'active' } as const
  const nextAt = Date.UTC(2016, 2, 1, 4)
  const repeats: Repeat[] = [
    { type: 'daily' },
    { type: 'weekly', days: [1, 2, 3, 4, 5, 6, 7] },
    { type: 'monthly', day: 31 },
    { type: 'monthlyWeekday', place: -1, weekday: 5 },
    { type: 'yearly', month: 2, day: 29 },
  ]
  for (const repeat of repeats) {
    looks.mockClear()
    const reminder = { ...common, nextAt, repeat }
    const { advance } = planReminder({ id: 'r', chatId: 1, nextAt, reminder }, testTime)
    expect(advance.nextAt).toBeGreaterThan(testTime)
    expect(looks.mock.calls.length).toBeLessThan(600)
  }
  looks.mockRestore()
})
