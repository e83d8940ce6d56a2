import { expect, test } from 'vitest'
import { nextRound } from '../../src/base/sleep.ts'
import { createUnderWay } from '../../src/base/under-way.ts'

test('what begins while the end is waited for is waited for too, and nothing that has ended', async () => {
  const underWay = createUnderWay()
  const ends: (() => void)[] = []
  const begin = () => underWay.add(new Promise<void>((end) => ends.push(end)))
  await underWay.settled()
  begin()
  let isSettled = false
  const settled = underWay.settled().then(() => {
    isSettled = true
  })
  begin()
  ends[0]?.()
  await nextRound()
  expect(isSettled).toBe(false)
  ends[1]?.()
  await settled
})
