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
import { type Columns, rowsOf } from '../../store/rows.ts'

/**
 * Whom a code is from or for: from a children's home for its wards, from a parent or guardian for one child, for
 * grown-ups who are invited in a role.
 */
export const consentKinds = ['institution', 'guardian', ...invitedRoles] as const
export type ConsentKind = (typeof consentKinds)[number]

const Wanted = z.object({
  kind: z.enum(consentKinds),
  /** How long the code is good for. */
  days: z.int().min(1).max(366),
  /** How many people may use it. */
  uses: z.int().min(1).max(1_000),
})

/**
 * A code that fits a deep link (`start=…`): 24 characters of chance behind what all begin with. Only its hash is kept, so it is shown here once and never
 * again. Throws a ZodError for a kind, days or uses out of range.
 */
export async function createConsentCode(
  { prisma, clock }: Pick<Core, 'prisma' | 'clock'>,
  wanted: z.infer<typeof Wanted>,
  random: (size: number) => Buffer = randomBytes,
): Promise<string> {
  const { kind, days, uses } = Wanted.parse(wanted)
  const code = `${codePrefix}${random(18).toString('base64url')}`
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

/** Whether there is such a code, and whether it is good at `now` (epoch ms). A damaged one is not. */
export async function lookUpCode(
  { prisma }: Pick<Core, 'prisma'>,
  code: string,
  now: number,
): Promise<Omit<ReplyOf<typeof checkCode>, 'stands'>> {
  const row = await prisma.consentCode.findUnique({ where: { hash: hashOf(code) } })
  if (row === null) return { known: false, valid: false, role: null }
  const valid = readOr(false, () => small(row.usesLeft) > 0 && moment(row.expiresAt) > now)
  return { known: true, valid, role: invitedRoles.find((role) => role === row.kind) ?? null }
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
 * it: the turns of the batch are then written one by one, and those that came too late are refused.
 */
export async function useCodes(
  transaction: Transaction,
  entries: readonly FactEntry<DataOf<typeof useCode>>[],
  { provider }: FactTools,
) {
  const uses = new Map<string, { readonly chats: Set<number>; readonly at: number }>()
  for (const { data, at, chatId } of entries) {
    const hash = hashOf(data.code)
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

export function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex')
}
