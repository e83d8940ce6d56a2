import type { Transaction } from './core.ts'

/** The chat of whoever did something and is deleted since. */
export const gone = 0n

/**
 * What mentors and coordinators did outlives them, without saying who it was: nobody takes away by going what was done to
 * others. To be called before the chats are deleted.
 */
export async function forgetActor(transaction: Transaction, chatIds: readonly number[]): Promise<void> {
  const chats = chatIds.map(BigInt)
  await transaction.auditEntry.updateMany({ where: { chatId: { in: chats } }, data: { chatId: gone } })
  await transaction.auditEntry.updateMany({ where: { about: { in: chats } }, data: { about: null } })
}
