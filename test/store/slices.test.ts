import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createBreathing } from '../../src/store/slices.ts'

test('works that go on at the same time have one slice between them in each round of the event loop', async () => {
  const breathe = createBreathing()
  let [slices, most] = [0, 0]
  const work = async () => {
    for (let slice = 0; slice < 4; slice++) {
      await breathe()
      slices++
    }
  }
  let isOver = false
  const works = Promise.all([work(), work(), work()]).then(() => {
    isOver = true
  })
  while (!isOver) {
    const before = slices
    await setImmediate()
    most = Math.max(most, slices - before)
  }
  await works
  expect(slices).toBe(12)
  expect(most).toBe(1)
})
