import type { Transaction } from '../../store/core.ts'
import { whole } from '../../store/damage.ts'
import { Prisma } from '../../store/generated/sqlite/client.ts'
import type { NoticeModel } from '../../store/generated/sqlite/models.ts'
import type { Provider } from '../../store/models.ts'
import { type Place, placeOf, type Seal } from '../../store/seal.ts'
import type { FoundNotice } from './notice.ts'

export function valuesPlace(id: string, chatId: number | bigint): Place {
  return placeOf('Notice', 'values', id, chatId)
}

export function opened(row: NoticeModel, seal: Seal): FoundNotice {
  const values: unknown = JSON.parse(seal.open(row.values, valuesPlace(row.id, row.chatId)))
  const answer: unknown = row.answer === null ? undefined : JSON.parse(row.answer)
  const { kind, messageId } = row
  return { id: numeric(row.id), kind, chatId: whole(row.chatId), values, messageId: messageId ?? undefined, answer }
}

/** The number callback data names the notice by. */
function numeric(id: string): number {
  const number = whole(Number(id))
  if (String(number) === id) return number
  throw new RangeError('The id of a notice is no number')
}

/** Waiting for somebody who cannot be reached at present. */
export const parked = Prisma.sql`"outcome" IN ('blocked', 'unreachable') AND "finishedAt" IS NULL`

/** As their index has them; without the order SQLite may go through one that has all notices. */
export const inParkedOrder = Prisma.sql`${parked} ORDER BY "chatId", "createdAt"`

/** Rows that another transaction is at are its own. Such a list of ids is the outer loop, and needs no second look. */
export function locked(provider: Provider): Prisma.Sql {
  return provider === 'postgresql' ? Prisma.sql`FOR UPDATE SKIP LOCKED` : Prisma.empty
}

/** The largest number an int column holds; what SQLite keeps of another kind in one comes after it. */
export const lastPriority = 2 ** 31 - 1

/** The priorities that wait, smallest first: a step from each to the next in the index, not a look at every row. */
export async function priorities(transaction: Pick<Transaction, '$queryRaw'>): Promise<number[]> {
  const rows = await transaction.$queryRaw<{ priority: number | bigint }[]>`
    SELECT "priority" FROM (
      WITH RECURSIVE step("priority") AS (
        SELECT min("priority") FROM "Notice" WHERE "outcome" IS NULL AND "priority" <= ${lastPriority}
        UNION ALL
        SELECT (SELECT min(n."priority") FROM "Notice" n
          WHERE n."outcome" IS NULL AND n."priority" > step."priority" AND n."priority" <= ${lastPriority})
        FROM step WHERE step."priority" IS NOT NULL
      ) SELECT "priority" FROM step WHERE "priority" IS NOT NULL
    ) found ORDER BY "priority"`
  return rows.map((row) => Number(row.priority))
}

export const unreadableRow = 'its row cannot be read'
