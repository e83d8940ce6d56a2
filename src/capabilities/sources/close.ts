import type { Transaction } from '../../store/core.ts'

/** What a source says is over, by its number there or its page. */
export type Gone = { readonly id: string | null; readonly url: string | null }

/**
 * Forgets where vacancies were seen that a source says are over; those that stand nowhere else are closed. Returns how
 * many places were forgotten.
 */
export async function closeGone(
  transaction: Transaction,
  source: string,
  gone: readonly Gone[],
  now: number,
): Promise<number> {
  const ids = gone.flatMap(({ id }) => id ?? [])
  const urls = gone.flatMap(({ id, url }) => (id === null && url !== null ? [url] : []))
  if (ids.length + urls.length === 0) return 0
  const found = await transaction.vacancySighting.findMany({
    where: { source, OR: [{ sourceId: { in: ids } }, { url: { in: urls } }] },
    select: { sourceId: true, vacancyId: true },
  })
  if (found.length === 0) return 0
  await transaction.vacancySighting.deleteMany({
    where: { source, sourceId: { in: found.map(({ sourceId }) => sourceId) } },
  })
  const vacancies = [...new Set(found.map(({ vacancyId }) => vacancyId))]
  const elsewhere = await transaction.vacancySighting.findMany({
    where: { vacancyId: { in: vacancies } },
    select: { vacancyId: true },
  })
  const standing = new Set(elsewhere.map(({ vacancyId }) => vacancyId))
  await transaction.vacancy.updateMany({
    where: { id: { in: vacancies.filter((id) => !standing.has(id)) }, state: 'open' },
    data: { state: 'closed', changedAt: BigInt(now) },
  })
  return found.length
}
