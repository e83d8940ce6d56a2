import { createHash, randomBytes } from 'node:crypto'
import * as z from 'zod'
import { dayLength } from '../../../flows/common/calendar.ts'
import { refusalLasts, standsByCode } from '../../../flows/common/person.ts'
import { forgetChats } from '../../store/chats.ts'
import type { Asks, Core, FactEntry, FactTools, FactWriters, Transaction } from '../../store/core.ts'
import { moment, readEach, readOr, small, whole } from '../../store/damage.ts'
import type { PersonModel } from '../../store/generated/sqlite/models.ts'
import { type Columns, rowsOf } from '../../store/rows.ts'

/** Who stands behind a code: a children's home for its wards, or a parent or guardian for one child. */
export const consentKinds = ['institution', 'guardian'] as const
export type ConsentKind = (typeof consentKinds)[number]

const Wanted = z.object({
  kind: z.enum(consentKinds),
  /** How long the code is good for. */
  days: z.int().min(1).max(366),
  /** How many people may use it. */
  uses: z.int().min(1).max(1_000),
})

/**
 * A code of 24 characters that fits a deep link (`start=…`). Only its hash is kept, so it is shown here once and never
 * again. Throws a ZodError for a kind, days or uses out of range.
 */
export async function createConsentCode(
  { prisma, clock }: Pick<Core, 'prisma' | 'clock'>,
  wanted: z.infer<typeof Wanted>,
  random: (size: number) => Buffer = randomBytes,
): Promise<string> {
  const { kind, days, uses } = Wanted.parse(wanted)
  const code = random(18).toString('base64url')
  const now = clock.now()
  await prisma.consentCode.create({
    data: {
      hash: hashOf(code),
      kind,
      createdAt: BigInt(now),
      expiresAt: BigInt(now + days * dayLength),
      usesLeft: uses,
    },
  })
  return code
}

const Code = z.object({ code: z.string().max(256) })

export const facts: FactWriters = { 'consent.use': useCodes }

export const asks: Asks = ({ prisma }) => ({
  /** `{ code }` → `{ valid, kind?, stands? }`; where a consent by a code `stands`, no code needs to be used again. */
  'consent.check': async (data, { now, person }) => {
    const row = await prisma.consentCode.findUnique({ where: { hash: hashOf(Code.parse(data).code) } })
    // A damaged code is none.
    const valid = row !== null && readOr(false, () => small(row.usesLeft) > 0 && moment(row.expiresAt) > now)
    const standing = standsByCode(person) ? { stands: true } : {}
    return valid ? { valid, kind: row.kind, ...standing } : { valid, ...standing }
  },
})

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

const columns = { hash: 'text', uses: 'int', at: 'bigint' } as const satisfies Columns

/**
 * One use for each chat. Throws when a code has expired or has too few uses left, so that nobody's consent stands on
 * it: the turns of the batch are then written one by one, and those that came too late are refused.
 */
async function useCodes(transaction: Transaction, entries: readonly FactEntry[], { provider }: FactTools) {
  const uses = new Map<string, { readonly chats: Set<number>; readonly at: number }>()
  for (const { data, at, chatId } of entries) {
    const hash = hashOf(Code.parse(data).code)
    uses.set(hash, { chats: (uses.get(hash)?.chats ?? new Set()).add(chatId), at })
  }
  const rows = [...uses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([hash, { chats, at }]) => [hash, chats.size, at])
  const used = await transaction.$executeRaw`
    UPDATE "ConsentCode" SET "usesLeft" = "usesLeft" - r."uses"
    FROM ${rowsOf(provider, columns, rows)} r
    WHERE "ConsentCode"."hash" = r."hash" AND "ConsentCode"."usesLeft" >= r."uses"
      AND "ConsentCode"."expiresAt" > r."at"`
  if (used !== rows.length) throw new Error('A code for consent is not good any more; the person is asked again.')
}

function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex')
}
