import { expect, test } from 'vitest'
import { newcomer } from '../../../flows/common/person.ts'
import { start } from '../../../flows/kit/step.ts'
import { viewOf } from '../../../flows/kit/view.ts'
import { search } from '../../../flows/search/index.ts'

test.each([59, 199])('a sign of two halves at place %i is not cut in two', (length) => {
  const person = newcomer('kk')
  const text = `${'a'.repeat(length)}😀😀`
  const { frame } = start(search, { person, input: { text }, turn: { at: 0, id: 'id' } })
  const said = [viewOf(search, frame, person).text, frame.context]
  const strings = JSON.stringify(said)
  // Half a sign is written as an escape in JSON, which well-formed text never needs.
  expect(strings).not.toMatch(/\\ud[89a-f]/i)
})
