import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { deleteSubscription, releaseAlerts, saveSubscription } from '../../../flows/alerts/contract.ts'
import { noticePrefix } from '../../../flows/alerts/keeping.ts'
import { dayLength as day, minuteLength as minute, toUtc } from '../../../flows/common/calendar.ts'
import { withdrawNotices } from '../../../flows/kit/notice.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testTime } from '../../support/databases.ts'
import { kept, put, scam } from '../vacancies/samples.ts'
import { type AlertScene, createAlertScene, idsOf } from './scene.ts'

const databases = { sqlite: createSqlite, ...((await hasPostgresql()) && { postgresql: createPostgresql }) }
const hour = 60 * minute
const cook = { professions: ['cook'] }
const pay = (sum: number) => ({ min: sum, max: sum, currency: 'KZT', tax: 'net', period: 'month' }) as const

describe.each(Object.entries(databases))('alerts on %s', (_, create) => {
  let database: TestDatabase
  let scene: AlertScene
  beforeAll(async () => {
    database = await create()
    scene = await createAlertScene(database)
  })
  beforeEach(async () => {
    await scene.clear()
    database.clock.time = testTime
  })
  afterAll(() => database.drop())

  const news = (id: string, change = {}, row = {}) => {
    const now = database.clock.now()
    return put(
      scene.store,
      kept(id, { publishedAt: now, ...change }, { storedAt: now, changedAt: now, newsAt: now, ...row }),
    )
  }
  const round = async () => {
    scene.later(minute)
    return await scene.round()
  }
  const told = async (chatId: number) => idsOf(await scene.told(chatId))

  test('a fitting vacancy is told once, another not at all, and what was there before is no news', async () => {
    await scene.meets(1)
    await news('before')
    scene.later(minute)
    await scene.looksFor(1, { filter: cook })
    await round()
    await news('cook')
    await news('welder', { professions: ['welder'] })
    expect(await round()).toMatchObject({ found: 1, people: 1, told: 1 })
    expect(await round()).toMatchObject({ found: 0, people: 0 })
    scene.takesOver()
    expect(await round()).toMatchObject({ found: 0, people: 0 })
    expect(await told(1)).toEqual([['cook']])
    const [values] = await scene.told(1)
    expect(values?.items[0]).toMatchObject({ news: 'new', excerpt: 'Асханада тамақ пісіру.' })
    expect(values?.items[0]?.listing.fits).toContain('profession')
  })

  test('two subscriptions that find the same vacancy tell it once, whenever they are due', async () => {
    await scene.meets(1)
    await scene.looksFor(1, { id: 'a', filter: cook })
    await scene.looksFor(1, { id: 'b' })
    await scene.looksFor(1, { id: 'c', filter: { regions: ['75'] }, rhythm: 'daily', hour: 18 })
    await news('one')
    await round()
    expect(await told(1)).toEqual([['one']])
    scene.later(2 * hour)
    await news('two', { professions: [] })
    await round()
    expect(await told(1)).toEqual([['one'], ['two']])
    scene.later(day)
    await round()
    expect(await told(1)).toEqual([['one'], ['two']])
  })

  test('more pay and reopening are told again and say so; any other change is not', async () => {
    await scene.meets(1)
    await scene.looksFor(1, { filter: cook })
    await news('v', { pay: pay(200_000) })
    await round()
    await scene.sends()
    await news('v', { pay: pay(200_000), meals: false }, { newsAt: testTime })
    await round()
    expect(await told(1)).toHaveLength(1)
    await news('v', { pay: pay(260_000) }, { edition: 1 })
    await round()
    await news('v', { pay: pay(260_000) }, { edition: 2 })
    await round()
    expect((await scene.told(1)).map(({ items }) => items.map((item) => item.news))).toEqual([
      ['new'],
      ['morePay'],
      ['again'],
    ])
  })

  test('no more than the person wants are told on a day; the best come first, the rest the next morning', async () => {
    await scene.meets(1)
    await scene.looksFor(1, { filter: { leastPay: 150_000 }, perDay: 3 })
    for (const id of ['a', 'b']) {
      await news(id)
      await round()
    }
    await news('plain', { pay: null })
    await news('paid', { pay: pay(300_000) })
    await round()
    expect(await told(1)).toEqual([['a'], ['b'], ['paid']])
    const [, , last] = await scene.told(1)
    expect(last?.others).toMatchObject([{ count: 1 }])
    await news('late')
    expect(await round()).toMatchObject({ found: 1, people: 0 })
    database.clock.time = toUtc({ year: 2026, month: 3, day: 2, hour: 8, minute: 58 })
    await round()
    expect(await told(1)).toHaveLength(3)
    await round()
    expect((await told(1)).at(-1)).toEqual(['late'])
  })

  test('a daily and a weekly digest come at their hours, all of one person in one notice', async () => {
    await scene.meets(1)
    await scene.looksFor(1, { id: 'a', filter: cook, rhythm: 'daily', hour: 18 })
    await scene.looksFor(1, { id: 'b', filter: { regions: ['71'] }, rhythm: 'weekly', weekday: 7, hour: 18 })
    await news('cook')
    await news('astana', { region: '71', town: 'astana', professions: [] })
    await round()
    expect(await told(1)).toEqual([])
    database.clock.time = toUtc({ year: 2026, month: 3, day: 1, hour: 18, minute: 0 }) - minute
    await round()
    expect(await told(1)).toEqual([['cook', 'astana']])
    await news('next', { region: '71', town: 'astana' })
    database.clock.time = toUtc({ year: 2026, month: 3, day: 2, hour: 18, minute: 0 }) - minute
    await round()
    expect(await told(1)).toEqual([['cook', 'astana'], ['next']])
    database.clock.time = toUtc({ year: 2026, month: 3, day: 8, hour: 18, minute: 0 })
    await round()
    expect(await told(1)).toHaveLength(2)
  })

  test('nothing is planned in quiet hours; afterwards one notice holds all of the night', async () => {
    await scene.meets(1, { quiet: { from: 17, to: 8 } })
    await scene.looksFor(1)
    for (const id of ['a', 'b']) {
      await news(id)
      await round()
    }
    expect(await told(1)).toEqual([])
    database.clock.time = toUtc({ year: 2026, month: 3, day: 2, hour: 8, minute: 0 })
    await round()
    expect((await told(1)).map((ids) => [...ids].sort())).toEqual([['a', 'b']])
  })

  test('a paused, a deleted and another subscription: what waits is taken back, what is wanted still is told', async () => {
    await scene.meets(1)
    const one = await scene.looksFor(1, { id: 'a', filter: cook })
    await scene.looksFor(1, { id: 'b', filter: { regions: ['71'] } })
    await news('cook')
    await news('astana', { region: '71', town: 'astana', professions: [] })
    await round()
    expect(await told(1)).toHaveLength(1)
    const takeBack: [string, unknown][] = [
      [withdrawNotices.name, { keyPrefix: noticePrefix }],
      [releaseAlerts.name, null],
    ]
    await scene.tells(1, [saveSubscription.name, { ...one, state: 'paused' }], ...takeBack)
    expect(await told(1)).toEqual([])
    await round()
    expect(await told(1)).toEqual([['astana']])
    await scene.tells(1, [deleteSubscription.name, { id: 'b' }], ...takeBack)
    await news('more', { region: '71', town: 'astana' })
    await round()
    expect(await told(1)).toEqual([])
    await scene.tells(1, [saveSubscription.name, one])
    await round()
    expect(await told(1)).toEqual([['cook']])
  })

  test('a filter changed between two rounds is the one that counts', async () => {
    await scene.meets(1)
    const one = await scene.looksFor(1, { filter: cook, rhythm: 'daily', hour: 18 })
    await news('cook')
    await round()
    await scene.tells(1, [saveSubscription.name, { ...one, filter: { ...one.filter, professions: ['welder'] } }])
    await news('welder', { professions: ['welder'] })
    await news('cook2')
    database.clock.time = toUtc({ year: 2026, month: 3, day: 1, hour: 18, minute: 0 })
    await round()
    expect(await told(1)).toEqual([['welder']])
  })

  test('what is closed, over, held back or hidden before it was sent is taken out of its notice', async () => {
    await scene.meets(1)
    await scene.looksFor(1, { perDay: 10 })
    const soon = testTime + 10 * minute
    for (const id of ['closed', 'held', 'hidden', 'good']) await news(id)
    await news('over', { validThrough: soon })
    await round()
    expect((await told(1))[0]).toHaveLength(5)
    await news('closed', {}, { state: 'closed', newsAt: testTime })
    await news('held', scam, { newsAt: testTime })
    const at = BigInt(database.clock.now())
    await scene.store.prisma.vacancyMark.create({ data: { chatId: 1n, vacancyId: 'hidden', mark: 'hidden', at } })
    database.clock.time = soon
    await round()
    expect(await told(1)).toEqual([['good']])
    await news('good', {}, { state: 'closed', newsAt: testTime })
    await round()
    expect(await told(1)).toEqual([])
    // Opened again, it is told as what it is to the person: new.
    await news('good', {}, { edition: 1 })
    await round()
    expect(await told(1)).toEqual([['good']])
  })

  test('what is on its way is not taken back, and looked at again as long as it is not over', async () => {
    await scene.meets(1)
    await scene.looksFor(1)
    await news('v')
    await round()
    const { prisma } = scene.store
    await prisma.notice.updateMany({
      data: { claimedBy: 'other', claimedUntil: BigInt(database.clock.now() + 3 * minute) },
    })
    await news('v', {}, { state: 'closed', newsAt: testTime })
    await round()
    expect(await told(1)).toEqual([['v']])
    scene.later(3 * minute)
    await round()
    expect(await told(1)).toEqual([])
  })

  test('nobody is told who has not agreed, is away, has switched it off or is too young for it', async () => {
    await scene.meets(1, { muted: ['alerts.found'] })
    await scene.meets(2)
    await scene.store.prisma.person.update({ where: { chatId: 2n }, data: { unreachable: 'blocked' } })
    await scene.meets(3)
    await scene.store.prisma.person.update({ where: { chatId: 3n }, data: { consentVersion: 1 } })
    const guardian = { version: 2, at: 0, by: 'guardian' } as const
    await scene.meets(4, { ageBand: '14-15', consent: guardian })
    for (const chatId of [1, 2, 3, 4]) await scene.looksFor(chatId)
    await news('night', { night: true })
    await round()
    for (const chatId of [1, 2, 3, 4]) expect(await told(chatId)).toEqual([])
    // Whoever comes back is told the best of what is still there.
    await scene.store.prisma.person.update({ where: { chatId: 2n }, data: { unreachable: null } })
    scene.later(hour)
    await round()
    expect(await told(2)).toEqual([['night']])
    expect(await told(4)).toEqual([])
  })

  test('a person who grew older since is judged by their age now', async () => {
    await scene.meets(1, { ageBand: '18+' })
    await scene.looksFor(1, { rhythm: 'daily', hour: 18 })
    await news('night', { night: true })
    await round()
    await scene.meets(1, { ageBand: '16-17', consent: { version: 2, at: 0, by: 'guardian' } })
    database.clock.time = toUtc({ year: 2026, month: 3, day: 1, hour: 18, minute: 0 })
    await round()
    expect(await told(1)).toEqual([])
  })

  test('what cannot be read holds back nobody else', async () => {
    for (const chatId of [1, 2]) await scene.meets(chatId)
    await scene.looksFor(1)
    await scene.looksFor(2)
    await round()
    await scene.store.prisma.subscription.update({ where: { id: 's1' }, data: { filter: new Uint8Array(40) } })
    await scene.store.prisma.subscription.update({ where: { id: 's1' }, data: { nextAt: 1n } })
    await news('v')
    expect(await round()).toMatchObject({ people: 1 })
    expect(await told(2)).toEqual([['v']])
    expect(await round()).toMatchObject({ people: 0 })
  })
})
