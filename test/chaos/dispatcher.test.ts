import { expect, test } from 'vitest'
import { chaosOfDispatcher, plan } from './dispatcher.ts'

test('a dispatcher killed again and again loses nothing and repeats no more than was in flight', async () => {
  const found = await chaosOfDispatcher(plan({ notices: 400, kills: 2, inFlight: 16, retryAfter: 0.2 }))
  expect(found).toMatchObject({ kills: 2, lost: 0, early: 0, delivered: found.notices - found.blocked })
  expect(found.repeats).toBeLessThanOrEqual(found.repeatsAllowed)
  expect(found.refusals.limited).toBeGreaterThan(0)
}, 120_000)
