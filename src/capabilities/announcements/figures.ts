import { z } from 'zod'
import { type Figures, noFigures } from '../../../flows/announcements/contract.ts'
import type { Core } from '../../store/core.ts'
import { type KeptAnnouncement, keysOf } from './rows.ts'

/** Notices counted in one statement. */
const slice = 2_000
/** Kinds of failing that are told. */
const mostFailures = 5

type Row = {
  readonly outcome: string | null
  readonly reason: string | null
  readonly answer: string | null
  readonly count: bigint | number
}

const Answer = z.object({ yes: z.boolean() })

/** What has become of an announcement by now: its notices are gone through in the order of their keys. */
export async function figuresOf(core: Core, { id, expected }: KeptAnnouncement): Promise<Figures> {
  const { before } = keysOf(id)
  const sum: Counting = { ...noFigures, expected, reasons: new Map() }
  for (let { after } = keysOf(id); ; await core.breathe()) {
    const rows = await core.prisma.$queryRaw<Row[]>`
      SELECT "outcome", "reason", "answer", count(*) AS "count" FROM (
        SELECT "outcome", "reason", "answer", "key" FROM "Notice"
        WHERE "key" > ${after} AND "key" < ${before} ORDER BY "key" LIMIT ${slice}
      ) s GROUP BY "outcome", "reason", "answer"`
    for (const row of rows) add(sum, row)
    const found = rows.reduce((count, row) => count + Number(row.count), 0)
    if (found < slice) break
    // Keys are compared by the database's own order, in which the last of the slice is one of these.
    after = await lastOf(core, after, before)
  }
  const { reasons, ...figures } = sum
  const failures = [...reasons].map(([reason, count]) => ({ reason: reason.slice(0, 200), count }))
  return { ...figures, failures: failures.sort((one, other) => other.count - one.count).slice(0, mostFailures) }
}

async function lastOf({ prisma }: Core, after: string, before: string): Promise<string> {
  const [row] = await prisma.$queryRaw<{ key: string }[]>`
    SELECT "key" FROM "Notice" WHERE "key" > ${after} AND "key" < ${before} ORDER BY "key" LIMIT 1 OFFSET ${slice - 1}`
  return row?.key ?? before
}

type Counting = { -readonly [Name in keyof Figures]: Figures[Name] } & { readonly reasons: Map<string, number> }

function add(sum: Counting, row: Row): void {
  const count = Number(row.count)
  const name = nameOf(row)
  sum.made += count
  sum[name] += count
  if (name === 'failed') {
    const reason = row.reason ?? '?'
    sum.reasons.set(reason, (sum.reasons.get(reason) ?? 0) + count)
  }
  if (row.answer === null) return
  const { data } = Answer.safeParse(JSON.parse(row.answer))
  if (data !== undefined) sum[data.yes ? 'yes' : 'no'] += count
}

/** Whoever stayed away until its time had passed is counted by why they were away. */
function nameOf({ outcome, reason }: Row) {
  switch (outcome) {
    case null:
      return 'waiting'
    case 'sent':
      return 'delivered'
    case 'blocked':
    case 'unreachable':
      return outcome
    case 'expired':
      return reason === 'blocked' || reason === 'unreachable' ? reason : 'expired'
    case 'withdrawn':
      return reason === 'asked' ? 'held' : 'unwanted'
    default:
      return 'failed'
  }
}
