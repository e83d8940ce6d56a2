import { dayLength } from '../../../flows/common/calendar.ts'
import { withNeighbours } from '../../../flows/common/neighbours.ts'
import { consentVersion, isMet, Person } from '../../../flows/common/person.ts'
import { type Booked, isOpen, slotsOf } from '../../../flows/fairs/fair.ts'
import * as kinds from '../../../flows/fairs/notices.ts'
import { dueTelling, nextTelling } from '../../../flows/fairs/times.ts'
import { type NewNotice, notice } from '../../../flows/kit/notice.ts'
import { putNotices } from '../../delivery/notices/put.ts'
import type { Job } from '../../schedule/schedule.ts'
import type { Core, Transaction } from '../../store/core.ts'
import { readEach, whole } from '../../store/damage.ts'
import { inSlices } from '../../store/slices.ts'
import { toSubscription } from '../alerts/rows.ts'
import { bookedBy, dueVisits, type Former, fairsWhere, type KeptFair, takenAt, takenOf, type Visit } from './rows.ts'

/** Visits told of in one transaction, and people looked at in one; with SQLite the whole program waits for it. */
const [batch, crowd] = [25, 100]
/** Who was where is forgotten after so long, in ms. */
export const visitsKept = 30 * dayLength

/** Every minute: what visitors are to hear, and who is to hear of a new fair. */
export function fairsJob(core: Core): Job {
  return {
    name: 'fairs',
    cron: '* * * * *',
    run: async ({ now, signal }) => {
      const told = await inSlices(core, () => tellVisits(core, now), { signal, size: batch })
      const announced = await announce(core, now, signal)
      return { told, announced }
    },
  }
}

/** Every night: forgets who was at fairs that are long over. */
export function forgetVisitsJob(core: Core): Job {
  return {
    name: 'fairs-forget',
    cron: '40 3 * * *',
    run: async ({ now }) => {
      const over = await core.prisma.fair.findMany({
        where: { endsAt: { lt: BigInt(now - visitsKept) } },
        select: { id: true },
      })
      let forgotten = 0
      for (const { id } of over) {
        await core.prisma.fairSeat.deleteMany({ where: { fairId: id } })
        forgotten += (await core.prisma.fairVisit.deleteMany({ where: { fairId: id } })).count
        await core.breathe()
      }
      return { forgotten }
    },
  }
}

/** How many visits were gone through. */
function tellVisits(core: Core, now: number): Promise<number> {
  return core.prisma.$transaction(async (transaction) => {
    const { rows, visits } = await dueVisits(transaction, core, now, batch)
    // What cannot be read has nothing to say any more, nor may it be found every minute.
    for (const { chatId, fairId } of rows.filter((row) => !visits.some((visit) => isOf(visit, row)))) {
      await transaction.fairVisit.updateMany({
        where: { chatId, fairId },
        data: { nextAt: null, news: null, former: null, gone: null },
      })
    }
    const fairs = await fairsWhere(transaction, core, { id: { in: [...new Set(visits.map(({ fairId }) => fairId))] } })
    const notices: NewNotice[] = []
    for (const visit of visits) {
      const own = await bookedBy(transaction, core, visit.chatId)
      const kept = fairs.find(({ fair }) => fair.id === visit.fairId)
      const taken = await takenBy(transaction, visit)
      const plan = kept === undefined ? { notice: undefined, next: null } : planVisit(visit, { kept, own, taken, now })
      if ((await moveOn(transaction, visit, plan.next)) && plan.notice !== undefined) notices.push(plan.notice)
    }
    await putNotices(transaction, notices, { ...core, now })
    return rows.length
  })
}

function isOf(visit: Visit, { chatId, fairId }: { readonly chatId: bigint; readonly fairId: string }): boolean {
  return BigInt(visit.chatId) === chatId && visit.fairId === fairId
}

/** Whether it stood as it was found: it may have been changed meanwhile. */
async function moveOn(transaction: Transaction, visit: Visit, next: number | null): Promise<boolean> {
  const { count } = await transaction.fairVisit.updateMany({
    where: { chatId: BigInt(visit.chatId), fairId: visit.fairId, nextAt: BigInt(visit.nextAt), news: visit.news },
    data: { nextAt: next === null ? null : BigInt(next), news: null, former: null, gone: null },
  })
  return count > 0
}

/** What is taken at a fair at which a slot of theirs is gone, since they are to hear whether another is free. */
async function takenBy(transaction: Transaction, { news, fairId }: Visit): Promise<Taken> {
  return news === 'lost' ? takenAt(transaction, fairId) : new Map()
}

type Taken = ReadonlyMap<string, number>
type Sight = {
  readonly kept: KeptFair
  readonly own: readonly Booked[]
  readonly taken: Taken
  readonly now: number
}

/** What a visitor is told at `now` (epoch ms), and when next. */
export function planVisit(
  visit: Visit,
  sight: Sight,
): { readonly notice: NewNotice | undefined; readonly next: number | null } {
  const { kept, own, now } = sight
  const { fair, stands } = kept
  const slots = own
    .filter((booked) => booked.fair === fair.id)
    .flatMap(({ stand, from, to }) => {
      const employer = stands.find(({ id }) => id === stand)?.employer
      return employer === undefined ? [] : [{ employer, from, to }]
    })
  const key = (what: string) => `${kinds.noticePrefix(fair.id)}${what}:${visit.nextAt}:${visit.chatId}`
  const given = { chatId: visit.chatId, dueAt: now }
  if (fair.state === 'cancelled') {
    const said = { ...given, key: key('cancelled'), values: fair }
    return { notice: visit.news === 'cancelled' ? notice(kinds.cancelled, said) : undefined, next: null }
  }
  const first = slots[0]?.from ?? null
  const next = nextTelling(fair, first, now)
  if (!isOpen(fair, now) && visit.news !== null) return { notice: undefined, next }
  if (visit.news !== null) {
    const values = { ...fair, slots, ...changesOf(visit, sight) }
    // Whatever was changed has been changed back.
    if (visit.former !== null && values.changes.length === 0 && !values.lost) return { notice: undefined, next }
    return { notice: notice(kinds.changed, { ...given, key: key('changed'), expiresAt: fair.endsAt, values }), next }
  }
  const due = dueTelling(fair, first, now)
  if (due === undefined) return { notice: undefined, next }
  if (due.kind === 'after') {
    const isFresh = now - due.at < dayLength
    return { notice: isFresh ? notice(kinds.after, { ...given, key: key('after'), values: fair }) : undefined, next }
  }
  if (fair.endsAt <= now) return { notice: undefined, next }
  const values = { ...fair, slots, when: due.kind }
  const expiresAt = due.kind === 'eve' ? (next ?? fair.startsAt) : (first ?? fair.endsAt)
  return { notice: notice(kinds.soon, { ...given, key: key(due.kind), expiresAt, values }), next }
}

/** What has become of the fair that a visitor knows. */
function changesOf({ news, former, gone }: Visit, { kept, own, taken, now }: Sight) {
  const { fair, stands } = kept
  const isSame = (...keys: readonly (keyof Former)[]) =>
    former === null || keys.every((key) => former[key] === fair[key])
  const changed = {
    name: !isSame('title'),
    when: !isSame('startsAt', 'endsAt'),
    place: !isSame('region', 'place'),
    note: !isSame('note'),
  }
  const isFree = stands.some((stand) =>
    slotsOf(fair, stand, { taken: takenOf(taken, kept, stand), own, now }).some(({ state }) => state === 'free'),
  )
  return {
    lost: news === 'lost',
    gone,
    isFree,
    changes: kinds.changedParts.filter((part) => changed[part]),
    was: changed.when && former !== null ? { startsAt: former.startsAt, endsAt: former.endsAt } : null,
  }
}

/** Goes on with every fair that is being announced; how many people have heard of one. */
async function announce(core: Core, now: number, signal: AbortSignal): Promise<number> {
  const fairs = await fairsWhere(core.prisma, core, { announcedTo: { not: null } })
  let told = 0
  for (const kept of fairs) {
    for (let isOver = false; !isOver && !signal.aborted; await core.breathe()) {
      const slice = await core.prisma.$transaction((transaction) => announceSlice(transaction, core, kept.fair.id, now))
      told += slice.told
      isOver = slice.isOver
    }
  }
  return told
}

async function announceSlice(transaction: Transaction, core: Core, id: string, now: number) {
  const [kept] = await fairsWhere(transaction, core, { id, announcedTo: { not: null } })
  const row = await transaction.fair.findUnique({ where: { id }, select: { announcedTo: true } })
  const from = row?.announcedTo ?? null
  if (from === null || kept === undefined) return { told: 0, isOver: true }
  const rows = isOpen(kept.fair, now) ? await peopleAfter(transaction, from) : []
  const told = await hearers(transaction, core, kept, rows)
  await putNotices(
    transaction,
    told.map((chatId) => newsOf(kept, chatId, now)),
    { ...core, now },
  )
  const isOver = rows.length < crowd
  await transaction.fair.updateMany({
    where: { id, announcedTo: from },
    data: { announcedTo: isOver ? null : (rows.at(-1)?.chatId ?? null) },
  })
  return { told: told.length, isOver }
}

function newsOf({ fair, stands }: KeptFair, chatId: number, now: number): NewNotice {
  return notice(kinds.announced, {
    chatId,
    key: `${kinds.noticePrefix(fair.id)}new:${chatId}`,
    dueAt: now,
    expiresAt: fair.endsAt,
    values: { ...fair, stands: stands.length },
  })
}

const columns = {
  chatId: true,
  language: true,
  ageBand: true,
  region: true,
  plan: true,
  consentVersion: true,
  consentAt: true,
  consentBy: true,
  muted: true,
  unreachable: true,
} as const

/** The next in order, whoever they are: a long stretch of people not concerned must not become a long query. */
function peopleAfter(transaction: Transaction, after: bigint) {
  return transaction.person.findMany({
    // An upper end, too: what SQLite keeps of another kind in a column of numbers comes after all of them.
    where: { chatId: { gt: after, lte: BigInt(Number.MAX_SAFE_INTEGER) } },
    select: columns,
    orderBy: { chatId: 'asc' },
    take: crowd,
  })
}

type PersonRow = Awaited<ReturnType<typeof peopleAfter>>[number]

/**
 * Who is to hear of it: people of its region and those beside it, or who have asked to hear of vacancies there, if they
 * may look for work, which is whoever is 16 or has asked to hear of vacancies; not those who are coming already.
 */
async function hearers(transaction: Transaction, core: Core, { fair }: KeptFair, rows: readonly PersonRow[]) {
  const near: readonly string[] = withNeighbours([fair.region])
  const reachable = rows.filter((row) => row.consentVersion === consentVersion && row.unreachable === null)
  if (reachable.length === 0) return []
  const asked = await transaction.subscription.findMany({
    where: { chatId: { in: reachable.map(({ chatId }) => chatId) }, state: 'active' },
  })
  const wanted = readEach(
    'Subscription',
    asked,
    (row) => ({ chatId: row.chatId, regions: toSubscription(row, core.seal).filter.regions }),
    core.damaged,
  ).filter(({ regions }) => regions.some((region) => near.includes(region)))
  const isNear = ({ chatId, region }: PersonRow) =>
    (region !== null && near.includes(region)) || wanted.some((one) => one.chatId === chatId)
  const concerned = reachable.filter(isNear)
  const chats = concerned.map(({ chatId }) => chatId)
  const coming = await transaction.fairVisit.findMany({
    where: { chatId: { in: chats }, fairId: fair.id },
    select: { chatId: true },
  })
  const has = (list: readonly { readonly chatId: bigint }[], chatId: bigint) =>
    list.some((one) => one.chatId === chatId)
  const keyed = concerned.map((row) => ({ ...row, id: String(row.chatId) }))
  return readEach('Person', keyed, toHearer, core.damaged)
    .filter(({ person, isAdvised, chatId }) => isAdvised && isMet(person) && !has(coming, BigInt(chatId)))
    .filter(({ person, chatId }) => person.ageBand !== '12-13' && (isGrown(person) || has(asked, BigInt(chatId))))
    .map(({ chatId }) => chatId)
}

function isGrown({ ageBand }: Person): boolean {
  return ageBand === '16-17' || ageBand === '18+'
}

/** Throws when anything of the row cannot be read. */
function toHearer({
  chatId,
  language,
  ageBand,
  plan,
  consentVersion: version,
  consentAt,
  consentBy,
  muted,
}: PersonRow) {
  const person = Person.parse({
    language,
    ageBand: ageBand ?? undefined,
    plan: plan ?? undefined,
    consent: { version, at: whole(consentAt ?? Number.NaN), by: consentBy },
    quiet: { from: 22, to: 8 },
    muted: JSON.parse(muted),
  })
  // Whoever looks after others has no plan of their own.
  return { chatId: whole(chatId), person, isAdvised: person.plan !== undefined && !person.muted.includes('fairs.new') }
}
