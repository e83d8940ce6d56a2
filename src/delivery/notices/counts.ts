import type { Core } from '../../store/core.ts'
import { Prisma } from '../../store/generated/sqlite/client.ts'
import { countLimit, type NoticeCounts } from './notice.ts'
import { inParkedOrder, priorities } from './rows.ts'

/** Priority by priority, so that each count is a piece of the index that ends at the limit. */
export async function count(core: Core, now: number): Promise<NoticeCounts> {
  let [due, later] = [0, 0]
  for (const priority of await priorities(core.prisma)) {
    const waiting = Prisma.sql`"outcome" IS NULL AND "priority" = ${priority}`
    due += await countSome(core, Prisma.sql`${waiting} AND "dueAt" <= ${BigInt(now)}`, countLimit - due)
    later += await countSome(core, Prisma.sql`${waiting} AND "dueAt" > ${BigInt(now)}`, countLimit - later)
  }
  return {
    due,
    later,
    parked: await countSome(core, inParkedOrder, countLimit),
    oldestDueAt: await oldestDueAt(core, now),
  }
}

async function countSome({ prisma, breathe }: Core, which: Prisma.Sql, limit: number): Promise<number> {
  const [row] = await prisma.$queryRaw<{ count: bigint | number }[]>`
    SELECT count(*) AS "count" FROM (SELECT 1 FROM "Notice" WHERE ${which} LIMIT ${limit}) r`
  await breathe()
  return Number(row?.count ?? 0)
}

/** The first of each priority, as the index has them. */
export async function oldestDueAt({ prisma }: Core, now: number): Promise<number | undefined> {
  let oldest: number | undefined
  for (const priority of await priorities(prisma)) {
    const [row] = await prisma.$queryRaw<{ first: bigint | number | null }[]>`
      SELECT min("dueAt") AS "first" FROM "Notice"
      WHERE "outcome" IS NULL AND "priority" = ${priority} AND "dueAt" <= ${BigInt(oldest ?? now)}`
    if (row?.first != null) oldest = Number(row.first)
  }
  return oldest
}
