import { newcomer } from '../../flows/common/person.ts'
import type { Commit, Dialogue, Fact, World } from '../../src/engine/ports.ts'
import { testTime } from './databases.ts'

/** A turn as the engine would commit it, with what the test says of it. */
export function turn(chatId: number, revision: number, change: Partial<Omit<Commit, 'dialogue'>> = {}): Commit {
  return { dialogue: dialogue(chatId, revision), facts: [], archived: [], at: testTime + revision, ...change }
}

export function dialogue(chatId: number, revision: number): Dialogue {
  return {
    chatId,
    revision,
    stack: [{ flow: 'home', version: 1, value: 'menu', context: { revision, said: 'сәлем' } }],
    recent: [revision],
    shown: 0,
  }
}

export function fact(name: string, data: unknown): Fact {
  return { name, data }
}

/** What a look-up knows of the turn. */
export function world(chatId: number, now = testTime): World {
  return { chatId, person: newcomer('kk'), now }
}
