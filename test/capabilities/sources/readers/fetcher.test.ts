import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { isPublicAddress } from '../../../../src/capabilities/sources/readers/addresses.ts'
import { answer, createTime, fetcherFor, openSite } from './world.ts'

const open: Awaited<ReturnType<typeof openSite>>[] = []
afterEach(async () => {
  for (const site of open.splice(0)) await site.close()
})

async function site(pages: Parameters<typeof openSite>[0]) {
  const opened = await openSite(pages)
  open.push(opened)
  return opened
}

const page = '<!doctype html><p>Ағаш шебері</p>'
const html = { 'content-type': 'text/html; charset=utf-8' }

test('says who asks, and gives the page', async () => {
  const { url, asked } = await site({ '/a': page })
  const fetched = await fetcherFor(createTime()).get(`${url}/a#part`, { expects: 'page' })
  expect(fetched).toMatchObject({ type: 'ok', status: 200, url: `${url}/a` })
  expect(fetched.type === 'ok' && fetched.text()).toBe(page)
  expect(asked[1]?.headers['user-agent']).toBe('Serik/1.2.3 (+mailto:operator@example.org)')
})

test('unpacks gzip and brotli', async () => {
  const { url } = await site({
    '/gzip': answer(200, { ...html, 'content-encoding': 'gzip' }, gzipSync(page)),
    '/br': answer(200, { ...html, 'content-encoding': 'br' }, brotliCompressSync(page)),
  })
  const fetcher = fetcherFor(createTime())
  for (const path of ['/gzip', '/br']) {
    const fetched = await fetcher.get(url + path, { expects: 'page' })
    expect(fetched.type === 'ok' && fetched.text()).toBe(page)
  }
})

test.each([
  [
    'a bomb',
    answer(200, { ...html, 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(10_000_000, 32))),
    /more than 5000000 bytes/,
  ],
  [
    'a bomb of brotli',
    answer(200, { ...html, 'content-encoding': 'br' }, brotliCompressSync(Buffer.alloc(10_000_000, 32))),
    /more than 5000000/,
  ],
  ['10 MB', answer(200, html, Buffer.alloc(10_000_000, 32)), /more than 5000000 bytes/],
  [
    'half of what was packed',
    answer(200, { ...html, 'content-encoding': 'gzip' }, gzipSync(page).subarray(0, 20)),
    /cannot be unpacked/,
  ],
  ['an unknown packing', answer(200, { ...html, 'content-encoding': 'zstd' }, page), /zstd/],
  ['5xx', answer(500, html, page), /answers 500/],
  ['nothing there', answer(404, html, page), /answers 404/],
  ['a picture', answer(200, { 'content-type': 'image/png' }, 'x'), /image\/png/],
])('%s is told as broken', async (_name, answering, why) => {
  const { url } = await site({ '/a': answering })
  const fetched = await fetcherFor(createTime()).get(`${url}/a`, { expects: 'page' })
  expect(fetched).toMatchObject({ type: 'broken', why: expect.stringMatching(why) })
})

test('half a page is told as broken', async () => {
  const { url } = await site({
    '/a': (_request, response) => {
      response.writeHead(200, { ...html, 'content-length': '1000' })
      response.write('<p>half', () => response.socket?.destroy())
    },
  })
  expect(await fetcherFor(createTime()).get(`${url}/a`, { expects: 'page' })).toMatchObject({
    type: 'broken',
    why: expect.stringContaining('cut in the middle'),
  })
})

test.each([
  ['the whole takes too long', 60_000, 'longer than 60 s'],
  ['nothing comes for long', 20_000, 'nothing came for 20 s'],
])('a slow drip ends when %s', async (_name, limit, why) => {
  const time = createTime()
  const { url } = await site({
    '/a': (_request, response) => {
      response.writeHead(200, html)
      response.write('<')
      time.exceed(limit)
    },
  })
  expect(await fetcherFor(time).get(`${url}/a`, { expects: 'page' })).toMatchObject({
    type: 'broken',
    why: expect.stringContaining(why),
  })
  expect(time.waiting()).toEqual([])
})

test('a name service that never answers ends with the limit for connecting', async () => {
  const time = createTime()
  const resolve = () => {
    setImmediate(() => time.exceed(10_000))
    return new Promise<never>(() => {})
  }
  expect(
    await fetcherFor(time, { resolve }).get('http://slow.example/a', { expects: 'page', robots: false }),
  ).toMatchObject({
    type: 'broken',
    why: expect.stringContaining('no connection within 10 s'),
  })
})

test('403 and riddles are told as blocked, with what was said', async () => {
  const riddle = '<!doctype html><title>Just a moment...</title><div class="g-recaptcha"></div>'
  const { url } = await site({
    '/403': answer(403, { 'content-type': 'application/json' }, '{"errors":[]}'),
    '/riddle': answer(200, html, riddle),
    '/503': answer(503, html, riddle),
  })
  const fetcher = fetcherFor(createTime())
  expect(await fetcher.get(`${url}/403`, { expects: 'json' })).toMatchObject({
    type: 'blocked',
    status: 403,
    text: '{"errors":[]}',
  })
  expect(await fetcher.get(`${url}/riddle`, { expects: 'json' })).toMatchObject({ type: 'blocked', status: 200 })
  expect(await fetcher.get(`${url}/503`, { expects: 'page' })).toMatchObject({ type: 'blocked', status: 503 })
})

test('a page where JSON was expected is broken, whatever its type says', async () => {
  const { url } = await site({ '/a': page, '/b': answer(200, { 'content-type': 'application/json' }, page) })
  const fetcher = fetcherFor(createTime())
  expect(await fetcher.get(`${url}/a`, { expects: 'json' })).toMatchObject({ type: 'broken' })
  expect(await fetcher.get(`${url}/b`, { expects: 'json' })).toMatchObject({ type: 'broken' })
})

test('a host that asks for patience is left alone until then', async () => {
  const time = createTime()
  const pages: Parameters<typeof openSite>[0] = { '/a': answer(429, { 'retry-after': '120' }), '/b': page }
  const { url, paths } = await site(pages)
  const fetcher = fetcherFor(time)
  const until = time.clock.now() + 2_000 + 120_000
  expect(await fetcher.get(`${url}/a`, { expects: 'page' })).toMatchObject({ type: 'limited', until })
  expect(await fetcher.get(`${url}/b`, { expects: 'page' })).toMatchObject({ type: 'limited', until })
  expect(paths()).toEqual(['/a'])
  time.pass(120_000)
  expect(await fetcher.get(`${url}/b`, { expects: 'page' })).toMatchObject({ type: 'ok' })
})

test('one that does not say for how long is left alone for longer each time', async () => {
  const time = createTime()
  const { url } = await site({ '/a': answer(429, {}) })
  const fetcher = fetcherFor(time, { pause: 0 })
  const waits: number[] = []
  for (let times = 0; times < 3; times++) {
    const fetched = await fetcher.get(`${url}/a`, { expects: 'page' })
    const wait = fetched.type === 'limited' ? fetched.until - time.clock.now() : 0
    waits.push(wait)
    time.pass(wait)
  }
  expect(waits).toEqual([60_000, 120_000, 240_000])
})

test('pauses between two requests to a host, for as long as its robots.txt asks, at most a minute', async () => {
  for (const [delay, pause] of [
    ['', 2_000],
    ['Crawl-delay: 7', 7_000],
    ['Crawl-delay: 999', 60_000],
    ['Crawl-delay: x', 2_000],
  ] as const) {
    const time = createTime()
    const { url } = await site({ '/robots.txt': `User-agent: *\n${delay}`, '/a': page })
    const fetcher = fetcherFor(time)
    await Promise.all([fetcher.get(`${url}/a`, { expects: 'page' }), fetcher.get(`${url}/a`, { expects: 'page' })])
    expect(time.pauses).toEqual([pause, pause])
  }
})

test('never asks a host for two things at once', async () => {
  let under = 0
  let most = 0
  const { url } = await site({
    '/a': (_request, response) => {
      under++
      most = Math.max(most, under)
      setImmediate(() => {
        under--
        response.writeHead(200, html)
        response.end(page)
      })
    },
  })
  const fetcher = fetcherFor(createTime())
  await Promise.all(Array.from({ length: 5 }, () => fetcher.get(`${url}/a`, { expects: 'page' })))
  expect(most).toBe(1)
})

test('keeps to robots.txt, which is read once a day', async () => {
  const time = createTime()
  const { url, paths, asked } = await site({
    '/robots.txt': 'User-agent: *\nDisallow: /secret',
    '/a': page,
    '/secret/a': page,
  })
  const fetcher = fetcherFor(time)
  expect(await fetcher.get(`${url}/secret/a`, { expects: 'page' })).toMatchObject({
    type: 'refused',
    why: expect.stringContaining('robots.txt'),
  })
  expect(await fetcher.get(`${url}/a`, { expects: 'page' })).toMatchObject({ type: 'ok' })
  expect(paths()).toEqual(['/a'])
  expect(asked).toHaveLength(2)
  time.pass(86_400_000)
  await fetcher.get(`${url}/a`, { expects: 'page' })
  expect(asked).toHaveLength(4)
})

test('asks for nothing while robots.txt cannot be read', async () => {
  const time = createTime()
  const pages: Parameters<typeof openSite>[0] = { '/robots.txt': answer(502, html), '/a': page }
  const { url, paths } = await site(pages)
  const fetcher = fetcherFor(time)
  expect(await fetcher.get(`${url}/a`, { expects: 'page' })).toMatchObject({
    type: 'limited',
    until: time.clock.now() + 3_600_000,
  })
  pages['/robots.txt'] = answer(403, html)
  expect(await fetcher.get(`${url}/a`, { expects: 'page' })).toMatchObject({ type: 'limited' })
  expect(paths()).toEqual([])
  time.pass(3_600_000)
  expect(await fetcher.get(`${url}/a`, { expects: 'page' })).toMatchObject({ type: 'ok' })
})

test('is sent on, but not in a loop nor too often', async () => {
  const to = (location: string) => answer(302, { location })
  const many = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`/n${index}`, to(`/n${index + 1}`)]))
  const { url } = await site({
    ...many,
    '/a': to('b'),
    '/b': page,
    '/loop': to('/loop2'),
    '/loop2': to('/loop'),
    '/file': to('file:///etc/passwd'),
  })
  const fetcher = fetcherFor(createTime())
  expect(await fetcher.get(`${url}/a`, { expects: 'page' })).toMatchObject({ type: 'ok', url: `${url}/b` })
  expect(await fetcher.get(`${url}/loop`, { expects: 'page' })).toMatchObject({
    type: 'refused',
    why: expect.stringContaining('loop'),
  })
  expect(await fetcher.get(`${url}/n0`, { expects: 'page' })).toMatchObject({
    type: 'refused',
    why: expect.stringContaining('more than 5'),
  })
  expect(await fetcher.get(`${url}/file`, { expects: 'page' })).toMatchObject({
    type: 'refused',
    why: expect.stringContaining('neither http nor https'),
  })
})

test('is not sent on to a private address, and takes no secret to another host', async () => {
  const other = await site({ '/b': page })
  const { url, port } = await site({
    '/metadata': answer(302, { location: 'http://169.254.169.254/latest' }),
    '/inner': answer(302, { location: 'http://inner.example/' }),
    '/away': answer(307, { location: `${other.url}/b` }),
    '/named': page,
  })
  const resolve = async (name: string) => [{ address: name === 'inner.example' ? '10.0.0.7' : '127.0.0.1', family: 4 }]
  const fetcher = fetcherFor(createTime(), { resolve, privateHosts: ['127.0.0.1', 'site.example'] })
  expect(await fetcher.get(`${url}/metadata`, { expects: 'page' })).toMatchObject({
    type: 'refused',
    why: expect.stringContaining('169.254.169.254'),
  })
  expect(await fetcher.get(`${url}/inner`, { expects: 'page' })).toMatchObject({
    type: 'refused',
    why: expect.stringContaining('10.0.0.7'),
  })
  expect(await fetcher.get(`http://site.example:${port}/named`, { expects: 'page' })).toMatchObject({ type: 'ok' })
  await fetcher.get(`${url}/away`, { expects: 'page', headers: { authorization: 'Bearer secret' } })
  expect(other.asked.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined])
})

test('a name that has one private address among others is not asked', async () => {
  const resolve = async () => [
    { address: '93.184.215.14', family: 4 },
    { address: '::ffff:127.0.0.1', family: 6 },
  ]
  const fetcher = fetcherFor(createTime(), { resolve })
  expect(await fetcher.get('https://mixed.example/', { expects: 'page' })).toMatchObject({ type: 'refused' })
})

test.each([
  'http://127.1/',
  'http://2130706433/',
  'http://[::1]/',
  'http://[::ffff:7f00:1]/',
  'http://0x7f.0.0.1/',
  'http://user:word@example.org/',
  'ftp://example.org/',
  'no address',
  `https://example.org/${'a'.repeat(3000)}`,
])('does not ask for %s', async (address) => {
  expect(await fetcherFor(createTime(), { privateHosts: [] }).get(address, { expects: 'page' })).toMatchObject({
    type: 'refused',
  })
})

test.each(
  [
    '0.0.0.0 10.1.2.3 100.64.0.1 100.100.100.200 127.0.0.1 168.63.129.16 169.254.169.254 172.16.0.1 192.168.1.1 224.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:10.0.0.1 64:ff9b::a00:1 2002:a00:1:: fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 ff02::1 nonsense'.split(
      ' ',
    ),
  ].flat(),
)('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false))

test.each(['93.184.215.14', '2a02:6b8::2:242', '::ffff:93.184.215.14'])('%s is public', (address) =>
  expect(isPublicAddress(address)).toBe(true),
)

test.each([
  ['windows-1251 that says UTF-8', 'text/html; charset=utf-8', Buffer.from([0xcf, 0xee, 0xe2, 0xe0, 0xf0]), 'Повар'],
  ['UTF-8 that says windows-1251', 'text/html; charset=windows-1251', Buffer.from('Повар'), 'Повар'],
  ['KOI8-R that says so', 'text/html; charset=koi8-r', Buffer.from([0xf0, 0xcf, 0xd7, 0xc1, 0xd2]), 'Повар'],
  ['UTF-16 with its mark', 'text/html', Buffer.from('\uFEFFПовар', 'utf16le'), 'Повар'],
  ['an unknown charset', 'text/html; charset=nonsense', Buffer.from('Повар'), 'Повар'],
])('reads %s', async (_name, type, body, text) => {
  const { url } = await site({ '/a': answer(200, { 'content-type': type }, body) })
  const fetched = await fetcherFor(createTime()).get(`${url}/a`, { expects: 'page' })
  expect(fetched.type === 'ok' && fetched.text()).toBe(text)
})

test('ends when the program stops', async () => {
  const leaving = new AbortController()
  const { url } = await site({ '/a': () => leaving.abort() })
  const fetched = await fetcherFor(createTime()).get(`${url}/a`, { expects: 'page', signal: leaving.signal })
  expect(fetched).toMatchObject({ type: 'broken', why: expect.stringContaining('stopping') })
})

test.each([
  ['a page', page],
  ['JSON', '{"message":"not found"}'],
  ['a refusal', answer(403, html, page)],
])('%s in place of robots.txt is no rule', async (_name, robots) => {
  const { url } = await site({ '/robots.txt': robots, '/a': page })
  expect(await fetcherFor(createTime()).get(`${url}/a`, { expects: 'page' })).toMatchObject({ type: 'ok' })
})

test('a host that cuts every connection has no robots.txt to go by, and is left alone', async () => {
  const { url } = await site({ '/robots.txt': (_request, response) => void response.socket?.destroy(), '/a': page })
  expect(await fetcherFor(createTime()).get(`${url}/a`, { expects: 'page' })).toMatchObject({ type: 'limited' })
})

test('a header that cannot be sent is told as broken', async () => {
  const { url } = await site({ '/a': page })
  const fetched = await fetcherFor(createTime()).get(`${url}/a`, {
    expects: 'page',
    headers: { authorization: 'one\ntwo' },
  })
  expect(fetched).toMatchObject({ type: 'broken' })
})
