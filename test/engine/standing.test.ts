import { describe, expect, test } from 'vitest'
import type { Incoming, LivingMessage } from '../../src/engine/ports.ts'
import { unknownKeepsake } from '../../src/engine/ports.ts'
import { provenBy } from '../../src/engine/standing.ts'
import { dialogue } from '../support/turns.ts'

const chatId = 7
const row = (message: LivingMessage) => ({ ...dialogue(chatId, 5), shown: 4, message })
const press = (id: number): Incoming => {
  const pressedOn = { id, kind: 'picture', keepsake: unknownKeepsake } as const
  return { chatId, pressedOn, action: { type: 'press', revision: 5, index: 0, check: '' } }
}

describe('a press on a picture', () => {
  test('proves where the newest screen stands, and leaves the row what it knows of a keepsake', () => {
    const result = { id: 10, kind: 'picture', keepsake: 'result' } as const
    expect(provenBy(press(10), row(result))).toMatchObject({ shown: 5, message: result })
  })

  test('that another process has sent is taken for something to be left in the chat', () => {
    const shown = provenBy(press(12), row({ id: 10, kind: 'text' }))
    expect(shown).toMatchObject({ shown: 5, message: { id: 12, keepsake: unknownKeepsake } })
  })
})
