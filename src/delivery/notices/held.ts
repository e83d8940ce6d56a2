import type { Core } from '../../store/core.ts'
import { Prisma } from '../../store/generated/sqlite/client.ts'
import { rowsOf } from '../../store/rows.ts'

export async function giveBack(core: Core, ids: readonly number[], holder: string): Promise<void> {
  if (ids.length === 0) return
  await core.prisma.$executeRaw`
    UPDATE "Notice" SET "claimedBy" = NULL, "claimedUntil" = NULL
    WHERE "id" IN ${idsOf(core, ids)} AND "outcome" IS NULL AND "claimedBy" = ${holder}`
}

export async function stillWanted(
  core: Core,
  ids: readonly number[],
  holder: string,
  now: number,
): Promise<readonly number[]> {
  const rows = await core.prisma.$queryRaw<{ id: string; kind: string; muted: string }[]>`
    SELECT n."id", n."kind", p."muted" FROM "Notice" n JOIN "Person" p ON p."chatId" = n."chatId"
    WHERE n."id" IN ${idsOf(core, ids)} AND n."outcome" IS NULL AND n."claimedBy" = ${holder}
      AND (n."expiresAt" IS NULL OR n."expiresAt" > ${BigInt(now)})
      AND p."consentVersion" IS NOT NULL AND p."unreachable" IS NULL`
  return rows.filter(({ kind, muted }) => !muted.includes(JSON.stringify(kind))).map(({ id }) => Number(id))
}

export function idsOf({ provider }: Core, ids: readonly number[]): Prisma.Sql {
  const list = rowsOf(
    provider,
    { id: 'text' },
    ids.map((id) => [String(id)]),
  )
  return Prisma.sql`(SELECT "id" FROM ${list} r)`
}
