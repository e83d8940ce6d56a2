import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ConfigError } from '../src/base/config-error.ts'
import { readConfig } from '../src/config.ts'

const token = '7000001:a_token_of_the_tests_for_no_bot_at_all'
const key = '0a'.repeat(32)
const secret = 'a_secret_of_16_or_more'
const bot = { BOT_TOKEN: token, SERIK_DATA_KEY: key }

const messageOf = (environment: Record<string, string | undefined>): string => {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  throw new Error('These settings are taken')
}

describe('settings that can be used', () => {
  test('a token alone polls; a webhook address makes it a webhook', () => {
    expect(readConfig(bot)).toMatchObject({ mode: 'polling', token, apiRoot: 'https://api.telegram.org', port: 3000 })
    const hook = { WEBHOOK_URL: 'https://example.org/hook', WEBHOOK_SECRET: secret }
    expect(readConfig({ ...bot, ...hook })).toMatchObject({ mode: 'webhook', webhookUrl: 'https://example.org/hook' })
  })

  test('an empty value is as good as none, and spaces around one do not count', () => {
    const empty = { TELEGRAM_API_ROOT: '', WEBHOOK_URL: ' ', WEBHOOK_SECRET: '', PORT: '', LOG_LEVEL: '', HOST: '' }
    expect(readConfig({ ...empty, SERIK_DATA_KEY: key, BOT_TOKEN: '' }).mode).toBe('playground')
    expect(readConfig({ ...empty, ...bot, BOT_TOKEN: ` ${token}\n` })).toMatchObject({ token, logLevel: 'info' })
  })

  test('backups stand beside their database; a relative folder or log is under the program’s folder', () => {
    const path = (name: string) => fileURLToPath(new URL(`../${name}`, import.meta.url))
    expect(readConfig(bot)).toMatchObject({ backupFolder: path('data/backups'), deletionLog: undefined })
    expect(readConfig({ ...bot, DATABASE_URL: 'file:/srv/x.db' }).backupFolder).toBe('/srv/backups')
    expect(readConfig({ ...bot, DATABASE_URL: 'postgresql://u@h/d' }).backupFolder).toBe(path('data/backups'))
    const set = { BACKUP_FOLDER: 'copies', FORGOTTEN_LOG: '/srv/x.forgotten' }
    const settings = { backupFolder: path('copies'), deletionLog: '/srv/x.forgotten' }
    expect(readConfig({ ...bot, ...set })).toMatchObject(settings)
  })

  test('the playground has a database of its own, and a relative path is under the program’s folder', () => {
    const path = (name: string) => `file:${fileURLToPath(new URL(`../${name}`, import.meta.url))}`
    expect(readConfig({ SERIK_DATA_KEY: key }).databaseUrl).toBe(path('data/playground.db'))
    expect(readConfig(bot).databaseUrl).toBe(path('data/serik.db'))
    expect(readConfig({ ...bot, DATABASE_URL: 'file:./data/x.db' }).databaseUrl).toBe(path('data/x.db'))
    expect(readConfig({ ...bot, DATABASE_URL: 'file:///srv/x.db' }).databaseUrl).toBe('file:/srv/x.db')
  })

  test('the playground reads a file of sources only when one is named', () => {
    expect(readConfig({ SERIK_DATA_KEY: key }).sources.file).toBeUndefined()
    expect(readConfig({ SERIK_DATA_KEY: key, SOURCES_FILE: '/srv/x.yaml' }).sources.file).toBe('/srv/x.yaml')
  })

  test.each([
    [{ TELEGRAM_API_ROOT: 'http://127.0.0.1:8081/' }, { apiRoot: 'http://127.0.0.1:8081' }],
    [{ DATABASE_URL: 'postgres://u@h/d' }, { databaseUrl: 'postgres://u@h/d' }],
    [{ PORT: '0' }, { port: 0 }],
    [{ PORT: '65535' }, { port: 65_535 }],
    [{ LOG_LEVEL: 'silent' }, { logLevel: 'silent' }],
    [{ HOST: '0.0.0.0' }, { host: '0.0.0.0' }],
    [{ MESSAGES_PER_SECOND: '1000' }, { messagesPerSecond: 1000 }],
    [{ SERIK_DATA_KEY: Buffer.alloc(32, 10).toString('base64') }, { dataKey: Buffer.alloc(32, 10) }],
    [{ SERIK_DATA_KEY: key.toUpperCase() }, { dataKey: Buffer.alloc(32, 10) }],
    [{ SERIK_DATA_KEY_OLD: '0b'.repeat(32) }, { dataKey: { key: Buffer.alloc(32, 10), old: Buffer.alloc(32, 11) } }],
    [{ SERIK_DATA_KEY_OLD: ' ' }, { dataKey: Buffer.alloc(32, 10) }],
    [{}, { sources: { contact: undefined, headHunterToken: undefined } }],
    [{ SOURCES_FILE: '/srv/x.yaml' }, { sources: { file: '/srv/x.yaml' } }],
    [{ SOURCES_CONTACT: 'me.too+bot@example.kz' }, { sources: { contact: 'me.too+bot@example.kz' } }],
    [{ SOURCES_CONTACT: 'https://example.kz/bot' }, { sources: { contact: 'https://example.kz/bot' } }],
    [{ HH_TOKEN: 'APPLIC4710N' }, { sources: { headHunterToken: 'APPLIC4710N' } }],
  ])('%j', (environment, expected) => {
    expect(readConfig({ ...bot, ...environment })).toMatchObject(expected)
  })
})

describe('settings that cannot be used name the variable and the remedy', () => {
  test.each([
    [{ BOT_TOKEN: 'hello' }, /BOT_TOKEN does not look like a token; .*@BotFather/],
    [{ BOT_TOKEN: '123:short' }, /BOT_TOKEN does not look like a token/],
    [{ BOT_TOKEN: token, SERIK_DATA_KEY: '' }, /SERIK_DATA_KEY is missing.*openssl rand -hex 32/],
    [{ SERIK_DATA_KEY: 'abc' }, /SERIK_DATA_KEY must be 32 bytes .*openssl rand -hex 32/],
    [{ SERIK_DATA_KEY: key.slice(2) }, /SERIK_DATA_KEY must be 32 bytes/],
    [{ SERIK_DATA_KEY_OLD: 'abc' }, /SERIK_DATA_KEY_OLD must be the key used until now, 32 bytes/],
    [{ ...bot, SERIK_DATA_KEY_OLD: key }, /SERIK_DATA_KEY_OLD is the same as SERIK_DATA_KEY/],
    [{ TELEGRAM_API_ROOT: 'api.telegram.org' }, /TELEGRAM_API_ROOT must be an address such as https:/],
    [{ TELEGRAM_API_ROOT: 'ftp://example.org' }, /TELEGRAM_API_ROOT must be an address/],
    [{ TELEGRAM_API_ROOT: 'https://' }, /TELEGRAM_API_ROOT must be an address/],
    [{ DATABASE_URL: 'mysql://u@h/d' }, /DATABASE_URL must begin with file: .* or postgresql:/],
    [{ DATABASE_URL: 'data/serik.db' }, /DATABASE_URL must begin with file:/],
    [{ DATABASE_URL: 'file:serik.db?connection_limit=1' }, /DATABASE_URL has a "\?".*no settings/],
    [{ DATABASE_URL: 'file:~/serik.db' }, /DATABASE_URL begins with "~"/],
    [{ WEBHOOK_URL: 'http://example.org/hook', WEBHOOK_SECRET: secret }, /WEBHOOK_URL must be an https:/],
    [{ WEBHOOK_URL: 'https://', WEBHOOK_SECRET: secret }, /WEBHOOK_URL must be an https:/],
    [{ WEBHOOK_URL: 'https://example.org/hook' }, /WEBHOOK_URL needs WEBHOOK_SECRET.*openssl rand -hex 32/],
    [{ BOT_TOKEN: '', WEBHOOK_URL: 'https://example.org/hook' }, /WEBHOOK_URL is set but BOT_TOKEN is not/],
    [{ WEBHOOK_SECRET: 'short' }, /WEBHOOK_SECRET must be 16 to 256 .*openssl rand -hex 32/],
    [{ WEBHOOK_SECRET: 'with spaces and umlauts' }, /WEBHOOK_SECRET must be 16 to 256/],
    [{ PORT: 'http' }, /PORT must be a number/],
    [{ PORT: '65536' }, /PORT must be a number from 0 to 65535/],
    [{ PORT: '-1' }, /PORT must be a number/],
    [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL must be one of debug, info/],
    [{ MESSAGES_PER_SECOND: '0' }, /MESSAGES_PER_SECOND must be a number from 1 to 1000/],
    [{ MESSAGES_PER_SECOND: 'many' }, /MESSAGES_PER_SECOND must be a number/],
    [{ SOURCES_CONTACT: 'me' }, /SOURCES_CONTACT must be a mail address, or the https:/],
    [{ SOURCES_CONTACT: 'https://' }, /SOURCES_CONTACT must be a mail address/],
    [{ HH_TOKEN: 'two words' }, /HH_TOKEN must be the token of an application registered/],
  ])('%j', (environment, expected) => {
    expect(messageOf({ ...bot, ...environment })).toMatch(expected)
  })

  test('all at once, and never with the value of a secret', () => {
    const message = messageOf({ BOT_TOKEN: '123:short-but-secret', SERIK_DATA_KEY: 'my-secret-key', PORT: 'x' })
    expect(message).toMatch(/BOT_TOKEN.*\n.*SERIK_DATA_KEY.*\n.*PORT/)
    expect(message).not.toMatch(/short-but-secret|my-secret-key/)
  })
})

describe('the playground keeps a key of its own in the home folder', () => {
  let home: string
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'serik-home-'))
    vi.stubEnv('HOME', home)
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    rmSync(home, { recursive: true })
  })
  const file = () => join(home, '.config', 'serik', 'playground.key')

  test('made once, readable by its owner only', () => {
    const { dataKey } = readConfig({})
    expect(dataKey).toHaveLength(32)
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(readConfig({}).dataKey).toEqual(dataKey)
    expect(Buffer.from(readFileSync(file(), 'utf8'), 'hex')).toEqual(dataKey)
  })

  test('where none can be kept, the file and the other way are named', () => {
    writeFileSync(join(home, '.config'), '')
    expect(messageOf({})).toMatch(/keeps its key in .*playground\.key, which .*\(E\w+\).*set SERIK_DATA_KEY/)
  })

  test('one that is broken is named with the remedy', () => {
    readConfig({})
    writeFileSync(file(), 'broken')
    expect(messageOf({})).toMatch(/playground\.key does not hold a key any more; set SERIK_DATA_KEY, or delete/)
  })
})
