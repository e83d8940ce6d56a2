import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { toUtc } from '../../../flows/common/calendar.ts'
import type { Reminder } from '../../../flows/reminders/contract.ts'
import { DueValues } from '../../../flows/reminders/notices.ts'
import type { Repeat } from '../../../flows/reminders/repeat.ts'
import { planReminder, remindersJob } from '../../../src/capabilities/reminders/job.ts'
import { createNotices } from '../../../src/delivery/notices/notices.ts'
import type { Store } from '../../../src/store/open.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase } from '../../support/databases.ts'
import { fact, turn } from '../../support/turns.ts'

const postgresql = await hasPostgresql()
const zone = 'Asia/Almaty'
const minute = 60_000
const day = 24 * 60 * minute

/** A wall-clock moment in Almaty, epoch ms. */
const at = (year: number, month: number, date: number, hour = 9, minutes = 0) =>
  toUtc({ year, month, day: date, hour, minute: minutes }, zone)

const reminder = (repeat: Repeat, nextAt: number, change: Partial<Reminder> = {}): Reminder => {
  return { id: 'r', what: 'Сабақ', repeat, zone, minute: 540, nextAt, state: 'active', ...change }
}

describe('one due reminder', () => {
  const plan = (of: Reminder, now: number) => {
    const due = { id: of.id, chatId: 1, nextAt: of.nextAt ?? 0, reminder: of }
    const { advance, notice } = planReminder(due, now)
    return { advance, notice, values: DueValues.parse(notice?.values) }
  }

  test('for once is over when it has been told', () => {
    const due = at(2026, 3, 1)
    const { advance, notice, values } = plan(reminder({ type: 'once' }, due), due)
    expect(advance).toEqual({ id: 'r', was: due, nextAt: null, state: 'done' })
    expect(notice).toMatchObject({ key: `reminder:r:${due}`, kind: 'reminders.due', priority: 10, dueAt: due })
    expect(notice?.expiresAt).toBeUndefined()
    expect(values).toEqual({ id: 'r', what: 'Сабақ', meantFor: due, zone, late: false })
  })

  test('for once that was missed is told late and says when it was meant for', () => {
    const due = at(2026, 3, 1)
    expect(plan(reminder({ type: 'once' }, due), due + 3 * day).values).toMatchObject({ meantFor: due, late: true })
    expect(plan(reminder({ type: 'once' }, due), due + 9 * minute).values).toMatchObject({ late: false })
  })

  test.each<[string, Repeat, number, number]>([
    ['daily', { type: 'daily' }, at(2026, 2, 28), at(2026, 3, 1)],
    ['weekly, over the weekend', { type: 'weekly', days: [1, 5] }, at(2026, 2, 27), at(2026, 3, 2)],
    ['on the 31st, over a short month', { type: 'monthly', day: 31 }, at(2026, 1, 31), at(2026, 2, 28)],
    ['on the 31st, back from a short month', { type: 'monthly', day: 31 }, at(2026, 2, 28), at(2026, 3, 31)],
    ['on the 29th of a leap year', { type: 'monthly', day: 29 }, at(2028, 1, 29), at(2028, 2, 29)],
    ['monthly, over the year', { type: 'monthly', day: 15 }, at(2026, 12, 15), at(2027, 1, 15)],
  ])('repeats %s', (_, repeat, due, next) => {
    const { advance, notice } = plan(reminder(repeat, due), due)
    expect(advance).toEqual({ id: 'r', was: due, nextAt: next, state: 'active' })
    expect(notice?.expiresAt).toBe(next)
  })

  test('is over after its last day', () => {
    const until = { year: 2026, month: 3, day: 2 }
    const { advance, notice } = plan(reminder({ type: 'daily', until }, at(2026, 3, 2)), at(2026, 3, 2))
    expect(advance).toMatchObject({ nextAt: null, state: 'done' })
    expect(notice?.expiresAt).toBeUndefined()
  })

  test('goes back to its rhythm after it was put off', () => {
    const putOff = at(2026, 3, 1, 9, 10)
    expect(plan(reminder({ type: 'daily' }, putOff), putOff).advance.nextAt).toBe(at(2026, 3, 2))
  })

  test('that was missed many times is told for the last of them', () => {
    const { advance, values } = plan(reminder({ type: 'daily' }, at(2026, 3, 1)), at(2026, 3, 11, 8))
    expect(values).toMatchObject({ meantFor: at(2026, 3, 10), late: true })
    expect(advance.nextAt).toBe(at(2026, 3, 11))
  })
})

describe('the job on SQLite', () => job(createSqlite))
describe.skipIf(!postgresql)('the job on PostgreSQL', () => job(createPostgresql))

function job(create: () => Promise<TestDatabase>): void {
  let database: TestDatabase
  let store: Store
  let chat = 0
  let revision = 0
  beforeAll(async () => {
    database = await create()
    store = await database.open()
  })
  beforeEach(async () => {
    await store.prisma.notice.deleteMany()
    await store.prisma.reminder.deleteMany()
    chat += 1
    revision = 0
  })
  afterAll(() => database.drop())

  const tells = (...facts: [name: string, data: unknown][]) =>
    store.dialogues.commit(turn(chat, ++revision, { facts: facts.map(([name, data]) => fact(name, data)) }))
  const runs = (now: number, signal = new AbortController().signal) => {
    database.clock.time = now
    return remindersJob(store).run({ now, signal })
  }
  const notices = () => store.prisma.notice.findMany({ orderBy: { dueAt: 'asc' } })
  const keep = (one: Reminder) => tells(['reminder.save', { ...one, id: `${one.id}-${chat}` }])

  const due = at(2026, 3, 2)

  test('tells what is due, once, and nothing before its time', async () => {
    await keep(reminder({ type: 'once' }, due))
    expect(await runs(due - 1)).toEqual({ told: 0, late: 0, unreadable: 0 })
    expect(await runs(due)).toEqual({ told: 1, late: 0, unreadable: 0 })
    expect(await runs(due)).toEqual({ told: 0, late: 0, unreadable: 0 })
    expect(await runs(due + day)).toEqual({ told: 0, late: 0, unreadable: 0 })
    expect(await notices()).toMatchObject([{ key: `reminder:r-${chat}:${due}`, outcome: null }])
  })

  test('gives the dispatcher the text as the person wrote it', async () => {
    await keep(reminder({ type: 'once' }, due, { what: '<b>Құжат & «қағаз»' }))
    await runs(due)
    const claim = { holder: 'test', now: due, until: due + minute, limit: 10 }
    const [claimed] = await createNotices(store).claim(claim)
    expect(DueValues.parse(claimed?.values)).toMatchObject({ what: '<b>Құжат & «қағаз»' })
  })

  test('tells a repeating one once after downtime, and goes on with the next', async () => {
    await keep(reminder({ type: 'daily' }, due))
    expect(await runs(due + 5 * day + minute)).toEqual({ told: 1, late: 0, unreadable: 0 })
    expect(await runs(due + 6 * day)).toEqual({ told: 1, late: 0, unreadable: 0 })
    expect(await notices()).toHaveLength(2)
  })

  test('leaves paused and finished ones alone', async () => {
    await keep(reminder({ type: 'daily' }, due, { state: 'paused' }))
    await keep(reminder({ type: 'once' }, due, { id: 'done', state: 'done', nextAt: null }))
    expect(await runs(due + day)).toEqual({ told: 0, late: 0, unreadable: 0 })
  })

  test('tells more than one transaction holds', async () => {
    const many = Array.from({ length: 501 }, (_, n) => reminder({ type: 'once' }, due + n, { id: `many-${n}` }))
    await tells(...many.map((one): [string, unknown] => ['reminder.save', one]))
    expect(await runs(due + minute)).toMatchObject({ told: 501 })
    expect(await store.prisma.notice.count()).toBe(501)
  })

  test('stops between transactions when another process may take over, and loses nothing', async () => {
    await keep(reminder({ type: 'once' }, due))
    const stopped = new AbortController()
    stopped.abort()
    expect(await runs(due, stopped.signal)).toMatchObject({ told: 0 })
    expect(await runs(due)).toMatchObject({ told: 1 })
  })

  test('two at once tell it once', async () => {
    await keep(reminder({ type: 'daily' }, due))
    await Promise.all([runs(due), runs(due)])
    expect(await notices()).toHaveLength(1)
  })

  test('a deleted reminder’s waiting notice is withdrawn', async () => {
    await keep(reminder({ type: 'daily' }, due))
    await keep(reminder({ type: 'daily' }, due, { id: 'other' }))
    await runs(due)
    const id = `r-${chat}`
    await tells(['reminder.delete', { id }], ['notice.withdraw', { keyPrefix: `reminder:${id}:` }])
    const outcomes = Object.fromEntries((await notices()).map(({ key, outcome }) => [key, outcome]))
    expect(outcomes).toEqual({ [`reminder:${id}:${due}`]: 'withdrawn', [`reminder:other-${chat}:${due}`]: null })
    expect(await runs(due + 3 * day)).toMatchObject({ told: 1 })
  })

  test('one that cannot be opened does not keep the others back', async () => {
    await keep(reminder({ type: 'once' }, due))
    await keep(reminder({ type: 'once' }, due, { id: 'whole' }))
    const id = `r-${chat}`
    await store.prisma.reminder.update({ where: { id }, data: { what: new Uint8Array(40) } })
    expect(await runs(due)).toEqual({ told: 1, late: 0, unreadable: 1 })
    expect(await runs(due + minute)).toEqual({ told: 0, late: 0, unreadable: 0 })
  })
}
