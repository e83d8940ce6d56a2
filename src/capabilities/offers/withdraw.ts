import type { Transaction } from '../../store/core.ts'
import { source } from './reading.ts'

/**
 * The vacancy is no more offered here: it closes, unless another source says that it stands. Every process sees it by
 * the time of its change.
 */
export async function withdrawVacancy(
  transaction: Transaction,
  offerId: string,
  vacancyId: string,
  at: number,
): Promise<void> {
  await transaction.vacancySighting.deleteMany({ where: { source, sourceId: offerId } })
  const elsewhere = await transaction.vacancySighting.count({ where: { vacancyId } })
  if (elsewhere > 0) return
  await transaction.$executeRaw`
    UPDATE "Vacancy" SET "state" = 'closed',
      "changedAt" = CASE WHEN "changedAt" >= ${BigInt(at)} THEN "changedAt" + 1 ELSE ${BigInt(at)} END
    WHERE "id" = ${vacancyId}`
}
