import { FoundValues, found } from '../../../flows/alerts/notices.ts'
import { notice } from '../../../flows/kit/notice.ts'
import { putNotices, takeBack } from '../../delivery/notices/put.ts'
import { opened } from '../../delivery/notices/rows.ts'
import type { Core, Transaction } from '../../store/core.ts'
import { readEach } from '../../store/damage.ts'
import type { NoticeModel } from '../../store/generated/sqlite/models.ts'
import { type Columns, type Row, rowsOf } from '../../store/rows.ts'
import { type Cursor, overlap, type Seen } from './cursor.ts'
import { idsIn } from './ledger.ts'
import type { Shelf } from './shelf.ts'

/** Vacancies looked at at once, and notices put anew in one transaction. */
const [slice, batch] = [500, 25]
/** Marks are written as a turn ends: so far it is looked back for them, ms. */
const markOverlap = 2 * 60_000

export type WithdrawTools = {
  readonly core: Core
  readonly shelf: Shelf
  readonly cursor: Cursor
  readonly seen: Seen
}

/** A vacancy that has to go from notices: from everybody's, or from those of one chat. */
type Gone = { readonly vacancyId: string; readonly chatId: number | null }

/**
 * Takes vacancies out of notices that wait still: what was closed, ran out, was held back or barred, or was hidden by
 * the person. The notice is taken back and put again without them, or not at all. Returns the notices changed.
 */
export async function withdrawGone(tools: WithdrawTools, now: number, signal: AbortSignal): Promise<number> {
  const { core, cursor, seen } = tools
  const reached = (await cursor.get()) ?? now
  let [sum, isWhole] = [0, true]
  const take = async (gone: readonly Gone[]) => {
    const done = await takeOut(core, gone, now)
    sum += done.changed
    isWhole &&= done.isWhole
    return done.isWhole
  }
  seen.forget(reached - 2 * overlap)
  for await (const changes of changedSince(core, reached - overlap)) {
    const fresh = changes.filter(({ id, changedAt }) => !seen.has(id, String(changedAt)))
    const ids = await waitingAmong(
      core,
      fresh.map(({ id }) => id),
    )
    const vacancies = await tools.shelf.take(ids)
    const gone = ids.filter((id) => vacancies.get(id)?.isGood(now) !== true)
    const isTaken = await take(gone.map((vacancyId) => ({ vacancyId, chatId: null })))
    // What is on its way at this moment is looked at once more.
    if (isTaken) for (const { id, changedAt } of fresh) seen.add(id, String(changedAt), changedAt)
    if (signal.aborted) return sum
    await core.breathe()
  }
  for await (const ids of expiredBetween(core, reached - overlap, now)) {
    const waiting = await waitingAmong(core, ids)
    await take(waiting.map((vacancyId) => ({ vacancyId, chatId: null })))
    if (signal.aborted) return sum
  }
  await take(await hiddenSince(core, reached - markOverlap))
  if (isWhole) await cursor.move(now)
  return sum
}

type Change = { readonly id: string; readonly changedAt: number }

async function* changedSince({ prisma }: Core, from: number): AsyncGenerator<readonly Change[]> {
  let [at, after] = [BigInt(Math.max(0, from)), '']
  for (;;) {
    const rows = await prisma.$queryRaw<{ id: string; changedAt: bigint }[]>`
      SELECT "id", "changedAt" FROM "Vacancy"
      WHERE "changedAt" >= ${at} AND ("changedAt", "id") > (${at}, ${after}) ORDER BY "changedAt", "id" LIMIT ${slice}`
    if (rows.length > 0) yield rows.map(({ id, changedAt }) => ({ id, changedAt: Number(changedAt) }))
    const last = rows.at(-1)
    if (last === undefined || rows.length < slice) return
    at = last.changedAt
    after = last.id
  }
}

async function* expiredBetween({ prisma }: Core, from: number, until: number): AsyncGenerator<readonly string[]> {
  let [at, after] = [BigInt(Math.max(0, from)), '']
  for (;;) {
    const rows = await prisma.$queryRaw<{ id: string; validThrough: bigint }[]>`
      SELECT "id", "validThrough" FROM "Vacancy"
      WHERE "state" = 'open' AND "validThrough" >= ${at} AND ("validThrough", "id") > (${at}, ${after})
        AND "validThrough" < ${BigInt(until)}
      ORDER BY "validThrough", "id" LIMIT ${slice}`
    if (rows.length > 0) yield rows.map(({ id }) => id)
    const last = rows.at(-1)
    if (last === undefined || rows.length < slice) return
    at = last.validThrough
    after = last.id
  }
}

/** Which of the vacancies stand in notices that wait. */
async function waitingAmong({ prisma, provider }: Core, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const rows = await prisma.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT r."id" FROM ${idsIn(provider, ids)} r
    JOIN "Alert" a ON a."vacancyId" = r."id"
    JOIN "Notice" n ON n."key" = a."noticeKey" || '' AND n."finishedAt" + 0 IS NULL`
  return rows.map(({ id }) => id)
}

async function hiddenSince({ prisma }: Core, since: number): Promise<readonly Gone[]> {
  const rows = await prisma.vacancyMark.findMany({
    where: { at: { gte: BigInt(Math.max(0, since)) }, mark: 'hidden' },
    orderBy: { at: 'asc' },
    select: { chatId: true, vacancyId: true },
  })
  return rows.map(({ chatId, vacancyId }) => ({ chatId: Number(chatId), vacancyId }))
}

const goneColumns = { vacancyId: 'text', chatId: 'bigint' } as const satisfies Columns

/** Takes them out of all notices that wait, so many in one transaction. */
async function takeOut(core: Core, gone: readonly Gone[], now: number) {
  let [changed, isWhole] = [0, true]
  const chats = new Map<string, Set<number | null>>()
  for (const { vacancyId, chatId } of gone) chats.set(vacancyId, (chats.get(vacancyId) ?? new Set()).add(chatId))
  const isGone = (vacancyId: string, chatId: number) => {
    const of = chats.get(vacancyId)
    return of !== undefined && (of.has(null) || of.has(chatId))
  }
  for (let after = ''; gone.length > 0; await core.breathe()) {
    const rows = await noticesWith(core, gone, after)
    const last = rows.at(-1)
    if (last === undefined) break
    after = last.id
    const done = await core.prisma.$transaction((transaction) => renew(core, transaction, { rows, isGone, now }))
    changed += done
    isWhole &&= done === rows.length
    if (rows.length < batch) break
  }
  return { changed, isWhole }
}

function noticesWith({ prisma, provider }: Core, gone: readonly Gone[], after: string): Promise<NoticeModel[]> {
  const rows = gone.map(({ vacancyId, chatId }): Row => [vacancyId, chatId])
  return prisma.$queryRaw<NoticeModel[]>`
    SELECT * FROM "Notice" WHERE "id" IN (
      SELECT n."id" FROM ${rowsOf(provider, goneColumns, rows)} r
      JOIN "Alert" a ON a."vacancyId" = r."vacancyId" AND a."toldAt" + 0 > 0
        AND (r."chatId" IS NULL OR a."chatId" = r."chatId")
      JOIN "Notice" n ON n."key" = a."noticeKey" || '' AND n."finishedAt" + 0 IS NULL AND n."id" > ${after}
      ORDER BY n."id" LIMIT ${batch}
    ) ORDER BY "id"`
}

type Renewal = {
  readonly rows: readonly NoticeModel[]
  readonly isGone: (vacancyId: string, chatId: number) => boolean
  readonly now: number
}

/** Returns how many it took back; those on their way at this moment are left. */
async function renew(core: Core, transaction: Transaction, { rows, isGone, now }: Renewal): Promise<number> {
  const keys = rows.map(({ key }) => key)
  const back = await takeBack(transaction, core.provider, keys, now)
  const taken = rows.filter(({ key }) => back.has(key))
  const read = readEach('Notice', taken, (row) => ({ row, ...contentOf(row, core) }), core.damaged)
  const out = read.flatMap(({ row, chatId, values }) =>
    values.items
      .filter(({ listing }) => isGone(listing.id, chatId))
      .map(({ listing }) => [row.key, listing.id] as const),
  )
  const again = read.flatMap(({ row, chatId, values }) => {
    const items = values.items.filter(({ listing }) => !isGone(listing.id, chatId))
    if (items.length === 0) return []
    const { key, dueAt, expiresAt } = row
    const ends = expiresAt === null ? {} : { expiresAt: Number(expiresAt) }
    return [notice(found, { chatId, key, dueAt: Number(dueAt), ...ends, values: { ...values, items } })]
  })
  if (out.length > 0) {
    const given = rowsOf(
      core.provider,
      { key: 'text', vacancyId: 'text' },
      out.map(([key, vacancyId]) => [key, vacancyId]),
    )
    await transaction.$executeRaw`
      DELETE FROM "Alert" WHERE ("subscriptionId", "vacancyId") IN (
        SELECT a."subscriptionId", a."vacancyId" FROM ${given} r
        JOIN "Alert" a ON a."vacancyId" = r."vacancyId" AND a."noticeKey" || '' = r."key")`
  }
  await putNotices(transaction, again, { ...core, now })
  return taken.length
}

function contentOf(
  row: NoticeModel,
  { seal }: Pick<Core, 'seal'>,
): { readonly chatId: number; readonly values: FoundValues } {
  const { chatId, values } = opened(row, seal)
  return { chatId, values: FoundValues.parse(values) }
}
