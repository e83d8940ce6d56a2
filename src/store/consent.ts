import { createHash, randomBytes } from 'node:crypto'
import * as z from 'zod'
import type { Asks, Core, FactEntry, FactTools, FactWriters, Transaction } from './core.ts'
import { moment, readOr, small } from './damage.ts'
import { type Columns, rowsOf } from './rows.ts'

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

const day = 24 * 60 * 60 * 1000

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
      expiresAt: BigInt(now + days * day),
      usesLeft: uses,
    },
  })
  return code
}

const Code = z.object({ code: z.string().max(256) })

export const facts: FactWriters = { 'consent.use': useCodes }

export const asks: Asks = ({ prisma }) => ({
  /** `{ code }` → `{ valid, kind? }`. */
  'consent.check': async (data, { now }) => {
    const row = await prisma.consentCode.findUnique({ where: { hash: hashOf(Code.parse(data).code) } })
    // A damaged code is none.
    const valid = row !== null && readOr(false, () => small(row.usesLeft) > 0 && moment(row.expiresAt) > now)
    return valid ? { valid, kind: row.kind } : { valid }
  },
})

const columns = { hash: 'text', uses: 'int', at: 'bigint' } as const satisfies Columns

/**
 * One use for each entry. Throws when a code has expired or has too few uses left, so that nobody's consent stands on
 * it: the turns of the batch are then written one by one, and those that came too late are refused.
 */
async function useCodes(transaction: Transaction, entries: readonly FactEntry[], { provider }: FactTools) {
  const uses = new Map<string, { count: number; at: number }>()
  for (const { data, at } of entries) {
    const hash = hashOf(Code.parse(data).code)
    uses.set(hash, { count: (uses.get(hash)?.count ?? 0) + 1, at })
  }
  const rows = [...uses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([hash, { count, at }]) => [hash, count, at])
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
