import type { Transaction } from './core.ts'

/**
 * What mentors noted on the questions of these chats goes with them. Where they were mentors themselves, what they answered
 * stays with whoever asked, without saying who it was, and what waits for them is given to others at once. To be called
 * before the chats are deleted.
 */
export async function forgetThreads(transaction: Transaction, chatIds: readonly number[], now: number): Promise<void> {
  const chats = { in: chatIds.map(BigInt) }
  const own = await transaction.question.findMany({ select: { id: true }, where: { chatId: chats } })
  // An empty list would look at every row.
  if (own.length > 0) {
    await transaction.questionEntry.deleteMany({ where: { questionId: { in: own.map(({ id }) => id) } } })
  }
  await transaction.questionEntry.updateMany({ where: { mentorId: chats }, data: { mentorId: null } })
  await transaction.question.updateMany({
    where: { mentorId: chats, pendingAt: { not: null } },
    data: { nextAt: BigInt(now) },
  })
  await transaction.question.updateMany({ where: { mentorId: chats }, data: { mentorId: null } })
}
