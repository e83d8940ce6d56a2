import { type ReportReason, reportReasons } from '../../../flows/vacancies/contract.ts'
import type { Core } from '../../store/core.ts'
import { type Findings, noFindings } from './candidates.ts'

/** What people have found of vacancies; of those that are not in it nobody has found anything. */
export type FindingsOf = (ids: readonly string[]) => Promise<ReadonlyMap<string, Findings>>

/** Reads reports and reviews of so many vacancies as stand in one slice. */
export function createFindings({ prisma }: Pick<Core, 'prisma'>): FindingsOf {
  return async (ids) => {
    const vacancyId = { in: [...ids] }
    const [reports, reviews] = await Promise.all([
      prisma.vacancyReport.groupBy({ by: ['vacancyId'], where: { vacancyId }, _count: true }),
      prisma.vacancyReview.findMany({ where: { vacancyId } }),
    ])
    const found = new Map<string, Findings>()
    for (const { vacancyId: id, _count } of reports) found.set(id, { ...noFindings, reports: _count })
    for (const { vacancyId: id, verdict } of reviews) {
      // What cannot be read is as if nobody had looked: the vacancy is held for its signs again.
      const known = verdict === 'cleared' || verdict === 'barred' ? verdict : null
      found.set(id, { ...(found.get(id) ?? noFindings), verdict: known })
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
