import { createHash, randomBytes } from 'node:crypto'
import * as z from 'zod'
import { dayLength } from '../../../flows/common/calendar.ts'
import { invitedRoles } from '../../../flows/common/person.ts'
import type { DataOf, ReplyOf } from '../../../flows/kit/contract.ts'
import { codePrefix } from '../../../flows/onboarding/code.ts'
import type { checkCode, useCode } from '../../../flows/onboarding/contract.ts'
import type { FactEntry, FactTools } from '../../store/capability.ts'
import type { Core, Transaction } from '../../store/core.ts'
import { moment, readOr, small } from '../../store/damage.ts'
import type { ConsentCodeModel } from '../../store/generated/sqlite/models.ts'
import { type Columns, rowsOf } from '../../store/rows.ts'
import { arrive } from '../groups/arrive.ts'

/**
 * Whom a code is from or for: from a children's home for its wards, from a parent or guardian for one child, for
 * grown-ups who are invited in a role.
 */
export const consentKinds = ['institution', 'guardian', ...invitedRoles] as const
/** `group`: from a mentor for the members of a group; it is a consent as an institution's is. */
const kinds = [...consentKinds, 'group'] as const

const Wanted = z.object({
  kind: z.enum(kinds),
  /** How long the code is good for. */
  days: z.int().min(1).max(366),
  /** How many people may use it. */
  uses: z.int().min(1).max(1_000),
  /** The group it leads into, and the mentor or coordinator who gives it. */
  into: z.object({ groupId: z.string(), chatId: z.int() }).optional(),
})

/** 24 characters of chance behind what all codes begin with. */
export function randomCode(random: (size: number) => Buffer = randomBytes): string {
  return `${codePrefix}${random(18).toString('base64url')}`
}

/**
 * A code that fits a deep link (`start=…`). Only its hash is kept, so it is shown here once and never again. Throws a ZodError for a kind, days or uses out of range.
 */
export async function createConsentCode(
  { prisma, clock }: Pick<Core, 'prisma' | 'clock'>,
  wanted: z.infer<typeof Wanted>,
  random: (size: number) => Buffer = randomBytes,
): Promise<string> {
  const code = randomCode(random)
  await keepCode(prisma, code, wanted, clock.now())
  return code
}

/** Makes a code good from `now` (epoch ms) on. Throws a ZodError for kind, days or uses out of range. */
export async function keepCode(
  prisma: Pick<Transaction, 'consentCode'>,
  code: string,
  wanted: z.infer<typeof Wanted>,
  now: number,
): Promise<void> {
  const { kind, days, uses, into } = Wanted.parse(wanted)
  await prisma.consentCode.create({
    data: {
      hash: hashOf(code),
      kind,
      createdAt: BigInt(now),
      expiresAt: BigInt(now + days * dayLength),
      usesLeft: uses,
      ...(into && { groupId: into.groupId, chatId: BigInt(into.chatId) }),
    },
  })
}

/** What is said of a code that there is not. */
export const unknownCode = { known: false, valid: false, role: null, group: false } as const

/** Whether there is such a code, and whether it is good at `now` (epoch ms). A damaged one is not. */
export async function lookUpCode(
  { prisma }: Pick<Core, 'prisma'>,
  code: string,
  now: number,
): Promise<Omit<ReplyOf<typeof checkCode>, 'stands'>> {
  const row = await prisma.consentCode.findUnique({ where: { hash: hashOf(code) } })
  if (row === null) return unknownCode
  const role = invitedRoles.find((one) => one === row.kind) ?? null
  return { known: true, valid: isGood(row, now), role, group: row.groupId !== null }
}

/** Whether a code is good at `now` (epoch ms). A damaged one is not. */
export function isGood(row: Pick<ConsentCodeModel, 'usesLeft' | 'expiresAt' | 'revokedAt'>, now: number): boolean {
  return readOr(false, () => row.revokedAt === null && small(row.usesLeft) > 0 && moment(row.expiresAt) > now)
}

/** Deletes codes that have expired, at most so many. */
export function forgetCodes({ prisma }: Core, now: bigint, limit: number): Promise<number> {
  return prisma.$executeRaw`
    DELETE FROM "ConsentCode" WHERE "hash" IN (
      SELECT "hash" FROM "ConsentCode" WHERE "expiresAt" <= ${now} ORDER BY "expiresAt" LIMIT ${limit}
    )`
}

const columns = { hash: 'text', uses: 'int', at: 'bigint' } as const satisfies Columns

/**
 * One use for each chat. Throws when a code has expired or has too few uses left, so that nobody's consent stands on
 * it: the turns of the batch are then written one by one, and those that came too late are refused. Whoever uses the code
 * of a group is invited there, or is a mentor there at once.
 */
export async function useCodes(
  transaction: Transaction,
  entries: readonly FactEntry<DataOf<typeof useCode>>[],
  tools: FactTools,
) {
  const uses = new Map<string, { readonly chats: Set<number>; readonly at: number }>()
  for (const { data, at, chatId } of entries) {
    const hash = hashOf(data.code)
    uses.set(hash, { chats: (uses.get(hash)?.chats ?? new Set()).add(chatId), at })
  }
  const rows = [...uses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([hash, { chats, at }]) => [hash, chats.size, at])
  const used = await transaction.$executeRaw`
    UPDATE "ConsentCode" SET "usesLeft" = "usesLeft" - r."uses"
    FROM ${rowsOf(tools.provider, columns, rows)} r
    WHERE "ConsentCode"."hash" = r."hash" AND "ConsentCode"."usesLeft" >= r."uses"
      AND "ConsentCode"."expiresAt" > r."at" AND "ConsentCode"."revokedAt" IS NULL`
  if (used !== rows.length) throw new Error('A code for consent is not good any more; the person is asked again.')
  const codes = await transaction.consentCode.findMany({
    where: { hash: { in: [...uses.keys()] }, groupId: { not: null } },
  })
  for (const { hash, kind, groupId } of codes) {
    const { chats = new Set<number>(), at = tools.now } = uses.get(hash) ?? {}
    const role = kind === 'mentor' ? 'mentor' : 'invited'
    for (const chatId of chats) await arrive(transaction, { groupId: groupId ?? '', chatId, role, at })
  }
}

export function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex')
}
