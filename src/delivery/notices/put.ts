import { hash } from 'node:crypto'
import type { DataOf } from '../../../flows/kit/contract.ts'
import { answerNotices, NewNotice, putNotice, withdrawNotices } from '../../../flows/kit/notice.ts'
import { type FactEntry, type FactTools, type FactWriter, notify } from '../../store/capability.ts'
import type { Transaction } from '../../store/core.ts'
import { Prisma } from '../../store/generated/sqlite/client.ts'
import type { Provider } from '../../store/models.ts'
import { type Columns, namesOf, type Row, rowsOf } from '../../store/rows.ts'
import { answer } from './answer.ts'
import { parked, valuesPlace } from './rows.ts'

/** Withdrawing goes first, so that a turn may withdraw the old notices of a thing and put its new ones. */
export const noticeFacts: readonly FactWriter[] = [
  notify(withdrawNotices, withdraw),
  notify(answerNotices, answer),
  notify(putNotice, (transaction, entries, tools) =>
    putNotices(
      transaction,
      entries.map(({ chatId: own, data: { chatId = own, ...rest } }) => ({ chatId, ...rest })),
      tools,
    ),
  ),
]

const columns = {
  id: 'text',
  key: 'text',
  kind: 'text',
  chatId: 'bigint',
  priority: 'int',
  dueAt: 'bigint',
  expiresAt: 'bigint',
  values: 'bytes',
  createdAt: 'bigint',
} as const satisfies Columns

/** Why a notice was withdrawn, when its flow or job asked for it; such a one may be put again. */
const asked = 'asked'

/**
 * Writes notices within the caller's transaction. A key that exists already changes nothing, unless that notice was
 * withdrawn by `notice.withdraw`: then it waits again as it is put now. Throws a ZodError for what is no notice.
 */
export async function putNotices(
  transaction: Transaction,
  notices: readonly NewNotice[],
  tools: Pick<FactTools, 'seal' | 'newId' | 'provider' | 'now'>,
): Promise<void> {
  // PostgreSQL refuses a statement that names a row twice.
  const once = new Map<string, NewNotice>()
  for (const notice of notices) if (!once.has(notice.key)) once.set(notice.key, notice)
  if (once.size === 0) return
  const rows = [...once.values()].sort((a, b) => (a.key < b.key ? -1 : 1)).map((notice) => toRow(notice, tools))
  const again = ['id', 'kind', 'chatId', 'priority', 'dueAt', 'expiresAt', 'values', 'createdAt']
  const names = namesOf(columns)
  await transaction.$executeRaw`
    INSERT INTO "Notice" (${names}) SELECT ${names} FROM ${rowsOf(tools.provider, columns, rows)} r WHERE true
    ON CONFLICT ("key") DO UPDATE SET ${Prisma.raw(again.map((name) => `"${name}" = excluded."${name}"`).join(', '))},
      "attempts" = 0, "outcome" = NULL, "reason" = NULL, "finishedAt" = NULL, "claimedBy" = NULL, "claimedUntil" = NULL,
      "answer" = NULL, "answeredAt" = NULL
    WHERE "Notice"."outcome" = 'withdrawn' AND "Notice"."reason" = ${asked}`
}

function toRow(given: NewNotice, { seal, newId, now }: Pick<FactTools, 'seal' | 'newId' | 'now'>): Row {
  const { key, kind, chatId, priority, dueAt, expiresAt, values } = NewNotice.parse(given)
  const id = numberOf(newId())
  const sealed = seal.seal(JSON.stringify(values ?? null), valuesPlace(id, chatId))
  return [id, key, kind, chatId, priority, dueAt, expiresAt ?? null, sealed, now]
}

/** Callback data names a notice by number: 52 bits of the id, which is random. */
function numberOf(id: string): string {
  return String(Number.parseInt(hash('sha256', id, 'hex').slice(0, 13), 16))
}

/**
 * Withdraws notices by their keys within the caller's transaction, unless they are over or on their way at this moment;
 * returns the keys of those it withdrew, which may be put again.
 */
export async function takeBack(
  transaction: Transaction,
  provider: Provider,
  keys: readonly string[],
  now: number,
): Promise<ReadonlySet<string>> {
  const given = rowsOf(
    provider,
    { key: 'text' },
    keys.map((key) => [key]),
  )
  const rows = await transaction.$queryRaw<{ key: string }[]>`
    UPDATE "Notice" SET "outcome" = 'withdrawn', "reason" = ${asked}, "finishedAt" = ${BigInt(now)}
    WHERE "key" IN (SELECT r."key" FROM ${given} r) AND "finishedAt" + 0 IS NULL
      AND ("claimedBy" || '' IS NULL OR "claimedUntil" <= ${BigInt(now)})
    RETURNING "key"`
  return new Set(rows.map(({ key }) => key))
}

async function withdraw(
  transaction: Transaction,
  entries: readonly FactEntry<DataOf<typeof withdrawNotices>>[],
  { now }: FactTools,
): Promise<void> {
  for (const { chatId: own, data } of entries) {
    await withdrawNoticesOf(transaction, { ...data, chatId: data.chatId ?? own }, now)
  }
}

/** Withdraws within the caller's transaction what waits under keys that begin so, at `now` (epoch ms). */
export async function withdrawNoticesOf(
  transaction: Transaction,
  { keyPrefix, chatId, everywhere }: DataOf<typeof withdrawNotices> & { readonly chatId: number },
  now: number,
): Promise<void> {
  const whose = everywhere === true ? Prisma.sql`true` : Prisma.sql`"chatId" = ${BigInt(chatId)}`
  await transaction.$executeRaw`
    UPDATE "Notice" SET "outcome" = 'withdrawn', "reason" = ${asked}, "finishedAt" = ${BigInt(now)}
    WHERE "outcome" IS NULL AND ${whose} AND substr("key", 1, ${keyPrefix.length}) = ${keyPrefix}`
  await transaction.$executeRaw`
    UPDATE "Notice" SET "outcome" = 'withdrawn', "reason" = ${asked}, "finishedAt" = ${BigInt(now)}
    WHERE ${parked} AND ${whose} AND substr("key", 1, ${keyPrefix.length}) = ${keyPrefix}`
}
