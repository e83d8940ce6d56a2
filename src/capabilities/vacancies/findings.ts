import { type ReportReason, reportReasons } from '../../../flows/vacancies/contract.ts'
import type { Core } from '../../store/core.ts'
import { Prisma } from '../../store/generated/sqlite/client.ts'
import { type Findings, noFindings } from './candidates.ts'

/** What people have found of vacancies; of those that are not in it nobody has found anything. */
export type FindingsOf = (ids: readonly string[]) => Promise<ReadonlyMap<string, Findings>>

/** Reads reports and reviews of so many vacancies as stand in one slice. */
export function createFindings({ prisma }: Pick<Core, 'prisma'>): FindingsOf {
  return async (ids) => {
    if (ids.length === 0) return new Map()
    const [reports, reviews] = await Promise.all([
      // Those made after a mentor cleared it count anew.
      prisma.$queryRaw<{ vacancyId: string; count: number | bigint }[]>`
        SELECT r."vacancyId", COUNT(*) AS "count" FROM "VacancyReport" r
        LEFT JOIN "VacancyReview" v ON v."vacancyId" = r."vacancyId" AND v."verdict" = 'cleared'
        WHERE r."vacancyId" IN (${Prisma.join([...ids])}) AND (v."at" IS NULL OR r."at" > v."at")
        GROUP BY r."vacancyId"`,
      prisma.vacancyReview.findMany({ where: { vacancyId: { in: [...ids] } } }),
    ])
    const found = new Map<string, Findings>()
    for (const { vacancyId: id, count } of reports) found.set(id, { ...noFindings, reports: Number(count) })
    for (const { vacancyId: id, verdict, wording } of reviews) {
      // What cannot be read is as if nobody had looked: the vacancy is held for its signs again.
      const known = verdict === 'cleared' || verdict === 'barred' ? verdict : null
      found.set(id, { ...(found.get(id) ?? noFindings), verdict: known, wording })
    }
    return found
  }
}

/** How many reported a vacancy for what reason, the most frequent first. */
export async function reasonsOf({ prisma }: Pick<Core, 'prisma'>, id: string) {
  const rows = await prisma.vacancyReport.groupBy({ by: ['reason'], where: { vacancyId: id }, _count: true })
  return rows
    .flatMap(({ reason, _count }) => (isReason(reason) ? [{ reason, count: _count }] : []))
    .sort((one, other) => other.count - one.count)
}

function isReason(reason: string): reason is ReportReason {
  return reportReasons.some((one) => one === reason)
}
