import type { Transaction } from '../../store/core.ts'

/** Somebody comes into a group by a code. */
export type Arrival = {
  readonly groupId: string
  readonly chatId: number
  readonly role: 'mentor' | 'invited'
  readonly at: number
}

/** Whoever is in the group already stays what they are, but for a mentor, who shares nothing there any more. */
export async function arrive(
  transaction: Pick<Transaction, 'groupMember'>,
  { groupId, chatId, role, at }: Arrival,
): Promise<void> {
  const present = { role, shares: '[]', joinedAt: BigInt(at) }
  await transaction.groupMember.upsert({
    where: { groupId_chatId: { groupId, chatId: BigInt(chatId) } },
    create: { groupId, chatId: BigInt(chatId), ...present },
    update: role === 'mentor' ? present : {},
  })
}
