import { expect, it } from 'vitest'
import { hasPostgresql } from '../support/databases.ts'
import { runChaos } from './world.ts'

const onSqlite = ['pause', 'full disk', 'damaged rows', 'locked database', 'clock set back', 'clock set forward']

it('loses nothing and goes on telling when it is slow, sick or clumsily handled', async () => {
  const { problems, notices } = await runChaos({ seed: 11, people: 5, troubles: onSqlite })
  expect(problems).toEqual([])
  expect(notices).toBeGreaterThan(0)
}, 300_000)

it.runIf(await hasPostgresql())(
  'loses nothing when connections to PostgreSQL die without a word',
  async () => {
    const troubles = ['frozen connections', 'damaged rows', 'kill']
    const { problems } = await runChaos({ seed: 12, people: 5, database: 'postgresql', troubles })
    expect(problems).toEqual([])
  },
  300_000,
)
