import { longestText } from '../questions/question.ts'
import { lastPage } from '../questions/thread.ts'
import { type Act, type AnswersContext as Context, nothing, type On, type Situation } from './context.ts'

type Change = Partial<Context>
type Given = On<'TEXT' | 'PHOTO' | 'DOCUMENT' | 'DANGER'>
type FoundOne = On<'found.questions.thread'>

/** What is written so far together with what was just written or sent. */
function textWith({ context, event }: Given): string {
  return [context.text, wordsIn(event).trim()].filter((text) => text !== '').join('\n')
}

export function isLong(given: Given): boolean {
  return [...textWith(given)].length > longestText
}

/** Takes what was written or sent; a note has no file. */
export function taken(given: Given): Change {
  const { context, event } = given
  const file = context.act === 'note' ? null : (fileIn(event) ?? context.file)
  return { text: textWith(given), file }
}

/** The same as a reply to the question that is looked at. */
export function replied({ context, event }: Given): Change {
  const fresh = { ...context, ...nothing, act: 'reply' as const }
  return { ...nothing, act: 'reply', ...taken({ context: fresh, event } as Given) } // the event stays of its type
}

export function isNothing({ context: { text, file } }: Situation): boolean {
  return text === '' && file === null
}

export function seen({ context, event: { data } }: FoundOne): Change {
  if (data === null) return { thread: null }
  const isSame = context.thread?.id === data.id && context.thread.entries.length === data.entries.length
  return { thread: data, leaf: isSame ? context.leaf : lastPage(data.entries) }
}

/** Whether the act that is meant may be done on what was found. */
export function isAllowed(act: Act) {
  return ({ context, event: { data } }: FoundOne): boolean => {
    if (context.act !== act || data === null) return false
    if (act === 'resume') return data.state === 'closed'
    return act === 'note' ? data.state !== 'closed' : data.mayAct
  }
}

export function idOf({ context: { wanted } }: Situation): { id: string } {
  return { id: wanted ?? '' }
}

function wordsIn(event: Given['event']): string {
  return event.type === 'PHOTO' || event.type === 'DOCUMENT' ? (event.caption ?? '') : event.text
}

function fileIn(event: Given['event']): Context['file'] {
  if (event.type === 'TEXT') return null
  const sent = event.type === 'DANGER' ? event.sent : event
  if (sent?.type === 'PHOTO') return { kind: 'photo', fileId: sent.fileId, name: null }
  return sent?.type === 'DOCUMENT' ? { kind: 'document', fileId: sent.fileId, name: sent.name } : null
}
