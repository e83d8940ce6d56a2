import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { dayLength } from '../../../flows/common/calendar.ts'
import { closedKept, expiryJob, forgettingJob } from '../../../src/capabilities/vacancies/expiry.ts'
import type { Store } from '../../../src/store/open.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testTime } from '../../support/databases.ts'

const databases = { sqlite: createSqlite, ...((await hasPostgresql()) && { postgresql: createPostgresql }) }
const longAgo = testTime - closedKept - dayLength

describe.each(Object.entries(databases))('vacancies that are over, on %s', (_, create) => {
  let database: TestDatabase
  let store: Store
  beforeAll(async () => {
    database = await create()
    store = await database.open()
  })
  beforeEach(async () => {
    await store.prisma.vacancy.deleteMany()
    await store.prisma.vacancySighting.deleteMany()
  })
  afterAll(() => database.drop())

  const put = async (id: string, state: 'open' | 'closed', validThrough: number, changedAt = validThrough) => {
    const times = { validThrough: BigInt(validThrough), storedAt: 0n, changedAt: BigInt(changedAt), newsAt: 0n }
    await store.prisma.vacancy.create({ data: { id, identity: id, state, body: '{}', edition: 0, ...times } })
    const sighting = { source: 'some', sourceId: id, vacancyId: id, url: null, digest: '', seenAt: 0n }
    await store.prisma.vacancySighting.create({ data: sighting })
  }
  const run = (signal = new AbortController().signal) => runJobs({ now: testTime, signal })
  const runJobs = async (tools: { now: number; signal: AbortSignal }) => {
    return { ...(await expiryJob(store).run(tools)), ...(await forgettingJob(store).run(tools)) }
  }
  const states = async () =>
    Object.fromEntries((await store.prisma.vacancy.findMany()).map(({ id, state }) => [id, state]))

  test('are closed the moment after their last one, and not before', async () => {
    await put('past', 'open', testTime - 1)
    await put('last', 'open', testTime)
    await put('long', 'open', testTime + dayLength)
    expect(await run()).toEqual({ expired: 1, deleted: 0 })
    expect(await states()).toEqual({ past: 'closed', last: 'open', long: 'open' })
    const { changedAt } = await store.prisma.vacancy.findUniqueOrThrow({ where: { id: 'past' } })
    expect(Number(changedAt)).toBe(testTime)
  })

  test('more of them than one slice holds are closed in one run', async () => {
    for (let index = 0; index < 120; index++) await put(`past-${index}`, 'open', testTime - index - 1)
    expect(await run()).toMatchObject({ expired: 120 })
    expect(await run()).toMatchObject({ expired: 0 })
  })

  test('are deleted with where they were seen when they were closed long ago and mean nothing to anybody', async () => {
    await put('old', 'closed', longAgo)
    await put('closed lately', 'closed', longAgo, testTime - dayLength)
    await put('still valid', 'closed', testTime + dayLength, longAgo)
    await put('open', 'open', testTime + dayLength, longAgo)
    expect(await run()).toEqual({ expired: 0, deleted: 1 })
    expect(Object.keys(await states()).sort()).toEqual(['closed lately', 'open', 'still valid'])
    expect(await store.prisma.vacancySighting.count()).toBe(3)
  })

  test('stay when somebody saved, reported or reviewed one, was told of it or went for it', async () => {
    const { prisma } = store
    for (const id of ['saved', 'reported', 'reviewed', 'told', 'applied', 'old']) await put(id, 'closed', longAgo)
    await prisma.vacancyMark.create({ data: { chatId: 1n, vacancyId: 'saved', mark: 'saved', at: 0n } })
    await prisma.vacancyReport.create({ data: { chatId: 1n, vacancyId: 'reported', reason: 'scam', at: 0n } })
    await prisma.vacancyReview.create({ data: { vacancyId: 'reviewed', verdict: 'cleared', at: 0n } })
    await prisma.alert.create({
      data: { subscriptionId: 's', vacancyId: 'told', chatId: 1n, edition: 0, score: 1, foundAt: 0n },
    })
    const application = { id: 'a', chatId: 1n, vacancyId: 'applied', body: Buffer.of(), state: 'applied' }
    await prisma.application.create({ data: { ...application, appliedAt: 0n, updatedAt: 0n } })
    expect(await run()).toMatchObject({ deleted: 1 })
    expect(Object.keys(await states()).sort()).toEqual(['applied', 'reported', 'reviewed', 'saved', 'told'])
  })

  test('of which nothing was left with their author go after a day, even where somebody saved one', async () => {
    const empty = async (id: string, changedAt: number) => {
      await put(id, 'closed', testTime + dayLength, changedAt)
      await store.prisma.vacancy.update({ where: { id }, data: { identity: '', body: '' } })
      await store.prisma.vacancyMark.create({ data: { chatId: 1n, vacancyId: id, mark: 'saved', at: 0n } })
    }
    await empty('long empty', testTime - dayLength - 1)
    await empty('lately empty', testTime - dayLength)
    expect(await run()).toEqual({ expired: 0, deleted: 1 })
    expect(Object.keys(await states())).toEqual(['lately empty'])
  })

  test('a run that is told to end does nothing more', async () => {
    await put('past', 'open', testTime - 1)
    expect(await run(AbortSignal.abort())).toEqual({ expired: 0, deleted: 0 })
    expect(await states()).toEqual({ past: 'open' })
  })
})
