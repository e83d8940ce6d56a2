import { afterEach, expect, test } from 'vitest'
import { createGlob } from '../../../../src/capabilities/sources/readers/card-links.ts'
import { postingsIn } from '../../../../src/capabilities/sources/readers/linked-data.ts'
import { marksOf } from '../../../../src/capabilities/sources/readers/marks.ts'
import { createPostingPages } from '../../../../src/capabilities/sources/readers/posting-pages.ts'
import type { SourceEvent } from '../../../../src/capabilities/sources/readers/source.ts'
import { answer, createTime, fetcherFor, openSite } from './world.ts'

const open: Awaited<ReturnType<typeof openSite>>[] = []
afterEach(async () => {
  for (const site of open.splice(0)) await site.close()
})

type Pages = Parameters<typeof openSite>[0]

const script = (json: string) => `<script type="application/ld+json">${json}</script>`
const posting = (title: string) => JSON.stringify({ '@context': 'https://schema.org', '@type': 'JobPosting', title })
const card = (title: string) => `<!doctype html><h1>${title}</h1>${script(posting(title))}`
const bare = '<!doctype html><h1>A card without linked data</h1>'
const list = (...numbers: number[]) =>
  `<!doctype html><a href="/ru">home</a><a href="https://other.example/ru/vacancy/x~1">ad</a>${numbers.map((number) => `<a class=x href="/ru/vacancy/job~${number}?utm_source=list#top">job</a>`).join('')}`
const listPath = (page: number) => `/ru/search/vacancy?page=${page}`
const cardPath = (number: number) => `/ru/vacancy/job~${number}`
const cards = (from: number, to: number): Pages =>
  Object.fromEntries(
    Array.from({ length: to - from + 1 }, (_, index) => [cardPath(from + index), card(`Job ${from + index}`)]),
  )

async function boardOf(
  pages: Pages,
  most: Parameters<typeof createPostingPages>[0]['most'] = { cards: 100, lists: 20 },
) {
  const site = await openSite(pages)
  open.push(site)
  const time = createTime()
  const tools = { fetcher: fetcherFor(time), clock: time.clock }
  const source = createPostingPages({
    name: 'board',
    language: null,
    list: `${site.url}/ru/search/vacancy?page={page}`,
    cards: '/ru/vacancy/*~*',
    most,
  })
  let since: string | undefined
  return {
    ...site,
    time,
    async run() {
      site.asked.length = 0
      const events: SourceEvent[] = []
      for await (const event of source.read(since, tools)) {
        events.push(event)
        if (event.type === 'checkpoint') since = event.checkpoint
      }
      return {
        titles: events.flatMap((event) => (event.type === 'vacancy' ? [event.raw.title] : [])),
        urls: events.flatMap((event) => (event.type === 'vacancy' ? [event.raw.url] : [])),
        others: events.filter(({ type }) => type !== 'vacancy' && type !== 'checkpoint'),
      }
    },
  }
}

test('reads lists and cards, and the next time only what is new', async () => {
  const board = await boardOf({
    [listPath(1)]: list(4, 3),
    [listPath(2)]: list(2, 1),
    [listPath(3)]: list(),
    ...cards(1, 4),
  })
  const first = await board.run()
  expect(first.titles).toEqual(['Job 4', 'Job 3', 'Job 2', 'Job 1'])
  expect(first.urls[0]).toBe(board.url + cardPath(4))
  expect(first.others).toEqual([])
  expect(await board.run()).toMatchObject({ titles: [], others: [] })
  expect(board.paths()).toEqual([listPath(1)])
  Object.assign(board.pages, { [listPath(1)]: list(5, 4), ...cards(5, 5) })
  expect((await board.run()).titles).toEqual(['Job 5'])
})

test('a run that is interrupted goes on, and misses nothing that came on top meanwhile', async () => {
  const board = await boardOf(
    { [listPath(1)]: list(6, 5), [listPath(2)]: list(4, 3), [listPath(3)]: list(2, 1), ...cards(1, 8) },
    { cards: 3, lists: 20 },
  )
  expect((await board.run()).titles).toEqual(['Job 6', 'Job 5', 'Job 4'])
  Object.assign(board.pages, {
    [listPath(1)]: list(8, 7),
    [listPath(2)]: list(6, 5),
    [listPath(3)]: list(4, 3),
    [listPath(4)]: list(2, 1),
  })
  expect((await board.run()).titles).toEqual(['Job 8', 'Job 7', 'Job 3'])
  expect((await board.run()).titles).toEqual(['Job 2', 'Job 1'])
  expect((await board.run()).titles).toEqual([])
})

test('a run that is cut off on top of an older interruption comes back to both', async () => {
  const board = await boardOf(
    { [listPath(1)]: list(6, 5), [listPath(2)]: list(4, 3), [listPath(3)]: list(2, 1), ...cards(1, 9) },
    { cards: 3, lists: 20 },
  )
  await board.run()
  Object.assign(board.pages, {
    [listPath(1)]: list(9, 8),
    [listPath(2)]: list(7, 6),
    [listPath(3)]: list(5, 4),
    [listPath(4)]: list(3, 2),
    [listPath(5)]: list(1),
    [cardPath(8)]: answer(429, { 'retry-after': '60' }),
  })
  const cut = await board.run()
  expect(cut.titles).toEqual(['Job 9'])
  expect(cut.others).toMatchObject([{ type: 'trouble', trouble: 'limited' }])
  board.time.pass(60_000)
  Object.assign(board.pages, cards(8, 8))
  const titles = [...(await board.run()).titles, ...(await board.run()).titles, ...(await board.run()).titles]
  expect(titles).toEqual(['Job 8', 'Job 7', 'Job 3', 'Job 2', 'Job 1'])
})

test('a card that is gone, broken or bare hurts no other', async () => {
  const board = await boardOf({
    [listPath(1)]: list(5, 4, 3, 2, 1),
    ...cards(1, 5),
    [cardPath(5)]: answer(410, {}),
    [cardPath(4)]: answer(500, {}),
    [cardPath(3)]: bare,
    [cardPath(2)]: `<!doctype html>${script('{"@type": "JobPosting", "title"')}`,
  })
  const { titles, others } = await board.run()
  expect(titles).toEqual(['Job 1'])
  expect(others).toMatchObject([
    { type: 'gone', url: board.url + cardPath(5) },
    { type: 'refused', why: expect.stringContaining('500') },
    { type: 'refused', why: 'no JobPosting in it' },
    { type: 'refused', why: 'its linked data is broken' },
  ])
  Object.assign(board.pages, cards(4, 4))
  expect((await board.run()).titles).toEqual(['Job 4'])
})

test('a card that had no JobPosting is taken when it has one again, and costs no further list until then', async () => {
  const board = await boardOf({
    [listPath(1)]: list(3, 2),
    [listPath(2)]: list(1),
    [listPath(3)]: list(),
    ...cards(1, 3),
  })
  board.pages[cardPath(3)] = bare
  expect((await board.run()).titles).toEqual(['Job 2', 'Job 1'])
  expect(await board.run()).toMatchObject({ titles: [], others: [] })
  expect(board.paths()).toEqual([listPath(1), cardPath(3)])
  Object.assign(board.pages, cards(3, 3))
  expect((await board.run()).titles).toEqual(['Job 3'])
  await board.run()
  expect(board.paths()).toEqual([listPath(1)])
})

test('a changed layout is told, and nothing of it is taken for read', async () => {
  const board = await boardOf({ [listPath(1)]: list(2, 1), ...cards(1, 9) })
  await board.run()
  const changed = Object.fromEntries([3, 4, 5, 6, 7].map((number) => [cardPath(number), bare]))
  Object.assign(board.pages, { [listPath(1)]: list(9, 7, 6, 5, 4, 3) }, changed)
  Object.assign(board.pages, { [cardPath(9)]: bare })
  const { titles, others } = await board.run()
  expect(titles).toEqual([])
  expect(others.at(-1)).toMatchObject({
    type: 'trouble',
    trouble: 'changedLayout',
    why: expect.stringContaining('where there was one before'),
  })
  Object.assign(board.pages, cards(3, 9))
  expect((await board.run()).titles).toEqual(['Job 9', 'Job 7', 'Job 6', 'Job 5', 'Job 4', 'Job 3'])
})

test('a list without cards is a changed layout, one that asks who one is blocks', async () => {
  const board = await boardOf({ [listPath(1)]: '<!doctype html><a href="/jobs/1">Job</a>' })
  expect((await board.run()).others).toMatchObject([{ type: 'trouble', trouble: 'changedLayout' }])
  board.pages[listPath(1)] = '<!doctype html><title>captcha</title>'
  expect((await board.run()).others).toMatchObject([{ type: 'trouble', trouble: 'captcha' }])
})

test('what cannot be asked ends the run in words', async () => {
  const board = await boardOf({ [listPath(1)]: answer(403, {}), '/robots.txt': 'User-agent: *\nDisallow: /kk' })
  expect((await board.run()).others).toMatchObject([{ type: 'trouble', trouble: 'blocked' }])
  const closed = await boardOf({ '/robots.txt': 'User-agent: *\nDisallow: /' })
  expect((await closed.run()).others).toMatchObject([{ type: 'trouble', trouble: 'robots' }])
})

test.each([
  ['a graph', `{"@graph":[{"@type":"WebSite"},${posting('A')}]}`],
  ['a list', `[${posting('A')}]`],
  ['a list of items', `{"@type":"ItemList","itemListElement":[{"@type":"ListItem","item":${posting('A')}}]}`],
  ['a comment', `<!-- ${posting('A')} -->`],
  ['CDATA', `//<![CDATA[\n${posting('A')}\n//]]>`],
  ['CDATA in a comment', `/*<![CDATA[*/${posting('A')}/*]]>*/`],
  ['entities', posting('A').replaceAll('"', '&quot;')],
  ['line breaks in a text', posting('A').replace('{', '{"description":"one\ntwo\tthree",')],
  ['a comma too many', posting('A').replace('}', ',\n}')],
  ['two types', posting('A').replace('"JobPosting"', '["JobPosting","Thing"]')],
])('finds a posting in %s, beside a script that is broken', (_name, json) => {
  const { scripts } = marksOf(`<html>${script('{"@type":')}<script>var a = "</b>"</script>${script(json)}`)
  const { postings, broken } = postingsIn(scripts)
  expect(postings.map(({ title }) => title)).toEqual(['A'])
  expect(broken).toBe(1)
})

test('a text keeps its line breaks and its commas', () => {
  const { postings } = postingsIn(['{"@type":"JobPosting","title":"a,]\n,}","n":[1,],}'])
  expect(postings).toMatchObject([{ title: 'a,]\n,}', n: [1] }])
})

test.each([
  ['/ru/vacancy/*~*', '/ru/vacancy/cook~12', true],
  ['/ru/vacancy/*~*', '/ru/vacancy/~12', false],
  ['/ru/vacancy/*~*', '/ru/vacancy/cook~', false],
  ['/ru/vacancy/*~*', '/kk/vacancy/cook~12', false],
  ['/job/*.html', '/job/a.html.html', true],
  ['/job/*.html', '/job/.html', false],
  ['/job', '/job', true],
  ['/job', '/jobs', false],
])('%s and %s: %s', (pattern, path, isLike) => expect(createGlob(pattern)(path)).toBe(isLike))

test('of several postings the one that names the page is the card', async () => {
  const board = await boardOf({ [listPath(1)]: list(1) })
  const own = JSON.stringify({ '@type': 'JobPosting', title: 'Own', url: `${board.url}${cardPath(1)}` })
  board.pages[cardPath(1)] = `<!doctype html>${script(posting('Like it'))}${script(own)}`
  expect((await board.run()).titles).toEqual(['Own'])
})

test('goes back only so far, over as many runs as it takes, and then reads what is new', async () => {
  const board = await boardOf(
    {
      [listPath(1)]: list(8, 7),
      [listPath(2)]: list(6, 5),
      [listPath(3)]: list(4, 3),
      [listPath(4)]: list(2, 1),
      ...cards(1, 9),
    },
    { cards: 3, lists: 20, depth: 5 },
  )
  const titles = [...(await board.run()).titles, ...(await board.run()).titles]
  expect(titles).toEqual(['Job 8', 'Job 7', 'Job 6', 'Job 5', 'Job 4', 'Job 3'])
  expect((await board.run()).titles).toEqual([])
  board.pages[listPath(1)] = list(9, 8)
  expect((await board.run()).titles).toEqual(['Job 9'])
})

test('a run that is ended within a long list goes on there, and loses half a minute at most', async () => {
  const numbers = Array.from({ length: 60 }, (_, index) => 60 - index)
  const site = await openSite({ [listPath(1)]: list(...numbers), [listPath(2)]: list(), ...cards(1, 60) })
  open.push(site)
  const time = createTime()
  const source = createPostingPages({
    ...{ name: 'board', language: null, list: `${site.url}/ru/search/vacancy?page={page}`, cards: '/ru/vacancy/*~*' },
    most: { cards: 100, lists: 20 },
  })
  const titles: string[] = []
  let since: string | undefined
  for (let left = 40; left > 0; ) {
    for await (const event of source.read(since, { fetcher: fetcherFor(time), clock: time.clock })) {
      if (event.type === 'checkpoint') since = event.checkpoint
      if (event.type === 'vacancy') titles.push(event.raw.title)
      if (event.type === 'vacancy' && --left === 0) break
    }
  }
  expect(new Set(titles).size).toBe(40)
  for await (const event of source.read(since, { fetcher: fetcherFor(time), clock: time.clock }))
    if (event.type === 'vacancy') titles.push(event.raw.title)
  expect(new Set(titles).size).toBe(60)
  // Two seconds lie between two cards.
  expect(titles.length).toBeLessThanOrEqual(60 + 16)
})

test('an empty first list is no trouble where there may be none at times, unless a riddle stands there', async () => {
  const site = await openSite({ '/list': '<!doctype html><p>No vacancies at present' })
  open.push(site)
  const time = createTime()
  const source = createPostingPages({
    ...{ name: 'board', language: null, list: `${site.url}/list`, cards: '/job/*', mayBeEmpty: true },
    most: { cards: 9, lists: 9 },
  })
  const run = async () => {
    const events: SourceEvent[] = []
    for await (const event of source.read(undefined, { fetcher: fetcherFor(time), clock: time.clock }))
      events.push(event)
    return events
  }
  expect(await run()).toMatchObject([{ type: 'checkpoint' }])
  site.pages['/list'] = '<!doctype html><title>Captcha</title>'
  expect(await run()).toMatchObject([{ type: 'trouble', trouble: 'captcha' }])
})
