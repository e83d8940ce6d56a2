import { createServer as createHttpServer, request as httpRequest } from 'node:http'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type BotApi, createBotApi, type Listening } from '../../src/playground/bot-api/create-bot-api.ts'
import { createPostgresql, hasPostgresql, type TestDatabase } from '../support/databases.ts'
import { createSilentLine, type SilentLine } from '../support/silent-line.ts'
import { createFolder, dataKey, type Serik, spawnSerik, startSerik, token, webhookSecret } from './support/serik.ts'

/** The program ends when it is asked to, whatever hangs; far below what a test may take (and a supervisor waits). */
let api: BotApi
let server: Listening
let folder: ReturnType<typeof createFolder>
const closing: (() => unknown)[] = []
const running: Serik[] = []

beforeEach(async () => {
  api = createBotApi({ token })
  server = await api.listen()
  folder = createFolder()
})
afterEach(async () => {
  for (const serik of running.splice(0)) await serik.stop('SIGKILL')
  for (const close of closing.splice(0).reverse()) await close()
  await server.close()
  folder.remove()
})

const environment = () => ({
  BOT_TOKEN: token,
  TELEGRAM_API_ROOT: server.url,
  DATABASE_URL: folder.database,
  SERIK_DATA_KEY: dataKey,
  HOME: folder.path,
  PORT: '0',
})

async function start(more: Readonly<Record<string, string>> = {}): Promise<Serik> {
  const serik = await startSerik({ ...environment(), ...more })
  running.push(serik)
  return serik
}

/** A Telegram that takes every connection and never answers; tells when somebody has come. */
async function createHole(): Promise<{ url: string; visited: Promise<void> }> {
  const sockets = new Set<Socket>()
  let come = () => {}
  const visited = new Promise<void>((resolve) => (come = resolve))
  const hole: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).once('data', come)
  })
  await new Promise<void>((resolve) => hole.listen(0, '127.0.0.1', resolve))
  closing.push(
    () => hole.close(),
    () => {
      for (const socket of sockets) socket.destroy()
    },
  )
  return { url: urlOf(hole), visited }
}

function urlOf(listening: Server): string {
  const address = listening.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
}

/** The way to the local Telegram, on which new messages come to a standstill; tells of those and of the last poll. */
async function createStandstill(): Promise<{ url: string; sending: Promise<void>; confirming: Promise<void> }> {
  let [sent, confirmed] = [() => {}, () => {}]
  const sending = new Promise<void>((resolve) => (sent = resolve))
  const confirming = new Promise<void>((resolve) => (confirmed = resolve))
  const front = createHttpServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray())
    if (request.url?.endsWith('/sendMessage')) return sent()
    if (request.url?.endsWith('/getUpdates') && body.includes('"timeout":0')) confirmed()
    const { method = 'POST', headers } = request
    const onward = httpRequest(`${server.url}${request.url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    response.on('close', () => onward.destroy())
    onward.on('error', () => response.destroy()).end(body)
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  closing.push(
    () => front.close(),
    () => front.closeAllConnections(),
  )
  return { url: urlOf(front), sending, confirming }
}

const isPostgresqlHere = await hasPostgresql()

describe('the program ends with 0', () => {
  test('while Telegram does not answer: the screens on their way are shown after the next start', async () => {
    const { url, sending } = await createStandstill()
    const serik = await start({ TELEGRAM_API_ROOT: url })
    const person = api.person()
    person.starts()
    await sending
    expect(await serik.stop(), serik.said()).toBe(0)
    expect(serik.said()).toMatch(/"level":"warn".*"screens":1.*taken or shown after the next start/)
    await start()
    await person.waitFor(({ lastFromBot }) => lastFromBot !== undefined, 20_000)
  })

  test('while Telegram does not answer at the start', async () => {
    const hole = await createHole()
    const serik = spawnSerik({ ...environment(), TELEGRAM_API_ROOT: hole.url })
    running.push(serik)
    await hole.visited
    expect(await serik.stop(), serik.said()).toBe(0)
  })

  test('while somebody floods it and Telegram asks for patience', async () => {
    api.setFaults({ enforceLimits: true })
    const serik = await start()
    const person = api.person()
    person.starts()
    for (let one = 0; one < 300; one++) person.writes(`${one}`)
    await api.calls.waitFor(({ method, code }) => method === 'sendMessage' && code === 429, 30_000)
    expect(await serik.stop(), serik.said()).toBe(0)
  })

  test('while strangers keep half requests open at the webhook', async () => {
    const serik = await start({ WEBHOOK_URL: 'https://example.org/hook', WEBHOOK_SECRET: webhookSecret })
    const { port } = JSON.parse(await serik.says(/Serik listens/)) as { port: number } // a line of our own log
    for (const words of ['POST /any HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\na', 'GET /healthz HT']) {
      const socket = connect(port, '127.0.0.1')
      closing.push(() => socket.destroy())
      socket.on('error', () => {})
      await new Promise<void>((resolve) => socket.write(words, () => resolve()))
    }
    // An answer to somebody else: the half ones have arrived before it.
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(200)
    expect(await serik.stop(), serik.said()).toBe(0)
  })

  test('in the playground, with a page that keeps its connection', async () => {
    const { BOT_TOKEN: _, TELEGRAM_API_ROOT: __, ...without } = environment()
    const serik = await startSerik(without)
    running.push(serik)
    const url = serik.said().match(/http:\S+/)?.[0] ?? ''
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    closing.push(() => socket.destroy())
    socket.on('error', () => {})
    await new Promise<void>((resolve) => socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n', () => resolve()))
    expect(await serik.stop(), serik.said()).toBe(0)
  })

  test.skipIf(!isPostgresqlHere)('while the database has fallen silent', async () => {
    const database: TestDatabase = await createPostgresql()
    closing.push(database.drop)
    const at = new URL(database.url)
    const line: SilentLine = await createSilentLine(at.hostname, Number(at.port || 5432))
    closing.push(line.close)
    at.hostname = '127.0.0.1'
    at.port = String(line.port)
    const serik = await start({ DATABASE_URL: at.href })
    line.silence()
    api.person().starts()
    await api.calls.waitFor(({ method }) => method === 'getUpdates', 20_000)
    expect(await serik.stop(), serik.said()).toBe(0)
  })
})

test('a second signal ends it at once, unless it comes with the first', async () => {
  const { url, sending, confirming } = await createStandstill()
  const serik = await start({ TELEGRAM_API_ROOT: url })
  api.person().starts()
  await sending
  const ended = serik.stop('SIGTERM')
  await confirming // the signal has been heard; the screen is still waited for
  const impatient = setInterval(() => void serik.stop('SIGINT'), 200)
  closing.push(() => clearInterval(impatient))
  expect(await ended, serik.said()).toBe(130)
})

test('a failure that nobody waited for is told and does not end the program', async () => {
  const stray = "process.on('SIGUSR2', () => void Promise.reject(new TypeError('stray')))"
  const serik = await start({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(stray)}` })
  void serik.stop('SIGUSR2')
  await serik.says(/nobody waited for/)
  api.person(5_001).starts()
  await api.person(5_001).waitFor(({ lastFromBot }) => lastFromBot, 30_000)
  expect(await serik.stop()).toBe(0)
})
