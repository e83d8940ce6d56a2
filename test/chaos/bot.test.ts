import { expect, test } from 'vitest'
import { runChaos } from './world.ts'

// The small version of `npm run chaos`.
test('counts every press exactly once and shows every chat its screen, however often it is killed', async () => {
  const { presses, happened, problems } = await runChaos({ seed: 7, people: 5, troubles: Array(3).fill('kill') })
  expect(problems).toEqual([])
  expect(happened).toEqual({ kill: 3 })
  expect(presses).toBeGreaterThan(10)
}, 180_000)
