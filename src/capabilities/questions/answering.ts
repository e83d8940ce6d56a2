import {
  handOverQuestion,
  noteOnQuestion,
  readQuestion,
  replyToQuestion,
  resumeQuestion,
  settleQuestion,
  takeQuestion,
} from '../../../flows/questions/contract.ts'
import { closesAfter } from '../../../flows/questions/times.ts'
import { change, type FactTools, type FactWriter, OvertakenError } from '../../store/capability.ts'
import type { Transaction } from '../../store/core.ts'
import { mentorsIn, writeAudit } from '../groups/rows.ts'
import { closedAt, readerOf, withdrawTold } from './asking.ts'
import { mayAct, mayRead } from './rights.ts'
import { type KeptQuestion, questionOf, sealedEntry } from './rows.ts'
import { tellAsker, tellMentors, tellReply } from './tell.ts'

/**
 * What mentors do with questions. Each looks at the right within the transaction that acts: where it is not as the flow
 * found it a moment before, the turn is played again and says so.
 */
export const answeringFacts: readonly FactWriter[] = [
  change(readQuestion, async (transaction, entries, tools) => {
    for (const { chatId, data, at } of entries) {
      await readable(transaction, data.id, chatId, tools)
      await transaction.question.updateMany({ where: { id: data.id }, data: { readAt: BigInt(at) } })
    }
  }),
  change(takeQuestion, async (transaction, entries, tools) => {
    for (const { chatId, data, at } of entries) {
      await take(transaction, await actable(transaction, data.id, chatId, tools), { chatId, at }, tools)
    }
  }),
  change(replyToQuestion, async (transaction, entries, tools) => {
    for (const { chatId, data, at } of entries) {
      const question = await actable(transaction, data.id, chatId, tools)
      if (question.state !== 'taken' || question.mentorId !== chatId) {
        await take(transaction, question, { chatId, at }, tools)
      }
      const { pendingAt } = question
      await transaction.questionEntry.create({
        data: {
          // What was said between the two belongs to whoever asked.
          ...{ id: data.entry, questionId: question.id, chatId: BigInt(question.chatId), kind: 'reply' },
          ...{ mentorId: BigInt(chatId), at: BigInt(at) },
          body: sealedEntry(data.entry, question.chatId, data.said, tools.seal),
          waited: pendingAt === null ? null : BigInt(at - pendingAt),
        },
      })
      await transaction.question.update({
        where: { id: question.id },
        data: { readAt: BigInt(at), ...silentFrom(at) },
      })
      await withdrawTold(transaction, question.id, tools.now)
      await tellReply(transaction, question, { entry: data.entry, said: data.said, at }, tools)
    }
  }),
  change(noteOnQuestion, async (transaction, entries, tools) => {
    for (const { chatId, data, at } of entries) {
      const question = await readable(transaction, data.id, chatId, tools)
      if (question.state === 'closed') throw new OvertakenError('The question is closed')
      const said = { text: data.text, file: null }
      await transaction.questionEntry.create({
        data: {
          ...{ id: data.entry, questionId: question.id, chatId: BigInt(chatId), kind: 'note', at: BigInt(at) },
          body: sealedEntry(data.entry, chatId, said, tools.seal),
        },
      })
    }
  }),
  change(handOverQuestion, async (transaction, entries, tools) => {
    for (const { chatId, data, at } of entries) {
      const question = await actable(transaction, data.id, chatId, tools)
      const to = await colleagueOf(transaction, question, data.joinedAt, tools)
      if (to === chatId) continue
      await transaction.question.update({
        where: { id: question.id },
        data: { state: 'waiting', mentorId: BigInt(to), givenAt: BigInt(at) },
      })
      await withdrawTold(transaction, question.id, tools.now)
      await tellMentors(transaction, question, { what: 'handed', to: [to], at }, tools)
      await audit(transaction, question, { action: 'questions.handed', chatId, at }, tools)
    }
  }),
  change(settleQuestion, async (transaction, entries, tools) => {
    for (const { chatId, data, at } of entries) {
      const question = await actable(transaction, data.id, chatId, tools)
      await transaction.question.update({ where: { id: question.id }, data: closedAt(at) })
      await withdrawTold(transaction, question.id, tools.now)
      await tellAsker(transaction, question, { what: 'closed', at }, tools)
      await audit(transaction, question, { action: 'questions.closed', chatId, at }, tools)
    }
  }),
  change(resumeQuestion, async (transaction, entries, tools) => {
    for (const { chatId, data, at } of entries) {
      const question = await readable(transaction, data.id, chatId, tools)
      if (question.state !== 'closed') throw new OvertakenError('The question is open')
      await transaction.question.update({
        where: { id: question.id },
        data: { state: 'taken', mentorId: BigInt(chatId), givenAt: BigInt(at), closedAt: null, ...silentFrom(at) },
      })
      await tellAsker(transaction, question, { what: 'reopened', at }, tools)
      await audit(transaction, question, { action: 'questions.reopened', chatId, at }, tools)
    }
  }),
]

/** The columns of a question in which no answer is waited for. */
function silentFrom(at: number) {
  return { pendingAt: null, told: 'none', nextAt: BigInt(at + closesAfter) }
}

async function readable(transaction: Transaction, id: string, chatId: number, tools: FactTools): Promise<KeptQuestion> {
  const reader = readerOf(tools)
  const question = await questionOf(transaction, reader, id)
  if (question !== undefined && (await mayRead(transaction, reader, question, chatId))) return question
  throw new OvertakenError('The question may not be read')
}

async function actable(transaction: Transaction, id: string, chatId: number, tools: FactTools): Promise<KeptQuestion> {
  const reader = readerOf(tools)
  const question = await questionOf(transaction, reader, id)
  if (question !== undefined && (await mayAct(transaction, reader, question, chatId))) return question
  throw new OvertakenError('The question is for others to answer')
}

type Act = { readonly chatId: number; readonly at: number }

/** Of two who take it at the same moment one is told that the other has it. */
async function take(transaction: Transaction, question: KeptQuestion, { chatId, at }: Act, tools: FactTools) {
  const { id, state, mentorId } = question
  const { count } = await transaction.question.updateMany({
    where: { id, state, mentorId: mentorId === null ? null : BigInt(mentorId) },
    data: { state: 'taken', mentorId: BigInt(chatId), ...(mentorId !== chatId && { givenAt: BigInt(at) }) },
  })
  if (count === 0) throw new OvertakenError('Another mentor has taken the question')
  await withdrawTold(transaction, id, tools.now)
  await audit(transaction, question, { action: 'questions.taken', chatId, at }, tools)
}

async function colleagueOf(
  transaction: Transaction,
  { groupId }: KeptQuestion,
  joinedAt: number,
  tools: FactTools,
): Promise<number> {
  const rows = await transaction.groupMember.findMany({
    where: { groupId, role: 'mentor', joinedAt: BigInt(joinedAt) },
    orderBy: { chatId: 'asc' },
  })
  const mentors = await mentorsIn(transaction, readerOf(tools), groupId)
  const found = rows.map(({ chatId }) => Number(chatId)).find((chatId) => mentors.includes(chatId))
  if (found === undefined) throw new OvertakenError('The mentor is not there any more')
  return found
}

/** Whom it was done to is not said: a question may be asked without a name. */
async function audit(
  transaction: Transaction,
  { id, groupId }: KeptQuestion,
  { action, chatId, at }: Act & { readonly action: string },
  tools: FactTools,
) {
  await writeAudit(transaction, tools, { at, chatId, action, groupId, detail: { question: id } })
}
