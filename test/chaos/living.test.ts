import { describe, expect, test } from 'vitest'
import { createPostgresql, createSqlite, hasPostgresql } from '../support/databases.ts'
import { runLiving } from './living.ts'

const isPostgresqlHere = await hasPostgresql()

describe.each([
  ['SQLite', createSqlite, 1, true],
  ['PostgreSQL', createPostgresql, 1, isPostgresqlHere],
  ['PostgreSQL, two processes', createPostgresql, 2, isPostgresqlHere],
] as const)('the living message on %s, when people write and press faster than screens appear', (...given) => {
  const [, create, bots, isHere] = given
  test.skipIf(!isHere)('is always the newest screen, and nothing above it has buttons', async () => {
    const database = await create()
    const { screens, wrong } = await runLiving(database, { screens: 600, people: 30, bots, seed: 7 }).finally(
      database.drop,
    )
    expect(wrong).toEqual([])
    expect(screens).toBeGreaterThanOrEqual(600)
  })
})
