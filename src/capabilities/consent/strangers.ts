import { dayLength } from '../../../flows/common/calendar.ts'
import { refusalLasts } from '../../../flows/common/person.ts'
import { forgetChats } from '../../store/chats.ts'
import type { Core, Transaction } from '../../store/core.ts'
import { moment, readEach, whole } from '../../store/damage.ts'
import type { PersonModel } from '../../store/generated/sqlite/models.ts'
import { rowsOf } from '../../store/rows.ts'

/** Whoever has not agreed is forgotten after so long a silence, in ms; after a day where a refusal is over. */
const strangersKept = 30 * dayLength
/** Rows looked at in one short step; with SQLite the whole program waits for it. */
const slice = 200

/**
 * Forgets those who have agreed to nothing and have been silent for 30 days, or for a day when a refusal of theirs is
 * over; in short steps. Returns how many they were.
 */
export async function forgetStrangers(core: Core, now: number, signal?: AbortSignal): Promise<number> {
  let count = 0
  for (let after: bigint | undefined = beforeAll; after !== undefined && signal?.aborted !== true; ) {
    const { strangers, last }: Step = await strangersAfter(core, after, now)
    if (strangers.length > 0) {
      count += await core.prisma.$transaction((transaction) => forgetSilent(transaction, core, strangers))
    }
    after = last
    await core.breathe()
  }
  return count
}

/** Somebody without consent, to be forgotten unless they have been heard of since (epoch ms). */
type Stranger = { readonly chatId: number; readonly since: number }
type Step = { readonly strangers: readonly Stranger[]; readonly last: bigint | undefined }

const beforeAll = BigInt(Number.MIN_SAFE_INTEGER)

/** Along the key, so that no step takes long however many have agreed. */
async function strangersAfter({ prisma, damaged }: Core, after: bigint, now: number): Promise<Step> {
  const rows = await prisma.person.findMany({
    where: { chatId: { gt: after, lte: BigInt(Number.MAX_SAFE_INTEGER) } },
    select: { chatId: true, consentVersion: true, refusedAt: true, updatedAt: true },
    orderBy: { chatId: 'asc' },
    take: slice,
  })
  const keyed = rows.map((row) => ({ ...row, id: String(row.chatId) }))
  const strangers = readEach('Person', keyed, (row) => strangersIn(row, now), damaged).flat()
  return { strangers, last: rows.length < slice ? undefined : rows.at(-1)?.chatId }
}

type StrangerRow = Pick<PersonModel, 'chatId' | 'consentVersion' | 'refusedAt' | 'updatedAt'>

/** Throws when anything of the row cannot be read: nobody is forgotten for a damaged value. */
function strangersIn({ chatId, consentVersion, refusedAt, updatedAt }: StrangerRow, now: number): Stranger[] {
  const isOver = refusedAt !== null && moment(refusedAt) < now - refusalLasts
  const since = now - (isOver ? refusalLasts : strangersKept)
  return consentVersion === null && moment(updatedAt) < since ? [{ chatId: whole(chatId), since }] : []
}

/** A turn of theirs that comes first keeps them; one that comes later finds nothing and begins anew. */
async function forgetSilent(transaction: Transaction, { provider }: Core, strangers: readonly Stranger[]) {
  const rows = rowsOf(
    provider,
    { chatId: 'bigint', since: 'bigint' },
    strangers.map(({ chatId, since }) => [chatId, since]),
  )
  const latest = Math.max(...strangers.map(({ since }) => since))
  // CROSS JOIN has SQLite look for each stranger's row, not through the strangers for each row. The last condition is
  // the one PostgreSQL looks at again when it had to wait for a turn of theirs.
  await transaction.$executeRaw`
    DELETE FROM "Dialogue" WHERE "chatId" IN (
      SELECT d."chatId" FROM ${rows} r CROSS JOIN "Dialogue" d
      WHERE d."chatId" = r."chatId" AND d."updatedAt" < r."since") AND "updatedAt" < ${BigInt(latest)}`
  const chatIds = strangers.map(({ chatId }) => chatId)
  const heard = await transaction.dialogue.findMany({
    where: { chatId: { in: chatIds.map(BigInt) } },
    select: { chatId: true },
  })
  const stay = new Set(heard.map(({ chatId }) => Number(chatId)))
  const silent = chatIds.filter((chatId) => !stay.has(chatId))
  if (silent.length > 0) await forgetChats(transaction, silent)
  return silent.length
}
