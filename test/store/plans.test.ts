import { describe, expect, test } from 'vitest'
import { seedCrowd } from '../support/crowd.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testTime } from '../support/databases.ts'
import { recurringWorks } from '../support/recurring.ts'
import { planOf, recordStatements } from '../support/statements.ts'

const postgresql = await hasPostgresql()

describe('SQLite', () => plans(createSqlite))
describe.skipIf(!postgresql)('PostgreSQL', () => plans(createPostgresql))

/** Enough for the planners to see that a look at every row is dear. */
const crowd = { people: 60_000, finished: 60_000, due: 3_000, expired: 300, reminders: 50 }

/** Hold only what their statement is about; to go through them whole is what they are for. */
const whole = [
  'Dialogue_updatedAt_idx', // what is unshown
  'Notice_claimedBy_idx', // what is claimed
  'Notice_chatId_createdAt_idx', // what waits for somebody
]

function plans(create: () => Promise<TestDatabase>): void {
  test('nothing that is asked again and again looks at every row of a table that grows with the people', async () => {
    const database = await create()
    try {
      const statements = await recurring(database)
      expect(statements.length).toBeGreaterThan(40)
      for (const measured of [false, true]) {
        if (measured) await (await database.open({ exclusive: false })).prisma.$executeRaw`ANALYZE`
        for (const statement of statements) {
          const steps = await planOf(database, statement)
          expect(steps.filter(isLookAtAll), `${statement.sql}\n${steps.join('\n')}`).toEqual([])
        }
      }
    } finally {
      await database.drop()
    }
  })
}

async function recurring(database: TestDatabase) {
  const store = await database.open()
  await seedCrowd(store, crowd, testTime)
  // PostgreSQL measures by itself after a while, SQLite never.
  if (database.provider === 'postgresql') await store.prisma.$executeRaw`ANALYZE`
  const works = await recurringWorks(store, testTime, 60)
  const { stop } = recordStatements()
  for (const work of Object.values(works)) await work()
  return stop()
}

function isLookAtAll(step: string): boolean {
  if (whole.some((index) => step.includes(index))) return false
  // Given rows are looked through once, and not for each row of a table.
  if (/^SCAN json_each/.test(step)) return / WITHIN /.test(step)
  // Both name the table, or SQLite the short name it has in the statement; r, step and found are no tables.
  return /^SCAN (?!r$|step$|found$|\S+ CONSTANT ROW)|Seq Scan on/.test(step)
}
