import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { consentVersion, newcomer } from '../../../flows/common/person.ts'
import type { PlannedSource } from '../../../src/capabilities/sources/planned.ts'
import { createFeed } from '../../../src/capabilities/sources/readers/feeds.ts'
import { createReadingTools, type ReadingTools } from '../../../src/capabilities/sources/reading.ts'
import { runSource } from '../../../src/capabilities/sources/run.ts'
import { root } from '../../../src/config.ts'
import type { Store } from '../../../src/store/open.ts'
import { savePerson } from '../../../src/store/people.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase } from '../../support/databases.ts'
import { answer, createTime, fetcherFor, openSite } from './readers/world.ts'

const databases = { sqlite: createSqlite, ...((await hasPostgresql()) && { postgresql: createPostgresql }) }
const hour = 3_600_000

const job = (id: number, name = `Cook ${id}`) =>
  `<job id="${id}"><name>${name}</name><company>Dam ${id}</company></job>`
const jobs = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => job(from + index))
const feed = (...all: string[]) => `<?xml version="1.0"?><jobs>${all.join('')}</jobs>`

describe.each(Object.entries(databases))('whole readings of a feed on %s', (_, create) => {
  let database: TestDatabase
  let store: Store
  let tools: ReadingTools
  let site: Awaited<ReturnType<typeof openSite>>

  beforeAll(async () => {
    database = await create()
    store = await database.open()
    const outside = { contact: 'mailto:me@example.org', sleep: async () => {}, random: () => 1 }
    tools = await createReadingTools({ core: store, files: root, outside })()
    const consent = { version: consentVersion, at: 0, by: 'coordinator' as const }
    await savePerson(store, 501, { ...newcomer('kk'), ageBand: '18+', consent })
  })
  beforeEach(async () => {
    const { prisma } = store
    await prisma.vacancy.deleteMany()
    await prisma.vacancySighting.deleteMany()
    await prisma.vacancySource.deleteMany()
    await prisma.notice.deleteMany()
    database.clock.time = Date.UTC(2026, 10, 30, 9)
    site = await openSite({})
  })
  afterEach(() => site.close())
  afterAll(() => database.drop())

  const plan = (): PlannedSource => {
    const source = createFeed({ name: 'board', language: null, url: `${site.url}/feed`, format: 'jooble' })
    return { source, on: true, every: hour, privateHosts: ['127.0.0.1'] }
  }
  /** A reading an hour later, of what the feed has now. */
  const read = async (page?: Parameters<typeof openSite>[0][string]) => {
    if (page !== undefined) site.pages['/feed'] = page
    database.clock.time += hour
    const time = createTime(database.clock.time)
    const { signal } = new AbortController()
    return await runSource(plan(), { ...tools, deadline: time.deadline, fetcher: fetcherFor(time), signal })
  }
  const closed = async () => {
    const rows = await store.prisma.vacancy.findMany({ where: { state: 'closed' } })
    return rows.map(({ body }) => JSON.parse(body).title).sort()
  }
  const missed = async () => {
    const rows = await store.prisma.vacancySighting.findMany({ where: { missed: { gt: 0 } } })
    return rows.map(({ sourceId }) => sourceId).sort()
  }

  test('what is missing twice in a row is closed, once is not; standing there again opens it', async () => {
    await read(feed(job(1), job(2), job(3)))
    expect(await read(feed(job(1), job(3)))).toMatchObject({ type: 'ended', counts: { gone: 0 } })
    expect([await missed(), await closed()]).toEqual([['2'], []])
    expect(await read(feed(job(3), job(1)))).toMatchObject({ type: 'ended', counts: { gone: 1 } })
    expect([await missed(), await closed()]).toEqual([[], ['Cook 2']])
    await read(feed(job(1), job(2), job(3)))
    expect([await missed(), await closed()]).toEqual([[], []])
    expect(await store.prisma.vacancy.count()).toBe(3)
  })

  test('what was there again in between is not missing twice in a row', async () => {
    await read(feed(job(1), job(2)))
    await read(feed(job(1)))
    await read(feed(job(1), job(2)))
    expect(await missed()).toEqual([])
    await read(feed(job(1)))
    expect([await missed(), await closed()]).toEqual([['2'], []])
  })

  test('what stands in another source stays open', async () => {
    await read(feed(job(1), job(2)))
    const { vacancyId } = await store.prisma.vacancySighting.findFirstOrThrow({ where: { sourceId: '2' } })
    const elsewhere = { source: 'elsewhere', sourceId: '9', url: null, digest: '', seenAt: 0n, vacancyId }
    await store.prisma.vacancySighting.create({ data: elsewhere })
    await read(feed(job(1)))
    expect(await read(feed(job(1), ' '))).toMatchObject({ counts: { gone: 1 } })
    expect(await closed()).toEqual([])
  })

  test('a feed that is the same is a whole reading, too, with or without a word of its server', async () => {
    await read(feed(job(1), job(2), job(3)))
    await read(feed(job(1), job(3)))
    expect(await read()).toMatchObject({ counts: { gone: 1 } })
    const tagged = (text: string): Parameters<typeof openSite>[0][string] => {
      return (request, response) => {
        const isKnown = request.headers['if-none-match'] === '"one"'
        response.writeHead(isKnown ? 304 : 200, { 'content-type': 'text/xml', etag: '"one"' })
        response.end(isKnown ? '' : text)
      }
    }
    await read(tagged(feed(job(1))))
    expect(await missed()).toEqual(['3'])
    expect(await read()).toMatchObject({ counts: { gone: 1 } })
    expect(await closed()).toEqual(['Cook 2', 'Cook 3'])
  })

  test('trouble and half a feed count for nothing', async () => {
    await read(feed(job(1), job(2), job(3)))
    await read(feed(job(1), job(3)))
    const half = feed(job(1), job(3), job(4))
    for (const page of [answer(500, {}, 'oops'), half.slice(0, half.indexOf('<job id="4"')), answer(401, {}, 'who?')])
      expect(await read(page)).toMatchObject({ type: 'failed', counts: { gone: 0 } })
    expect([await missed(), await closed()]).toEqual([['2'], []])
  })

  test('a run whose process died after its whole reading does not count it twice', async () => {
    await read(feed(job(1), job(2)))
    await read(feed(job(1)))
    await store.prisma.vacancySource.updateMany({ data: { finishedAt: null } })
    expect(await read()).toMatchObject({ type: 'ended', counts: { gone: 0 } })
    expect([await missed(), await closed()]).toEqual([['2'], []])
    expect(await read()).toMatchObject({ counts: { gone: 1 } })
  })

  test('what stands there but cannot be understood any more is not missing', async () => {
    await read(feed(job(1), job(2)))
    await read(feed(job(1), '<job id="2"></job>'))
    expect(await missed()).toEqual([])
  })

  test.each([
    ['is empty', 3, feed()],
    ['has vacancies no more that can be understood', 3, feed('<job id="1"></job>', '<job id="2"></job>')],
    ['has less than half of ten', 10, feed(...jobs(1, 4))],
  ])('a feed that %s closes nothing, is told at once, and is well again afterwards', async (_what, count, page) => {
    await read(feed(...jobs(1, count)))
    for (const _ of ['once', 'twice', 'thrice'])
      expect(await read(page)).toMatchObject({ type: 'failed', trouble: { trouble: 'shrunk' }, counts: { gone: 0 } })
    expect([await missed(), await closed()]).toEqual([[], []])
    expect((await store.prisma.notice.findMany()).map(({ kind }) => kind)).toEqual(['sources.failing'])
    expect(await read(feed(...jobs(1, count)))).toMatchObject({ type: 'ended' })
  })

  test.each([
    ['half of ten', 10, feed(...jobs(1, 5))],
    ['less than half of nine', 9, feed(...jobs(1, 4))],
    ['half as many, all of them others', 10, feed(...jobs(21, 25))],
  ])('a feed that has %s is believed', async (_what, count, page) => {
    await read(feed(...jobs(1, count)))
    expect(await read(page)).toMatchObject({ type: 'ended' })
    expect(await missed()).not.toEqual([])
  })

  test('an empty feed of which nothing is known is no trouble', async () => {
    expect(await read(feed())).toMatchObject({ type: 'ended' })
  })

  test('the same number twice in a feed counts once, and changes nothing the next time', async () => {
    const twice = [job(1, 'Cook'), job(1, 'Cook by day'), job(2)]
    expect(await read(feed(...twice))).toMatchObject({ counts: { stored: 2, changed: 0, merged: 0 } })
    expect(await read(feed(...twice, ' '))).toMatchObject({ counts: { changed: 0, unchanged: 2 } })
  })

  test('more than one slice of vacancies is looked through', async () => {
    await read(feed(...jobs(1, 620)))
    await read(feed(...jobs(1, 618)))
    expect(await missed()).toEqual(['619', '620'])
    expect(await read(feed(...jobs(1, 618)))).toMatchObject({ counts: { gone: 2 } })
    expect(await closed()).toEqual(['Cook 619', 'Cook 620'])
  })
})
