import { expect, test } from 'vitest'
import { oncePerEvent } from '../../../flows/kit/once.ts'

test('an event is read once for all that ask alike, and anew for another question or another event', () => {
  const asked: string[] = []
  const read = oncePerEvent(({ text }: { readonly text: string }, given: { readonly day: number | null }) => {
    asked.push(`${text} ${given.day}`)
    return given.day === null ? undefined : text.length + given.day
  })
  const event = { text: 'ten' }
  expect([read(event, { day: 1 }), read(event, { day: 1 })]).toEqual([4, 4])
  expect([read(event, { day: null }), read(event, { day: null })]).toEqual([undefined, undefined])
  expect(read({ text: 'ten' }, { day: 1 })).toBe(4)
  expect(asked).toEqual(['ten 1', 'ten null', 'ten 1'])
})
