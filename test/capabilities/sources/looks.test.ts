import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PlannedSource } from '../../../src/capabilities/sources/planned.ts'
import { createHeadHunter } from '../../../src/capabilities/sources/readers/headhunter.ts'
import { createPostingPages } from '../../../src/capabilities/sources/readers/posting-pages.ts'
import type { Source } from '../../../src/capabilities/sources/readers/source.ts'
import { createReadingTools, type ReadingTools } from '../../../src/capabilities/sources/reading.ts'
import { runSource } from '../../../src/capabilities/sources/run.ts'
import { root } from '../../../src/config.ts'
import type { Store } from '../../../src/store/open.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase } from '../../support/databases.ts'
import { type Answering, answer, createTime, fetcherFor, openSite } from './readers/world.ts'

const databases = { sqlite: createSqlite, ...((await hasPostgresql()) && { postgresql: createPostgresql }) }
const hour = 3_600_000
const day = 24 * hour

type Pages = Parameters<typeof openSite>[0]

const salary = (pay: number) => ({ currency: 'KZT', value: { minValue: pay, unitText: 'MONTH' } })
const card = (id: number, pay = 200_000, more: object = {}) => {
  const place = { address: { addressLocality: 'Almaty' } }
  const posting = { '@type': 'JobPosting', title: `Cook ${id}`, hiringOrganization: `Dam ${id}`, jobLocation: place }
  return `<html><script type="application/ld+json">${JSON.stringify({ ...posting, baseSalary: salary(pay), ...more })}</script>`
}
const bare = '<html><h1>No vacancy</h1>'
const list = (...ids: number[]) => `<html>${ids.map((id) => `<a href="/job/${id}">job</a>`).join('')}`
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
const cards = (ids: readonly number[]): Pages => Object.fromEntries(ids.map((id) => [`/job/${id}`, card(id)]))

describe.each(Object.entries(databases))('what is known already on %s', (_, create) => {
  let database: TestDatabase
  let store: Store
  let tools: ReadingTools
  const sites: Awaited<ReturnType<typeof openSite>>[] = []

  beforeAll(async () => {
    database = await create()
    store = await database.open()
    const outside = { contact: 'mailto:me@example.org', sleep: async () => {}, random: () => 1 }
    tools = await createReadingTools({ core: store, files: root, outside })()
  })
  beforeEach(async () => {
    await store.prisma.vacancy.deleteMany()
    await store.prisma.vacancySighting.deleteMany()
    await store.prisma.vacancySource.deleteMany()
    database.clock.time = Date.UTC(2026, 10, 30, 9)
  })
  afterEach(async () => {
    for (const site of sites.splice(0)) await site.close()
  })
  afterAll(() => database.drop())

  const open = async (pages: Pages, make: (url: string) => Source) => {
    const site = await openSite(pages)
    sites.push(site)
    const plan: PlannedSource = { source: make(site.url), on: true, every: 6 * hour, privateHosts: ['127.0.0.1'] }
    return {
      ...site,
      /** Reads it once; what was asked for comes back with the report. */
      async run() {
        site.asked.length = 0
        const time = createTime(database.clock.time)
        const signal = new AbortController().signal
        const report = await runSource(plan, {
          ...{ ...tools, deadline: time.deadline, signal },
          fetcher: fetcherFor(time, { pause: 0 }),
        })
        return { ...report, paths: site.paths() }
      },
    }
  }
  /** A site of cards, all of them read. */
  const board = async (ids: readonly number[], changes: Pages = {}, most = 50) => {
    const site = await open({ '/list': list(...ids), ...cards(ids), ...changes }, (url) =>
      createPostingPages({
        ...{ name: 'pages', language: null, list: `${url}/list?page={page}`, cards: '/job/*' },
        most: { cards: most, lists: 1 },
      }),
    )
    await site.run()
    return site
  }
  const kept = async () => {
    const rows = await store.prisma.vacancy.findMany()
    return Object.fromEntries(rows.map(({ body, state }) => [JSON.parse(body).title.split(' ')[1], state]))
  }
  const looks = (paths: readonly string[]) => paths.filter((path) => path.startsWith('/job/'))

  test('is looked at once a day: changed pay is taken, and people are told of more', async () => {
    const site = await board([1, 2])
    site.pages['/job/1'] = card(1, 300_000)
    database.clock.time += 6 * hour
    expect(looks((await site.run()).paths)).toEqual([])
    database.clock.time += 18 * hour
    const report = await site.run()
    expect(looks(report.paths)).toHaveLength(2)
    expect(report.counts).toMatchObject({ changed: 1, unchanged: 1, stored: 0 })
    const changed = await store.prisma.vacancy.findMany({ where: { edition: 1 } })
    expect(changed.map(({ body }) => JSON.parse(body))).toMatchObject([{ title: 'Cook 1', pay: { min: 300_000 } }])
    expect(changed[0]?.newsAt).toBe(BigInt(database.clock.time))
    expect(looks((await site.run()).paths)).toEqual([])
  })

  test('is closed at once where its page is gone, or its last day has passed', async () => {
    const site = await board([1, 2, 3])
    delete site.pages['/job/1']
    site.pages['/job/2'] = card(2, 200_000, { validThrough: '2026-11-30' })
    database.clock.time += 2 * day
    expect(await site.run()).toMatchObject({ type: 'ended', counts: { gone: 2 } })
    expect(await kept()).toEqual({ 1: 'closed', 2: 'closed', 3: 'open' })
  })

  test('that was gone and is there again under the same address is open again', async () => {
    const site = await board([1, 2])
    delete site.pages['/job/1']
    database.clock.time += day
    await site.run()
    expect(await kept()).toEqual({ 1: 'closed', 2: 'open' })
    database.clock.time += 6 * hour
    await site.run()
    site.pages['/job/1'] = card(1)
    database.clock.time += 6 * hour
    await site.run()
    expect(await kept()).toEqual({ 1: 'open', 2: 'open' })
  })

  test.each<[string, string | Answering]>([
    ['without its JobPosting', bare],
    ['that sends on to the list', answer(302, { location: '/list' })],
    ['that shows another vacancy alone', card(9, 1, { identifier: 'another' })],
  ])('a page %s closes it the second time in a row, and not the first', async (_name, page) => {
    const own = (id: number) => card(id, 200_000, { identifier: `own-${id}` })
    const site = await board([1, 2], { '/job/1': own(1), '/job/2': own(2) })
    for (const [shown, state] of [
      [page, 'open'],
      [own(1), 'open'],
      [page, 'open'],
      [page, 'closed'],
    ] as const) {
      site.pages['/job/1'] = shown
      database.clock.time += day
      expect(await site.run()).toMatchObject({ type: 'ended' })
      expect(await kept()).toEqual({ 1: state, 2: 'open' })
    }
  })

  test('where no card has a JobPosting any more the site has changed, and nothing is closed', async () => {
    const ids = upTo(6)
    const site = await board(ids)
    for (const id of ids) site.pages[`/job/${id}`] = bare
    for (const _day of [1, 2, 3]) {
      database.clock.time += day
      expect(await site.run()).toMatchObject({ type: 'failed', trouble: { trouble: 'changedLayout' } })
    }
    expect(new Set(Object.values(await kept()))).toEqual(new Set(['open']))
    expect(await store.prisma.vacancySighting.count({ where: { missed: { gt: 0 } } })).toBe(0)
  })

  test('is asked for news only, where its server can tell', async () => {
    const page: Answering = (request, response) => {
      const isSame = request.headers['if-none-match'] === '"a"' && request.headers['if-modified-since'] === 'yesterday'
      response.writeHead(isSame ? 304 : 200, { 'content-type': 'text/html', etag: '"a"', 'last-modified': 'yesterday' })
      response.end(isSame ? '' : card(1))
    }
    const site = await board([1], { '/job/1': page })
    for (const _day of [1, 2]) {
      database.clock.time += day
      expect(await site.run()).toMatchObject({ type: 'ended', counts: { unchanged: 0, refused: 0, gone: 0 } })
      expect(site.asked.at(-1)).toMatchObject({ path: '/job/1', headers: { 'if-none-match': '"a"' } })
      const row = await store.prisma.vacancySighting.findFirstOrThrow()
      expect(row).toMatchObject({ etag: '"a"', modified: 'yesterday', lookedAt: BigInt(database.clock.time) })
    }
    expect(await kept()).toEqual({ 1: 'open' })
  })

  test.each<[string, Answering]>([
    ['500', answer(500, {}, 'oops')],
    ['503', answer(503, { 'retry-after': '60' })],
    ['403', answer(403, {}, 'no')],
    ['a captcha', answer(200, { 'content-type': 'text/html' }, '<html>captcha')],
    ['a connection that is cut', (request) => request.socket.destroy()],
  ])('%s closes nothing, however often it comes', async (_name, page) => {
    const site = await board([1, 2], {})
    site.pages['/job/1'] = page
    for (const _day of [1, 2, 3]) {
      database.clock.time += day
      expect((await site.run()).paths).toContain('/job/1')
    }
    expect(await kept()).toEqual({ 1: 'open', 2: 'open' })
  })

  test('a card that keeps us out is not the first of every run', async () => {
    const site = await board([1, 2])
    site.pages['/job/1'] = answer(403, {}, 'no')
    database.clock.time += day
    expect(looks((await site.run()).paths)).toEqual(['/job/1'])
    expect(looks((await site.run()).paths)).toEqual(['/job/2'])
  })

  test('a fifth of the cards of a run are known ones, those of longest ago first; all of them where nothing is new', async () => {
    const site = await board(upTo(12), {}, 12)
    for (const id of upTo(12)) {
      const at = { lookedAt: BigInt(database.clock.time - id * 1_000) }
      await store.prisma.vacancySighting.updateMany({ where: { url: `${site.url}/job/${id}` }, data: at })
    }
    database.clock.time += day
    const news = upTo(30).map((id) => 100 + id)
    Object.assign(site.pages, { '/list': list(...news), ...cards(news) })
    const known = (paths: readonly string[]) => looks(paths).filter((path) => path.length <= '/job/12'.length)
    const first = await site.run()
    expect(known(first.paths)).toEqual(['/job/12', '/job/11', '/job/10'])
    expect(looks(first.paths)).toHaveLength(12)
    site.pages['/list'] = list(...news.slice(0, 9))
    const second = await site.run()
    expect(known(second.paths)).toEqual(
      upTo(9)
        .reverse()
        .map((id) => `/job/${id}`),
    )
  })

  describe('of HeadHunter', () => {
    const item = (id: number, more: object = {}) => {
      const place = { area: { id: '40', name: 'Kazakhstan' }, employer: { name: `Dam ${id}` } }
      return {
        id: String(id),
        name: `Cook ${id}`,
        salary: { from: 200_000, currency: 'KZT', gross: false },
        ...place,
        ...more,
      }
    }
    const page = (ids: readonly number[]) =>
      JSON.stringify({ items: ids.map((id) => item(id)), found: ids.length, pages: 1 })
    const headHunter = async (ids: readonly number[], most = 40) => {
      const pages: Pages = { '/areas': '[{"id":"40","name":"Kazakhstan"}]', '/vacancies': page(ids) }
      for (const id of ids) pages[`/vacancies/${id}`] = JSON.stringify(item(id))
      const common = { name: 'hh', language: null, token: 'secret', areas: ['Kazakhstan'], text: null, days: 7, most }
      const site = await open(pages, (url) => createHeadHunter({ ...common, url }))
      await site.run()
      site.pages['/vacancies'] = page([])
      return site
    }
    const looked = (paths: readonly string[]) => paths.filter((path) => path.startsWith('/vacancies/'))

    test('is looked at after six hours: archived or gone closes it, changed figures are taken', async () => {
      const site = await headHunter([1, 2, 3, 4, 5])
      site.pages['/vacancies/1'] = JSON.stringify(item(1, { archived: true }))
      delete site.pages['/vacancies/2']
      site.pages['/vacancies/3'] = JSON.stringify(item(3, { salary: { from: 250_000, currency: 'KZT', gross: false } }))
      site.pages['/vacancies/4'] = answer(500, {}, 'oops')
      database.clock.time += 3 * hour
      expect(looked((await site.run()).paths)).toEqual([])
      database.clock.time += 3 * hour
      const report = await site.run()
      expect(report).toMatchObject({ type: 'ended', counts: { gone: 2, changed: 1, unchanged: 1 } })
      expect(await kept()).toEqual({ 1: 'closed', 2: 'closed', 3: 'open', 4: 'open', 5: 'open' })
      expect(await store.prisma.vacancy.count({ where: { edition: 1 } })).toBe(1)
      expect(looked((await site.run()).paths)).toEqual([])
    })

    test('half of the requests of a run go to it, to what was looked at longest ago first', async () => {
      const ids = upTo(9)
      const site = await headHunter(ids, 6)
      for (const id of ids) {
        const at = { lookedAt: BigInt(database.clock.time - id * 1_000) }
        await store.prisma.vacancySighting.updateMany({ where: { sourceId: String(id) }, data: at })
      }
      site.pages['/vacancies'] = JSON.stringify({ items: [], found: 300, pages: 3 })
      database.clock.time += 6 * hour
      expect(looked((await site.run()).paths)).toEqual(['/vacancies/9', '/vacancies/8', '/vacancies/7'])
    })

    test('a refusal closes nothing, and the next run begins with another', async () => {
      const site = await headHunter([1, 2])
      site.pages['/vacancies/1'] = answer(
        403,
        { 'content-type': 'application/json' },
        '{"errors":[{"type":"forbidden"}]}',
      )
      database.clock.time += 6 * hour
      expect(await site.run()).toMatchObject({ type: 'failed', trouble: { trouble: 'blocked' } })
      const next = await site.run()
      expect(next.type).toBe('ended')
      expect(looked(next.paths)).toEqual(['/vacancies/2'])
      expect(await kept()).toEqual({ 1: 'open', 2: 'open' })
    })
  })
})
