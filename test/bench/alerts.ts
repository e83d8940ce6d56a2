import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { saveSubscription } from '../../flows/alerts/contract.ts'
import { defaultRhythm } from '../../flows/alerts/rhythm.ts'
import { alertsJob } from '../../src/capabilities/alerts/job.ts'
import { capabilities } from '../../src/capabilities/index.ts'
import { readCatalogue } from '../../src/capabilities/professions/seed.ts'
import { createReading } from '../../src/capabilities/vacancies/candidates.ts'
import { createFilterNames } from '../../src/capabilities/vacancies/filter-names.ts'
import { readKnowledge } from '../../src/capabilities/vacancies/knowledge.ts'
import { writeVacancies } from '../../src/capabilities/vacancies/rows.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { agreed } from '../support/people.ts'
import { fact, turn } from '../support/turns.ts'
import { createChooser, createPopulation, now } from './vacancies.ts'

export type AlertsBench = {
  readonly subscriptions: number
  readonly vacancies: number
  /** Rows of the ledger, and notices, that one round wrote. */
  readonly found: number
  readonly told: number
  readonly seconds: number
  readonly processorSeconds: number
  /** Resident memory in MB: before the round, and the most during it. */
  readonly before: number
  readonly peak: number
  /** The longest the round kept everything else waiting, in ms. */
  readonly longestStop: number
}

/** Rounds for few and for many subscriptions, and how many times more memory the latter takes over what was there before. */
export type AlertsRatio = { readonly few: AlertsBench; readonly many: AlertsBench; readonly ratio: number }

/** Each round in a process of its own: what one has taken would serve the other. */
export async function compareAlerts({ few = 10_000, many = 40_000 } = {}): Promise<AlertsRatio> {
  const one = await measuredApart(few)
  const other = await measuredApart(many)
  return { few: one, many: other, ratio: (other.peak - other.before) / (one.peak - one.before) }
}

async function measuredApart(subscriptions: number): Promise<AlertsBench> {
  const program = ['--import', 'tsx', fileURLToPath(import.meta.url), '--subscriptions', String(subscriptions)]
  const { stdout } = await promisify(execFile)(process.execPath, program)
  return JSON.parse(stdout) as AlertsBench // printed by this very file
}

type Population = ReturnType<typeof createPopulation>

/** One round of alerts on SQLite: new vacancies for many who look for work, each told as soon as something is found. */
export async function benchAlerts({ subscriptions = 20_000, vacancies = 200 } = {}): Promise<AlertsBench> {
  const root = new URL('../../', import.meta.url)
  const [knowledge, catalogue] = await Promise.all([readKnowledge(root), readCatalogue(new URL('prisma/seed/', root))])
  const folder = mkdtempSync(join(tmpdir(), 'serik-bench-'))
  const url = `file:${join(folder, 'serik.db')}`
  const store = await openStore({ capabilities, url, key: Buffer.alloc(32, 7), clock: { now: () => now } })
  try {
    const population = createPopulation(catalogue, createChooser(11))
    await subscribe(store, subscriptions, population)
    await publish(store, vacancies, population)
    const tools = { core: store, reading: createReading(knowledge, catalogue) }
    const job = alertsJob({ ...tools, namesOf: createFilterNames(knowledge, catalogue) })
    const round = () => job.run({ now, signal: new AbortController().signal })
    const measured = await measure(round)
    const again = await round()
    if (again?.found !== 0 || again?.told !== 0) throw new Error('The next round told somebody again.')
    const { found = 0, told = 0 } = measured.report ?? {}
    return { subscriptions, vacancies, found, told, ...measured.figures }
  } finally {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** People with one subscription each; as turns, since these share transactions. */
async function subscribe(store: Store, count: number, { filter }: Population): Promise<void> {
  const person = { ...agreed('kk'), quiet: { from: 0, to: 0 } }
  for (let from = 1; from <= count; from += turnsAtOnce) {
    const chats = Array.from({ length: Math.min(turnsAtOnce, count - from + 1) }, (_, at) => from + at)
    const turns = chats.map((chat) => {
      const rhythm = { ...defaultRhythm, rhythm: 'once', state: 'active', since: now - hour }
      const facts = [fact(saveSubscription.name, { id: `s${chat}`, ...rhythm, filter: filter() })]
      return turn(chat, 1, { person, facts, at: now - hour })
    })
    await Promise.all(turns.map((commit) => store.dialogues.commit(commit)))
  }
}

async function publish({ prisma, provider }: Store, count: number, { vacancy }: Population): Promise<void> {
  const moments = { storedAt: now, changedAt: now, newsAt: now }
  const vacancies = Array.from({ length: count }, (_, at) => {
    return { id: `v${at}`, identity: `v${at}`, state: 'open' as const, edition: 0, ...moments, body: vacancy(at) }
  })
  await prisma.$transaction((transaction) => writeVacancies(transaction, provider, { vacancies, sightings: [] }))
}

async function measure<T>(run: () => Promise<T>) {
  const before = resident()
  let peak = before
  const watch = setInterval(() => {
    peak = Math.max(peak, resident())
  }, 10)
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const [start, used] = [performance.now(), process.cpuUsage()]
  const report = await run()
  const { user, system } = process.cpuUsage(used)
  const seconds = (performance.now() - start) / 1000
  delay.disable()
  clearInterval(watch)
  const longestStop = Math.round(delay.max / 1e6)
  return { report, figures: { seconds, processorSeconds: (user + system) / 1e6, before, peak, longestStop } }
}

function resident(): number {
  return Math.round(process.memoryUsage.rss() / 1e6)
}

const turnsAtOnce = 500
const hour = 60 * 60 * 1000

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { subscriptions: { type: 'string', default: '20000' } } })
  console.log(JSON.stringify(await benchAlerts({ subscriptions: Number(values.subscriptions) }), null, 2))
}
