import { hash } from 'node:crypto'
import * as z from 'zod'
import type { Person } from '../../flows/person.ts'
import { type Place, placeOf, type Seal } from '../security/seal.ts'
import type { Core, FactEntry, FactTools, FactWriters, Transaction } from './core.ts'
import { lastMoment, moment, readEach, readOr, small, whole } from './damage.ts'
import { mediumError } from './errors.ts'
import { Prisma } from './generated/sqlite/client.ts'
import type { NoticeModel, PersonModel } from './generated/sqlite/models.ts'
import type { Provider } from './models.ts'
import { type PersonReading, readPerson, type Unreachable } from './people.ts'
import { type Columns, namesOf, type Row, rowsOf } from './rows.ts'
import { inSlices, sliceSize } from './slices.ts'
import { naming } from './trouble.ts'

/**
 * What became of a notice. `blocked` and `unreachable` without `finishedAt` are waiting for the person to come back;
 * everything else with an outcome is over.
 */
export const noticeOutcomes = ['sent', 'blocked', 'unreachable', 'expired', 'withdrawn', 'failed'] as const
export type NoticeOutcome = (typeof noticeOutcomes)[number]

const NewNotice = z.object({
  /** Whose notice it is; the chat of the turn, when a turn tells it. */
  chatId: z.int(),
  /** What makes it exist once: kind and cause, for example `reminder:<id>:<time>`. */
  key: z.string().min(1).max(200),
  /** `<flow>.<key>` of the flow's notices. */
  kind: z.string().min(1).max(100),
  /** Epoch milliseconds. */
  dueAt: z.int(),
  expiresAt: z.int().optional(),
  /** JSON for the definition's `values`. */
  values: z.unknown(),
  /** Smaller goes first. */
  priority: z.int(),
})
export type NewNotice = z.infer<typeof NewNotice>

const Withdrawal = z.object({
  keyPrefix: z.string().min(1),
  /** Another chat's notices; true for everybody's. Without it those of the turn's own chat. */
  chatId: z.int().optional(),
  everywhere: z.boolean().optional(),
})

/** Withdrawing goes first, so that a turn may withdraw the old notices of a thing and put its new ones. */
export const facts: FactWriters = {
  /** `{ keyPrefix, chatId?, everywhere? }` */
  'notice.withdraw': withdraw,
  /** `{ key, kind, dueAt, expiresAt?, values, priority, chatId? }` */
  'notice.put': async (transaction, entries, tools) => {
    const given = z.object({ ...NewNotice.shape, chatId: z.int().optional() })
    await putNotices(
      transaction,
      entries.map(({ chatId, data }) => ({ chatId, ...given.parse(data) }) as NewNotice), // the spread keeps chatId set
      tools,
    )
  },
}

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
      "attempts" = 0, "outcome" = NULL, "reason" = NULL, "finishedAt" = NULL, "claimedBy" = NULL, "claimedUntil" = NULL
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

function valuesPlace(id: string, chatId: number | bigint): Place {
  return placeOf('Notice', 'values', id, chatId)
}

async function withdraw(transaction: Transaction, entries: readonly FactEntry[], { now }: FactTools): Promise<void> {
  for (const { chatId: own, data } of entries) {
    const { keyPrefix, chatId = own, everywhere } = Withdrawal.parse(data)
    const whose = everywhere === true ? Prisma.sql`true` : Prisma.sql`"chatId" = ${BigInt(chatId)}`
    await transaction.$executeRaw`
      UPDATE "Notice" SET "outcome" = 'withdrawn', "reason" = ${asked}, "finishedAt" = ${BigInt(now)}
      WHERE "outcome" IS NULL AND ${whose} AND substr("key", 1, ${keyPrefix.length}) = ${keyPrefix}`
    await transaction.$executeRaw`
      UPDATE "Notice" SET "outcome" = 'withdrawn', "reason" = ${asked}, "finishedAt" = ${BigInt(now)}
      WHERE ${parked} AND ${whose} AND substr("key", 1, ${keyPrefix.length}) = ${keyPrefix}`
  }
}

/** Characters of a reason kept. */
const reasonLimit = 200

/** Waiting for somebody who cannot be reached at present. */
const parked = Prisma.sql`"outcome" IN ('blocked', 'unreachable') AND "finishedAt" IS NULL`
/** As their index has them; without the order SQLite may go through one that has all notices. */
const inParkedOrder = Prisma.sql`${parked} ORDER BY "chatId", "createdAt"`

/** A notice under claim, with all that is needed to send it. */
export type ClaimedNotice = {
  readonly id: number
  readonly key: string
  readonly kind: string
  readonly chatId: number
  readonly priority: number
  readonly dueAt: number
  readonly expiresAt: number | undefined
  /** How often sending was tried before. */
  readonly attempts: number
  readonly values: unknown
  /** undefined for a chat nobody is known of (any more). */
  readonly person: Person | undefined
  readonly unreachable: Unreachable | undefined
}

export type Claim = {
  readonly holder: string
  /** Epoch ms: what is due by now may be claimed, and stays claimed until then. */
  readonly now: number
  readonly until: number
  /** Notices at most, besides those that come along for the same people. */
  readonly limit: number
}

/** How a claimed notice ends, or when it is due again. */
export type Settlement = {
  readonly id: number
  /** null puts it back. */
  readonly outcome: NoticeOutcome | null
  readonly reason?: string
  readonly messageId?: number
  /** Due again then; unchanged without. */
  readonly dueAt?: number
  /** Whether this counts as an attempt. */
  readonly tried: boolean
  /** Epoch ms at which it is over; a `blocked` or `unreachable` without waits for the person. */
  readonly finishedAt?: number
}

const day = 24 * 60 * 60 * 1000
/**
 * How long a notice is kept after it is over, ms: buttons of a notice work for days, and "what did you send me" is
 * asked within weeks. A key must not come up again later than that, unless the notice's own time (`expiresAt`) lasts.
 */
export const noticesKept = 90 * day

/** At most so many are counted of each kind: a look at a million rows would hold up everybody. */
export const countLimit = 50_000

/** Each up to `countLimit`. */
export type NoticeCounts = {
  /** Due and not sent. */
  readonly due: number
  /** For later. */
  readonly later: number
  /** Waiting for people to come back. */
  readonly parked: number
  /** Epoch ms since which the oldest due one waits. */
  readonly oldestDueAt: number | undefined
}

/** What jobs, presses and the dispatcher do with notices; turns put them by facts. */
export type Notices = {
  put(notices: readonly NewNotice[]): Promise<void>
  /** Takes due notices in order of priority, then of their time, and all else that is due for the same people. */
  claim(claim: Claim): Promise<readonly ClaimedNotice[]>
  /** Writes all that the database takes. `sent` is written over anything, since it is the truth. */
  settle(settlements: readonly Settlement[]): Promise<void>
  /** Frees what others hold: they have lost the lease. */
  releaseOthers(holder: string): Promise<number>
  /** Puts back what waited for people who can be reached again: one of them, or all. */
  resume(chatId?: number): Promise<number>
  /** Ends what has expired without ever becoming due, or while its person was away; returns the kinds of these. */
  expire(now: number): Promise<readonly string[]>
  find(id: number): Promise<Pick<ClaimedNotice, 'id' | 'kind' | 'chatId' | 'values'> | undefined>
  counts(now: number): Promise<NoticeCounts>
  /**
   * Deletes what was over before `before` (epoch ms) and whose own time had passed by then, too: as long as its cause
   * lasts, a notice must not come to be once more. Also what has waited for somebody since before `created`.
   */
  forget(before: number, created: number, signal?: AbortSignal): Promise<number>
  /** Ends the holder's claims on these. */
  giveBack(ids: readonly number[], holder: string): Promise<void>
  /**
   * Which of the holder's claimed notices may still go: not over, not expired, their person there, agreeing, reachable,
   * not mute.
   */
  stillWanted(ids: readonly number[], holder: string, now: number): Promise<readonly number[]>
  /** Epoch ms since which the oldest due notice waits. */
  oldestDueAt(now: number): Promise<number | undefined>
}

export function createNotices(core: Core): Notices {
  const { prisma } = core
  return {
    put: (notices) =>
      prisma.$transaction((transaction) => putNotices(transaction, notices, { ...core, now: core.clock.now() })),
    claim: (claim) => claimDue(core, claim),
    settle: (settlements) =>
      settle(
        core,
        settlements.map((one) => ({ ...one, id: String(one.id) })),
      ),
    releaseOthers: (holder) => prisma.$executeRaw`
      UPDATE "Notice" SET "claimedBy" = NULL, "claimedUntil" = NULL
      WHERE "outcome" IS NULL AND "claimedBy" IS NOT NULL AND "claimedBy" <> ${holder}`,
    resume: (chatId) => (chatId === undefined ? resumeAll(core) : putBack(core, parkedOf(chatId))),
    expire: (now) => expire(core, now),
    find: (id) => find(core, id),
    counts: (now) => count(core, now),
    forget: (before, created, signal) => forget(core, BigInt(before), BigInt(created), signal),
    giveBack: (ids, holder) => giveBack(core, ids, holder),
    stillWanted: (ids, holder, now) => stillWanted(core, ids, holder, now),
    oldestDueAt: (now) => oldestDueAt(core, now),
  }
}

/** Those who are away are looked through by their chats, so many notices at a time. */
const parkedSize = 1_000

/** Nearly always none of them has come back, so that nothing is written. */
async function resumeAll(core: Core): Promise<number> {
  let [after, sum] = [Number.MIN_SAFE_INTEGER, 0]
  for (;;) {
    const { found, last, returned } = await lookForReturned(core, after)
    if (returned) sum += await putBack(core, parkedAfter(after))
    if (found < parkedSize) return sum
    // The last chat once more: the slice may have ended amid its notices.
    after = Math.max(last - 1, after + 1)
    await core.breathe()
  }
}

async function lookForReturned({ prisma }: Core, after: number) {
  const [row] = await prisma.$queryRaw<Record<'found' | 'last' | 'returned', bigint | number | null>[]>`
    SELECT count(*) AS "found", CAST(max("chatId") AS bigint) AS "last",
      max(CASE WHEN ${isReachable} THEN 1 ELSE 0 END) AS "returned"
    FROM (${parkedAfter(after)}) r`
  return { found: Number(row?.found ?? 0), last: Number(row?.last ?? after), returned: Number(row?.returned) === 1 }
}

/** What SQLite keeps of another kind in a column of numbers comes after all of them. */
const lastChat = Prisma.raw(String(Number.MAX_SAFE_INTEGER))

function parkedOf(chatId: number): Prisma.Sql {
  return Prisma.sql`SELECT "id", "chatId" FROM "Notice" WHERE ${parked} AND "chatId" = ${BigInt(chatId)}`
}

/** The end stands in words, since SQLite would, too, take the other index for two values it does not know. */
function parkedAfter(after: number): Prisma.Sql {
  return Prisma.sql`
    SELECT "id", "chatId" FROM "Notice"
    WHERE "chatId" > ${BigInt(after)} AND "chatId" <= ${lastChat} AND ${inParkedOrder} LIMIT ${parkedSize}`
}

const isReachable = Prisma.sql`
  EXISTS (SELECT 1 FROM "Person" p WHERE p."chatId" = r."chatId" AND p."unreachable" IS NULL)`

/** `waiting` selects ids and chats. */
function putBack({ prisma, provider }: Core, waiting: Prisma.Sql): Promise<number> {
  return prisma.$executeRaw`
    UPDATE "Notice" SET "outcome" = NULL, "reason" = NULL
    WHERE "id" IN (SELECT r."id" FROM (${waiting} ${locked(provider)}) r WHERE ${isReachable})`
}

/** Rows that another transaction is at are its own. Such a list of ids is the outer loop, and needs no second look. */
function locked(provider: Provider): Prisma.Sql {
  return provider === 'postgresql' ? Prisma.sql`FOR UPDATE SKIP LOCKED` : Prisma.empty
}

async function expire(core: Core, now: number): Promise<readonly string[]> {
  await core.prisma.$executeRaw`
    UPDATE "Notice" SET "outcome" = 'failed', "reason" = ${unreadableRow}, "finishedAt" = ${BigInt(now)}
    WHERE "outcome" IS NULL AND "priority" > ${lastPriority}`
  await endTimeless(core, now)
  const kinds: string[] = []
  const expired = Prisma.sql`"expiresAt" <= ${BigInt(now)} AND "finishedAt" IS NULL
    AND ("claimedUntil" IS NULL OR "claimedUntil" <= ${BigInt(now)})`
  await inSlices(core, async (limit) => {
    const rows = await core.prisma.$queryRaw<{ kind: string }[]>`
      UPDATE "Notice" SET "reason" = COALESCE("outcome", "reason"), "outcome" = 'expired', "finishedAt" = ${BigInt(now)}
      WHERE "id" IN (SELECT "id" FROM "Notice" WHERE ${expired} ORDER BY "expiresAt" LIMIT ${limit} ${locked(core.provider)})
      RETURNING "kind"`
    kinds.push(...rows.map(({ kind }) => kind))
    return rows.length
  })
  return kinds
}

/** What is due at no time of any clock would wait for ever. SQLite sorts texts and bytes behind all numbers. */
async function endTimeless({ prisma }: Core, now: number): Promise<void> {
  for (const priority of await priorities(prisma)) {
    await prisma.$executeRaw`
      UPDATE "Notice" SET "outcome" = 'failed', "reason" = ${unreadableRow}, "finishedAt" = ${BigInt(now)}
      WHERE "outcome" IS NULL AND "priority" = ${priority} AND "dueAt" >= ${BigInt(lastMoment)}`
  }
}

/** Each in the order of its index: where a limit has no order, PostgreSQL may well look through all notices. */
async function forget(core: Core, before: bigint, created: bigint, signal?: AbortSignal): Promise<number> {
  const over = [
    Prisma.sql`"expiresAt" IS NULL AND "finishedAt" < ${before} ORDER BY "finishedAt"`,
    Prisma.sql`"expiresAt" < ${before} AND "finishedAt" < ${before} ORDER BY "expiresAt"`,
    Prisma.sql`"createdAt" < ${created} AND ${inParkedOrder}`,
  ]
  let sum = 0
  for (const which of over) sum += await inSlices(core, (limit) => forgetSome(core, which, limit), { signal })
  return sum
}

function forgetSome({ prisma }: Core, which: Prisma.Sql, limit: number): Promise<number> {
  return prisma.$executeRaw`
    DELETE FROM "Notice" WHERE "id" IN (SELECT "id" FROM "Notice" WHERE ${which} LIMIT ${limit})`
}

/** Notices claimed, and as many that come along, in one transaction at most. */
const claimSize = 100

type ClaimSlice = {
  /** All rows taken, those that cannot be read, too. */
  readonly found: number
  readonly claimed: readonly ClaimedNotice[]
}

async function claimDue(core: Core, claim: Claim): Promise<readonly ClaimedNotice[]> {
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

const unreadableRow = 'its row cannot be read'

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

/** The largest number an int column holds; what SQLite keeps of another kind in one comes after it. */
const lastPriority = 2 ** 31 - 1

/** The priorities that wait, smallest first: a step from each to the next in the index, not a look at every row. */
async function priorities(transaction: Pick<Transaction, '$queryRaw'>): Promise<number[]> {
  const rows = await transaction.$queryRaw<{ priority: number | bigint }[]>`
    SELECT "priority" FROM (
      WITH RECURSIVE step("priority") AS (
        SELECT min("priority") FROM "Notice" WHERE "outcome" IS NULL AND "priority" <= ${lastPriority}
        UNION ALL
        SELECT (SELECT min(n."priority") FROM "Notice" n
          WHERE n."outcome" IS NULL AND n."priority" > step."priority" AND n."priority" <= ${lastPriority})
        FROM step WHERE step."priority" IS NOT NULL
      ) SELECT "priority" FROM step WHERE "priority" IS NOT NULL
    ) found ORDER BY "priority"`
  return rows.map((row) => Number(row.priority))
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

function opened(row: NoticeModel, seal: Seal) {
  const values: unknown = JSON.parse(seal.open(row.values, valuesPlace(row.id, row.chatId)))
  return { id: numeric(row.id), kind: row.kind, chatId: whole(row.chatId), values }
}

/** The number callback data names the notice by. */
function numeric(id: string): number {
  const number = whole(Number(id))
  if (String(number) === id) return number
  throw new RangeError('The id of a notice is no number')
}

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

async function settle(core: Core, outcomes: readonly Outcome[]): Promise<void> {
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

async function find(core: Core, id: number) {
  const { prisma, seal, damaged } = core
  const row = await naming(core, () => prisma.notice.findUnique({ where: { id: String(id) } }))
  return readEach('Notice', row === null ? [] : [row], (one) => opened(one, seal), damaged)[0]
}

/** Priority by priority, so that each count is a piece of the index that ends at the limit. */
async function count(core: Core, now: number): Promise<NoticeCounts> {
  let [due, later] = [0, 0]
  for (const priority of await priorities(core.prisma)) {
    const waiting = Prisma.sql`"outcome" IS NULL AND "priority" = ${priority}`
    due += await countSome(core, Prisma.sql`${waiting} AND "dueAt" <= ${BigInt(now)}`, countLimit - due)
    later += await countSome(core, Prisma.sql`${waiting} AND "dueAt" > ${BigInt(now)}`, countLimit - later)
  }
  return {
    due,
    later,
    parked: await countSome(core, inParkedOrder, countLimit),
    oldestDueAt: await oldestDueAt(core, now),
  }
}

async function countSome({ prisma, breathe }: Core, which: Prisma.Sql, limit: number): Promise<number> {
  const [row] = await prisma.$queryRaw<{ count: bigint | number }[]>`
    SELECT count(*) AS "count" FROM (SELECT 1 FROM "Notice" WHERE ${which} LIMIT ${limit}) r`
  await breathe()
  return Number(row?.count ?? 0)
}

function idsOf({ provider }: Core, ids: readonly number[]): Prisma.Sql {
  const list = rowsOf(
    provider,
    { id: 'text' },
    ids.map((id) => [String(id)]),
  )
  return Prisma.sql`(SELECT "id" FROM ${list} r)`
}

async function giveBack(core: Core, ids: readonly number[], holder: string): Promise<void> {
  if (ids.length === 0) return
  await core.prisma.$executeRaw`
    UPDATE "Notice" SET "claimedBy" = NULL, "claimedUntil" = NULL
    WHERE "id" IN ${idsOf(core, ids)} AND "outcome" IS NULL AND "claimedBy" = ${holder}`
}

async function stillWanted(
  core: Core,
  ids: readonly number[],
  holder: string,
  now: number,
): Promise<readonly number[]> {
  const rows = await core.prisma.$queryRaw<{ id: string; kind: string; muted: string }[]>`
    SELECT n."id", n."kind", p."muted" FROM "Notice" n JOIN "Person" p ON p."chatId" = n."chatId"
    WHERE n."id" IN ${idsOf(core, ids)} AND n."outcome" IS NULL AND n."claimedBy" = ${holder}
      AND (n."expiresAt" IS NULL OR n."expiresAt" > ${BigInt(now)})
      AND p."consentVersion" IS NOT NULL AND p."unreachable" IS NULL`
  return rows.filter(({ kind, muted }) => !muted.includes(JSON.stringify(kind))).map(({ id }) => Number(id))
}

/** The first of each priority, as the index has them. */
async function oldestDueAt({ prisma }: Core, now: number): Promise<number | undefined> {
  let oldest: number | undefined
  for (const priority of await priorities(prisma)) {
    const [row] = await prisma.$queryRaw<{ first: bigint | number | null }[]>`
      SELECT min("dueAt") AS "first" FROM "Notice"
      WHERE "outcome" IS NULL AND "priority" = ${priority} AND "dueAt" <= ${BigInt(oldest ?? now)}`
    if (row?.first != null) oldest = Number(row.first)
  }
  return oldest
}
