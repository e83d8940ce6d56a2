import { parseArgs } from 'node:util'
import { createPostgresql, createSqlite, hasPostgresql } from '../support/databases.ts'
import { runLiving } from './living.ts'

// node --import tsx test/chaos/living-run.ts [--screens N --people N --seed N]: on SQLite, and with two bots on PostgreSQL.
const { values } = parseArgs({
  options: {
    screens: { type: 'string', default: '10000' },
    people: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
  },
})
const plan = { screens: Number(values.screens), people: Number(values.people), seed: Number(values.seed) }
const databases = [
  { create: createSqlite, bots: 1 },
  ...((await hasPostgresql()) ? [1, 2].map((bots) => ({ create: createPostgresql, bots })) : []),
]
let isWell = true
for (const { create, bots } of databases) {
  const database = await create()
  const { screens, wrong } = await runLiving(database, { ...plan, bots }).finally(database.drop)
  console.log(`${database.provider}, ${bots} bots: ${screens} screens, ${wrong.length} that replaced the wrong message`)
  for (const one of new Set(wrong)) console.error(one)
  isWell &&= wrong.length === 0
}
process.exit(isWell ? 0 : 1)
