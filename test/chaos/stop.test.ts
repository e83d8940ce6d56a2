import { expect, test } from 'vitest'
import { runChaos } from './world.ts'

test('loses nothing and leaves no update half done when it is asked to stop under load', async () => {
  const { presses, problems } = await runChaos({ seed: 3, people: 20, troubles: ['stop', 'stop'] })
  expect(problems).toEqual([])
  expect(presses).toBeGreaterThan(20)
}, 180_000)
