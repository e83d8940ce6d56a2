import { describe, expect, it } from 'vitest'
import { createPostgresql, createSqlite, hasPostgresql } from '../support/databases.ts'
import { runLiving } from './living.ts'

describe.each([
  ['SQLite', createSqlite, true],
  ['PostgreSQL', createPostgresql, await hasPostgresql()],
] as const)('the living message on %s, when people write and press faster than screens appear', (_, create, isHere) => {
  it.skipIf(!isHere)('is always the newest screen, and nothing above it has buttons', async () => {
    const database = await create()
    const { screens, wrong } = await runLiving(database, { screens: 600, people: 30, bots: 1, seed: 7 }).finally(
      database.drop,
    )
    expect(wrong).toEqual([])
    expect(screens).toBeGreaterThanOrEqual(600)
  })
})
