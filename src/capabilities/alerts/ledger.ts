import { releaseAlerts } from '../../../flows/alerts/contract.ts'
import { type FactWriter, forget } from '../../store/capability.ts'
import type { Core, Transaction } from '../../store/core.ts'
import type { Provider } from '../../store/models.ts'
import { type Columns, type Row, rowsOf } from '../../store/rows.ts'
import { inSlices } from '../../store/slices.ts'

/** A vacancy that was found for a subscription. */
export type Entry = {
  readonly subscriptionId: string
  readonly vacancyId: string
  readonly edition: number
  readonly score: number
  readonly newsAt: number
}

const entryColumns = {
  subscriptionId: 'text',
  vacancyId: 'text',
  edition: 'int',
  score: 'int',
  newsAt: 'bigint',
} as const satisfies Columns

/**
 * Writes what was found: a row once for a subscription and a vacancy; a later edition waits again. Subscriptions that
 * are gone, paused or younger than the news get nothing. Those that are told at once are due now. Returns the rows
 * written. To be told again after a kill changes nothing.
 */
export async function writeEntries(
  { prisma, provider }: Pick<Core, 'prisma' | 'provider'>,
  entries: readonly Entry[],
  now: number,
): Promise<number> {
  if (entries.length === 0) return 0
  const rows = entries.map(({ subscriptionId, vacancyId, edition, score, newsAt }): Row => {
    return [subscriptionId, vacancyId, edition, score, newsAt]
  })
  const found = rowsOf(provider, entryColumns, rows)
  return await prisma.$transaction(async (transaction) => {
    const written = await transaction.$executeRaw`
      INSERT INTO "Alert" ("subscriptionId", "vacancyId", "chatId", "edition", "score", "foundAt")
      SELECT r."subscriptionId", r."vacancyId", s."chatId", r."edition", r."score", ${BigInt(now)}
      FROM ${found} r JOIN "Subscription" s ON s."id" = r."subscriptionId"
      WHERE s."state" || '' = 'active' AND s."createdAt" <= r."newsAt"
      ON CONFLICT ("subscriptionId", "vacancyId") DO UPDATE SET "edition" = excluded."edition",
        "score" = excluded."score", "foundAt" = excluded."foundAt", "noticeKey" = NULL
      WHERE "Alert"."edition" < excluded."edition"`
    if (written > 0) {
      await transaction.$executeRaw`
        UPDATE "Subscription" SET "nextAt" = ${BigInt(now)}
        WHERE "id" IN (SELECT r."subscriptionId" FROM ${found} r)
          AND "rhythm" = 'once' AND "state" || '' = 'active' AND "nextAt" IS NULL`
    }
    return written
  })
}

/** A row that waits, with what was told of its vacancy before. */
export type WaitingRow = {
  readonly subscriptionId: string
  readonly vacancyId: string
  readonly edition: number
  readonly score: number
  /** How many wait for the subscription in all. */
  readonly total: number
}

/** The best of what waits for each of the subscriptions, `most` for one; only what is open and within its time. */
export async function waitingRows(
  { prisma, provider }: Pick<Core, 'prisma' | 'provider'>,
  ids: readonly string[],
  { now, most }: { readonly now: number; readonly most: number },
): Promise<WaitingRow[]> {
  const rows = await prisma.$queryRaw<{ [K in keyof WaitingRow]: WaitingRow[K] | bigint }[]>`
    SELECT * FROM (
      SELECT a."subscriptionId", a."vacancyId", a."edition", a."score",
        COUNT(*) OVER (PARTITION BY a."subscriptionId") AS "total",
        ROW_NUMBER() OVER (
          PARTITION BY a."subscriptionId" ORDER BY a."score" DESC, a."foundAt" DESC, a."vacancyId"
        ) AS "place"
      FROM ${idsIn(provider, ids)} r
      JOIN "Alert" a ON a."subscriptionId" = r."id" AND a."noticeKey" IS NULL
      JOIN "Vacancy" v ON v."id" = a."vacancyId" AND v."state" || '' = 'open' AND v."validThrough" + 0 >= ${BigInt(now)}
    ) found WHERE "place" <= ${most} ORDER BY "subscriptionId", "place"`
  return rows.map(({ subscriptionId, vacancyId, edition, score, total }) => ({
    subscriptionId: String(subscriptionId),
    vacancyId: String(vacancyId),
    edition: Number(edition),
    score: Number(score),
    total: Number(total),
  }))
}

/** What was told of a vacancy to a person, for whichever subscription: the last edition, and what it paid at most. */
export type ToldRow = {
  readonly chatId: number
  readonly vacancyId: string
  readonly edition: number
  readonly pay: number | null
}

export async function toldRows(
  { prisma, provider }: Pick<Core, 'prisma' | 'provider'>,
  { chatIds, vacancyIds }: { readonly chatIds: readonly number[]; readonly vacancyIds: readonly string[] },
): Promise<ToldRow[]> {
  if (chatIds.length === 0 || vacancyIds.length === 0) return []
  const chats = rowsOf(
    provider,
    { chatId: 'bigint' },
    chatIds.map((id) => [id]),
  )
  // By the chats, each of which has few rows: of a vacancy there may be as many as there are people.
  const rows = await prisma.$queryRaw<
    { chatId: bigint; vacancyId: string; toldEdition: number | bigint; toldPay: bigint | null }[]
  >`
    SELECT a."chatId", a."vacancyId", a."toldEdition", a."toldPay"
    FROM ${chats} r JOIN "Alert" a ON a."chatId" = r."chatId" AND a."toldAt" > 0
    WHERE a."toldEdition" IS NOT NULL
      AND a."vacancyId" || '' IN (SELECT "id" FROM ${idsIn(provider, vacancyIds)} found)`
  return rows.map(({ chatId, vacancyId, toldEdition, toldPay }) => {
    const pay = toldPay === null ? null : Number(toldPay)
    return { chatId: Number(chatId), vacancyId, edition: Number(toldEdition), pay }
  })
}

/** How many were told for each of the chats' subscriptions since a moment (epoch ms). */
export async function toldSince(
  { prisma }: Pick<Core, 'prisma'>,
  chatIds: readonly number[],
  since: number,
): Promise<ReadonlyMap<string, number>> {
  const rows = await prisma.alert.groupBy({
    by: ['subscriptionId'],
    where: { chatId: { in: chatIds.map(BigInt) }, toldAt: { gte: BigInt(since) } },
    _count: true,
  })
  return new Map(rows.map(({ subscriptionId, _count }) => [subscriptionId, _count]))
}

/** A row that stands in a notice from now on. */
export type ToldEntry = {
  readonly subscriptionId: string
  readonly vacancyId: string
  readonly noticeKey: string
  readonly edition: number
  readonly pay: number | null
}

const toldColumns = {
  subscriptionId: 'text',
  vacancyId: 'text',
  noticeKey: 'text',
  edition: 'int',
  pay: 'bigint',
} as const satisfies Columns

/** Notes what stands in notices, unless it was found anew meanwhile. */
export async function markTold(
  transaction: Transaction,
  provider: Provider,
  told: readonly ToldEntry[],
  now: number,
): Promise<void> {
  if (told.length === 0) return
  const rows = told.map(({ subscriptionId, vacancyId, noticeKey, edition, pay }): Row => {
    return [subscriptionId, vacancyId, noticeKey, edition, pay]
  })
  await transaction.$executeRaw`
    UPDATE "Alert" SET "noticeKey" = r."noticeKey", "toldAt" = ${BigInt(now)}, "toldEdition" = r."edition", "toldPay" = r."pay"
    FROM ${rowsOf(provider, toldColumns, rows)} r
    WHERE "Alert"."subscriptionId" = r."subscriptionId" AND "Alert"."vacancyId" = r."vacancyId"
      AND "Alert"."noticeKey" IS NULL AND "Alert"."edition" <= r."edition"`
}

/** Notes that all else that waits for these subscriptions is counted in their notices. */
export async function markCounted(
  transaction: Transaction,
  provider: Provider,
  counted: readonly { readonly id: string; readonly noticeKey: string }[],
): Promise<void> {
  if (counted.length === 0) return
  const rows = counted.map(({ id, noticeKey }): Row => [id, noticeKey])
  await transaction.$executeRaw`
    UPDATE "Alert" SET "noticeKey" = r."noticeKey"
    FROM ${rowsOf(provider, { id: 'text', noticeKey: 'text' }, rows)} r
    WHERE "Alert"."subscriptionId" = r."id" AND "Alert"."noticeKey" IS NULL`
}

/** Takes rows out whose vacancies are not for their people, or not any more. */
export async function dropEntries(
  transaction: Transaction,
  provider: Provider,
  dropped: readonly { readonly subscriptionId: string; readonly vacancyId: string }[],
): Promise<void> {
  if (dropped.length === 0) return
  const rows = dropped.map(({ subscriptionId, vacancyId }): Row => [subscriptionId, vacancyId])
  const given = rowsOf(provider, { subscriptionId: 'text', vacancyId: 'text' }, rows)
  await transaction.$executeRaw`
    DELETE FROM "Alert" WHERE ("subscriptionId", "vacancyId") IN (SELECT r."subscriptionId", r."vacancyId" FROM ${given} r)`
}

/** Deletes what was found before `before` (epoch ms): its vacancies are long over. */
export async function forgetEntries(core: Core, before: number, signal: AbortSignal): Promise<number> {
  return await inSlices(
    core,
    (limit) => core.prisma.$executeRaw`
      DELETE FROM "Alert" WHERE ("subscriptionId", "vacancyId") IN (
        SELECT "subscriptionId", "vacancyId" FROM "Alert" WHERE "foundAt" < ${BigInt(before)} ORDER BY "foundAt" LIMIT ${limit})`,
    { signal },
  )
}

/**
 * When a turn takes the person's notices back, what stood in them waits again. One that is on its way at this moment
 * is left as told: it may have reached its person.
 */
export const ledgerFacts: readonly FactWriter[] = [
  forget(releaseAlerts, async (transaction, entries) => {
    for (const { chatId, at } of entries) {
      const own = BigInt(chatId)
      const released = await transaction.$queryRaw<{ subscriptionId: string }[]>`
        UPDATE "Alert" SET "noticeKey" = NULL, "toldAt" = NULL, "toldEdition" = NULL, "toldPay" = NULL
        WHERE "chatId" = ${own} AND "toldAt" > 0 AND "noticeKey" IN (
          SELECT n."key" FROM "Notice" n WHERE n."chatId" = ${own} AND n."outcome" = 'withdrawn' AND n."reason" = 'asked'
            AND n."kind" = 'alerts.found' AND n."claimedBy" IS NULL)
        RETURNING "subscriptionId"`
      const ids = [...new Set(released.map(({ subscriptionId }) => subscriptionId))]
      await transaction.subscription.updateMany({
        where: { id: { in: ids }, chatId: own, state: 'active' },
        data: { nextAt: BigInt(at) },
      })
    }
  }),
]

export function idsIn(provider: Provider, ids: readonly string[]) {
  return rowsOf(
    provider,
    { id: 'text' },
    ids.map((id) => [id]),
  )
}
