import type { Command } from 'commander'
import { toLocal } from '../../../flows/common/calendar.ts'
import { zone } from '../../../flows/common/regions.ts'
import { realWorld } from '../../base/outer-world.ts'
import { openStore, type Store } from '../../store/open.ts'
import type { Operator } from '../operator.ts'
import { remedies } from './checkups.ts'
import { readPlans } from './plan.ts'
import type { PlannedSource } from './planned.ts'
import { createReadingTools } from './reading.ts'
import { healthOf } from './replies.ts'
import { type RunReport, runSource } from './run.ts'
import { outcomes, readStates, type SourceState } from './states.ts'

/** `sources`: how they stand; `sources run <name>`: reads one now, whenever it was due. */
export function addSources(program: Command, operator: Operator): void {
  const sources = program
    .command('sources')
    .description('how the sources of vacancies stand: last run, counts, trouble, next run')
    .action(() => onStore(operator, (store, plans) => list(store, plans, operator)))
  sources
    .command('run <name>')
    .description('read one source now, even if it is turned off, and tell what came of it')
    .action((name: string) => onStore(operator, (store, plans) => runOne(name, store, plans, operator)))
}

async function onStore(
  { config, clock }: Operator,
  work: (store: Store, plans: readonly PlannedSource[]) => Promise<void>,
): Promise<void> {
  const { databaseUrl: url, dataKey: key, sources } = config()
  const { file, contact, headHunterToken } = sources
  const plans = await readPlans({ sourcesFile: file, contact, headHunterToken, sources: [] })
  const store = await openStore({ url, key, clock, exclusive: false, create: false })
  try {
    await work(store, plans)
  } finally {
    await store.close()
  }
}

const howToBegin =
  'There are no sources: copy sources.example.yaml to sources.yaml, turn on what you may read, and set SOURCES_CONTACT.'

async function list(store: Store, plans: readonly PlannedSource[], { write }: Operator): Promise<void> {
  if (plans.length === 0) return write(howToBegin)
  const states = await readStates(store)
  const rows = plans.map((plan) => ({ plan, state: states.get(plan.source.name) }))
  const cells = rows.map(({ plan, state }) => cellsOf(plan, state))
  const head = ['NAME', 'KIND', 'STATE', 'LAST GOOD', 'LAST RUN', 'NEXT', ...outcomes.map((name) => name.toUpperCase())]
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)))
  const lineOf = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  write(lineOf(head))
  for (const [index, row] of cells.entries()) {
    write(lineOf(row))
    const { trouble = null } = rows[index] === undefined ? {} : healthOf(rows[index].plan, rows[index].state)
    if (trouble !== null)
      write(`  ${trouble.kind}, ${trouble.failures} in a row: ${trouble.why}. ${remedies[trouble.kind]}.`)
  }
}

function cellsOf(plan: PlannedSource, state: SourceState | undefined): string[] {
  const { name, kind, standing, goodAt, nextAt } = healthOf(plan, state)
  const next = nextAt === 0 ? 'now' : timeOf(nextAt)
  const counts = outcomes.map((outcome) => (state === undefined ? '-' : String(state.counts[outcome])))
  return [name, kind, standing, timeOf(goodAt), timeOf(state?.startedAt ?? null), next, ...counts]
}

/** As clocks in Kazakhstan have it. */
function timeOf(at: number | null): string {
  if (at === null) return '-'
  const { year, month, day, hour, minute } = toLocal(at, zone)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`
}

/** Lines of what is no vacancy at most. */
const mostLines = 50

async function runOne(name: string, store: Store, plans: readonly PlannedSource[], operator: Operator): Promise<void> {
  const plan = plans.find(({ source }) => source.name === name)
  if (plan === undefined) {
    const known = plans.map(({ source }) => source.name).join(', ')
    return operator.fail(known === '' ? howToBegin : `No source is called "${name}"; there are: ${known}.`)
  }
  const { contact } = operator.config().sources
  if (contact === undefined)
    return operator.fail('SOURCES_CONTACT is missing: set it to a mail address of yours or to a page about the bot.')
  const { trouble, counts } = await runToItsEnd(plan, store, operator, contact)
  operator.write(outcomes.map((outcome) => `${outcome} ${counts[outcome]}`).join(', '))
  if (trouble !== undefined) operator.fail(`${name}: ${trouble.why}. ${remedies[trouble.trouble]}.`)
}

async function runToItsEnd(
  plan: PlannedSource,
  core: Store,
  { root, write }: Operator,
  contact: string,
): Promise<RunReport> {
  const outside = { ...realWorld, contact }
  const { fetcherOf, ...tools } = await createReadingTools({ core, files: root, outside })()
  const refused: string[] = []
  const onRefused = (where: string, why: string) => {
    if (refused.push(where) <= mostLines) write(`${where}: ${why}`)
  }
  const { signal } = new AbortController() // whoever runs the tool ends it as any program; nothing is lost by that
  const given = { ...tools, fetcher: fetcherOf(plan), onRefused, signal }
  let report = await runSource(plan, given)
  while (report.type === 'paused') report = await runSource(plan, given)
  if (refused.length > mostLines) write(`and ${refused.length - mostLines} more that are no vacancies`)
  return report
}
