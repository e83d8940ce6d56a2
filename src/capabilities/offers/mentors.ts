import type { Transaction } from '../../store/core.ts'
import { looking } from '../vacancies/lookers.ts'

/** Mentors that are told of one thing at most: more of them would only wait for one another. */
export const mostMentors = 200

/** Those who look at offers, besides the given one, as far as they can be reached. */
export async function reachableMentors(prisma: Pick<Transaction, 'person'>, besides?: number): Promise<number[]> {
  const rows = await prisma.person.findMany({
    select: { chatId: true },
    where: {
      ...looking,
      ...(besides !== undefined && { chatId: { not: BigInt(besides) } }),
    },
    orderBy: { chatId: 'asc' },
    take: mostMentors,
  })
  return rows.map(({ chatId }) => Number(chatId))
}

/** A mentor's own offer is looked at by another one, where there is one. */
export async function mayDecide(prisma: Pick<Transaction, 'person'>, author: number, mentor: number): Promise<boolean> {
  return author !== mentor || (await reachableMentors(prisma, mentor)).length === 0
}
