import type { Core } from '../../store/core.ts'
import { lastMoment } from '../../store/damage.ts'
import { Prisma } from '../../store/generated/sqlite/client.ts'
import { inSlices } from '../../store/slices.ts'
import { inParkedOrder, lastPriority, locked, priorities, unreadableRow } from './rows.ts'

export async function expire(core: Core, now: number): Promise<readonly string[]> {
  await core.prisma.$executeRaw`
    UPDATE "Notice" SET "outcome" = 'failed', "reason" = ${unreadableRow}, "finishedAt" = ${BigInt(now)}
    WHERE "outcome" IS NULL AND "priority" > ${lastPriority}`
  await endTimeless(core, now)
  const kinds: string[] = []
  const expired = Prisma.sql`"expiresAt" <= ${BigInt(now)} AND "finishedAt" IS NULL
    AND ("claimedUntil" IS NULL OR "claimedUntil" <= ${BigInt(now)})`
  await inSlices(core, async (limit) => {
    const rows = await core.prisma.$queryRaw<{ kind: string }[]>`
      UPDATE "Notice" SET "reason" = COALESCE("outcome", "reason"), "outcome" = 'expired', "finishedAt" = ${BigInt(now)}
      WHERE "id" IN (SELECT "id" FROM "Notice" WHERE ${expired} ORDER BY "expiresAt" LIMIT ${limit} ${locked(core.provider)})
      RETURNING "kind"`
    kinds.push(...rows.map(({ kind }) => kind))
    return rows.length
  })
  return kinds
}

/** What is due at no time of any clock would wait for ever. SQLite sorts texts and bytes behind all numbers. */
async function endTimeless({ prisma }: Core, now: number): Promise<void> {
  for (const priority of await priorities(prisma)) {
    await prisma.$executeRaw`
      UPDATE "Notice" SET "outcome" = 'failed', "reason" = ${unreadableRow}, "finishedAt" = ${BigInt(now)}
      WHERE "outcome" IS NULL AND "priority" = ${priority} AND "dueAt" >= ${BigInt(lastMoment)}`
  }
}

/** Each in the order of its index: where a limit has no order, PostgreSQL may well look through all notices. */
export async function forget(core: Core, before: bigint, created: bigint, signal?: AbortSignal): Promise<number> {
  const over = [
    Prisma.sql`"expiresAt" IS NULL AND "finishedAt" < ${before} ORDER BY "finishedAt"`,
    Prisma.sql`"expiresAt" < ${before} AND "finishedAt" < ${before} ORDER BY "expiresAt"`,
    Prisma.sql`"createdAt" < ${created} AND ${inParkedOrder}`,
  ]
  let sum = 0
  for (const which of over) sum += await inSlices(core, (limit) => forgetSome(core, which, limit), { signal })
  return sum
}

function forgetSome({ prisma }: Core, which: Prisma.Sql, limit: number): Promise<number> {
  return prisma.$executeRaw`
    DELETE FROM "Notice" WHERE "id" IN (SELECT "id" FROM "Notice" WHERE ${which} LIMIT ${limit})`
}
