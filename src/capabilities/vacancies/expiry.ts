import { dayLength } from '../../../flows/common/calendar.ts'
import type { Job } from '../../schedule/schedule.ts'
import type { Core } from '../../store/core.ts'
import { Prisma } from '../../store/generated/sqlite/client.ts'
import { inSlices } from '../../store/slices.ts'

/** Closed vacancies that mean something to nobody are kept so long, in case they are opened again. */
export const closedKept = 90 * dayLength
/** Those of which nothing was left with their author are kept so long: every process has seen by then that they are gone. */
const emptyKept = dayLength
/** Slices of one run at most: what is left comes in the next one. */
const mostSlices = 200

/** Every five minutes: vacancies whose last day has passed are closed. */
export function expiryJob(core: Core): Job {
  return {
    name: 'vacancies-expiry',
    cron: '*/5 * * * *',
    run: async ({ now, signal }) => {
      return { expired: await inSomeSlices(core, signal, (limit) => closeExpired(core, now, limit)) }
    },
  }
}

/**
 * Every night: those that were closed long ago are deleted with where they were seen, unless somebody saved or hid one,
 * was told of it, reported it, reviewed it or went for it. A fair and an offer stand it that one is not there any more. Those that went with their author go for all.
 */
export function forgettingJob(core: Core): Job {
  return {
    name: 'vacancies-forgetting',
    cron: '20 4 * * *',
    run: async ({ now, signal }) => {
      const { count } = await core.prisma.vacancy.deleteMany({
        where: { identity: '', body: '', changedAt: { lt: BigInt(now - emptyKept) } },
      })
      const deleted = await inSomeSlices(core, signal, (limit) => deleteClosed(core, now - closedKept, limit))
      return { deleted: deleted + count }
    },
  }
}

function inSomeSlices(core: Core, signal: AbortSignal, work: (limit: number) => Promise<number>): Promise<number> {
  let left = mostSlices
  return inSlices(core, async (limit) => (left-- > 0 ? await work(limit) : 0), { signal })
}

/** One that a source renewed meanwhile stays open: it is looked at again as it is written. */
function closeExpired({ prisma }: Core, now: number, limit: number): Promise<number> {
  const expired = Prisma.sql`"state" = 'open' AND "validThrough" < ${BigInt(now)}`
  return prisma.$executeRaw`
    UPDATE "Vacancy" SET "state" = 'closed', "changedAt" = ${BigInt(now)}
    WHERE ${expired} AND "id" IN (
      SELECT "id" FROM "Vacancy" WHERE ${expired} ORDER BY "validThrough" LIMIT ${limit}
    )`
}

/** Tables in which a vacancy means something to somebody, by the column that names it. */
const holders = ['VacancyMark', 'VacancyReport', 'VacancyReview', 'Alert', 'Application'] as const

async function deleteClosed({ prisma }: Core, before: number, limit: number): Promise<number> {
  return await prisma.$transaction(async (transaction) => {
    const held = holders.map(
      (table) => Prisma.sql`SELECT 1 FROM ${Prisma.raw(`"${table}"`)} h WHERE h."vacancyId" = v."id"`,
    )
    const rows = await transaction.$queryRaw<{ id: string }[]>`
      SELECT v."id" FROM "Vacancy" v
      WHERE v."state" = 'closed' AND v."changedAt" < ${BigInt(before)} AND v."validThrough" < ${BigInt(before)}
        AND NOT EXISTS (${Prisma.join(held, ') AND NOT EXISTS (')})
      ORDER BY v."validThrough" LIMIT ${limit}`
    const ids = rows.map(({ id }) => id)
    if (ids.length === 0) return 0
    await transaction.vacancySighting.deleteMany({ where: { vacancyId: { in: ids } } })
    await transaction.vacancy.deleteMany({ where: { id: { in: ids }, state: 'closed' } })
    return ids.length
  })
}
