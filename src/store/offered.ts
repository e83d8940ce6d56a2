import type { Transaction } from './core.ts'

/**
 * What the chats offered stands among the vacancies, where no column names them: their words and contact go out of it.
 * The empty row stays for a while, closed, so that every process and every notice that waits see that it is gone. Another
 * source that has the same vacancy stores it anew when it is read next; the same offer of somebody else waits for a
 * mentor again, as it stood in the words of both. To be called before their offers are deleted.
 */
export async function forgetOffered(transaction: Transaction, chatIds: readonly number[], now: number): Promise<void> {
  const chats = chatIds.map(BigInt)
  const offers = await transaction.offer.findMany({ where: { chatId: { in: chats }, vacancyId: { not: null } } })
  const ids = [...new Set(offers.flatMap(({ vacancyId }) => vacancyId ?? []))]
  if (ids.length === 0) return
  await transaction.vacancySighting.deleteMany({ where: { vacancyId: { in: ids } } })
  await transaction.offer.updateMany({
    where: { vacancyId: { in: ids }, chatId: { notIn: chats }, state: 'published' },
    data: { state: 'waiting', vacancyId: null, decidedAt: null },
  })
  for (const id of ids) {
    await transaction.$executeRaw`
      UPDATE "Vacancy" SET "state" = 'closed', "identity" = '', "body" = '', "gist" = NULL,
        "changedAt" = CASE WHEN "changedAt" >= ${BigInt(now)} THEN "changedAt" + 1 ELSE ${BigInt(now)} END
      WHERE "id" = ${id}`
  }
}
