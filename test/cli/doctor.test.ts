import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../src/base/clock.ts'
import { ConfigError } from '../../src/base/config-error.ts'
import { type DoctorTools, examine } from '../../src/cli/doctor.ts'
import { type BotApi, createBotApi, type Listening } from '../../src/playground/bot-api/create-bot-api.ts'
import { openStore, type Store } from '../../src/store/open.ts'

const root = new URL('../../', import.meta.url)
const token = '7000001:a_token_of_the_tests_for_no_bot_at_all'
const key = '07'.repeat(32)

describe('doctor', () => {
  let folder: string
  let api: BotApi
  let server: Listening
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'serik-doctor-'))
    api = createBotApi({ token })
    server = await api.listen()
  })
  afterEach(async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  })

  const database = () => `file:${join(folder, 'serik.db')}`
  const settings = () => ({
    BOT_TOKEN: token,
    TELEGRAM_API_ROOT: server.url,
    DATABASE_URL: database(),
    SERIK_DATA_KEY: key,
  })
  /** A first start, which leaves a database. */
  const create = async () => {
    const store = await openStore({ url: database(), key: Buffer.from(key, 'hex'), clock: systemClock })
    await store.close()
  }
  const look = async (environment: DoctorTools['environment'], tools: Partial<DoctorTools> = {}) => {
    const all = { environment, fetch, now: systemClock.now, nodeVersion: 'v22.1.0', ...tools }
    const findings = await examine(root, all)
    for (const { text } of findings) expect(text).not.toContain(token)
    return Object.fromEntries(findings.map(({ name, fine, text }) => [name, `${fine ? 'fine' : 'WRONG'}: ${text}`]))
  }

  test('finds nothing wrong where nothing is', async () => {
    await create()
    const found = await look(settings())
    expect(found).toMatchObject({
      node: 'fine: v22.1.0',
      settings: 'fine: mode polling',
      content: expect.stringMatching(/^fine: instruments: \d+, answers: \d+, professions: \d+, .*languages: 3/),
      database: expect.stringMatching(/^fine: .*migrations are applied, people: 0/),
      token: `fine: @${api.bot.username}`,
      clock: expect.stringMatching(/^fine: /),
    })
  })

  test('sends to a backup for what neither key opens', async () => {
    const store = await openStore({ url: database(), key: Buffer.from(key, 'hex'), clock: systemClock })
    await store.prisma.archivedFrame.create({
      data: { id: 'a', chatId: 1n, frame: Buffer.from([1, 2, 3]), reason: '', at: 1n },
    })
    await store.close()
    const found = await look({ ...settings(), SERIK_DATA_KEY_OLD: '08'.repeat(32) })
    expect(found['old key']).toMatch(/^WRONG: values .* yet: 1; .* rotate-key\. .*neither key opens.* backup/)
  })

  test('without a token looks at the playground only', async () => {
    const found = await look({ DATABASE_URL: database(), SERIK_DATA_KEY: key })
    expect(found.telegram).toMatch(/^fine: no BOT_TOKEN/)
    expect(found.token).toBeUndefined()
  })

  test('looks beside the running bot', async () => {
    const store: Store = await openStore({ url: database(), key: Buffer.from(key, 'hex'), clock: systemClock })
    expect((await look(settings())).database).toMatch(/^fine: /)
    await store.close()
  })

  test.each([
    ['a wrong token', { BOT_TOKEN: `7000009:${'x'.repeat(35)}` }, 'token', /"Unauthorized"; copy BOT_TOKEN/],
    [
      'a Telegram out of reach',
      { TELEGRAM_API_ROOT: 'http://127.0.0.1:9' },
      'token',
      /fetch failed.*(ECONN|bad port).*Check the network/,
    ],
    ['a folder for a database', { DATABASE_URL: `file:${tmpdir()}` }, 'database', /not there.*Check DATABASE_URL/],
    [
      'a database server that is not there',
      { DATABASE_URL: 'postgresql://u:secret@127.0.0.1:9/d' },
      'database',
      /does not answer.*DATABASE_URL/,
    ],
    ['settings that cannot be used', { SERIK_DATA_KEY: 'short' }, 'settings', /SERIK_DATA_KEY must be 32 bytes/],
  ])('names %s and the remedy', async (_, change, name, text) => {
    const found = await look({ ...settings(), ...change })
    expect(found[name]).toMatch(/^WRONG: /)
    expect(found[name]).toMatch(text)
    expect(found[name]).not.toContain('secret@')
    expect(found.content, 'the other checks are still made').toMatch(/^fine: /)
  })

  test('goes on with the other checks where the file of settings cannot be used', async () => {
    const tools: DoctorTools = {
      get environment(): DoctorTools['environment'] {
        throw new ConfigError('.env cannot be used: line 2 is not NAME=value')
      },
      fetch,
      now: systemClock.now,
      nodeVersion: 'v22.1.0',
    }
    const found = await examine(root, tools)
    expect(found.map(({ name, fine }) => [name, fine])).toEqual([
      ['node', true],
      ['settings', false],
      ['content', true],
    ])
  })

  test('makes no database where the path is mistyped or nothing was started yet', async () => {
    const found = await look({ ...settings(), DATABASE_URL: `file:${join(folder, 'dta', 'serik.db')}` })
    expect(found.database).toMatch(/^WRONG: .*not there.*Check DATABASE_URL/)
    expect((await look(settings())).database).toMatch(/^WRONG: .*not there/)
    expect(readdirSync(folder)).toEqual([])
  })

  test('names a data key that does not fit, and changes nothing', async () => {
    await create()
    const found = await look({ ...settings(), SERIK_DATA_KEY: '08'.repeat(32) })
    expect(found.database).toMatch(/^WRONG: .*data key does not fit.*SERIK_DATA_KEY/)
    expect(found.database?.match(/cannot be opened/g), 'the cause once').toHaveLength(1)
    expect((await look(settings())).database).toMatch(/^fine: /)
  })

  test('names a webhook that is not the one wanted', async () => {
    await api.perform('setWebhook', { url: 'https://example.org/old' })
    expect((await look(settings())).token).toMatch(/^WRONG: .*webhook is "https:\/\/example.org\/old" and not ""/)
    const hook = { WEBHOOK_URL: 'https://example.org/old', WEBHOOK_SECRET: 'a_secret_of_16_or_more' }
    expect((await look({ ...settings(), ...hook })).token).toMatch(/^fine: /)
  })

  test.each([120_000, -120_000])('names a clock that is %i ms off', async (skew) => {
    const found = await look(settings(), { now: () => systemClock.now() + skew })
    expect(found.clock).toMatch(
      new RegExp(`^WRONG: this machine is ${skew < 0 ? '-' : ''}1(19|20|21) s off; .*timedatectl`),
    )
  })

  test.each(['v18.20.0', 'v20.18.3'])('names a Node.js that is too old: %s', async (nodeVersion) => {
    expect((await look(settings(), { nodeVersion })).node).toMatch(/^WRONG: .*install Node\.js 20\.19 or newer/)
  })
})
