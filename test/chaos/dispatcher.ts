import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createNotices } from '../../src/delivery/notices/notices.ts'
import { seededRandom } from '../../src/playground/bot-api/random.ts'
import { type BotApiProcess, type RecordedCall, startBotApi } from '../support/bot-api-process.ts'
import { createPostgresql, createSqlite, type TestDatabase } from '../support/databases.ts'
import { agreed } from '../support/people.ts'
import { turn } from '../support/turns.ts'

export type ChaosPlan = {
  readonly database: 'sqlite' | 'postgresql'
  readonly notices: number
  /** Dispatchers at once; more than one needs PostgreSQL. */
  readonly processes: number
  /** How often a process is killed; with several, the one that holds the lease. */
  readonly kills: number
  readonly messagesPerSecond: number
  readonly inFlight: number
  /** Shares of calls. */
  readonly faults: {
    readonly limited: number
    readonly broken: number
    readonly dropped: number
    readonly blocked: number
  }
  /** Seconds, as the local Bot API answers them. */
  readonly retryAfter: number
  readonly seed: number
}

export type ChaosFindings = {
  readonly notices: number
  readonly blocked: number
  readonly kills: number
  readonly delivered: number
  /** Never delivered, though their person can be reached. Must be 0. */
  readonly lost: number
  /** Delivered more than once. Must be at most `repeatsAllowed`, kills times what is in flight. */
  readonly repeats: number
  readonly repeatsAllowed: number
  /** Calls that left before a `retry_after` of their chat that their process had heard of was over. Must be 0. */
  readonly early: number
  readonly mostInOneSecond: number
  /** Longest time from the death of a holder to the next one's first call, ms; with several processes. */
  readonly longestMove: number
  readonly refusals: { readonly limited: number; readonly broken: number; readonly dropped: number }
  readonly seconds: number
}

/** Processes are killed at random while notices go out; then the record of the receiving end is counted. */
export async function chaosOfDispatcher(plan: ChaosPlan): Promise<ChaosFindings> {
  const database = plan.database === 'sqlite' ? await createSqlite() : await createPostgresql()
  database.clock.time = Date.now()
  const api = await startBotApi(plan.notices * 3 + 1_000)
  const begun = Date.now()
  try {
    const blocked = await prepare(plan, database, api)
    const deaths = await killAndRun(plan, database, api, blocked.size)
    const calls = await api.calls('sendMessage')
    return { ...count(plan, calls, blocked, deaths), seconds: Math.round((Date.now() - begun) / 1_000) }
  } finally {
    await api.stop()
    await database.drop()
  }
}

/** People, some of whom have blocked the bot, a notice for each, and a Bot API that misbehaves. */
async function prepare(plan: ChaosPlan, database: TestDatabase, api: BotApiProcess): Promise<Set<number>> {
  const random = seededRandom(plan.seed)
  const chats = Array.from({ length: plan.notices }, (_, at) => at + 1)
  const blocked = new Set(chats.filter(() => random() < plan.faults.blocked))
  await api.people(1, plan.notices)
  await api.control(
    'POST',
    'acts',
    [...blocked].map((person) => ({ person, block: true })),
  )
  const store = await database.open()
  const person = { ...agreed('kk'), quiet: { from: 0, to: 0 } }
  await Promise.all(chats.map((chatId) => store.dialogues.commit(turn(chatId, 1, { person }))))
  const rows = chats.map((chatId) => {
    const priority = [0, 10, 40][chatId % 3] ?? 0
    return {
      key: `n${chatId}`,
      chatId,
      kind: 'toy.plain',
      dueAt: database.clock.time,
      priority,
      values: { word: `n${chatId}` },
    }
  })
  for (let from = 0; from < rows.length; from += 1_000) await createNotices(store).put(rows.slice(from, from + 1_000))
  await store.close()
  const { limited, broken, dropped } = plan.faults
  await api.control('PUT', 'faults', {
    tooManyRequests: { probability: limited, retryAfter: plan.retryAfter },
    serverErrors: { probability: broken },
    drops: { probability: dropped },
    methods: ['sendMessage'],
  })
  return blocked
}

/** Keeps the processes up and kills one now and then, until everything is over; returns when they died. */
async function killAndRun(
  plan: ChaosPlan,
  database: TestDatabase,
  api: BotApiProcess,
  blocked: number,
): Promise<number[]> {
  const random = seededRandom(plan.seed + 1)
  const children = new Map<ChildProcess, { held: boolean }>()
  const deaths: number[] = []
  let isOver = false
  const raise = () => {
    const child = start(plan, database, api)
    const state = { held: false }
    children.set(child, state)
    child.on('message', (message) => {
      if (message === 'held' || message === 'free') state.held = message === 'held'
    })
    child.once('exit', () => {
      children.delete(child)
      // On SQLite another one takes over at once; with several the others are there already.
      if (!isOver && plan.processes === 1) raise()
    })
  }
  for (let n = 0; n < plan.processes; n++) raise()
  // exclusive: false looks on beside the process that serves the file.
  const watching = await database.open({ exclusive: false })
  const left = () => watching.prisma.notice.count({ where: { outcome: null } })
  const steps = Array.from(
    { length: plan.kills },
    (_, n) => ((n + 0.5 + random() * 0.4) / (plan.kills + 0.5)) * plan.notices,
  )
  for (let waiting = await left(); waiting > 0; waiting = await left()) {
    const next = steps[deaths.length]
    const holder = [...children].find(([, { held }]) => held)?.[0]
    if (next !== undefined && holder !== undefined && plan.notices - waiting >= next) {
      await wait(random() * 200)
      holder.kill('SIGKILL')
      deaths.push(Date.now())
      children.delete(holder)
    }
    await wait(100)
  }
  isOver = true
  await Promise.all([...children.keys()].map(stop))
  const parked = await watching.prisma.notice.count({ where: { outcome: 'blocked' } })
  if (parked > blocked) throw new Error(`${parked} notices wait for ${blocked} people who have blocked the bot`)
  return deaths
}

function start(plan: ChaosPlan, database: TestDatabase, api: BotApiProcess): ChildProcess {
  const script = fileURLToPath(new URL('dispatcher-process.ts', import.meta.url))
  const { messagesPerSecond, inFlight } = plan
  const orders = { url: database.url, apiRoot: api.url, token: api.token, messagesPerSecond, inFlight }
  return fork(script, [JSON.stringify(orders)], { execArgv: ['--import', 'tsx'] })
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.send('stop')
  await ended
}

/** What was on its way at a death may still come in; so long, in ms. */
const onTheWay = 150

function count(
  plan: ChaosPlan,
  calls: readonly RecordedCall[],
  blocked: ReadonlySet<number>,
  deaths: readonly number[],
) {
  const delivered = new Map<number, number>()
  for (const { outcome, chatId = 0 } of calls)
    if (outcome === 'ok') delivered.set(chatId, (delivered.get(chatId) ?? 0) + 1)
  const reachable = Array.from({ length: plan.notices }, (_, at) => at + 1).filter((chat) => !blocked.has(chat))
  const refused = (fits: (code: number) => boolean) =>
    calls.filter(({ outcome, code }) => outcome === 'refused' && fits(code))
  const limited = refused((code) => code === 429)
  const times = calls.map(({ time }) => time).sort((a, b) => a - b)
  return {
    notices: plan.notices,
    blocked: blocked.size,
    kills: deaths.length,
    delivered: delivered.size,
    lost: reachable.filter((chat) => !delivered.has(chat)).length,
    repeats: [...delivered.values()].reduce((sum, times) => sum + times - 1, 0),
    repeatsAllowed: deaths.length * plan.inFlight,
    early: calls.filter(({ payload }) => Number(payload.sent_at) < Number(payload.not_before)).length,
    mostInOneSecond: mostInOneSecond(times),
    longestMove: Math.max(0, ...deaths.map((death) => (times.find((at) => at > death + onTheWay) ?? death) - death)),
    refusals: {
      limited: limited.length,
      broken: refused((code) => code >= 500).length,
      dropped: calls.filter(({ outcome }) => outcome === 'dropped').length,
    },
  }
}

function mostInOneSecond(times: readonly number[]): number {
  let [most, from] = [0, 0]
  for (const [at, time] of times.entries()) {
    while ((times[from] ?? 0) <= time - 1_000) from++
    most = Math.max(most, at - from + 1)
  }
  return most
}

const issueFaults = { limited: 0.1, broken: 0.05, dropped: 0.02, blocked: 0.03 }

/** The runs of the whole proof: many notices at the paid ceiling, some at 30 a second, three processes. */
export const chaosPlans: Readonly<Record<string, ChaosPlan>> = {
  'one process, SQLite': plan({ notices: 10_000, kills: 10, messagesPerSecond: 1_000, retryAfter: 0.3 }),
  'thirty a second': plan({
    notices: 300,
    kills: 2,
    messagesPerSecond: 30,
    faults: { ...issueFaults, limited: 0.01 },
    retryAfter: 1,
  }),
  'three processes, PostgreSQL': plan({
    notices: 10_000,
    kills: 1,
    processes: 3,
    database: 'postgresql',
    messagesPerSecond: 1_000,
    retryAfter: 0.3,
  }),
}

export function plan(change: Partial<ChaosPlan>): ChaosPlan {
  return {
    database: 'sqlite',
    notices: 1_000,
    processes: 1,
    kills: 3,
    messagesPerSecond: 1_000,
    inFlight: 64,
    faults: issueFaults,
    retryAfter: 0.3,
    seed: 1,
    ...change,
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const wanted = process.argv[2]
  const findings: Record<string, ChaosFindings> = {}
  for (const [name, one] of Object.entries(chaosPlans)) {
    if (wanted === undefined || name.includes(wanted)) findings[name] = await chaosOfDispatcher(one)
  }
  console.table(Object.fromEntries(Object.entries(findings).map(([name, { refusals: _, ...rest }]) => [name, rest])))
  console.log(JSON.stringify(findings, null, 2))
}
