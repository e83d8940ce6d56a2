import { type QuestionsContext as Context, nothing, type On, type Situation } from './context.ts'
import { longestText } from './question.ts'
import { lastPage } from './thread.ts'

type Change = Partial<Context>
type Given = On<'TEXT' | 'PHOTO' | 'DANGER'>

/** What is written so far together with what was just written or sent. */
export function textWith({ context, event }: Given): string {
  return [context.text, wordsIn(event).trim()].filter((text) => text !== '').join('\n')
}

export function isLong(given: Given): boolean {
  return [...textWith(given)].length > longestText
}

/** A photo without a word, and nothing written before. */
export function isWordless(given: Given): boolean {
  return textWith(given) === ''
}

/** Takes what was written or sent; of words of danger as many as there is room for. */
export function taken(given: Given): Change {
  const { context, event } = given
  const text = [...textWith(given)].slice(0, longestText).join('')
  return { text, file: fileIn(event) ?? context.file, urgent: context.urgent || event.type === 'DANGER' }
}

/** The same as more to the question that is looked at. */
export function addedTo(given: Given): Change {
  return taken({ ...given, context: { ...given.context, ...nothing, adding: true } })
}

export function addition(given: Given): Change {
  return { adding: true, group: null, topic: null, ...addedTo(given) }
}

export function saidIn({ context: { text, file } }: Situation) {
  return { text, file }
}

export function seenThread({ context, event: { data } }: On<'found.questions.own'>): Change {
  if (data === null) return { thread: null }
  const isSame = context.thread?.entries.length === data.entries.length && context.thread.id === data.id
  return { thread: data, leaf: isSame ? context.leaf : lastPage(data.entries) }
}

function wordsIn(event: Given['event']): string {
  return event.type === 'PHOTO' ? (event.caption ?? '') : event.text
}

function fileIn(event: Given['event']): Context['file'] {
  if (event.type === 'TEXT') return null
  const photo = event.type === 'PHOTO' ? event : event.sent
  return photo?.type === 'PHOTO' ? { kind: 'photo', fileId: photo.fileId, name: null } : null
}
