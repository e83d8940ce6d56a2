import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newcomer } from '../../flows/common/person.ts'
import { explainStart } from '../../src/app/start-errors.ts'
import { systemClock } from '../../src/base/clock.ts'
import { capabilities } from '../../src/capabilities/index.ts'
import { type BotApi, createBotApi, type Listening } from '../../src/playground/bot-api/create-bot-api.ts'
import { storeError } from '../../src/store/errors.ts'
import { openStore } from '../../src/store/open.ts'
import { savePerson } from '../../src/store/people.ts'
import { createFolder, dataKey, runSerik, spawnSerik, startSerik, token, webhookSecret } from './support/serik.ts'

/** What somebody sees who starts the program: where it listens, or what is wrong and what to do, in one line. */
let api: BotApi
let server: Listening
let folder: ReturnType<typeof createFolder>

beforeAll(async () => {
  api = createBotApi({ token })
  server = await api.listen()
})
afterAll(() => server.close())
beforeEach(() => {
  folder = createFolder()
})
afterEach(() => folder.remove())

const base = () => ({ DATABASE_URL: folder.database, HOME: folder.path, PORT: '0' })
const onTelegram = () => ({ ...base(), BOT_TOKEN: token, TELEGRAM_API_ROOT: server.url, SERIK_DATA_KEY: dataKey })

/** Runs a start that must fail: exit code 1, no stack, no token, and gives the message. */
async function failsWith(environment: Record<string, string>): Promise<string> {
  const { code, said } = await runSerik(environment)
  expect(code, said).toBe(1)
  expect(said).not.toMatch(/\n\s+at /)
  expect(said).not.toContain(environment.BOT_TOKEN ?? token)
  const message = said
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('{"level":"info"'))
  return message.join('\n')
}

async function occupy(): Promise<{ port: string; busy: Server }> {
  const busy = createServer()
  await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve))
  return { port: String((busy.address() as AddressInfo).port), busy } // of a server that listens on TCP
}

describe('with no token', () => {
  test('the playground starts and prints its address first', async () => {
    const serik = await startSerik(base())
    const line = serik.said().trim().split('\n')[0] ?? ''
    expect(line).toMatch(/^Serik: http:\/\/127\.0\.0\.1:\d+$/)
    const page = await fetch(line.replace('Serik: ', ''))
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')])
    expect(await serik.stop(), serik.said()).toBe(0)
  })

  test('a taken port is named with the remedy', async () => {
    const { port, busy } = await occupy()
    expect(await failsWith({ ...base(), PORT: port })).toMatch(
      new RegExp(`PORT ${port} is taken .* set PORT to a free one`),
    )
    busy.close()
  })
})

describe('on Telegram', () => {
  test.each(['polling', 'webhook'])('a wrong token is named with the remedy, %s', async (mode) => {
    const wrong = { ...onTelegram(), BOT_TOKEN: `7000003:${'x'.repeat(35)}` }
    const hook = { WEBHOOK_URL: 'https://example.org/hook', WEBHOOK_SECRET: webhookSecret }
    const message = await failsWith(mode === 'polling' ? wrong : { ...wrong, ...hook })
    expect(message).toMatch(/^BOT_TOKEN is not the token of a bot.*@BotFather/)
  })

  test.each(['polling', 'webhook'])(
    'a Telegram out of reach is waited for, said once, health red, %s',
    async (mode) => {
      const { port: telegram, busy } = await occupy()
      await new Promise((resolve) => busy.close(resolve))
      const { port } = await occupy().then(async (one) => {
        await new Promise((resolve) => one.busy.close(resolve))
        return one
      })
      const hook = { WEBHOOK_URL: 'https://example.org/hook', WEBHOOK_SECRET: webhookSecret }
      const root = { TELEGRAM_API_ROOT: `http://127.0.0.1:${telegram}`, PORT: port }
      const serik = spawnSerik({ ...onTelegram(), ...root, ...(mode === 'webhook' ? hook : {}) })
      expect(await serik.says(/cannot be reached/)).toMatch(/ECONNREFUSED/)
      const red = await fetch(`http://127.0.0.1:${port}/healthz`)
      expect([red.status, await red.json()]).toEqual([503, { live: true, ready: false, starting: true }])
      const late = createBotApi({ token })
      const listening = await late.listen(Number(telegram))
      await serik.says(/can be reached/)
      await serik.says(/Serik is polling|Serik listens/)
      expect(serik.said().match(/cannot be reached/g)).toHaveLength(1)
      expect(await serik.stop(), serik.said()).toBe(0)
      await listening.close()
    },
  )

  test('SIGTERM while Telegram is out of reach ends it at once and in peace', async () => {
    const { port, busy } = await occupy()
    await new Promise((resolve) => busy.close(resolve))
    const serik = spawnSerik({ ...onTelegram(), TELEGRAM_API_ROOT: `http://127.0.0.1:${port}` })
    await serik.says(/cannot be reached/)
    expect(await serik.stop(), serik.said()).toBe(0)
  })

  test('a taken port is named with the remedy, webhook', async () => {
    const { port, busy } = await occupy()
    const hook = { WEBHOOK_URL: `http://127.0.0.1:${port}/hook`, WEBHOOK_SECRET: webhookSecret, PORT: port }
    expect(await failsWith({ ...onTelegram(), ...hook })).toContain(`PORT ${port} is taken`)
    busy.close()
  })

  test('a webhook address that Telegram refuses is named with the remedy', async () => {
    const hook = { WEBHOOK_URL: 'https://example.org:4000/hook', WEBHOOK_SECRET: webhookSecret }
    expect(await failsWith({ ...onTelegram(), ...hook })).toMatch(/^WEBHOOK_URL is refused by Telegram.*443, 80, 88/)
  })

  test('a missing data key is named with the remedy', async () => {
    const { SERIK_DATA_KEY: _, ...without } = onTelegram()
    expect(await failsWith(without)).toMatch(/^SERIK_DATA_KEY is missing.*openssl rand -hex 32/)
  })

  test('another data key than the database was made with is refused', async () => {
    const serik = await startSerik(onTelegram())
    expect(await serik.stop()).toBe(0)
    const message = await failsWith({ ...onTelegram(), SERIK_DATA_KEY: '08'.repeat(32) })
    expect(message).toMatch(/data key does not fit.*SERIK_DATA_KEY/)
    expect(message).not.toMatch(/playground/)
    const error = storeError('key', 'data/playground.db')
    expect(explainStart(error, { mode: 'playground' })).toMatch(/playground\.key.*the user who began it/)
  })

  test('a second process on one SQLite file is refused; the first goes on', async () => {
    const first = await startSerik(onTelegram())
    expect(await failsWith(onTelegram())).toMatch(/^Another Serik already works with .*DATABASE_URL/)
    expect(await first.stop(), first.said()).toBe(0)
  })

  test('another bot’s token is refused on this one’s database, before anything is sent', async () => {
    const first = await startSerik(onTelegram())
    expect(await first.stop()).toBe(0)
    const other = createBotApi({ token: `7000004:${'y'.repeat(35)}` })
    const elsewhere = await other.listen()
    await other.perform('setWebhook', { url: 'https://example.org/of-the-other-bot' })
    const message = await failsWith({ ...onTelegram(), BOT_TOKEN: other.token, TELEGRAM_API_ROOT: elsewhere.url })
    expect(message).toMatch(/belongs to another bot \(7000002\).*DATABASE_URL of its own/)
    const asked = other.calls.list().map(({ method }) => method)
    expect(
      asked.filter((method) => !/^(get|setWebhook)/.test(method)),
      'its own webhook is left alone',
    ).toEqual([])
    await elsewhere.close()
  })

  test('the playground is refused on a database with people, and harms none of them', async () => {
    const DATABASE_URL = folder.database
    const store = await openStore({
      capabilities,
      url: DATABASE_URL,
      key: Buffer.from(dataKey, 'hex'),
      clock: systemClock,
    })
    await savePerson(store, 812_345_001, newcomer('kk'))
    await store.close()
    const { BOT_TOKEN: _, ...withoutToken } = onTelegram()
    expect(await failsWith(withoutToken)).toMatch(/people who may be real.*Set BOT_TOKEN/)
    const serik = await startSerik(onTelegram())
    expect(await serik.stop()).toBe(0)
    expect(await failsWith(withoutToken)).toMatch(/belongs to the bot 7000002.*Set BOT_TOKEN/)
    const after = new Database(folder.path.concat('/serik.db'), { readonly: true })
    expect(after.prepare('SELECT unreachable FROM Person').pluck().all()).toEqual([null])
    after.close()
  })

  test('a database made by a newer program is refused and left as it is', async () => {
    const serik = await startSerik(onTelegram())
    expect(await serik.stop()).toBe(0)
    const file = folder.database.slice('file:'.length)
    const database = new Database(file)
    database.exec(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
      VALUES ('x', 'x', '99990101000000_from_the_future', 1, 1)`)
    database.close()
    expect(await failsWith(onTelegram())).toMatch(/made by a newer program.*Start the newer program/)
  })

  test('a server of PostgreSQL that does not answer is named without its password', async () => {
    const { port, busy } = await occupy()
    await new Promise((resolve) => busy.close(resolve))
    const DATABASE_URL = `postgresql://user:secret-word@127.0.0.1:${port}/serik`
    const message = await failsWith({ ...onTelegram(), DATABASE_URL })
    expect(message).toMatch(/database server does not answer.*DATABASE_URL/)
    expect(message).not.toContain('secret-word')
  })

  test('the two signals of Ctrl+C under npm, the terminal’s and npm’s, are one', async () => {
    const serik = await startSerik(onTelegram())
    void serik.stop('SIGINT')
    expect(await serik.stop('SIGINT'), serik.said()).toBe(0)
  })

  test('SIGTERM while it starts ends it in peace', async () => {
    api.setFaults({ delay: { milliseconds: 1_500 }, methods: ['deleteWebhook'] })
    const serik = spawnSerik(onTelegram())
    await new Promise<void>((resolve) => {
      const stop = api.calls.changes.subscribe(({ method }) => {
        if (method !== 'deleteWebhook') return
        stop()
        resolve()
      })
    })
    expect(await serik.stop(), serik.said()).toBe(0)
    api.setFaults({})
  })
})
