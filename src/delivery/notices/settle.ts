import type { Core } from '../../store/core.ts'
import { readOr, small } from '../../store/damage.ts'
import { mediumError } from '../../store/errors.ts'
import { type Columns, type Row, rowsOf } from '../../store/rows.ts'
import { sliceSize } from '../../store/slices.ts'
import type { Settlement } from './notice.ts'

/** Characters of a reason kept. */
const reasonLimit = 200

const settlementColumns = {
  id: 'text',
  outcome: 'text',
  reason: 'text',
  messageId: 'int',
  dueAt: 'bigint',
  tried: 'int',
  finishedAt: 'bigint',
} as const satisfies Columns

/** As the row names it: a damaged id is no number. */
type Outcome = Omit<Settlement, 'id'> & { readonly id: string }

export async function settle(core: Core, outcomes: readonly Outcome[]): Promise<void> {
  for (let at = 0; at < outcomes.length; at += sliceSize) {
    if (at > 0) await core.breathe()
    await settleSlice(core, outcomes.slice(at, at + sliceSize))
  }
}

/**
 * One statement for all. What the database refuses in one of them must not keep the others from being written, or
 * they would be sent again: then each is written alone, if need be without what only explains it.
 */
async function settleSlice(core: Core, outcomes: readonly Outcome[]): Promise<void> {
  if (await written(core, outcomes)) return
  for (const outcome of outcomes) {
    const { id, tried, outcome: became } = outcome
    const bare: Outcome = { id, tried, outcome: became, ...(became !== null && { finishedAt: core.clock.now() }) }
    if (!(await written(core, [outcome])) && !(await written(core, [bare]))) core.damaged('Notice', [id])
  }
}

/** False when the database refused something in the outcomes; throws when it cannot be used at all. */
async function written(core: Core, outcomes: readonly Outcome[]): Promise<boolean> {
  try {
    await writeOutcomes(core, outcomes)
    return true
  } catch (error) {
    const medium = mediumError(error, core.where)
    if (medium) throw medium
    return false
  }
}

async function writeOutcomes({ prisma, provider }: Core, outcomes: readonly Outcome[]): Promise<void> {
  const rows = outcomes.map((one): Row => {
    const { id, outcome, reason, messageId, dueAt, tried, finishedAt } = one
    // Whole signs only. A message's number that the column cannot hold is let go: that it was sent counts for more.
    const cut = reason === undefined ? null : [...reason].slice(0, reasonLimit).join('')
    const message = messageId === undefined ? null : readOr(null, () => small(messageId))
    return [id, outcome, cut, message, dueAt ?? null, tried ? 1 : 0, finishedAt ?? null]
  })
  await prisma.$executeRaw`
    UPDATE "Notice" SET "outcome" = r."outcome", "reason" = r."reason", "messageId" = r."messageId",
      "dueAt" = COALESCE(r."dueAt", "Notice"."dueAt"), "attempts" = "Notice"."attempts" + r."tried",
      "finishedAt" = r."finishedAt", "claimedBy" = NULL, "claimedUntil" = NULL
    FROM ${rowsOf(provider, settlementColumns, rows)} r
    WHERE "Notice"."id" = r."id"
      AND ("Notice"."outcome" IS NULL OR (r."outcome" = 'sent' AND "Notice"."outcome" <> 'sent'))`
}
