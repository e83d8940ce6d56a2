import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createFeed } from '../../../src/capabilities/sources/readers/feeds.ts'
import { createHeadHunter } from '../../../src/capabilities/sources/readers/headhunter.ts'
import { createPostingPages } from '../../../src/capabilities/sources/readers/posting-pages.ts'
import type { Source } from '../../../src/capabilities/sources/readers/source.ts'
import { createReadingTools, type ReadingTools } from '../../../src/capabilities/sources/reading.ts'
import { runSource } from '../../../src/capabilities/sources/run.ts'
import { root } from '../../../src/config.ts'
import type { Store } from '../../../src/store/open.ts'
import { createSqlite, type TestDatabase } from '../../support/databases.ts'
import { createTime, fetcherFor, openSite } from './readers/world.ts'

/** Whatever comes over the net, a run ends in order, and what was open before stays open. */
let database: TestDatabase
let store: Store
let tools: ReadingTools
const sites: Awaited<ReturnType<typeof openSite>>[] = []
beforeAll(async () => {
  database = await createSqlite()
  store = await database.open()
  const outside = { contact: 'mailto:me@example.org', sleep: async () => {}, random: () => 1 }
  tools = await createReadingTools({ core: store, files: root, outside })()
})
beforeEach(async () => {
  await store.prisma.vacancy.deleteMany()
  await store.prisma.vacancySighting.deleteMany()
  await store.prisma.vacancySource.deleteMany()
})
afterEach(async () => {
  for (const site of sites.splice(0)) await site.close()
})
afterAll(() => database.drop())

const posting = {
  ...{ '@type': 'JobPosting', title: 'Cook', datePosted: '2026-02-20', employmentType: ['FULL_TIME'] },
  baseSalary: { currency: 'KZT', value: { minValue: 200_000, maxValue: 250_000, unitText: 'MONTH' } },
  ...{ hiringOrganization: { name: 'Dam' }, description: '<p>Soup &amp; bread</p>' },
}
const item = { id: '1', name: 'Cook', area: { id: '40', name: 'Kazakhstan' }, archived: false, salary: { from: 1 } }
const common = { name: 'one', language: null }

type Kind = { readonly create: (url: string) => Source; readonly pages: Record<string, string> }
const kinds: Record<string, Kind> = {
  pages: {
    create: (url) =>
      createPostingPages({ ...common, list: `${url}/list`, cards: '/job/*', most: { cards: 9, lists: 2 } }),
    pages: {
      '/list': '<!doctype html><a href="/job/1">Cook</a><a href="/job/2">Cook</a>',
      '/job/1': `<!doctype html><script type="application/ld+json">${JSON.stringify(posting)}</script>`,
      '/job/2': `<!doctype html><script type="application/ld+json">${JSON.stringify({ '@graph': [posting] })}</script>`,
    },
  },
  jooble: {
    create: (url) => createFeed({ ...common, url: `${url}/feed`, format: 'jooble' }),
    pages: {
      '/feed':
        '<?xml version="1.0" encoding="utf-8"?><jobs><job id="1"><name>Cook</name><salary>200 000 KZT</salary>' +
        '<description><![CDATA[<b>Soup</b>]]></description></job><job id="2"><name>Welder</name></job></jobs>',
    },
  },
  yandex: {
    create: (url) => createFeed({ ...common, url: `${url}/feed`, format: 'yandex' }),
    pages: {
      '/feed':
        '<?xml version="1.0"?><source><vacancies><vacancy><url>https://example.org/1</url><job-name>Cook</job-name>' +
        '<creation-date>2026-02-20 09:00:00 GMT+5</creation-date></vacancy></vacancies></source>',
    },
  },
  headhunter: {
    create: (url) =>
      createHeadHunter({ ...common, url, token: 'secret', areas: ['Kazakhstan'], text: null, days: 7, most: 9 }),
    pages: {
      '/areas': '[{"id":"40","name":"Kazakhstan"}]',
      '/vacancies': JSON.stringify({ items: [item, { ...item, id: '2' }], found: 2, pages: 1 }),
    },
  },
}

/** Places as shares of the whole, so that they fit a page of any length. */
const Damage = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 400 })),
    put: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        '<',
        '>',
        '"',
        '{',
        ']',
        '\0',
        '\ud800',
        '</script>',
        '<!--',
        '<![CDATA[',
        '&#x0;',
        '1e999',
        'null',
      ),
    ),
  }),
  { minLength: 1, maxLength: 6 },
)

function damaged(page: string, damage: readonly { at: number; cut: number; put: string }[]): string {
  return damage.reduce((text, { at, cut, put }) => {
    const place = Math.floor(at * text.length)
    return text.slice(0, place) + put + text.slice(place + cut)
  }, page)
}

describe.each(Object.entries(kinds))('%s', (_, { create, pages }) => {
  test('with any damage end in order and close nothing', async () => {
    const whole = await openSite({ ...pages })
    sites.push(whole)
    const run = async () => {
      const time = createTime(database.clock.time)
      const signal = new AbortController().signal
      const plan = { source: create(whole.url), on: true, every: 3_600_000, privateHosts: ['127.0.0.1'] }
      return await runSource(plan, { ...tools, deadline: time.deadline, fetcher: fetcherFor(time), signal })
    }
    await run()
    const open = async () => {
      return (await store.prisma.vacancy.findMany({ where: { state: 'open' } })).map(({ id }) => id).sort()
    }
    const before = await open()
    expect(before.length).toBeGreaterThan(0)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(pages)), Damage, async (path, damage) => {
        Object.assign(whole.pages, pages, { [path]: damaged(pages[path] ?? '', damage) })
        await store.prisma.vacancySource.updateMany({ data: { checkpoint: null } })
        // A number that is damaged twice in a row is a vacancy that is missing twice.
        await store.prisma.vacancySighting.updateMany({ data: { missed: 0 } })
        expect(['ended', 'failed']).toContain((await run()).type)
        expect(await open()).toEqual(expect.arrayContaining(before))
      }),
      { numRuns: 60 },
    )
  })
})
