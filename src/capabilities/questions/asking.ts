import { noticePrefix } from '../../../flows/answers/notices.ts'
import { addToQuestion, askQuestion, closeQuestion, reopenQuestion } from '../../../flows/questions/contract.ts'
import { remindsAfter } from '../../../flows/questions/times.ts'
import { withdrawNoticesOf } from '../../delivery/notices/put.ts'
import { change, type FactTools, type FactWriter, OvertakenError } from '../../store/capability.ts'
import type { Transaction } from '../../store/core.ts'
import { groupOf } from '../groups/rows.ts'
import { mayWrite, nextMentor, roomOf } from './given.ts'
import { isMemberIn, isMentorIn } from './rights.ts'
import { type KeptQuestion, questionOf, type Reader, sealedEntry, sealedQuestion } from './rows.ts'
import { hearersOf, tellMentors } from './tell.ts'

/** What whoever asks does with their questions. What is judged here the flow has looked up a moment before. */
export const askingFacts: readonly FactWriter[] = [
  change(askQuestion, async (transaction, entries, tools) => {
    const reader = readerOf(tools)
    for (const { chatId, data, at } of entries) {
      if ((await roomOf(transaction, chatId, at)) !== 'free') throw new OvertakenError('Enough was asked')
      const mentor = await mentorFor(transaction, reader, data.group, chatId)
      const asked = { topic: data.topic, name: data.name, said: data.said }
      await transaction.question.create({
        data: {
          ...{ id: data.id, chatId: BigInt(chatId), groupId: data.group },
          body: sealedQuestion(data.id, chatId, asked, tools.seal),
          ...{ state: 'waiting', urgency: data.urgent ? 'urgent' : 'usual', mentorId: BigInt(mentor) },
          ...{ givenAt: BigInt(at), askedAt: BigInt(at), saidAt: BigInt(at) },
          ...pendingFrom(at),
        },
      })
      const question = { id: data.id, groupId: data.group, asked, isUrgent: data.urgent }
      const to = await hearersOf(transaction, reader, question, mentor)
      await tellMentors(transaction, question, { what: 'asked', to, at }, tools)
    }
  }),
  change(addToQuestion, async (transaction, entries, tools) => {
    const reader = readerOf(tools)
    for (const { chatId, data, at } of entries) {
      const question = await ownOf(transaction, reader, data.id, chatId)
      if (question.state === 'closed' || !(await mayWrite(transaction, chatId, at))) {
        throw new OvertakenError('Nothing can be added to the question')
      }
      await transaction.questionEntry.create({
        data: {
          ...{ id: data.entry, questionId: question.id, chatId: BigInt(chatId), kind: 'more', at: BigInt(at) },
          body: sealedEntry(data.entry, chatId, data.said, tools.seal),
        },
      })
      const isUrgent = question.isUrgent || data.urgent
      await transaction.question.update({
        where: { id: question.id },
        data: {
          saidAt: BigInt(at),
          urgency: isUrgent ? 'urgent' : 'usual',
          // Whoever adds a word while they wait has waited since the first.
          ...(question.pendingAt === null && pendingFrom(at)),
        },
      })
      const to = await hearersOf(transaction, reader, { ...question, isUrgent }, question.mentorId)
      await tellMentors(transaction, { ...question, isUrgent }, { what: 'more', to, at }, tools)
    }
  }),
  change(closeQuestion, async (transaction, entries, tools) => {
    for (const { chatId, data, at } of entries) {
      await transaction.question.updateMany({
        where: { id: data.id, chatId: BigInt(chatId), state: { not: 'closed' } },
        data: closedAt(at),
      })
      await withdrawTold(transaction, data.id, tools.now)
    }
  }),
  change(reopenQuestion, async (transaction, entries, tools) => {
    const reader = readerOf(tools)
    for (const { chatId, data, at } of entries) {
      const question = await ownOf(transaction, reader, data.id, chatId)
      if (question.state !== 'closed' || (await roomOf(transaction, chatId, at)) !== 'free') {
        throw new OvertakenError('The question cannot be opened again')
      }
      const { mentorId } = question
      const isKept = mentorId !== null && (await isMentorIn(transaction, reader, question.groupId, mentorId))
      const mentor = await mentorFor(transaction, reader, question.groupId, chatId)
      const given = isKept ? { state: 'taken' } : { state: 'waiting', mentorId: BigInt(mentor), givenAt: BigInt(at) }
      await transaction.question.update({
        where: { id: question.id },
        data: { ...given, saidAt: BigInt(at), closedAt: null, ...pendingFrom(at) },
      })
      const to = await hearersOf(transaction, reader, question, isKept ? mentorId : mentor)
      await tellMentors(transaction, question, { what: 'reopened', to, at }, tools)
    }
  }),
]

/** Nobody is there to hear of damage within a turn; the look-ups report it. */
export function readerOf({ seal }: Pick<FactTools, 'seal'>): Reader {
  return { seal, damaged: () => undefined }
}

/** The columns of a question that waits for an answer from then on. */
export function pendingFrom(at: number) {
  return { pendingAt: BigInt(at), told: 'none', nextAt: BigInt(at + remindsAfter) }
}

/** The columns of a closed question. */
export function closedAt(at: number) {
  return { state: 'closed', closedAt: BigInt(at), pendingAt: null, nextAt: null }
}

/** Nobody is told any more of what needs no answer now. */
export async function withdrawTold(transaction: Transaction, id: string, now: number): Promise<void> {
  await withdrawNoticesOf(transaction, { keyPrefix: noticePrefix(id), everywhere: true, chatId: 0 }, now)
}

/** The mentor whose turn it is in a group of the chat. Throws where the chat may not ask there. */
async function mentorFor(transaction: Transaction, reader: Reader, groupId: string, chatId: number): Promise<number> {
  const isThere = (await groupOf(transaction, reader, groupId)) !== undefined
  const mayAsk = isThere && (await isMemberIn(transaction, reader, groupId, chatId))
  const mentor = mayAsk ? await nextMentor(transaction, reader, groupId) : undefined
  if (mentor === undefined) throw new OvertakenError('There is no mentor to ask')
  return mentor
}

async function ownOf(transaction: Transaction, reader: Reader, id: string, chatId: number): Promise<KeptQuestion> {
  const question = await questionOf(transaction, reader, id)
  if (question?.chatId !== chatId) throw new OvertakenError('The question is gone')
  return question
}
