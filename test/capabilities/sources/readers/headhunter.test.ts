import { afterEach, expect, test } from 'vitest'
import { createHeadHunter } from '../../../../src/capabilities/sources/readers/headhunter.ts'
import type { SourceEvent } from '../../../../src/capabilities/sources/readers/source.ts'
import { type Answering, answer, createTime, fetcherFor, openSite } from './world.ts'

const open: Awaited<ReturnType<typeof openSite>>[] = []
afterEach(async () => {
  for (const site of open.splice(0)) await site.close()
})

const json = { 'content-type': 'application/json; charset=UTF-8' }
const areas = JSON.stringify([
  { id: '113', name: 'Россия', areas: [{ id: '1', name: 'Москва', areas: [] }] },
  { id: '40', name: 'Казахстан', areas: [{ id: '160', name: 'Алматы', areas: [] }] },
])

type Job = { readonly id: string; readonly at: number; readonly archived?: boolean }

/** Answers a search as HeadHunter does: what was published in the time that is asked for, newest first, 2,000 at most. */
function searching(jobs: readonly Job[]): Answering {
  return (request, response) => {
    const query = new URL(request.url ?? '', 'http://localhost').searchParams
    const [from, to, page, per] = ['date_from', 'date_to', 'page', 'per_page'].map((name) => query.get(name) ?? '')
    const found = jobs
      .filter(({ at }) => at >= Date.parse(from ?? '') && at <= Date.parse(to ?? ''))
      .sort((a, b) => b.at - a.at)
    const start = Number(page) * Number(per)
    const isReachable = start + Number(per) <= 2_000 && query.get('area') === '40'
    const items = found.slice(start, start + Number(per)).map(({ id, at, archived = false }) => ({
      id,
      name: `Job ${id}`,
      area: { id: '160', name: 'Алматы' },
      alternate_url: `https://hh.kz/vacancy/${id}`,
      archived,
      published_at: new Date(at).toISOString(),
      snippet: { requirement: 'Not to be kept' },
    }))
    response.writeHead(isReachable ? 200 : 400, json)
    response.end(
      JSON.stringify({
        items,
        found: found.length,
        pages: Math.min(20, Math.ceil(found.length / 100)),
        page: Number(page),
      }),
    )
  }
}

async function boardOf(vacancies: string | Answering, changes: Partial<Parameters<typeof createHeadHunter>[0]> = {}) {
  const site = await openSite({ '/areas': areas, '/vacancies': vacancies })
  open.push(site)
  const time = createTime()
  const source = createHeadHunter({
    name: 'hh',
    language: null,
    url: site.url,
    token: 'secret',
    areas: ['Казахстан'],
    text: null,
    days: 7,
    most: 100,
    ...changes,
  })
  let since: string | undefined
  return {
    ...site,
    time,
    async run() {
      site.asked.length = 0
      const events: SourceEvent[] = []
      for await (const event of source.read(since, { fetcher: fetcherFor(time, { pause: 0 }), clock: time.clock })) {
        events.push(event)
        if (event.type === 'checkpoint') since = event.checkpoint
      }
      return events
    },
  }
}

const idsOf = (events: readonly SourceEvent[]) =>
  events.flatMap((event) => (event.type === 'vacancy' ? [event.raw.id] : []))
const now = createTime().clock.now()
const hour = 3_600_000

test('reads what was published, with its token, and drops what is archived', async () => {
  const board = await boardOf(
    searching([
      { id: '1', at: now - hour },
      { id: '2', at: now - 2 * hour, archived: true },
      { id: '3', at: now - 30 * 24 * hour },
    ]),
  )
  const events = await board.run()
  expect(events).toMatchObject([
    {
      type: 'vacancy',
      raw: { id: '1', title: 'Job 1', url: 'https://hh.kz/vacancy/1', town: 'Алматы', description: null },
    },
    { type: 'gone', id: '2' },
    { type: 'checkpoint' },
  ])
  expect(board.asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer secret', 'Bearer secret'])
})

test('more than can be reached is cut by time, oldest first, and all of it comes', async () => {
  const jobs = Array.from({ length: 4_500 }, (_, index) => ({ id: String(index), at: now - (index + 1) * 60_000 }))
  const board = await boardOf(searching(jobs))
  const ids = idsOf(await board.run())
  expect(new Set(ids).size).toBe(4_500)
})

test('a run that ends early goes on where it was', async () => {
  const jobs = Array.from({ length: 3_000 }, (_, index) => ({ id: String(index), at: now - (index + 1) * 3 * 60_000 }))
  const board = await boardOf(searching(jobs), { most: 10 })
  const first = new Set(idsOf(await board.run()))
  const all = new Set([...first, ...idsOf(await board.run()), ...idsOf(await board.run())])
  expect(first.size).toBeLessThan(3_000)
  expect(all.size).toBe(3_000)
})

test('the next run asks from a little before the last', async () => {
  const board = await boardOf(
    searching([
      { id: '1', at: now - 24 * hour },
      { id: '2', at: now - 60_000 },
    ]),
  )
  expect(idsOf(await board.run())).toEqual(['2', '1'])
  board.time.pass(hour)
  expect(idsOf(await board.run())).toEqual(['2'])
})

const errors = (error: object) => JSON.stringify({ errors: [error] })

test.each([
  [
    'a captcha',
    answer(403, json, errors({ type: 'captcha_required', captcha_url: 'https://hh.kz/captcha?a=1' })),
    'captcha',
    'https://hh.kz/captcha',
  ],
  ['its User-Agent', answer(400, json, errors({ type: 'bad_user_agent' })), 'refused', 'User-Agent'],
  ['its token', answer(403, json, errors({ type: 'oauth', value: 'token_revoked' })), 'token', 'HH_TOKEN'],
  [
    'a guard',
    answer(403, { 'content-type': 'text/html' }, '<!doctype html><title>DDoS-Guard</title>'),
    'blocked',
    'guard',
  ],
  ['another reason', answer(403, json, errors({ type: 'forbidden' })), 'blocked', 'forbidden'],
  ['patience', answer(429, { 'retry-after': '60' }), 'limited', 'asks to wait'],
  ['a page for JSON', '<!doctype html><p>Hello</p>', 'broken', 'JSON was expected'],
  ['half a JSON', answer(200, json, '{"items": ['), 'changedLayout', 'otherwise than described'],
  ['another JSON', '{"vacancies":[]}', 'changedLayout', 'otherwise than described'],
  ['5xx', answer(500, json, '{}'), 'broken', '500'],
] as const)('tells %s apart', async (_name, vacancies, trouble, why) => {
  const events = await (await boardOf(vacancies)).run()
  expect(events).toMatchObject([{ type: 'trouble', trouble, why: expect.stringContaining(why) }])
})

test('an item that is none is refused alone', async () => {
  const page = {
    items: [{ id: '7' }, null, { id: '8', name: 'Job', area: { id: '1', name: 'Алматы' } }],
    found: 3,
    pages: 1,
  }
  const events = await (await boardOf(JSON.stringify(page))).run()
  expect(events.map(({ type }) => type)).toEqual(['refused', 'refused', 'vacancy', 'checkpoint'])
})

test('without a token, or with a place that is none, nothing is searched', async () => {
  const silent = await boardOf(searching([]), { token: undefined })
  expect(await silent.run()).toMatchObject([
    { type: 'trouble', trouble: 'token', why: expect.stringContaining('HH_TOKEN') },
  ])
  expect(silent.asked).toEqual([])
  const lost = await boardOf(searching([]), { areas: ['Atlantis'] })
  expect(await lost.run()).toMatchObject([
    { type: 'trouble', trouble: 'refused', why: expect.stringContaining('Atlantis') },
  ])
})
