import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { type AlertsRatio, compareAlerts } from './alerts.ts'
import { type AnnouncingRatio, compareAnnouncing } from './announcing.ts'
import { generateClient } from './bots/storage.ts'
import { type Broadcast, compareBroadcast } from './broadcast.ts'
import { benchDispatcher } from './dispatcher.ts'
import { benchMatching, type MatchingBench } from './matching.ts'
import { type Name, names, people, walk } from './plan.ts'
import { comparePositions, type Positions } from './position.ts'
import { type Run, race } from './race.ts'
import { benchSearching, type SearchingBench } from './searching.ts'
import { median } from './telegram/walk.ts'

/** A row of the report: what was measured, what is aimed at, and whether it was reached. */
export type Row = { readonly what: string; readonly value: number; readonly aim: string; readonly reached: boolean }

const { values: options } = parseArgs({
  allowNegative: true,
  options: {
    rounds: { type: 'string', default: '3' },
    // Replaying takes conversations so long that one round in the middle of the others says enough.
    slow: { type: 'string', default: '1' },
    pairs: { type: 'string', default: '8' },
    dispatcher: { type: 'boolean', default: true },
    broadcast: { type: 'boolean', default: true },
    matching: { type: 'boolean', default: true },
    searching: { type: 'boolean', default: true },
    alerts: { type: 'boolean', default: true },
    announcing: { type: 'boolean', default: true },
    out: { type: 'string', default: 'bench-results.json' },
  },
})

generateClient()
const runs = await raceInTurn(Number(options.rounds), Number(options.slow))
const positions = await comparePositions(Number(options.pairs))
const broadcast = options.broadcast ? await compareBroadcast() : undefined
const matching = options.matching ? await benchMatching() : undefined
const searching = options.searching ? await benchSearching() : undefined
const alerts = options.alerts ? await compareAlerts() : undefined
const announcing = options.announcing ? await compareAnnouncing() : undefined
const rows = [
  ...compare(runs),
  ...judge(positions),
  ...(broadcast === undefined ? [] : judgeBroadcast(broadcast)),
  ...(options.dispatcher ? await dispatcherRows() : []),
  ...(matching === undefined ? [] : judgeMatching(matching)),
  ...(searching === undefined ? [] : judgeSearching(searching)),
  ...(alerts === undefined ? [] : judgeAlerts(alerts)),
  ...(announcing === undefined ? [] : judgeAnnouncing(announcing)),
]
print(runs, positions, rows)
writeFileSync(
  options.out,
  `${JSON.stringify({ machine: machine(), runs, positions, broadcast, matching, searching, alerts, announcing, rows }, null, 2)}\n`,
)

/** Every bot once a round, in turning order, so that none always runs first or after the same other. */
async function raceInTurn(rounds: number, slow: number): Promise<Run[]> {
  const runs: Run[] = []
  for (let round = 0; round < rounds; round++) {
    const quick = names.filter((name) => name !== 'conversations' || round < slow)
    const order = round % 2 === 0 ? quick : quick.toReversed()
    for (const name of order) {
      const run = await race(name)
      runs.push(run)
      process.stderr.write(`round ${round + 1} ${name}: ${Math.round(run.perSecond)}/s\n`)
    }
  }
  return runs
}

function compare(runs: readonly Run[]): Row[] {
  const of = (name: Name, field: 'perSecond' | 'botMicroseconds' | 'peak') =>
    median(runs.filter((run) => run.name === name).map((run) => run[field]))
  const speed = (other: Name) => of('ours', 'perSecond') / of(other, 'perSecond')
  return [
    atLeast('updates/s: ours / bare bot', speed('bare'), 0.75),
    atLeast('updates/s: ours / conversations', speed('conversations'), 7),
    atLeast('updates/s: ours / Telegraf wizard', speed('telegraf'), 1.5),
    atMost('peak memory: ours / bare bot', of('ours', 'peak') / of('bare', 'peak'), 1.5),
  ]
}

function judge({ ratio }: Positions): Row[] {
  return [atMost('processor time of a turn: question 59 / question 5', ratio, 1.05)]
}

function judgeBroadcast({ ratio }: Broadcast): Row[] {
  return [atMost('median turn latency: during a broadcast / idle', ratio, 1.3)]
}

/** Notices a second beside a bare loop of sendMessage. */
async function dispatcherRows(): Promise<readonly Row[]> {
  const { ratio, dispatcher } = await benchDispatcher()
  return [
    atLeast('notices/s: dispatcher / bare loop of sendMessage', ratio, 0.4),
    atLeast("notices a second of a core's time", dispatcher.perCoreSecond, 1000),
  ]
}

/** Matching of vacancies and searching among them. */
function judgeMatching({ ratio, search }: MatchingBench): Row[] {
  return [
    atLeast('1,000 vacancies against 100,000 subscriptions: bare loop / index, processor time', ratio, 90),
    atMost('search of 50,000 vacancies, p99 of the processor time in ms', search.asked.p99, 20),
    atMost('the same without place and work', search.everywhere.p99, 20),
  ]
}

/** A whole search, as a press makes it; how long it took by the wall stands in the results, and judges nobody. */
function judgeSearching({ vacancies, sqlite, postgresql }: SearchingBench): Row[] {
  return Object.entries({ SQLite: sqlite, PostgreSQL: postgresql }).flatMap(([name, searched]) => {
    const what = `a whole search of ${vacancies} vacancies on ${name}, p99 of the processor time in ms`
    return searched === undefined ? [] : [atMost(what, searched.processor.p99, 20)]
  })
}

/** A round of alerts: the ledger and the notices are written in batches. */
function judgeAlerts({ few, many, ratio }: AlertsRatio): Row[] {
  const what = `memory of a round of alerts: ${many.subscriptions} subscriptions / ${few.subscriptions}`
  return [atMost(what, ratio, 2.5)]
}

/** An announcement: its audience is gone through and its notices are written in batches. */
function judgeAnnouncing({ few, many, memory }: AnnouncingRatio): Row[] {
  return [
    atMost(`processor time to make an announcement to ${many.recipients} / a bare loop of inserts`, many.ratio, 8),
    atMost(`memory to make an announcement: ${many.recipients} recipients / ${few.recipients}`, memory, 2.5),
  ]
}

export function atLeast(what: string, value: number, least: number): Row {
  return { what, value, aim: `≥ ${least}`, reached: value >= least }
}

export function atMost(what: string, value: number, most: number): Row {
  return { what, value, aim: `≤ ${most}`, reached: value <= most }
}

function print(runs: readonly Run[], positions: Positions, rows: readonly Row[]): void {
  console.log(`\n${people} people × ${walk.length} interactions, medians over the rounds`)
  const of = (name: Name) => runs.filter((run) => run.name === name)
  const middle = (name: Name, field: Exclude<keyof Run, 'name' | 'medians'>) =>
    Math.round(median(of(name).map((run) => run[field])))
  console.table(
    names.map((name) => ({
      bot: name,
      rounds: of(name).length,
      'updates/s': middle(name, 'perSecond'),
      'bot µs/update': middle(name, 'botMicroseconds'),
      'Telegram µs/update': middle(name, 'telegramMicroseconds'),
      'memory at start, MB': middle(name, 'atStart'),
      'peak, MB': middle(name, 'peak'),
    })),
  )
  console.table(
    Object.entries(positions.bytes).map(([question, { dialogue, answers }]) => ({
      question: Number(question),
      'bytes of the dialogue': dialogue,
      'bytes of the answers': answers,
    })),
  )
  console.table(rows.map(({ what, value, aim, reached }) => ({ what, value: Number(value.toFixed(3)), aim, reached })))
}

function machine() {
  const [processor] = cpus()
  return { processor: processor?.model, cores: cpus().length, memory: totalmem(), node: process.version }
}
