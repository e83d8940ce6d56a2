import type { Command } from 'commander'
import { systemClock } from '../base/clock.ts'
import { createReadOnce } from '../base/read-once.ts'
import type { Finding } from '../capabilities/capability.ts'
import { checkContent } from '../capabilities/check-content.ts'
import { capabilities } from '../capabilities/index.ts'
import type { Operator } from '../capabilities/operator.ts'
import { type Config, readConfig } from '../config.ts'
import { openStore } from '../store/open.ts'
import { readOwner } from '../store/owner.ts'
import { countUnrotated } from '../store/rotation.ts'

export type DoctorTools = {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Names of the settings that the file `.env` brought. */
  readonly brought?: readonly string[]
  readonly fetch: typeof fetch
  readonly now: () => number
  readonly nodeVersion: string
}

/** Clocks further apart than this spoil times of reminders, in milliseconds. */
const clockTolerance = 60_000

export function addDoctor(
  program: Command,
  operator: Pick<Operator, 'root' | 'write' | 'fail'>,
  tools: DoctorTools,
): void {
  program
    .command('doctor')
    .description('look for what is wrong: settings, database, migrations, token, clock, content, sources of vacancies')
    .action(async () => {
      const findings = await examine(operator.root, tools)
      for (const { fine, name, text } of findings) operator.write(`${fine ? 'fine ' : 'WRONG'}  ${name}: ${text}`)
      const wrong = findings.filter(({ fine }) => !fine)
      if (wrong.length > 0) operator.fail(`${wrong.length} of ${findings.length} checks found something wrong.`)
    })
}

/** Runs every check; one that fails does not keep the others from being made. */
export async function examine(root: URL, tools: DoctorTools): Promise<readonly Finding[]> {
  const { config, finding } = checkSettings(tools)
  return [
    checkNode(tools.nodeVersion),
    finding,
    await guarded('content', () => examineContent(root)),
    ...(config === undefined ? [] : await checkSurroundings(config, tools)),
    ...(config === undefined ? [] : await checkOutside(root, config)),
  ]
}

async function checkSurroundings(config: Config, tools: DoctorTools): Promise<Finding[]> {
  const database = [
    await guarded('database', () => checkDatabase(config)),
    ...(config.dataKey instanceof Uint8Array ? [] : [await guarded('old key', () => checkOldKey(config))]),
  ]
  if (config.mode === 'playground') {
    return [...database, fine('telegram', 'no BOT_TOKEN: the playground is started instead')]
  }
  return [
    ...database,
    await guarded('token', () => reached(config.apiRoot, () => checkToken(config, tools))),
    await guarded('clock', () => reached(config.apiRoot, () => checkClock(config.apiRoot, tools))),
  ]
}

/** What subjects look at outside. */
async function checkOutside(files: URL, config: Config): Promise<Finding[]> {
  const found = capabilities.map(async ({ name, checkups }) => {
    try {
      return (await checkups?.({ files, config })) ?? []
    } catch (error) {
      return [wrong(name, messageOf(error))]
    }
  })
  return (await Promise.all(found)).flat()
}

function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  const enough = major > 20 || (major === 20 && minor >= 19)
  return enough ? fine('node', version) : wrong('node', `${version} is too old; install Node.js 20.19 or newer`)
}

function checkSettings(tools: DoctorTools): { config?: Config; finding: Finding } {
  try {
    const { environment, brought = [] } = tools
    const config = readConfig(environment)
    const from = brought.length === 0 ? '' : `; from .env: ${brought.join(', ')}`
    return { config, finding: fine('settings', `mode ${config.mode}${from}`) }
  } catch (error) {
    return { finding: wrong('settings', messageOf(error)) }
  }
}

async function examineContent(root: URL): Promise<Finding> {
  return fine('content', (await checkContent(createReadOnce(root))).join(', '))
}

async function checkDatabase(config: Config): Promise<Finding> {
  const { databaseUrl, dataKey } = config
  const store = await openStore({ url: databaseUrl, key: dataKey, clock: systemClock, exclusive: false, create: false })
  try {
    const owner = await readOwner(store)
    const mine = config.mode === 'playground' ? 'playground' : config.token.replace(/:.*/, '')
    if (owner !== undefined && owner !== mine) {
      return wrong(
        'database',
        `${store.where} belongs to ${named(owner)}, not to ${named(mine)}; correct BOT_TOKEN or DATABASE_URL`,
      )
    }
    const people = await store.prisma.person.count()
    return fine('database', `${store.where} opens with this key, migrations are applied, people: ${people}`)
  } finally {
    await store.close()
  }
}

function named(owner: string): string {
  return owner === 'playground' ? 'the playground' : `the bot ${owner}`
}

/** With two keys the database is on its way from one to the other. */
async function checkOldKey({ databaseUrl, dataKey }: Config): Promise<Finding> {
  const store = await openStore({ url: databaseUrl, key: dataKey, clock: systemClock, exclusive: false, create: false })
  try {
    const count = await countUnrotated(store)
    if (count === 0) return fine('old key', 'nothing is sealed with it any more; after rotate-key it can be removed')
    return wrong(
      'old key',
      `values not under SERIK_DATA_KEY yet: ${count}; run: npm run serik -- rotate-key. ` +
        'If neither key opens some of them, look for those in a backup.',
    )
  } finally {
    await store.close()
  }
}

type Remote = Extract<Config, { mode: 'polling' | 'webhook' }>

async function checkToken(config: Remote, { fetch }: DoctorTools): Promise<Finding> {
  const call = async (
    method: string,
  ): Promise<{ ok: boolean; description?: string; result?: { username?: string; url?: string } }> => {
    const response = await fetch(`${config.apiRoot}/bot${config.token}/${method}`)
    // The Bot API answers every call with this envelope.
    return (await response.json()) as { ok: boolean }
  }
  const me = await call('getMe')
  if (!me.ok) return wrong('token', `Telegram says "${me.description}"; copy BOT_TOKEN from @BotFather once more`)
  const { result } = await call('getWebhookInfo')
  const set = result?.url ?? ''
  const wanted = config.mode === 'webhook' ? config.webhookUrl : ''
  if (set !== wanted) {
    return wrong(
      'token',
      `@${me.result?.username} is known, but its webhook is "${set}" and not "${wanted}"; it is set anew at the next start`,
    )
  }
  return fine('token', `@${me.result?.username}`)
}

async function checkClock(apiRoot: string, { fetch, now }: DoctorTools): Promise<Finding> {
  const response = await fetch(apiRoot)
  const theirs = Date.parse(response.headers.get('date') ?? '')
  if (Number.isNaN(theirs)) return fine('clock', 'the server named no time to compare with')
  const seconds = Math.round((now() - theirs) / 1000)
  if (Math.abs(seconds) * 1000 <= clockTolerance) return fine('clock', `${seconds} s apart`)
  return wrong('clock', `this machine is ${seconds} s off; switch on time synchronisation (timedatectl set-ntp true)`)
}

/** `fetch` says only that it failed. */
async function reached(apiRoot: string, check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check()
  } catch (error) {
    const reason = `${apiRoot} cannot be reached (${messageOf(error)})`
    throw new Error(
      `${reason}. Check the network, the name service and the proxy of this machine, and TELEGRAM_API_ROOT`,
    )
  }
}

async function guarded(name: string, check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check()
  } catch (error) {
    return wrong(name, messageOf(error))
  }
}

/** A message may carry an address with the token in it. */
function messageOf(error: unknown): string {
  const text = error instanceof Error ? `${error.message}${causeOf(error)}` : String(error)
  return text.replace(/bot\d+:[\w-]+/g, 'bot<token>')
}

function causeOf({ message, cause }: Error): string {
  return cause instanceof Error && !message.includes(cause.message) ? `: ${cause.message}` : ''
}

function fine(name: string, text: string): Finding {
  return { name, fine: true, text }
}

function wrong(name: string, text: string): Finding {
  return { name, fine: false, text }
}
