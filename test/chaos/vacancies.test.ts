import { expect, test } from 'vitest'
import { hasPostgresql } from '../support/databases.ts'
import { runVacancies } from './vacancies/world.ts'

// The small version of what `npm run chaos` does with vacancies. Side by side: most of the time each waits for a pause.
const together = { concurrent: true, timeout: 400_000 }

test('every fitting vacancy is told exactly once, however often the process dies', together, async () => {
  const { problems, happened, tellings } = await runVacancies({
    ...{ seed: 5, database: 'sqlite', bots: 1 },
    days: [
      [
        { name: 'news', deaths: ['ingest'] },
        { name: 'jam', deaths: [] },
        { name: 'closing', deaths: ['notice'] },
        { name: 'digest', deaths: ['digest'] },
      ],
    ],
  })
  expect(problems).toEqual([])
  expect(happened).toEqual({ ingest: 1, notice: 1, digest: 1 })
  expect(tellings).toBeGreaterThan(10)
})

test.runIf(await hasPostgresql())(
  'every fitting vacancy is told exactly once, when one of two processes dies and the other goes on',
  together,
  async () => {
    const { problems, happened, tellings } = await runVacancies({
      ...{ seed: 6, database: 'postgresql', bots: 2 },
      days: [
        [
          { name: 'news', deaths: ['reading'] },
          { name: 'digest', deaths: ['sending'] },
        ],
      ],
    })
    expect(problems).toEqual([])
    expect(happened).toEqual({ reading: 1, sending: 1 })
    expect(tellings).toBeGreaterThan(5)
  },
)
