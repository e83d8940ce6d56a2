import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { seededRandom } from '../../src/playground/bot-api/random.ts'
import { hasPostgresql } from '../support/databases.ts'
import { chaosOfAnnouncements } from './announcements.ts'
import { troubles } from './troubles.ts'
import { type Moment, moments } from './vacancies/deaths.ts'
import { type Death, type Part, parts, runVacancies } from './vacancies/world.ts'
import { type ChaosPlan, type ChaosResult, runChaos } from './world.ts'

// npm run chaos [-- --minutes N --seed N --people N --long]: a bot on SQLite and one on PostgreSQL side by side; after
// that, for half as long, one on SQLite and two on PostgreSQL that read vacancies and tell people of them; at last an
// announcement to 10,000 on either.
const { values: options } = parseArgs({
  options: {
    minutes: { type: 'string', default: '4.5' },
    long: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    people: { type: 'string', default: '15' },
    out: { type: 'string', default: 'chaos-results.json' },
  },
})

const seed = Number(options.seed)
const minutes = options.long ? 60 : Number(options.minutes)
const databases = ['sqlite', ...((await hasPostgresql()) ? ['postgresql' as const] : [])] as const
const results = await Promise.all(databases.map(run))
console.table(results.map(({ problems, happened, ...result }) => ({ ...result, problems: problems.length })))
console.table(results.map(({ happened }) => happened))
const vacancies = await Promise.all(databases.map(readVacancies))
console.table(vacancies.map(({ problems, happened, ...result }) => ({ ...result, problems: problems.length })))
console.table(vacancies.map(({ happened }) => happened))
const announcements = await Promise.all(databases.map(announce))
console.table(announcements)
const problems = [
  ...[...results, ...vacancies].flatMap((result) => result.problems),
  ...announcements
    .filter(({ lost, repeats, repeatsAllowed, state }) => lost > 0 || repeats > repeatsAllowed || state !== 'done')
    .map((found) => `an announcement: ${JSON.stringify(found)}`),
]
for (const problem of problems) console.error(problem)
writeFileSync(options.out, `${JSON.stringify({ seed, results, vacancies, announcements }, null, 2)}\n`)
const isWell = problems.length === 0
console.log(
  isWell
    ? 'Every press counted exactly once, every chat shows its current screen, every notice was heard, every fitting vacancy was told once.'
    : 'Violated: see above.',
)
process.exit(isWell ? 0 : 1)

async function run(database: NonNullable<ChaosPlan['database']>, at: number): Promise<ChaosResult> {
  const plan = { seed: seed + at, people: Number(options.people), database, troubles: rounds(seed + at) }
  return runChaos(plan)
}

/** An announcement whose process dies three times while it is made and three times while it is sent. */
function announce(database: NonNullable<ChaosPlan['database']>) {
  const plan = { recipients: 10_000, inFlight: 64, whileMaking: [0.2, 0.2, 0.2], whileSending: [0.2, 0.5, 0.8] }
  return chaosOfAnnouncements({ database, ...plan })
}

function readVacancies(database: NonNullable<ChaosPlan['database']>, at: number) {
  const bots = database === 'sqlite' ? 1 : 2
  return runVacancies({ seed: seed + at, database, bots, areWhole: true, days: days(seed + at, bots) })
}

/** Days in each part of which the process at work dies once or twice; the last part begins before the time is up. */
function* days(from: number, bots: number): Generator<Iterable<Part>> {
  const random = seededRandom(from)
  const until = performance.now() + (minutes / 2) * 60_000
  // Object.keys gives plain text; these are the keys.
  const deaths: readonly Death[] = [...(Object.keys(moments) as Moment[]), ...(bots > 1 ? ['pause' as const] : [])]
  const one = () => shuffled(deaths, random).slice(0, 1)
  const isTime = () => performance.now() < until
  function* day(): Generator<Part> {
    for (const name of parts) if (isTime()) yield { name, deaths: [...one(), ...(random() < 0.3 ? one() : [])] }
  }
  while (isTime()) yield day()
}

/** All troubles in an order of chance, again and again; the last one begins before the time is up. */
function* rounds(from: number): Generator<string> {
  const random = seededRandom(from)
  const until = performance.now() + minutes * 60_000
  for (;;) {
    // Kills are the most common of troubles.
    const names = [...troubles.map(({ name }) => name), 'kill', 'kill', 'stop']
    for (const name of shuffled(names, random)) {
      if (performance.now() > until) return
      yield name
    }
  }
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((value) => ({ value, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value)
}
