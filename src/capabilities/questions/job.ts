import { dayLength } from '../../../flows/common/calendar.ts'
import { closesAfter, keptClosed, remindsAfter, tellsAfter } from '../../../flows/questions/times.ts'
import type { Job } from '../../schedule/schedule.ts'
import type { Core, Transaction } from '../../store/core.ts'
import { inSlices } from '../../store/slices.ts'
import { coordinators } from '../groups/rows.ts'
import { closedAt, withdrawTold } from './asking.ts'
import { nextMentor } from './given.ts'
import { isHolding } from './rights.ts'
import { type KeptQuestion, questionOf } from './rows.ts'
import { hearersOf, tellAsker, tellMentors } from './tell.ts'

/** Questions looked at in one transaction. */
const slice = 10

/** Every ten minutes: mentors are reminded of what waits, coordinators told, silent questions closed; each asker hears of it. */
export function questionsJob(core: Core): Job {
  return {
    name: 'questions',
    cron: '*/10 * * * *',
    run: async ({ now, signal }) => {
      const moved = await inSlices(core, (limit) => moveOn(core, now, limit), { signal, size: slice })
      return { moved }
    },
  }
}

/** Every night: a year after it was closed, a question is gone with all that was said to it. */
export function forgetQuestionsJob(core: Core): Job {
  return {
    name: 'forget questions',
    cron: '50 2 * * *',
    run: async ({ now, signal }) => ({ gone: await inSlices(core, (limit) => forget(core, now, limit), { signal }) }),
  }
}

async function forget({ prisma }: Core, now: number, limit: number): Promise<number> {
  const rows = await prisma.question.findMany({
    select: { id: true },
    where: { closedAt: { lte: BigInt(now - keptClosed * dayLength) } },
    orderBy: { closedAt: 'asc' },
    take: limit,
  })
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return 0
  await prisma.$transaction([
    prisma.questionEntry.deleteMany({ where: { questionId: { in: ids } } }),
    prisma.question.deleteMany({ where: { id: { in: ids } } }),
  ])
  return ids.length
}

/** What is due of so many questions, in one transaction. */
async function moveOn(core: Core, now: number, limit: number): Promise<number> {
  return core.prisma.$transaction(async (transaction) => {
    const rows = await transaction.question.findMany({
      select: { id: true, nextAt: true },
      where: { nextAt: { lte: BigInt(now) } },
      orderBy: [{ nextAt: 'asc' }, { id: 'asc' }],
      take: limit,
    })
    for (const { id, nextAt } of rows) {
      // Held from here on; what was moved on meanwhile is passed over, and one that cannot be read is not due again.
      const { count } = await transaction.question.updateMany({ where: { id, nextAt }, data: { nextAt: null } })
      const question = count === 0 ? undefined : await questionOf(transaction, core, id)
      if (question !== undefined) await moveOne(transaction, question, now, core)
    }
    return rows.length
  })
}

async function moveOne(transaction: Transaction, question: KeptQuestion, now: number, core: Core): Promise<void> {
  const { state, pendingAt, told } = question
  if (state === 'closed') return
  if (pendingAt === null) return end(transaction, question, 'ended', now, core)
  if (told === 'told' || told === 'alone') return end(transaction, question, 'unanswered', now, core)
  const given = await held(transaction, question, now, core)
  if (told === 'reminded' || given === undefined) return escalate(transaction, question, now, core)
  if (now >= pendingAt + remindsAfter) return remind(transaction, { ...question, ...given }, now, core)
  await transaction.question.update({
    where: { id: question.id },
    data: { nextAt: BigInt(pendingAt + remindsAfter) },
  })
}

type Given = { readonly mentorId: number; readonly isNew: boolean }

/** Whoever has it, or where they are no mentor of the group any more the one whose turn it is; undefined where there is none. */
async function held(
  transaction: Transaction,
  question: KeptQuestion,
  now: number,
  core: Core,
): Promise<Given | undefined> {
  const { id, groupId, mentorId } = question
  if (mentorId !== null && (await isHolding(transaction, core, groupId, mentorId))) {
    return { mentorId, isNew: false }
  }
  const next = await nextMentor(transaction, core, groupId)
  if (next === undefined) return undefined
  const given = { state: 'waiting', mentorId: BigInt(next), givenAt: BigInt(now) }
  await transaction.question.update({ where: { id }, data: given })
  const to = await hearersOf(transaction, core, question, next)
  await tellMentors(transaction, question, { what: 'asked', to, at: now }, { ...core, now })
  return { mentorId: next, isNew: true }
}

async function remind(
  transaction: Transaction,
  question: KeptQuestion & Given,
  now: number,
  core: Core,
): Promise<void> {
  const { id, mentorId, isNew, pendingAt } = question
  await transaction.question.update({
    where: { id },
    data: { told: 'reminded', nextAt: BigInt((pendingAt ?? now) + tellsAfter) },
  })
  const to = await hearersOf(transaction, core, question, mentorId)
  // Whoever has it since this moment was told of it just now.
  if (!isNew) await tellMentors(transaction, question, { what: 'waits', to, at: now }, { ...core, now })
  await tellAsker(transaction, question, { what: isNew ? 'given' : 'reminded', at: now }, { ...core, now })
}

async function escalate(transaction: Transaction, question: KeptQuestion, now: number, core: Core): Promise<void> {
  const to = await coordinators(transaction)
  const what = to.length > 0 ? 'told' : 'alone'
  await transaction.question.update({
    where: { id: question.id },
    data: { told: what, nextAt: BigInt(now + closesAfter) },
  })
  await tellMentors(transaction, question, { what: 'late', to, at: now }, { ...core, now })
  await tellAsker(transaction, question, { what, at: now }, { ...core, now })
}

async function end(
  transaction: Transaction,
  question: KeptQuestion,
  what: 'ended' | 'unanswered',
  now: number,
  core: Core,
): Promise<void> {
  await transaction.question.update({ where: { id: question.id }, data: closedAt(now) })
  await withdrawTold(transaction, question.id, now)
  await tellAsker(transaction, question, { what, at: now }, { ...core, now })
}
