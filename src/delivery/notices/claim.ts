import type { Core, Transaction } from '../../store/core.ts'
import { moment, readEach, small } from '../../store/damage.ts'
import { Prisma } from '../../store/generated/sqlite/client.ts'
import type { NoticeModel, PersonModel } from '../../store/generated/sqlite/models.ts'
import { type PersonReading, readPerson, type Unreachable } from '../../store/people.ts'
import { type Row, rowsOf } from '../../store/rows.ts'
import type { Seal } from '../../store/seal.ts'
import type { Claim, ClaimedNotice } from './notice.ts'
import { locked, opened, priorities, unreadableRow } from './rows.ts'
import { settle } from './settle.ts'

/** Notices claimed, and as many that come along, in one transaction at most. */
const claimSize = 100

type ClaimSlice = {
  /** All rows taken, those that cannot be read, too. */
  readonly found: number
  readonly claimed: readonly ClaimedNotice[]
}

export async function claimDue(core: Core, claim: Claim): Promise<readonly ClaimedNotice[]> {
  const claimed: ClaimedNotice[] = []
  while (claimed.length < claim.limit) {
    const limit = Math.min(claimSize, claim.limit - claimed.length)
    const slice = await claimSlice(core, { ...claim, limit })
    claimed.push(...slice.claimed)
    if (slice.found < limit) break
    await core.breathe()
  }
  return claimed.sort((a, b) => a.priority - b.priority || a.dueAt - b.dueAt)
}

async function claimSlice(core: Core, claim: Claim): Promise<ClaimSlice> {
  const rows = await core.prisma.$transaction(async (transaction) => {
    const taken: NoticeModel[] = []
    for (const priority of await priorities(transaction)) {
      if (taken.length >= claim.limit) break
      taken.push(...(await takeNext(core, transaction, claim, priority, claim.limit - taken.length)))
    }
    return taken.length === 0 ? taken : [...taken, ...(await takeAlong(core, transaction, claim, taken))]
  })
  const people = await peopleOf(core, rows)
  const readable = readEach('Notice', rows, (row) => toClaimed(row, people.get(row.chatId), core.seal), core.damaged)
  const claimed = readable.filter(({ chatId }) => maySendTo(people.get(BigInt(chatId))))
  await settleUnreadable(core, claim, rows, readable, claimed)
  return { found: rows.length, claimed }
}

/** Without a word of theirs on consent, age or what they have switched off, nothing is sent to a person. */
function maySendTo(reading: KnownPerson | undefined): boolean {
  return reading === undefined || !reading.lost.some((name) => ['consent', 'ageBand', 'muted'].includes(name))
}

/** What cannot be read ends here, each row for itself, or it would be claimed for ever. */
async function settleUnreadable(
  core: Core,
  { now }: Claim,
  rows: readonly NoticeModel[],
  readable: readonly ClaimedNotice[],
  claimed: readonly ClaimedNotice[],
): Promise<void> {
  const idsOf = (notices: readonly ClaimedNotice[]) => new Set(notices.map(({ id }) => String(id)))
  const [known, sendable] = [idsOf(readable), idsOf(claimed)]
  const failed = (id: string, reason: string) => ({
    id,
    outcome: 'failed' as const,
    reason,
    tried: false,
    finishedAt: now,
  })
  const settlements = rows
    .filter(({ id }) => !sendable.has(id))
    .map(({ id }) => failed(id, known.has(id) ? "the person's row cannot be read" : unreadableRow))
  await settle(core, settlements)
}

/**
 * Whether nobody holds the row; its time columns are those of the claiming program, see `leases.ts` for two at once. A
 * claim that ends later than one made now was made before the clock was set back.
 */
function free(claim: Claim): Prisma.Sql {
  return Prisma.sql`"outcome" IS NULL AND "dueAt" <= ${BigInt(claim.now)}
    AND ("claimedUntil" IS NULL OR "claimedUntil" <= ${BigInt(claim.now)} OR "claimedUntil" > ${BigInt(claim.until)})`
}

function takeNext(core: Core, transaction: Transaction, claim: Claim, priority: number, limit: number) {
  return transaction.$queryRaw<NoticeModel[]>`
    UPDATE "Notice" SET "claimedBy" = ${claim.holder}, "claimedUntil" = ${BigInt(claim.until)}
    WHERE "id" IN (
      SELECT "id" FROM "Notice" WHERE ${free(claim)} AND "priority" = ${priority}
      ORDER BY "dueAt" LIMIT ${limit} ${locked(core.provider)}
    ) RETURNING *`
}

function takeAlong(core: Core, transaction: Transaction, claim: Claim, taken: readonly NoticeModel[]) {
  const chats = chatsOf(taken)
  return transaction.$queryRaw<NoticeModel[]>`
    UPDATE "Notice" SET "claimedBy" = ${claim.holder}, "claimedUntil" = ${BigInt(claim.until)}
    WHERE "id" IN (
      SELECT "id" FROM "Notice"
      WHERE ${free(claim)} AND "chatId" IN (SELECT "chatId" FROM ${rowsOf(core.provider, { chatId: 'bigint' }, chats)} r)
      ORDER BY "priority", "dueAt" LIMIT ${claimSize} ${locked(core.provider)}
    ) RETURNING *`
}

type KnownPerson = PersonReading & { readonly unreachable: Unreachable | undefined }

async function peopleOf(core: Core, notices: readonly NoticeModel[]): Promise<Map<bigint, KnownPerson>> {
  const list = chatsOf(notices)
  if (list.length === 0) return new Map()
  const rows = await core.prisma.$queryRaw<PersonModel[]>`
    SELECT * FROM "Person" WHERE "chatId" IN (SELECT "chatId" FROM ${rowsOf(core.provider, { chatId: 'bigint' }, list)} r)`
  const people = rows.map((row) => ({ ...readPerson(row, core.seal), row }))
  core.damaged(
    'Person',
    people.filter(({ lost }) => lost.length > 0).map(({ row }) => row.chatId),
  )
  return new Map(people.map(({ row, person, lost }) => [row.chatId, { person, lost, unreachable: unreachableOf(row) }]))
}

function unreachableOf({ unreachable }: PersonModel): Unreachable | undefined {
  if (unreachable === null) return undefined
  return unreachable === 'blocked' ? 'blocked' : 'unreachable'
}

/** The chats of notices, each once, as rows of one column. */
function chatsOf(notices: readonly NoticeModel[]): Row[] {
  const chats = new Set(notices.map(({ chatId }) => Number(chatId)).filter(Number.isSafeInteger))
  return [...chats].map((chatId) => [chatId])
}

/** Throws when anything of the row cannot be read. */
function toClaimed(row: NoticeModel, known: KnownPerson | undefined, seal: Seal): ClaimedNotice {
  return {
    ...opened(row, seal),
    key: row.key,
    priority: small(row.priority),
    dueAt: moment(row.dueAt),
    expiresAt: row.expiresAt === null ? undefined : moment(row.expiresAt),
    attempts: small(row.attempts),
    person: known?.person,
    unreachable: known?.unreachable,
  }
}
