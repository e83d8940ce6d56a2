import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { ConfigError } from './base/config-error.ts'
import { readEnvFile, type Settings, type Variables } from './base/env-file.ts'
import { problemOfAddress } from './store/place.ts'
import type { DataKey } from './store/seal.ts'

/** The folder of the project, with a trailing slash. */
export const root = new URL('../', import.meta.url)

type Common = {
  readonly databaseUrl: string
  /** 32 bytes that seal what people write; while keys are changed, with the old ones. */
  readonly dataKey: DataKey
  readonly host: string
  readonly port: number
  readonly logLevel: string
  /** Folder for backups of an SQLite database; several databases may share it. */
  readonly backupFolder: string
  /** File of the log of deletions, where it is not where the store puts it. */
  readonly deletionLog: string | undefined
  /** Messages a second in all; 30 unless Telegram's paid broadcasts are bought. */
  readonly messagesPerSecond: number
  /** Where vacancies are fetched from, and who asks for them. */
  readonly sources: SourcesConfig
}

export type SourcesConfig = {
  /** Path of the file of sources; undefined where there is none. */
  readonly file: string | undefined
  /** How sites reach whoever runs the bot: a mail address or a page. */
  readonly contact: string | undefined
  /** Of an application registered with HeadHunter. */
  readonly headHunterToken: string | undefined
}

/** How the bot meets Telegram: not at all (playground), by polling, or by webhook. */
export type Config = Common &
  (
    | { readonly mode: 'playground' }
    | { readonly mode: 'polling'; readonly token: string; readonly apiRoot: string }
    | {
        readonly mode: 'webhook'
        readonly token: string
        readonly apiRoot: string
        readonly webhookUrl: string
        readonly webhookSecret: string
      }
  )

const logLevels = ['debug', 'info', 'warn', 'error', 'silent']

const optional = z
  .string()
  .trim()
  .transform((text) => (text === '' ? undefined : text))
  .optional()

const Environment = z.object({
  BOT_TOKEN: optional.refine((token) => token === undefined || /^\d+:[\w-]{30,}$/.test(token), {
    message: 'does not look like a token; copy the whole line @BotFather gave, digits, colon and letters',
  }),
  TELEGRAM_API_ROOT: optional.refine((url) => url === undefined || (/^https?:\/\//.test(url) && URL.canParse(url)), {
    message: 'must be an address such as https://api.telegram.org',
  }),
  DATABASE_URL: optional
    .refine((url) => url === undefined || /^(file:|postgres(ql)?:\/\/)/.test(url), {
      message: 'must begin with file: (SQLite) or postgresql:// (PostgreSQL)',
    })
    .superRefine((url, context) => {
      const message = url?.startsWith('file:') ? problemOfAddress(url) : undefined
      if (message !== undefined) context.addIssue({ code: 'custom', message })
    }),
  SERIK_DATA_KEY: optional.refine((key) => key === undefined || readKey(key) !== undefined, {
    message: 'must be 32 bytes as 64 hexadecimal digits or as base64; make one with: openssl rand -hex 32',
  }),
  SERIK_DATA_KEY_OLD: optional.refine((key) => key === undefined || readKey(key) !== undefined, {
    message: 'must be the key used until now, 32 bytes as SERIK_DATA_KEY; leave it out unless you change keys',
  }),
  WEBHOOK_URL: optional.refine((url) => url === undefined || isWebhook(url), {
    message: 'must be an https:// address that Telegram can reach',
  }),
  WEBHOOK_SECRET: optional.refine((secret) => secret === undefined || /^[\w-]{16,256}$/.test(secret), {
    message: 'must be 16 to 256 letters, digits, _ or -; make one with: openssl rand -hex 32',
  }),
  HOST: optional,
  PORT: optional.refine((port) => port === undefined || (/^\d{1,5}$/.test(port) && Number(port) <= 65_535), {
    message: 'must be a number from 0 to 65535, such as 3000; 0 takes any free one',
  }),
  LOG_LEVEL: optional.refine((level) => level === undefined || logLevels.includes(level), {
    message: `must be one of ${logLevels.join(', ')}`,
  }),
  BACKUP_FOLDER: optional,
  FORGOTTEN_LOG: optional,
  MESSAGES_PER_SECOND: optional.refine((rate) => rate === undefined || (Number(rate) >= 1 && Number(rate) <= 1000), {
    message: 'must be a number from 1 to 1000; 30 is what Telegram allows for free',
  }),
  SOURCES_FILE: optional,
  SOURCES_CONTACT: optional.refine((contact) => contact === undefined || isContact(contact), {
    message: 'must be a mail address, or the https:// address of a page that says who runs the bot',
  }),
  HH_TOKEN: optional.refine((token) => token === undefined || /^[\x21-\x7e]{8,500}$/.test(token), {
    message: 'must be the token of an application registered at dev.hh.ru, without spaces',
  }),
})
type Environment = z.infer<typeof Environment>

/** The names of all settings; the last is for the database that compose.yaml brings. */
export const settingNames: readonly string[] = [...Object.keys(Environment.shape), 'POSTGRES_PASSWORD']

/** Reads the environment into one checked value. Throws ConfigError, naming every variable that is wrong. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = Environment.safeParse(environment)
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
    throw new ConfigError(`The settings cannot be used:\n- ${lines.join('\n- ')}`)
  }
  return { ...commonPart(parsed.data), ...telegramPart(parsed.data) }
}

function commonPart(settings: Environment): Common {
  const databaseUrl = databaseUrlOf(settings)
  return {
    databaseUrl,
    dataKey: dataKeys(settings),
    host: settings.HOST ?? '127.0.0.1',
    port: Number(settings.PORT ?? 3000),
    logLevel: settings.LOG_LEVEL ?? 'info',
    backupFolder: underRoot(settings.BACKUP_FOLDER) ?? join(folderOf(databaseUrl), 'backups'),
    deletionLog: underRoot(settings.FORGOTTEN_LOG),
    messagesPerSecond: Number(settings.MESSAGES_PER_SECOND ?? 30),
    sources: {
      file: sourcesFileOf(settings),
      contact: settings.SOURCES_CONTACT,
      headHunterToken: settings.HH_TOKEN,
    },
  }
}

/** The playground never comes near the people of a bot: it has a file of its own. */
function databaseUrlOf({ DATABASE_URL: url, BOT_TOKEN: token }: Environment): string {
  const standard = `file:data/${token === undefined ? 'playground' : 'serik'}.db`
  const wanted = url ?? standard
  if (!wanted.startsWith('file:')) return wanted
  // Wherever the program is started from, a relative path is the same file.
  return `file:${resolve(fileURLToPath(root), wanted.slice('file:'.length))}`
}

/** A relative path is under the program's folder, wherever it is started from. */
function underRoot(path: string | undefined): string | undefined {
  return path === undefined ? undefined : resolve(fileURLToPath(root), path)
}

/** The playground reads no site unless it is asked to: nothing of it leaves the machine. */
function sourcesFileOf({ SOURCES_FILE: named, BOT_TOKEN: token }: Environment): string | undefined {
  if (named !== undefined || token === undefined) return underRoot(named)
  const standard = underRoot('sources.yaml')
  return standard !== undefined && existsSync(standard) ? standard : undefined
}

/** Where an SQLite database stands; what belongs to PostgreSQL is kept in `data`. */
function folderOf(databaseUrl: string): string {
  const isFile = databaseUrl.startsWith('file:')
  return isFile ? dirname(resolve(databaseUrl.slice('file:'.length))) : fileURLToPath(new URL('data', root))
}

function telegramPart(settings: Environment) {
  const { BOT_TOKEN: token, WEBHOOK_URL: webhookUrl, WEBHOOK_SECRET: webhookSecret } = settings
  const apiRoot = (settings.TELEGRAM_API_ROOT ?? 'https://api.telegram.org').replace(/\/$/, '')
  if (token === undefined) {
    if (webhookUrl !== undefined)
      throw new ConfigError('WEBHOOK_URL is set but BOT_TOKEN is not; set the token of your bot, too')
    return { mode: 'playground' as const }
  }
  if (webhookUrl === undefined) return { mode: 'polling' as const, token, apiRoot }
  if (webhookSecret === undefined) {
    throw new ConfigError(
      'WEBHOOK_URL needs WEBHOOK_SECRET, or anybody could send updates; make one with: openssl rand -hex 32',
    )
  }
  return { mode: 'webhook' as const, token, apiRoot, webhookUrl, webhookSecret }
}

/** The environment and the file `.env`, see `readEnvFile`: in the folder, or else in the program's. */
export function readSettings(environment: Variables, folder: string, program = folder): Settings {
  return readEnvFile(environment, { folder, program, known: settingNames })
}

/** The key, with the old one while keys are changed. */
function dataKeys(settings: Environment): DataKey {
  const key = dataKey(settings)
  const old = readKey(settings.SERIK_DATA_KEY_OLD ?? '')
  if (old === undefined) return key
  if (!old.equals(key)) return { key, old }
  throw new ConfigError('SERIK_DATA_KEY_OLD is the same as SERIK_DATA_KEY; set SERIK_DATA_KEY to the new key')
}

/** A bot on Telegram brings its own key; the playground keeps one in the home folder, apart from the data. */
function dataKey({ SERIK_DATA_KEY, BOT_TOKEN }: Environment): Buffer {
  if (SERIK_DATA_KEY !== undefined) {
    const key = readKey(SERIK_DATA_KEY)
    if (key !== undefined) return key
  }
  if (BOT_TOKEN !== undefined) {
    throw new ConfigError(
      'SERIK_DATA_KEY is missing. What people write is kept sealed with it; make one with: openssl rand -hex 32, write it into .env as SERIK_DATA_KEY=…, keep it apart from the data and from backups, and never lose it',
    )
  }
  return playgroundKey(join(homedir(), '.config', 'serik', 'playground.key'))
}

function playgroundKey(file: string): Buffer {
  const key = readKey(keptText(file))
  if (key === undefined)
    throw new ConfigError(
      `${file} does not hold a key any more; set SERIK_DATA_KEY, or delete the file and data/ to begin anew`,
    )
  return key
}

/** What the file holds; a new key where there is no file yet. */
function keptText(file: string): string {
  try {
    if (!existsSync(file)) {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' })
    }
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new ConfigError(
      `The playground keeps its key in ${file}, which this user cannot write or read (${code}). Give them the right to, or set SERIK_DATA_KEY: openssl rand -hex 32`,
    )
  }
}

function readKey(text: string): Buffer | undefined {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  return key.length === 32 ? key : undefined
}

function isContact(text: string): boolean {
  return (
    /^[\w.+-]{1,100}@[\w.-]{1,100}\.\w{2,}$/.test(text) ||
    (/^https?:\/\/[\x21-\x7e]+$/.test(text) && URL.canParse(text))
  )
}

/** Telegram posts to https only; a Bot API server of one's own may stand on the same machine. */
function isWebhook(url: string): boolean {
  return URL.canParse(url) && /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost)[:/])/.test(url)
}
