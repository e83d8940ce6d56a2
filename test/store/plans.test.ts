import { describe, expect, test } from 'vitest'
import { seedCrowd } from '../support/crowd.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testTime } from '../support/databases.ts'
import { recurringWorks } from '../support/recurring.ts'
import { isLookAtAll, planOf, recordStatements } from '../support/statements.ts'

const postgresql = await hasPostgresql()

describe('SQLite', () => plans(createSqlite))
describe.skipIf(!postgresql)('PostgreSQL', () => plans(createPostgresql))

/** Enough for the planners to see that a look at every row is dear. */
const crowd = { people: 60_000, finished: 60_000, due: 3_000, expired: 300, reminders: 50 }

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
