import { expect, test } from 'vitest'
import { hasPostgresql } from '../support/databases.ts'
import { runChaos } from './world.ts'

const onSqlite = ['pause', 'full disk', 'damaged rows', 'locked database', 'clock set back', 'clock set forward']
/** Side by side: most of the time each waits for a pause or a silence to be noticed. */
const together = { concurrent: true, timeout: 300_000 }

test('loses nothing and goes on telling when it is slow, sick or clumsily handled', together, async () => {
  const { problems, notices } = await runChaos({ seed: 11, people: 5, troubles: onSqlite })
  expect(problems).toEqual([])
  expect(notices).toBeGreaterThan(0)
})

test.runIf(await hasPostgresql())(
  'loses nothing when connections to PostgreSQL die without a word',
  together,
  async () => {
    const troubles = ['frozen connections', 'damaged rows', 'kill']
    const { problems } = await runChaos({ seed: 12, people: 5, database: 'postgresql', troubles })
    expect(problems).toEqual([])
  },
)
