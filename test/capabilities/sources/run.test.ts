import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { consentVersion, newcomer } from '../../../flows/common/person.ts'
import { RawVacancy } from '../../../flows/vacancies/vacancy.ts'
import type { PlannedSource } from '../../../src/capabilities/sources/planned.ts'
import { createFeed } from '../../../src/capabilities/sources/readers/feeds.ts'
import { createHeadHunter } from '../../../src/capabilities/sources/readers/headhunter.ts'
import { createPostingPages } from '../../../src/capabilities/sources/readers/posting-pages.ts'
import type { Source, SourceEvent } from '../../../src/capabilities/sources/readers/source.ts'
import { createReadingTools, type ReadingTools } from '../../../src/capabilities/sources/reading.ts'
import { runSource } from '../../../src/capabilities/sources/run.ts'
import { root } from '../../../src/config.ts'
import type { Store } from '../../../src/store/open.ts'
import { savePerson } from '../../../src/store/people.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase } from '../../support/databases.ts'
import { answer, createTime, fetcherFor, openSite } from './readers/world.ts'

const databases = { sqlite: createSqlite, ...((await hasPostgresql()) && { postgresql: createPostgresql }) }
const hour = 3_600_000
const coordinator = 501

const job = (id: number, more = '') =>
  `<job id="${id}"><name>Cook ${id}</name><company>Dam ${id}</company>${more}</job>`
const feed = (...jobs: string[]) => `<?xml version="1.0"?><jobs>${jobs.join('')}</jobs>`
const plan = (source: Source, more: Partial<PlannedSource> = {}): PlannedSource => {
  return { source, on: true, every: 6 * hour, privateHosts: ['127.0.0.1'], ...more }
}
const vacancy = (id: string): SourceEvent => {
  const fields = { id, title: `Welder ${id}`, employer: `Firm ${id}`, town: 'Almaty' }
  return { type: 'vacancy', raw: RawVacancy.parse(fields) }
}
describe.each(Object.entries(databases))('a run of a source on %s', (_, create) => {
  let database: TestDatabase
  let store: Store
  let tools: ReadingTools
  const sites: Awaited<ReturnType<typeof openSite>>[] = []

  beforeAll(async () => {
    database = await create()
    store = await database.open()
    const outside = { contact: 'mailto:me@example.org', sleep: async () => {}, random: () => 1 }
    tools = await createReadingTools({ core: store, files: root, outside })()
    const consent = { version: consentVersion, at: 0, by: 'coordinator' as const }
    await savePerson(store, coordinator, { ...newcomer('kk'), ageBand: '18+', consent })
  })
  beforeEach(async () => {
    const { prisma } = store
    await prisma.vacancy.deleteMany()
    await prisma.vacancySighting.deleteMany()
    await prisma.vacancySource.deleteMany()
    await prisma.notice.deleteMany()
    database.clock.time = Date.UTC(2026, 10, 30, 9)
  })
  afterEach(async () => {
    for (const site of sites.splice(0)) await site.close()
  })
  afterAll(() => database.drop())

  const open = async (pages: Parameters<typeof openSite>[0]) => {
    const site = await openSite(pages)
    sites.push(site)
    return site
  }
  const run = (one: PlannedSource, signal = new AbortController().signal) => {
    const time = createTime(database.clock.time)
    return runSource(one, { ...tools, deadline: time.deadline, fetcher: fetcherFor(time), signal })
  }
  const made = (events: (since: string | undefined) => AsyncGenerator<SourceEvent>, name = 'made') =>
    plan({ name, kind: 'made', language: null, read: events })
  const kept = async () => {
    const rows = await store.prisma.vacancy.findMany({ orderBy: { id: 'asc' } })
    return rows.map(({ body, state }) => `${JSON.parse(body).title} ${state}`).sort()
  }
  const state = (name: string) => store.prisma.vacancySource.findUniqueOrThrow({ where: { name } })
  const notices = async () =>
    (await store.prisma.notice.findMany({ orderBy: { createdAt: 'asc' } })).map(({ kind }) => kind)

  test('stores what a feed has; the next one stores and changes nothing', async () => {
    const site = await open({ '/feed': feed(job(1), job(2), '<job id="3"></job>') })
    const source = plan(createFeed({ name: 'board', language: null, url: `${site.url}/feed`, format: 'jooble' }))
    expect(await run(source)).toMatchObject({ type: 'ended', counts: { stored: 2, refused: 1 } })
    expect(await kept()).toEqual(['Cook 1 open', 'Cook 2 open'])
    const before = await store.prisma.vacancy.findMany()
    const row = await state('board')
    expect(row).toMatchObject({ failures: 0, trouble: null, goodAt: BigInt(database.clock.time) })
    expect(Number(row.nextAt)).toBe(database.clock.time + 6 * hour)
    database.clock.time += 6 * hour
    site.pages['/feed'] = feed(job(1), job(2), '<job id="3"></job>', ' ')
    expect(await run(source)).toMatchObject({ counts: { stored: 0, changed: 0, unchanged: 2, refused: 1 } })
    expect(await store.prisma.vacancy.findMany()).toEqual(before)
  })

  test('trouble closes and deletes nothing, is noted with words, and is tried again later and later', async () => {
    const site = await open({ '/feed': feed(job(1)) })
    const source = plan(createFeed({ name: 'board', language: null, url: `${site.url}/feed`, format: 'jooble' }))
    await run(source)
    const waits: number[] = []
    for (const page of [
      answer(500, {}, 'oops'),
      answer(403, {}, 'no'),
      '<!doctype html><p>We moved',
      feed().slice(0, 30),
    ]) {
      site.pages['/feed'] = page
      expect(await run(source)).toMatchObject({ type: 'failed' })
      const row = await state('board')
      expect(row.why).toMatch(/\S/)
      waits.push(Number(row.nextAt) - database.clock.time)
    }
    expect(waits[0]).toBe(15 * 60_000)
    expect(Math.max(...waits)).toBeLessThanOrEqual(24 * hour)
    expect((await state('board')).failures).toBe(4)
    expect(await kept()).toEqual(['Cook 1 open'])
    expect(await store.prisma.vacancySighting.count()).toBe(1)
  })

  test('half a feed counts as far as it came, and the rest comes the next time', async () => {
    const whole = feed(job(1), job(2))
    const site = await open({ '/feed': whole.slice(0, whole.indexOf('<job id="2"') + 20) })
    const source = plan(createFeed({ name: 'board', language: null, url: `${site.url}/feed`, format: 'jooble' }))
    expect(await run(source)).toMatchObject({ type: 'failed', counts: { stored: 1 } })
    site.pages['/feed'] = whole
    expect(await run(source)).toMatchObject({ type: 'ended', counts: { stored: 1, unchanged: 1 } })
  })

  test('a wish for patience is heeded to the moment', async () => {
    const site = await open({ '/feed': answer(429, { 'retry-after': String((20 * hour) / 1_000) }) })
    const source = plan(createFeed({ name: 'board', language: null, url: `${site.url}/feed`, format: 'jooble' }))
    expect(await run(source)).toMatchObject({ type: 'failed', trouble: { trouble: 'limited' } })
    expect(Number((await state('board')).nextAt)).toBeGreaterThanOrEqual(database.clock.time + 20 * hour)
  })

  test('what a source says is over is closed, unless it stands elsewhere', async () => {
    const both = { employer: { name: 'Firm' }, area: { id: '40', name: 'Kazakhstan' } }
    const item = (id: string, archived = false) => ({ id, name: `Cook ${id}`, archived, ...both })
    const page = (...items: object[]) => JSON.stringify({ items, found: items.length, pages: 1 })
    const site = await open({ '/areas': '[{"id":"40","name":"Kazakhstan"}]', '/vacancies': page(item('1'), item('2')) })
    const common = { language: null, token: 'secret', areas: ['Kazakhstan'], text: null, days: 7, most: 9 }
    const source = plan(createHeadHunter({ ...common, name: 'hh', url: site.url }))
    await run(source)
    await store.prisma.vacancySighting.create({
      data: {
        ...{ source: 'elsewhere', sourceId: '9', url: null, digest: '', seenAt: 0n },
        vacancyId: (await store.prisma.vacancySighting.findFirstOrThrow({ where: { sourceId: '2' } })).vacancyId,
      },
    })
    site.pages['/vacancies'] = page(item('1', true), item('2', true), item('77', true))
    database.clock.time += hour
    expect(await run(source)).toMatchObject({ type: 'ended', counts: { gone: 2 } })
    expect(await kept()).toEqual(['Cook 1 closed', 'Cook 2 open'])
    const closed = await store.prisma.vacancy.findFirstOrThrow({ where: { state: 'closed' } })
    expect(Number(closed.changedAt)).toBe(database.clock.time)
    site.pages['/vacancies'] = page(item('1'))
    await run(source)
    expect(await kept()).toEqual(['Cook 1 open', 'Cook 2 open'])
  })

  test('a page that is gone closes the vacancy that stood on it', async () => {
    const card = '<script type="application/ld+json">{"@type":"JobPosting","title":"Cook"}</script>'
    const site = await open({ '/list': '<html><a href="/job/1">1</a>', '/job/1': card })
    const pages = createPostingPages({
      ...{ name: 'pages', language: null, list: `${site.url}/list?page={page}`, cards: '/job/*' },
      most: { cards: 9, lists: 1 },
    })
    await run(plan(pages))
    expect(await kept()).toEqual(['Cook open'])
    delete site.pages['/job/1']
    await store.prisma.vacancySource.updateMany({ data: { checkpoint: null } })
    expect(await run(plan(pages))).toMatchObject({ counts: { gone: 1 } })
    expect(await kept()).toEqual(['Cook closed'])
  })

  test('a run that is ended between two events goes on from its last checkpoint, and stores nothing twice', async () => {
    const stop = new AbortController()
    const begun: (string | undefined)[] = []
    const source = made(async function* (since) {
      begun.push(since)
      for (let page = Number(since ?? 0); page < 3; page++) {
        for (const id of ['a', 'b']) yield vacancy(`${page}${id}`)
        yield { type: 'checkpoint', checkpoint: String(page + 1) }
        if (page === 1 && begun.length === 1) {
          yield vacancy('2a')
          stop.abort()
        }
      }
    })
    expect(await run(source, stop.signal)).toMatchObject({ type: 'stopped' })
    expect(await state('made')).toMatchObject({ checkpoint: '2', finishedAt: null, trouble: null, failures: 0 })
    const report = await run(source)
    expect(begun).toEqual([undefined, '2'])
    expect(report).toMatchObject({ type: 'ended', counts: { stored: 6, unchanged: 1, merged: 0 } })
    expect(await store.prisma.vacancy.count()).toBe(6)
    expect(await state('made')).toMatchObject({ checkpoint: '3', failures: 0 })
  })

  test('a batch that cannot be written leaves the checkpoint where it was', async () => {
    const source = made(async function* () {
      yield vacancy('1')
      yield { type: 'checkpoint', checkpoint: 'one' }
      yield vacancy('2')
      yield { type: 'checkpoint', checkpoint: 'two' }
    })
    let batches = 0
    const core = {
      ...tools.core,
      newId: () => {
        if (++batches === 2) throw new Error('the disk is full')
        return `id-${database.clock.time}-${batches}`
      },
    }
    const time = createTime(database.clock.time)
    const given = { ...tools, core, deadline: time.deadline, fetcher: fetcherFor(time) }
    await expect(runSource(source, { ...given, signal: new AbortController().signal })).rejects.toThrow('disk is full')
    expect(await state('made')).toMatchObject({ checkpoint: 'one', finishedAt: null })
    expect(await run(source)).toMatchObject({ counts: { stored: 2, unchanged: 1 } })
  })

  test('a process that was asleep does not open what another has closed meanwhile, nor reads on', async () => {
    const other = made(async function* () {
      yield { type: 'gone', id: '1', url: null }
      yield { type: 'checkpoint', checkpoint: 'newer' }
    })
    const sleeper = made(async function* (since) {
      yield vacancy('1')
      if (since !== undefined) await run(other)
      yield { type: 'checkpoint', checkpoint: 'older' }
    })
    await run(sleeper)
    expect(await kept()).toEqual(['Welder 1 open'])
    expect(await run(sleeper)).toMatchObject({ type: 'stopped' })
    expect(await kept()).toEqual(['Welder 1 closed'])
    expect(await state('made')).toMatchObject({ checkpoint: 'newer', failures: 0 })
  })

  test('a long run pauses where it can go on, and counts on', async () => {
    const source = made(async function* (since) {
      for (let page = Number(since ?? 0); page < 4; page++) {
        yield vacancy(String(page))
        database.clock.time += 4 * 60_000
        yield { type: 'checkpoint', checkpoint: String(page + 1) }
      }
    })
    expect(await run(source)).toMatchObject({ type: 'paused', counts: { stored: 2 } })
    expect(Number((await state('made')).nextAt)).toBe(database.clock.time)
    expect(await run(source)).toMatchObject({ type: 'paused', counts: { stored: 4 } })
    expect(await run(source)).toMatchObject({ type: 'ended', counts: { stored: 4 } })
  })

  test('a run reads no more than it may, however often it pauses', async () => {
    const source = made(async function* (since) {
      for (let page = Number(since ?? 0); ; page++) {
        yield vacancy(String(page))
        yield { type: 'checkpoint', checkpoint: String(page + 1) }
      }
    })
    expect(await run({ ...source, most: 3 })).toMatchObject({ type: 'ended', counts: { stored: 3 } })
  })

  test('a reader that throws is trouble, and one that hangs is ended', async () => {
    const thrown = made(async function* () {
      yield vacancy('1')
      throw new TypeError('no such thing')
    }, 'thrown')
    expect(await run(thrown)).toMatchObject({ type: 'failed', counts: { stored: 1 } })
    const time = createTime(database.clock.time)
    const hung = made(async function* () {
      yield vacancy('2')
      await new Promise<void>((resolve) => {
        time.exceed(9 * 60_000)
        void resolve
      })
    }, 'hung')
    const signal = new AbortController().signal
    const report = await runSource(hung, { ...tools, deadline: time.deadline, fetcher: fetcherFor(time), signal })
    expect(report).toMatchObject({
      type: 'failed',
      counts: { stored: 1 },
      trouble: { why: expect.stringMatching(/longer than 9 minutes/) },
    })
  })

  test('two sources that see the same vacancy at once make one of it', async () => {
    const one = (name: string) =>
      made(async function* () {
        yield vacancy('same')
        yield { type: 'checkpoint', checkpoint: '1' }
      }, name)
    const reports = await Promise.all([run(one('first')), run(one('second'))])
    expect(reports.map(({ counts }) => counts.stored + counts.merged)).toEqual([1, 1])
    expect(await store.prisma.vacancy.count()).toBe(1)
    expect(await store.prisma.vacancySighting.count()).toBe(2)
  })

  describe('coordinators', () => {
    const failingRun = (trouble: 'broken' | 'changedLayout') =>
      run(
        made(async function* () {
          yield { type: 'trouble', trouble, until: null, why: 'it is so' }
        }),
      )
    const goodRun = () =>
      run(
        made(async function* () {
          yield { type: 'checkpoint', checkpoint: '1' }
        }),
      )

    test('hear of an outage once, from its third run on, and once that it is over', async () => {
      await goodRun()
      await failingRun('broken')
      await failingRun('broken')
      expect(await notices()).toEqual([])
      await failingRun('broken')
      await failingRun('broken')
      expect(await notices()).toEqual(['sources.failing'])
      await store.prisma.notice.updateMany({ data: { outcome: 'sent', finishedAt: 1n } })
      database.clock.time += hour
      await goodRun()
      await goodRun()
      expect(await notices()).toEqual(['sources.failing', 'sources.well'])
      database.clock.time += hour
      await failingRun('changedLayout')
      expect(await notices()).toEqual(['sources.failing', 'sources.well', 'sources.failing'])
    })

    test('hear nothing of an outage that was over before they could be told', async () => {
      await failingRun('changedLayout')
      await goodRun()
      const rows = await store.prisma.notice.findMany()
      expect(rows.map(({ kind, outcome }) => [kind, outcome])).toEqual([['sources.failing', 'withdrawn']])
    })
  })
})
