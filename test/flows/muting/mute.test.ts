import { expect, test } from 'vitest'
import { newcomer } from '../../../flows/common/person.ts'
import { start, step } from '../../../flows/kit/step.ts'
import { viewOf } from '../../../flows/kit/view.ts'
import { walk } from '../../../flows/kit/walk.ts'
import { muting } from '../../../flows/muting/index.ts'

const turn = { at: 0, id: 'turn' }
const person = { ...newcomer('kk'), muted: ['toy.tip'] }

test('one press switches the kind off, beside those that were off before', () => {
  const begun = start(muting, { person, input: { mute: 'toy.nudge' }, turn })
  expect(begun.effects).toEqual([{ type: 'tell', name: 'person.change', data: { muted: ['toy.tip', 'toy.nudge'] } }])
})

test('the next press switches it on again, and the others stay off', () => {
  const { frame } = start(muting, { person, input: { mute: 'toy.nudge' }, turn })
  const undone = step(muting, frame, { type: 'ON', turn } as never) // every event carries the stamp
  expect(undone.effects).toEqual([{ type: 'tell', name: 'person.change', data: { muted: ['toy.tip'] } }])
  expect(viewOf(muting, undone.frame, person).text).toEqual([{ key: 'muting:on.text' }])
})

test('pressed twice it is off once', () => {
  const again = start(muting, { person: { ...person, muted: ['toy.nudge'] }, input: { mute: 'toy.nudge' }, turn })
  expect(again.effects).toMatchObject([{ data: { muted: ['toy.nudge'] } }])
})

test('every state can be walked to and seen', () => {
  expect(new Set(walk(muting, person, 100).map(({ state }) => state))).toEqual(new Set(['off', 'on']))
})
