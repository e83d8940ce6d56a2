import { expect, test } from 'vitest'
import { hasPostgresql } from '../support/databases.ts'
import { chaosOfAnnouncements } from './announcements.ts'

const isPostgresqlHere = await hasPostgresql()
// Side by side: one waits for its processes while the other works.
const together = { concurrent: true, timeout: 120_000 }

test.for([
  ['sqlite', true],
  ['postgresql', isPostgresqlHere],
] as const)(
  'an announcement to 10,000 on %s, killed while it is made and while it is sent, reaches everybody once',
  together,
  async ([database, isHere], { skip }) => {
    skip(!isHere)
    const plan = { database, recipients: 10_000, inFlight: 64, whileMaking: [0.4], whileSending: [0.5] }
    const found = await chaosOfAnnouncements(plan)
    expect(found).toMatchObject({ kills: 2, lost: 0, made: 10_000, delivered: 10_000, state: 'done' })
    expect(found.repeats).toBeLessThanOrEqual(found.repeatsAllowed)
  },
)
