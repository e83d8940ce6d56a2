import { newcomer } from '../../flows/person.ts'
import type { Store } from '../../src/store/open.ts'
import { testTime } from './databases.ts'
import { fact, turn } from './turns.ts'

/** Writes a row of the chat into every table in which something is sealed, each holding `text`. */
export async function writeSealedRows(store: Store, chatId: number, text: string): Promise<void> {
  const id = `of-${chatId}`
  const when = { repeat: { type: 'once' }, zone: 'Asia/Almaty', minute: 600, nextAt: testTime, state: 'active' }
  const survey = { attempt: id, instrument: 'riasec', form: 'quick', answers: { [text]: 5 } }
  const notice = { key: id, kind: 'test.kind', dueAt: testTime, values: { text }, priority: 1 }
  const facts = [
    fact('survey.finish', { ...survey, result: { text } }),
    fact('reminder.save', { id, what: text, ...when }),
    fact('notice.put', notice),
  ]
  const archived = [{ frame: { text }, reason: 'a test' }]
  await store.dialogues.commit(turn(chatId, 1, { person: { ...newcomer('kk'), name: text }, facts, archived }))
}
