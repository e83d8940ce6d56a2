import type { Core } from '../../store/core.ts'
import { Prisma } from '../../store/generated/sqlite/client.ts'
import { inParkedOrder, locked, parked } from './rows.ts'

/** Those who are away are looked through by their chats, so many notices at a time. */
const parkedSize = 1_000

/** Nearly always none of them has come back, so that nothing is written. */
export async function resumeAll(core: Core): Promise<number> {
  let [after, sum] = [Number.MIN_SAFE_INTEGER, 0]
  for (;;) {
    const { found, last, returned } = await lookForReturned(core, after)
    if (returned) sum += await putBack(core, parkedAfter(after))
    if (found < parkedSize) return sum
    // The last chat once more: the slice may have ended amid its notices.
    after = Math.max(last - 1, after + 1)
    await core.breathe()
  }
}

async function lookForReturned({ prisma }: Core, after: number) {
  const [row] = await prisma.$queryRaw<Record<'found' | 'last' | 'returned', bigint | number | null>[]>`
    SELECT count(*) AS "found", CAST(max("chatId") AS bigint) AS "last",
      max(CASE WHEN ${isReachable} THEN 1 ELSE 0 END) AS "returned"
    FROM (${parkedAfter(after)}) r`
  return { found: Number(row?.found ?? 0), last: Number(row?.last ?? after), returned: Number(row?.returned) === 1 }
}

/** What SQLite keeps of another kind in a column of numbers comes after all of them. */
const lastChat = Prisma.raw(String(Number.MAX_SAFE_INTEGER))

export function parkedOf(chatId: number): Prisma.Sql {
  return Prisma.sql`SELECT "id", "chatId" FROM "Notice" WHERE ${parked} AND "chatId" = ${BigInt(chatId)}`
}

/** The end stands in words, since SQLite would, too, take the other index for two values it does not know. */
function parkedAfter(after: number): Prisma.Sql {
  return Prisma.sql`
    SELECT "id", "chatId" FROM "Notice"
    WHERE "chatId" > ${BigInt(after)} AND "chatId" <= ${lastChat} AND ${inParkedOrder} LIMIT ${parkedSize}`
}

const isReachable = Prisma.sql`
  EXISTS (SELECT 1 FROM "Person" p WHERE p."chatId" = r."chatId" AND p."unreachable" IS NULL)`

/** `waiting` selects ids and chats. */
export function putBack({ prisma, provider }: Core, waiting: Prisma.Sql): Promise<number> {
  return prisma.$executeRaw`
    UPDATE "Notice" SET "outcome" = NULL, "reason" = NULL
    WHERE "id" IN (SELECT r."id" FROM (${waiting} ${locked(provider)}) r WHERE ${isReachable})`
}
