import { once } from 'node:events'
import { createServer, request as requestHttp } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type BotApi, createBotApi, type Listening } from '../../src/playground/bot-api/create-bot-api.ts'
import { createControl } from '../../src/playground/control.ts'
import { createOffers } from '../../src/playground/employer/offers.ts'
import { createPlayground } from '../../src/playground/server.ts'

let api: BotApi
let server: Listening
beforeEach(async () => {
  api = createBotApi()
  createPlayground({ api, offers: createOffers() })
  api.mount('/control', createControl(api))
  api.mount('/healthz', { fetch: () => new Response('fine') })
  server = await api.listen()
})
afterEach(() => server.close())

/** An address of each kind on the port. */
const addresses = () => [
  `/bot${api.token}/getMe`,
  `/bot${api.token}/setWebhook?url=http://127.0.0.1:9/`,
  '/file/bot',
  '/control/faults',
  '/control/people',
  '/healthz',
  '/live',
  '/files/file-photo-1',
  '/people/1001/text',
  '/web/main.js',
  '/words/kk',
  '/robots.txt',
  '/employer/vacancies',
  '/employer/vacancies/1/close',
]

type Asked = {
  readonly path: string
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}
/** As a browser would send it: fetch does not let Host and Sec-Fetch-Site be set. */
async function ask({ path, method = 'GET', headers = {}, body }: Asked): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(server.url)
  const request = requestHttp({ hostname, port, path, method, headers, agent: false })
  request.end(body)
  const [response] = await once(request, 'response')
  if (path.startsWith('/live') && response.statusCode === 200) {
    request.destroy()
    return { status: 200, text: '' }
  }
  return { status: response.statusCode, text: await text(response) }
}

/** Sends bytes as they are and gives what comes back until the line is closed; null when it stays open. */
async function sendRaw(bytes: string): Promise<string> {
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  socket.end(bytes)
  let answer = ''
  socket.on('data', (chunk) => (answer += chunk))
  // A reset is an answer, too, and newer versions of Node give it where older ones close.
  await new Promise((resolve) => socket.once('close', resolve))
  return answer
}

const isAlive = async () => expect((await ask({ path: `/bot${api.token}/getMe` })).status).toBe(200)

describe('every address on the playground’s port', () => {
  test('answers programs on this machine', async () => {
    for (const path of addresses()) expect((await ask({ path })).status, path).not.toBe(403)
    for (const host of ['localhost', '127.0.0.1:3000', '[::1]:3000']) {
      expect((await ask({ path: '/healthz', headers: { host } })).status, host).toBe(200)
    }
  })

  test.each([
    ['a foreign name that points here', { host: 'rebound.example' }],
    ['a foreign name that looks like ours', { host: '127.0.0.1.example' }],
    ['no name that can be read', { host: 'a b' }],
    ['a page of another site', { origin: 'https://example.org' }],
    ['a page of another port', { origin: 'http://127.0.0.1:8080' }],
    ['a page without origin', { origin: 'null' }],
    ['a picture’s address on another site', { 'sec-fetch-site': 'cross-site' }],
    ['a picture’s address on another port', { 'sec-fetch-site': 'same-site' }],
  ])('refuses %s', async (_, headers) => {
    for (const path of addresses()) {
      for (const method of ['GET', 'POST', 'PUT', 'OPTIONS']) {
        expect((await ask({ path, method, headers, body: '{}' })).status, `${method} ${path}`).toBe(403)
      }
    }
    expect(await api.perform('getWebhookInfo')).toMatchObject({ url: '' })
  })

  test('answers the page itself, and a link to it from elsewhere', async () => {
    const { origin, host } = new URL(server.url)
    const own = { host, origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' }
    expect(await ask({ path: '/people/1001/text', method: 'POST', headers: own, body: '{"text":"x"}' })).toMatchObject({
      status: 200,
    })
    expect((await ask({ path: '/', headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(200)
  })

  test('lives through malformed addresses, methods, heads and bodies', async () => {
    const escapes = ['%', '%E0%A4%A', '%zz', '%00', '%ff%fe', '%2e%2e%2f', '%25%', '?%E0%A4%A', '?a=%']
    for (const prefix of [...addresses(), '/bot', `/file/bot${api.token}/`, '/words/', '/', '//', '/people/%/']) {
      for (const broken of escapes) {
        const { status } = await ask({ path: prefix + broken })
        expect(status, prefix + broken).toBeLessThan(500)
      }
    }
    await isAlive()
    expect((await ask({ path: '/file/bot%E0%A4%A' })).status).toBe(400)
    const form = 'content-type: multipart/form-data; boundary=x'
    const head = `host: 127.0.0.1\r\nconnection: close\r\n`
    const bodies = [
      '',
      '--x',
      '--x\r\n\r\n--x--',
      '--x\r\ncontent-disposition: form-data\r\n\r\na\r\n--x--',
      '{',
      '[1]',
      '\u0000',
    ]
    for (const method of [
      'GET',
      'POST',
      'PUT',
      'DELETE',
      'PATCH',
      'HEAD',
      'OPTIONS',
      'TRACE',
      'CONNECT',
      'PROPFIND',
      'ÄÖ',
    ]) {
      for (const body of bodies) {
        for (const type of [
          '',
          `${form}\r\n`,
          'content-type: application/json\r\n',
          'content-type: multipart/form-data\r\n',
        ]) {
          const length = Buffer.byteLength(body)
          await sendRaw(
            `${method} /bot${api.token}/sendMessage HTTP/1.1\r\n${head}${type}content-length: ${length}\r\n\r\n${body}`,
          )
        }
      }
    }
    await isAlive()
    for (const raw of [
      `GET http://[::/ HTTP/1.1\r\n${head}\r\n`,
      `GET * HTTP/1.1\r\n${head}\r\n`,
      `GET /healthz HTTP/1.0\r\n\r\n`,
      `GET /healthz HTTP/1.1\r\n\r\n`,
      `GET / HTTP/1.1\r\n${head}x: ${'x'.repeat(100_000)}\r\n\r\n`,
      `GET /${'x'.repeat(100_000)} HTTP/1.1\r\n${head}\r\n`,
      `GET / HTTP/1.1\r\n${head}upgrade: websocket\r\nconnection: upgrade\r\n\r\n`,
      `POST /bot${api.token}/sendMessage HTTP/1.1\r\n${head}content-length: 100\r\n\r\n{"chat`,
      `POST /bot${api.token}/sendMessage HTTP/1.1\r\n${head}transfer-encoding: chunked\r\n\r\nzz\r\n`,
      'no request at all\r\n\r\n',
    ]) {
      expect(await sendRaw(raw)).not.toMatch(/^HTTP\/1\.1 [25]00 .*(?:sent|TypeError)/)
    }
    await isAlive()
  })
})

describe('the local Bot API', () => {
  test('has another token at every start', () => {
    expect(createBotApi().token).not.toBe(api.token)
    expect(api.token).toMatch(/^7000001:[\w-]{32}$/)
  })

  test('posts what people write to this machine only', async () => {
    await api.perform('setWebhook', { url: 'https://example.org/hook' })
    api.person(1001).writes('құпия')
    await expect
      .poll(() => api.perform('getWebhookInfo'))
      .toMatchObject({
        last_error_message: 'The playground delivers to this machine only',
      })
    const received: string[] = []
    const here = createServer(async (request, response) => {
      received.push(await text(request))
      response.end('{}')
    })
    await once(here.listen(0, '127.0.0.1'), 'listening')
    const { port } = here.address() as AddressInfo // listening on a TCP port
    await api.perform('setWebhook', { url: `http://127.0.0.1:${port}/hook` })
    await api.confirmed()
    expect(received.join()).toContain('құпия')
    here.close()
  })
})
