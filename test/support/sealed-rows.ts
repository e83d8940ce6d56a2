import { newcomer } from '../../flows/common/person.ts'
import { capabilities } from '../../src/capabilities/index.ts'
import type { Fact } from '../../src/engine/ports.ts'
import { writersOf } from '../../src/store/capability.ts'
import type { Store } from '../../src/store/open.ts'
import { testTime } from './databases.ts'
import { fillEveryTable } from './every-table.ts'
import { fact, turn } from './turns.ts'

/** Writes a row of the chat into every table that is about chats; each sealed column holds `text`. */
export async function writeSealedRows(store: Store, chatId: number, text: string): Promise<void> {
  const archived = [{ frame: { text }, reason: 'a test' }]
  const person = { ...newcomer('kk'), name: text }
  await store.dialogues.commit(turn(chatId, 1, { person, facts: factsOf(chatId, text), archived }))
  await fillEveryTable(store, chatId, text)
}

/** The same beside a dialogue that goes on. */
export async function writeFacts(store: Store, chatId: number, text: string): Promise<void> {
  const tools = { ...store, now: store.clock.now() }
  await store.prisma.$transaction(async (transaction) => {
    for (const { name, data } of factsOf(chatId, text)) {
      await writersOf(capabilities)[name]?.(transaction, [{ chatId, data, at: tools.now }], tools)
    }
  })
  await fillEveryTable(store, chatId, text)
}

function factsOf(chatId: number, text: string): Fact[] {
  const id = `of-${chatId}`
  const when = { repeat: { type: 'once' }, zone: 'Asia/Almaty', minute: 600, nextAt: testTime, state: 'active' }
  const survey = { attempt: id, instrument: 'riasec', form: 'quick', answers: { [text]: 5 } }
  return [
    fact('survey.finish', {
      ...survey,
      result: { scores: { [text]: 1 }, ranking: [], differentiated: true, close: false },
    }),
    fact('reminder.save', { id, what: text, ...when }),
    fact('notice.put', { key: id, kind: 'test.kind', dueAt: testTime, values: { text }, priority: 1 }),
  ]
}
