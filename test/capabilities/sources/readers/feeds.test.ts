import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { createFeed, type FeedFormat } from '../../../../src/capabilities/sources/readers/feeds.ts'
import type { SourceEvent } from '../../../../src/capabilities/sources/readers/source.ts'
import { answer, createTime, fetcherFor, openSite } from './world.ts'

const open: Awaited<ReturnType<typeof openSite>>[] = []
afterEach(async () => {
  for (const site of open.splice(0)) await site.close()
})

const head = '<?xml version="1.0" encoding="utf-8"?>'
const jooble = `${head}<jobs>
  <job id="17">
    <link><![CDATA[https://jobs.example.org/17?a=1&b=2]]></link>
    <name><![CDATA[Повар & пекарь]]></name>
    <region><![CDATA[Шымкент]]></region>
    <salary><![CDATA[200 000 – 250 000 тенге]]></salary>
    <description><![CDATA[<p>Печь хлеб</p>]]></description>
    <company>ТОО &quot;Нан&quot;</company>
    <pubdate>28.11.2026</pubdate><updated>29.11.2026</updated><expire>20.12.2026</expire>
    <jobtype>full-time</jobtype><email>work@example.org</email>
  </job>
  <job id="18"><link>https://jobs.example.org/18</link></job>
  <job id="19"><name>Курьер</name></job>
</jobs>`
const yandex = `${head}<source creation-time="2026-11-30 09:00:00 GMT+5" host="jobs.example.org"><vacancies>
  <vacancy>
    <url>https://jobs.example.org/a</url><creation-date>2026-11-29 08:30:00 GMT+5</creation-date>
    <salary>от 180000</salary><currency>KZT</currency>
    <category><industry>Быт</industry><specialization>Швея</specialization></category>
    <job-name>Швея</job-name><employment>полная</employment><schedule>сменный</schedule>
    <description>Шить шторы</description><duty>Кроить</duty><term><contract>да</contract><text>Обед</text></term>
    <requirement><age>18-</age><education>среднее</education><experience>без опыта</experience><qualification>Аккуратность</qualification></requirement>
    <addresses><address><location>Казахстан, Тараз</location></address><address><location>Алматы</location></address></addresses>
    <company><name>ИП Игла</name><description>Ателье</description><phone>+7 700 000 00 00</phone><hr-agency>false</hr-agency></company>
  </vacancy>
</vacancies></source>`

async function feedOf(page: Parameters<typeof openSite>[0][string], format: FeedFormat = 'jooble') {
  const site = await openSite({ '/feed': page })
  open.push(site)
  const time = createTime()
  const source = createFeed({ name: 'feed', language: null, url: `${site.url}/feed`, format })
  let since: string | undefined
  return {
    ...site,
    async run() {
      const events: SourceEvent[] = []
      for await (const event of source.read(since, { fetcher: fetcherFor(time), clock: time.clock })) {
        events.push(event)
        if (event.type === 'checkpoint') since = event.checkpoint
      }
      return events
    },
  }
}

const typesOf = (events: readonly SourceEvent[]) => events.map(({ type }) => type)

test("reads Jooble's form", async () => {
  const feed = await feedOf(jooble)
  const events = await feed.run()
  expect(events).toMatchObject([
    {
      type: 'vacancy',
      raw: {
        id: '17',
        url: 'https://jobs.example.org/17?a=1&b=2',
        title: 'Повар & пекарь',
        employer: 'ТОО "Нан"',
        town: 'Шымкент',
        salary: '200 000 – 250 000 тенге',
        description: '<p>Печь хлеб</p>',
        employment: 'full-time',
        contact: 'work@example.org',
        published: '28.11.2026',
        validThrough: '20.12.2026',
      },
    },
    { type: 'refused', where: 'https://jobs.example.org/18', why: 'no title' },
    { type: 'vacancy', raw: { id: '19', title: 'Курьер', url: null } },
    { type: 'checkpoint' },
  ])
})

test("reads Yandex' form", async () => {
  const events = await (await feedOf(yandex, 'yandex')).run()
  expect(events).toMatchObject([
    {
      type: 'vacancy',
      raw: {
        url: 'https://jobs.example.org/a',
        title: 'Швея',
        employer: 'ИП Игла',
        town: 'Казахстан, Тараз',
        salary: 'от 180000',
        currency: 'KZT',
        experience: 'без опыта',
        education: 'среднее',
        schedule: 'сменный',
        description: 'Шить шторы\n\nКроить\n\nОбед',
        requirements: 'Аккуратность\n18+',
        contact: '+7 700 000 00 00',
        published: '2026-11-29T08:30:00+05:00',
      },
    },
    { type: 'checkpoint' },
  ])
})

test('a feed that is the same is not read again', async () => {
  const feed = await feedOf(jooble)
  await feed.run()
  expect(typesOf(await feed.run())).toEqual(['checkpoint'])
  feed.pages['/feed'] = jooble.replace('Курьер', 'Кассир')
  expect(typesOf(await feed.run())).toEqual(['vacancy', 'refused', 'vacancy', 'checkpoint'])
})

test('a feed is asked for news only, where its server can tell', async () => {
  const feed = await feedOf((request, response) => {
    const isKnown = request.headers['if-none-match'] === '"one"'
    response.writeHead(isKnown ? 304 : 200, { 'content-type': 'text/xml', etag: '"one"' })
    response.end(isKnown ? '' : jooble)
  })
  expect(await feed.run()).toHaveLength(4)
  expect(await feed.run()).toMatchObject([{ type: 'checkpoint', whole: 'unchanged' }])
})

test('of a feed that breaks off the complete part counts, and it is read again', async () => {
  const feed = await feedOf(
    answer(200, { 'content-type': 'text/xml' }, jooble.slice(0, jooble.indexOf('<job id="19"'))),
  )
  const events = await feed.run()
  expect(typesOf(events)).toEqual(['vacancy', 'refused', 'trouble'])
  expect(events.at(-1)).toMatchObject({
    trouble: 'broken',
    why: expect.stringContaining('breaks off after 2 vacancies'),
  })
  feed.pages['/feed'] = jooble
  expect(typesOf(await feed.run())).toEqual(['vacancy', 'refused', 'vacancy', 'checkpoint'])
})

test('a feed that is packed is unpacked, but no bomb is', async () => {
  const packed = (text: string | Buffer) => answer(200, { 'content-type': 'application/gzip' }, gzipSync(text))
  expect(await (await feedOf(packed(jooble))).run()).toHaveLength(4)
  expect(await (await feedOf(packed(Buffer.alloc(51_000_000)))).run()).toMatchObject([
    { type: 'trouble', trouble: 'broken' },
  ])
})

test('Windows-1251 is read, whether it is said within or not at all', async () => {
  // А–я stand together there, and in Unicode.
  const cyrillic = (text: string) =>
    Buffer.from(
      [...text].map((sign) => (/[А-я]/.test(sign) ? (sign.codePointAt(0) ?? 0) - 0x350 : (sign.codePointAt(0) ?? 0))),
    )
  for (const begin of ['<?xml version="1.0" encoding="windows-1251"?>', '']) {
    const feed = await feedOf(
      answer(
        200,
        { 'content-type': 'text/xml' },
        cyrillic(`${begin}<jobs><job id="1"><name>Повар</name></job></jobs>`),
      ),
    )
    expect(await feed.run()).toMatchObject([{ type: 'vacancy', raw: { title: 'Повар' } }, { type: 'checkpoint' }])
  }
})

test('entities that grow are left as they are, and elements without end are refused', async () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;">]><jobs><job id="1"><name>&c;</name></job></jobs>`
  expect(await (await feedOf(bomb)).run()).toMatchObject([
    { type: 'vacancy', raw: { title: '&c;' } },
    { type: 'checkpoint' },
  ])
  const deep = `<?xml version="1.0"?><jobs>${'<a>'.repeat(200_000)}`
  expect(await (await feedOf(deep)).run()).toMatchObject([
    { type: 'trouble', trouble: 'broken', why: expect.stringContaining('deep') },
  ])
})

test('no feed but a page, or nothing, is told in words', async () => {
  expect(await (await feedOf('<!doctype html><p>Moved</p>')).run()).toMatchObject([
    { type: 'trouble', trouble: 'broken' },
  ])
  expect(await (await feedOf(answer(200, { 'content-type': 'text/xml' }, ''))).run()).toMatchObject([
    { type: 'trouble', trouble: 'broken' },
  ])
  expect(await (await feedOf(answer(503, { 'retry-after': '60' }))).run()).toMatchObject([
    { type: 'trouble', trouble: 'limited', until: expect.any(Number) },
  ])
})

test('a packed feed that breaks off gives what is complete in it, and is told', async () => {
  const jobs = Array.from(
    { length: 500 },
    (_, index) => `<job id="${index}"><name>Cook ${Math.sin(index)}</name></job>`,
  )
  const packed = gzipSync(`${head}<jobs>${jobs.join('')}</jobs>`)
  const site = await openSite({
    '/feed': answer(200, { 'content-type': 'application/gzip' }, packed.subarray(0, packed.length / 2)),
  })
  open.push(site)
  const time = createTime()
  const events: SourceEvent[] = []
  const source = createFeed({ name: 'feed', language: null, url: `${site.url}/feed`, format: 'jooble' })
  for await (const event of source.read(undefined, { fetcher: fetcherFor(time), clock: time.clock })) events.push(event)
  expect(events.filter(({ type }) => type === 'vacancy').length).toBeGreaterThan(100)
  expect(events.at(-1)).toMatchObject({
    type: 'trouble',
    trouble: 'broken',
    why: expect.stringMatching(/breaks off after/),
  })
})
