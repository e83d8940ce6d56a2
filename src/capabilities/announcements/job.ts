import { noticePrefix, over, told, toldIn, urgent } from '../../../flows/announcements/notices.ts'
import { dayLength } from '../../../flows/common/calendar.ts'
import { type NewNotice, notice, priorities } from '../../../flows/kit/notice.ts'
import { noticesKept } from '../../delivery/notices/notice.ts'
import { putNotices, takeBack } from '../../delivery/notices/put.ts'
import type { Job } from '../../schedule/schedule.ts'
import type { Core, Transaction } from '../../store/core.ts'
import { inSlices } from '../../store/slices.ts'
import { groupsOf, groupsWhere, roleNow } from '../groups/rows.ts'
import { type Hearer, hearersAfter } from './audience.ts'
import { figuresOf } from './figures.ts'
import { announcementsWhere, heldAnnouncement, type KeptAnnouncement, keysOf, startOf } from './rows.ts'

/** People looked at in one transaction, and notices held back in one; with SQLite the whole program waits for it. */
const [crowd, batch] = [100, 200]
/** So long somebody who is away still gets it when they come back, ms. */
const lasts = 7 * dayLength

/**
 * Every minute: sends off what is due, sees what is over, and holds back what was paused or stopped. It goes in slices, each of which
 * writes the notices of the next people and how far it has come in one transaction; so it goes on where it was, whatever
 * is killed when, and can be paused between two.
 */
export function announcementsJob(core: Core): Job {
  return {
    name: 'announcements',
    cron: '* * * * *',
    run: async ({ now, signal }) => {
      const due = await core.prisma.announcement.findMany({
        where: { work: { not: null }, at: { lte: BigInt(now) } },
        select: { id: true, work: true },
        orderBy: [{ at: 'asc' }, { id: 'asc' }],
      })
      const report = { told: 0, held: 0, done: 0 }
      for (const { id, work } of due) {
        if (work === 'hold') report.held += await holdAll(core, id, now, signal)
        if (work === 'tell') report.told += await tellAll(core, id, now, signal)
        if (work !== 'hold' && !signal.aborted && (await finish(core, id, now))) report.done++
      }
      return report
    },
  }
}

/** Every night: forgets announcements whose notices are forgotten. */
export function forgetAnnouncementsJob(core: Core): Job {
  return {
    name: 'announcements-forget',
    cron: '50 3 * * *',
    run: async ({ now, signal }) => {
      const before = BigInt(now - noticesKept)
      const forgotten = await inSlices(core, (limit) => forgetSome(core, before, limit), { signal })
      return { forgotten }
    },
  }
}

async function forgetSome({ prisma }: Core, before: bigint, take: number): Promise<number> {
  const rows = await prisma.announcement.findMany({
    where: { finishedAt: { lt: before }, work: null },
    select: { id: true },
    take,
  })
  const ids = rows.map(({ id }) => id)
  return ids.length === 0 ? 0 : (await prisma.announcement.deleteMany({ where: { id: { in: ids } } })).count
}

/** Until everybody is told, or somebody pauses it. How many got a notice. */
async function tellAll(core: Core, id: string, now: number, signal: AbortSignal): Promise<number> {
  let sum = 0
  for (let isOver = false; !isOver && !signal.aborted; await core.breathe()) {
    const slice = await core.prisma.$transaction((transaction) => tellSlice(transaction, core, id, now))
    sum += slice.told
    isOver = slice.isOver
  }
  return sum
}

type Told = { readonly told: number; readonly isOver: boolean }
const nothing: Told = { told: 0, isOver: true }

/** Tells the next people, if it still is to be told. */
async function tellSlice(transaction: Transaction, core: Core, id: string, now: number): Promise<Told> {
  const kept = await heldAnnouncement(transaction, core, id)
  const names = kept && (await groupNames(transaction, core, kept))
  if (kept === undefined || names === undefined) {
    await giveUp(transaction, id, now)
    return nothing
  }
  if (kept.work !== 'tell') return nothing
  const aim = { audience: kept.audience, author: kept.chatId, isUrgent: kept.body.why !== null }
  const after = kept.reached ?? Number.MIN_SAFE_INTEGER
  const { hearers, last } = await hearersAfter(transaction, core, aim, after, crowd)
  const notices = hearers.flatMap((hearer) => noticeFor(kept, hearer, names, now) ?? [])
  await putNotices(transaction, notices, { ...core, now })
  const where = last === undefined ? { work: 'watch', reached: null } : { reached: BigInt(last) }
  const people = kept.people + notices.length
  await transaction.announcement.update({ where: { id }, data: { state: 'going', people, ...where } })
  return { told: notices.length, isOver: last === undefined }
}

/** What cannot be read, or whose author may not tell these people any more, ends here; what waits is held back. */
async function giveUp(transaction: Transaction, id: string, now: number): Promise<void> {
  await transaction.announcement.updateMany({
    where: { id, work: 'tell' },
    data: { state: 'stopped', work: 'hold', reached: null, finishedAt: BigInt(now) },
  })
}

/** The names of its groups, by their ids; undefined where its author may not tell them anything now. */
async function groupNames(
  transaction: Transaction,
  core: Core,
  { chatId, audience: { groups } }: KeptAnnouncement,
): Promise<ReadonlyMap<string, string> | undefined> {
  const role = await roleNow(transaction, chatId)
  if (role === undefined) return undefined
  const led =
    role === 'mentor'
      ? await groupsOf(transaction, core, chatId)
      : await groupsWhere(transaction, core, { id: { in: [...groups] } })
  const names = new Map(led.map(({ id, name }) => [id, name]))
  const isTheirs = groups.length > 0 && groups.every((id) => names.has(id))
  return role === 'coordinator' || isTheirs ? names : undefined
}

/** Undefined for whoever is left out, since nothing is written in their language. */
function noticeFor(
  { id, body, at }: KeptAnnouncement,
  { chatId, language, groupId }: Hearer,
  names: ReadonlyMap<string, string>,
  now: number,
): NewNotice | undefined {
  const values = toldIn(id, body, language, groupId === null ? null : (names.get(groupId) ?? null))
  if (values === undefined) return undefined
  const given = { chatId, key: `${noticePrefix(id)}${chatId}`, dueAt: now, expiresAt: at + lasts, values }
  return notice(body.why === null ? told : urgent, given)
}

/** Whether nothing of it waits any more: then it is over, and its author hears how many have it. */
async function finish(core: Core, id: string, now: number): Promise<boolean> {
  const [kept] = await announcementsWhere(core.prisma, core, { id, work: 'watch' })
  if (kept === undefined || (await hasWaiting(core, kept))) return false
  const { delivered, made } = await figuresOf(core, kept)
  return core.prisma.$transaction(async (transaction) => {
    const { count } = await transaction.announcement.updateMany({
      where: { id, work: 'watch' },
      data: { state: 'done', work: null, finishedAt: BigInt(now) },
    })
    if (count > 0) await putNotices(transaction, [overOf(kept, { delivered, made }, now)], { ...core, now })
    return count > 0
  })
}

/** Among all that waits at its priority, in the order of the index. */
async function hasWaiting({ prisma }: Core, { id, body }: KeptAnnouncement): Promise<boolean> {
  const prefix = noticePrefix(id)
  const rows = await prisma.$queryRaw<unknown[]>`
    SELECT 1 AS "waits" FROM "Notice"
    WHERE "outcome" IS NULL AND "priority" = ${priorities[(body.why === null ? told : urgent).priority]}
      AND substr("key", 1, ${prefix.length}) = ${prefix} LIMIT 1`
  return rows.length > 0
}

function overOf({ id, chatId, body }: KeptAnnouncement, numbers: Numbers, now: number): NewNotice {
  const key = `announcements:over:${id}:${now}`
  const values = { id, start: startOf(body), ...numbers }
  return notice(over, { chatId, key, dueAt: now, expiresAt: now + dayLength, values })
}

type Numbers = { readonly delivered: number; readonly made: number }

/** Holds back what waits; what is on its way at this moment is looked for again a minute later. How many were held. */
async function holdAll(core: Core, id: string, now: number, signal: AbortSignal): Promise<number> {
  let { after } = keysOf(id)
  let [held, left] = [0, 0]
  for (; !signal.aborted; await core.breathe()) {
    const slice = await core.prisma.$transaction((transaction) => holdSlice(transaction, core, id, after, now))
    held += slice.held
    left += slice.left
    if (slice.last === undefined) break
    after = slice.last
  }
  if (!signal.aborted && left === 0) {
    await core.prisma.announcement.updateMany({ where: { id, work: 'hold' }, data: { work: null } })
  }
  return held
}

/** Only while it still is to be held: it may have been resumed. */
async function holdSlice(transaction: Transaction, core: Core, id: string, after: string, now: number) {
  const kept = await heldAnnouncement(transaction, core, id)
  const isHeld = kept === undefined || kept.work === 'hold'
  const rows = !isHeld
    ? []
    : await transaction.$queryRaw<{ key: string; waits: number | bigint }[]>`
        SELECT "key", CASE WHEN "outcome" IS NULL THEN 1 ELSE 0 END AS "waits" FROM "Notice"
        WHERE "key" > ${after} AND "key" < ${keysOf(id).before} ORDER BY "key" LIMIT ${batch}`
  const keys = rows.map(({ key }) => key)
  const taken = keys.length === 0 ? new Set<string>() : await takeBack(transaction, core.provider, keys, now)
  const left = rows.filter(({ key, waits }) => Number(waits) === 1 && !taken.has(key)).length
  return { held: taken.size, left, last: rows.length < batch ? undefined : keys.at(-1) }
}
