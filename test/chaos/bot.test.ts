import { expect, it } from 'vitest'
import { runChaos } from './world.ts'

// The small version of `npm run chaos`.
it('counts every press exactly once and shows every chat its screen, however often it is killed', async () => {
  const { presses, kills, problems } = await runChaos({ seed: 7, kills: 4, people: 5 })
  expect(problems).toEqual([])
  expect(kills).toBe(4)
  expect(presses).toBeGreaterThan(10)
}, 180_000)
