import { expect, test } from 'vitest'
import { checkOf } from '../../src/engine/check.ts'

test('the check of a button tells it from one with another event, and outlives a deploy', () => {
  expect(checkOf({ type: 'BACK' })).toBe('33efcp')
  expect(checkOf({ type: 'BACK', to: 1 })).not.toBe(checkOf({ type: 'BACK' }))
})
