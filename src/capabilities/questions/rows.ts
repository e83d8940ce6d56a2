import { z } from 'zod'
import { Asked, type QuestionState, Said, states, tellings, urgencies } from '../../../flows/questions/question.ts'
import type { Core, Transaction } from '../../store/core.ts'
import { moment, readEach, whole } from '../../store/damage.ts'
import type { Prisma } from '../../store/generated/sqlite/client.ts'
import type { QuestionEntryModel, QuestionModel } from '../../store/generated/sqlite/models.ts'
import { placeOf, type Seal } from '../../store/seal.ts'
import type { Source as GroupSource } from '../groups/rows.ts'

/** What a statement is given with: the store, or a transaction on it. */
export type Source = GroupSource & Pick<Transaction, 'question' | 'questionEntry'>
/** What reading needs of the store. */
export type Reader = Pick<Core, 'damaged' | 'seal'>

/** A question as it is kept. */
export type KeptQuestion = {
  readonly id: string
  readonly chatId: number
  readonly groupId: string
  readonly asked: Asked
  readonly state: QuestionState
  readonly isUrgent: boolean
  readonly mentorId: number | null
  readonly askedAt: number
  /** The last word of whoever asked, and when a mentor looked at it last. */
  readonly saidAt: number
  readonly readAt: number | null
  readonly pendingAt: number | null
  readonly told: (typeof tellings)[number]
}

/** A word of a thread as it is kept; `more` is one of whoever asked. */
export type KeptEntry = {
  readonly id: string
  readonly kind: (typeof kinds)[number]
  /** The mentor who said it, unless they are gone. */
  readonly mentorId: number | null
  readonly said: Said
  readonly at: number
}

const kinds = ['more', 'reply', 'note'] as const
/** Words of one thread that are read, the newest. */
const mostEntries = 200

export async function questionsWhere(
  source: Source,
  { damaged, seal }: Reader,
  options: Prisma.QuestionFindManyArgs,
): Promise<KeptQuestion[]> {
  const rows = await source.question.findMany(options)
  return readEach('Question', rows, (row) => toQuestion(row, seal), damaged)
}

export async function questionOf(source: Source, reader: Reader, id: string): Promise<KeptQuestion | undefined> {
  return (await questionsWhere(source, reader, { where: { id } }))[0]
}

/** What was said to it since, in its order. */
export async function entriesOf(source: Source, { damaged, seal }: Reader, questionId: string): Promise<KeptEntry[]> {
  const rows = await source.questionEntry.findMany({
    where: { questionId },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: mostEntries,
  })
  return readEach('QuestionEntry', rows.reverse(), (row) => toEntry(row, seal), damaged)
}

export function sealedQuestion(id: string, chatId: number, asked: Asked, seal: Seal) {
  return seal.seal(JSON.stringify(asked), placeOf('Question', 'body', id, chatId))
}

export function sealedEntry(id: string, chatId: number, said: Said, seal: Seal) {
  return seal.seal(JSON.stringify(said), placeOf('QuestionEntry', 'body', id, chatId))
}

const State = z.enum(states)
const Urgency = z.enum(urgencies)
const Told = z.enum(tellings)
const Kind = z.enum(kinds)

/** Throws when anything of the row cannot be read. */
function toQuestion(row: QuestionModel, seal: Seal): KeptQuestion {
  const { id, chatId, groupId, body, state, urgency, mentorId, askedAt, saidAt, readAt, pendingAt, told } = row
  return {
    ...{ id, chatId: whole(chatId), groupId },
    asked: Asked.parse(JSON.parse(seal.open(body, placeOf('Question', 'body', id, chatId)))),
    state: State.parse(state),
    isUrgent: Urgency.parse(urgency) === 'urgent',
    mentorId: mentorId === null ? null : whole(mentorId),
    ...{ askedAt: moment(askedAt), saidAt: moment(saidAt) },
    readAt: readAt === null ? null : moment(readAt),
    pendingAt: pendingAt === null ? null : moment(pendingAt),
    told: Told.parse(told),
  }
}

/** Throws when anything of the row cannot be read. A note belongs to the mentor who made it. */
function toEntry({ id, chatId, kind, mentorId, body, at }: QuestionEntryModel, seal: Seal): KeptEntry {
  const author = kind === 'note' ? chatId : mentorId
  return {
    id,
    kind: Kind.parse(kind),
    mentorId: author === null ? null : whole(author),
    said: Said.parse(JSON.parse(seal.open(body, placeOf('QuestionEntry', 'body', id, chatId)))),
    at: moment(at),
  }
}
