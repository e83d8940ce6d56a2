import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type ChaosPlan, type ChaosResult, runChaos } from './world.ts'

// npm run chaos [-- --kills N --seed N --people N]: two bots side by side, each killed half of the times.
const { values: options } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    people: { type: 'string', default: '20' },
    out: { type: 'string', default: 'chaos-results.json' },
  },
})

const [kills, seed] = [Number(options.kills), Number(options.seed)]
const halves = [Math.ceil(kills / 2), Math.floor(kills / 2)].filter((share) => share > 0)
const results = await Promise.all(
  halves.map((share, at) => run({ kills: share, seed: seed + at, people: Number(options.people) })),
)
console.table(results.map(({ problems, ...result }) => ({ ...result, problems: problems.length })))
for (const problem of results.flatMap(({ problems }) => problems)) console.error(problem)
writeFileSync(options.out, `${JSON.stringify({ seed, results }, null, 2)}\n`)
const isWell = results.every(({ problems }) => problems.length === 0)
console.log(isWell ? 'Every press counted exactly once; every chat shows its current screen.' : 'Violated: see above.')
process.exit(isWell ? 0 : 1)

async function run(plan: ChaosPlan): Promise<ChaosResult> {
  const result = await runChaos(plan)
  return { ...result, seconds: Math.round(result.seconds) }
}
