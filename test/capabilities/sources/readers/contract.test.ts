import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { createFeed } from '../../../../src/capabilities/sources/readers/feeds.ts'
import { createHeadHunter } from '../../../../src/capabilities/sources/readers/headhunter.ts'
import { createPostingPages } from '../../../../src/capabilities/sources/readers/posting-pages.ts'
import type { Source, SourceEvent } from '../../../../src/capabilities/sources/readers/source.ts'
import { type Answering, answer, createTime, fetcherFor, openSite } from './world.ts'

const open: Awaited<ReturnType<typeof openSite>>[] = []
afterEach(async () => {
  for (const site of open.splice(0)) await site.close()
})

type Page = string | Answering
type Kind = {
  readonly create: (url: string) => Source
  /** A site with one vacancy, and the path under which it is found first. */
  readonly pages: Record<string, Page>
  readonly first: string
  readonly type: string
}

const common = { name: 'one', language: null }
const kinds: Record<string, Kind> = {
  pages: {
    create: (url) =>
      createPostingPages({ ...common, list: `${url}/list?page={page}`, cards: '/job/*', most: { cards: 9, lists: 9 } }),
    pages: {
      '/list?page=1': '<!doctype html><a href="/job/1">Cook</a>',
      '/job/1': '<!doctype html><script type="application/ld+json">{"@type":"JobPosting","title":"Cook"}</script>',
    },
    first: '/list?page=1',
    type: 'text/html',
  },
  jooble: {
    create: (url) => createFeed({ ...common, url: `${url}/feed`, format: 'jooble' }),
    pages: { '/feed': '<?xml version="1.0"?><jobs><job id="1"><name>Cook</name></job></jobs>' },
    first: '/feed',
    type: 'text/xml',
  },
  yandex: {
    create: (url) => createFeed({ ...common, url: `${url}/feed`, format: 'yandex' }),
    pages: {
      '/feed':
        '<?xml version="1.0"?><source><vacancies><vacancy><job-name>Cook</job-name></vacancy></vacancies></source>',
    },
    first: '/feed',
    type: 'text/xml',
  },
  headhunter: {
    create: (url) =>
      createHeadHunter({ ...common, url, token: 'secret', areas: ['Казахстан'], text: null, days: 7, most: 9 }),
    pages: {
      '/areas': '[{"id":"40","name":"Казахстан"}]',
      '/vacancies': '{"items":[{"id":"1","name":"Cook","area":{"id":"40","name":"Казахстан"}}],"found":1,"pages":1}',
    },
    first: '/areas',
    type: 'application/json',
  },
}

const captcha = '<!doctype html><title>Captcha</title><p>Are you a robot?</p>'

/** What hosts do instead of answering, and what has to be said of it. */
const failures: Record<string, { readonly page: (type: string) => Page; readonly troubles: readonly string[] }> = {
  'a refusal': { page: () => answer(403, { 'content-type': 'text/html' }, 'no'), troubles: ['blocked'] },
  'a captcha': { page: () => answer(200, { 'content-type': 'text/html' }, captcha), troubles: ['captcha', 'blocked'] },
  'a captcha that refuses': {
    page: () => answer(403, { 'content-type': 'text/html' }, captcha),
    troubles: ['captcha', 'blocked'],
  },
  'a wish for patience': { page: () => answer(429, { 'retry-after': '90' }), troubles: ['limited'] },
  'another page': {
    page: () => answer(200, { 'content-type': 'text/html' }, '<!doctype html><p>We moved</p>'),
    troubles: ['broken', 'changedLayout'],
  },
  'half of it': {
    page: (type) => (_request, response) => {
      response.writeHead(200, { 'content-type': type, 'content-length': '999' })
      response.write('<', () => response.socket?.destroy())
    },
    troubles: ['broken'],
  },
  'far too much': {
    page: (type) =>
      answer(200, { 'content-type': type, 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(51_000_000, 32))),
    troubles: ['broken'],
  },
  'a question for a key': { page: () => answer(401, { 'content-type': 'text/html' }, 'who?'), troubles: ['token'] },
  'a loop': { page: () => answer(302, { location: '#again' }), troubles: ['refused'] },
  'a way into the inner net': { page: () => answer(302, { location: 'http://10.0.0.1/' }), troubles: ['refused'] },
  'a fault of its own': { page: () => answer(500, {}, 'oops'), troubles: ['broken'] },
  nothing: { page: (type) => answer(200, { 'content-type': type }, ''), troubles: ['broken', 'changedLayout'] },
}

async function openBoard({ create, pages }: Kind) {
  const site = await openSite({ ...pages })
  open.push(site)
  const time = createTime()
  const source = create(site.url)
  return {
    ...site,
    time,
    async run(since?: string) {
      const fetcher = fetcherFor(time)
      const events: SourceEvent[] = []
      for await (const event of source.read(since, { fetcher, clock: time.clock })) events.push(event)
      return events
    },
  }
}

describe.each(Object.entries(kinds))('%s', (_name, kind) => {
  test('gives vacancies, and says last how far it came', async () => {
    const events = await (await openBoard(kind)).run()
    expect(events.filter(({ type }) => type === 'vacancy')).toMatchObject([{ raw: { title: 'Cook' } }])
    expect(events.at(-1)?.type).toBe('checkpoint')
  })

  test.each(['', 'nonsense', 'null', '{}', '[1]', '{"known":1,"until":"x","digest":0}'])(
    'begins anew with the checkpoint %j, which is none of its own',
    async (since) => {
      const events = await (await openBoard(kind)).run(since)
      expect(events.filter(({ type }) => type === 'vacancy')).toHaveLength(1)
    },
  )

  test.each(Object.entries(failures))(
    'tells of %s, invents nothing and comes back to it',
    async (_failure, { page, troubles }) => {
      const board = await openBoard(kind)
      board.pages[kind.first] = page(kind.type)
      const events = await board.run()
      expect(events).toMatchObject([{ type: 'trouble', why: expect.stringMatching(/\S/) }])
      expect(troubles).toContain(events[0]?.type === 'trouble' && events[0].trouble)
      Object.assign(board.pages, kind.pages)
      board.time.pass(90_000)
      expect((await board.run()).filter(({ type }) => type === 'vacancy')).toHaveLength(1)
    },
  )

  test('may be left at any event', async () => {
    const site = await openSite({ ...kind.pages })
    open.push(site)
    const time = createTime()
    for await (const event of kind.create(site.url).read(undefined, { fetcher: fetcherFor(time), clock: time.clock })) {
      expect(event.type).toBe('vacancy')
      break
    }
  })
})
