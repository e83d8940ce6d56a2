import { zone } from '../../../flows/common/regions.ts'
import { dayStart } from '../../../flows/vacancies/matching/rank.ts'
import { putNotices } from '../../delivery/notices/put.ts'
import { createQuietEnd } from '../../delivery/quiet.ts'
import type { Core } from '../../store/core.ts'
import type { NamesOf } from '../vacancies/filter-names.ts'
import { advance, Changed, type DuePerson, duePeople } from './due.ts'
import { dropEntries, markCounted, markTold, toldRows, toldSince, waitingRows } from './ledger.ts'
import { type Plan, planPerson } from './plan.ts'
import type { Shelf } from './shelf.ts'

/** Subscriptions that are due and told in one transaction; with SQLite the whole program waits for it. */
const batch = 25
/** Looked at for one subscription: the best of what waits. */
const mostLooked = 30
/** So often a batch is tried again while people change what they look for. */
const tries = 3

export type TellTools = { readonly core: Core; readonly shelf: Shelf; readonly namesOf: NamesOf }

/**
 * Tells what is due: for each person one notice, written with the ledger in one transaction. Returns people and
 * vacancies told.
 */
export async function tellDue(
  tools: TellTools,
  now: number,
  signal: AbortSignal,
): Promise<{ readonly people: number; readonly told: number }> {
  const { core } = tools
  const report = { people: 0, told: 0 }
  for (let failed = 0; !signal.aborted && failed < tries; await core.breathe()) {
    const people = await duePeople(core, now, batch)
    if (people.length === 0) break
    // Reading, planning and writing are each some milliseconds in which SQLite lets nobody else have their turn.
    await core.breathe()
    const plans = await planAll(tools, people, now)
    await core.breathe()
    const isWritten = await write(core, plans, now)
    failed = isWritten ? 0 : failed + 1
    // What could not be moved on would be found again for ever.
    if (isWritten && plans.every(({ advances, dropped }) => advances.length + dropped.length === 0)) break
    if (!isWritten) continue
    report.people += plans.filter(({ notice }) => notice !== undefined).length
    report.told += plans.reduce((sum, { told }) => sum + new Set(told.map(({ vacancyId }) => vacancyId)).size, 0)
  }
  return report
}

async function planAll(
  { core, shelf, namesOf }: TellTools,
  people: readonly DuePerson[],
  now: number,
): Promise<Plan[]> {
  const quietEnd = createQuietEnd(zone)
  const today = dayStart(now)
  const quietUntil = ({ person }: DuePerson) => (person === null ? undefined : quietEnd(now, person.quiet))
  const awake = people.filter((one) => one.person !== null && quietUntil(one) === undefined)
  const chatIds = awake.map(({ chatId }) => chatId)
  const ids = awake.flatMap(({ due }) => due.map(({ was }) => was.id))
  const waiting = ids.length === 0 ? [] : await waitingRows(core, ids, { now, most: mostLooked })
  const vacancyIds = [...new Set(waiting.map(({ vacancyId }) => vacancyId))]
  const vacancies = await shelf.take(vacancyIds)
  const [before, told, done] = await Promise.all([
    toldRows(core, { chatIds, vacancyIds }),
    toldSince(core, chatIds, today),
    doneBy(core, chatIds, vacancyIds),
  ])
  const toldBefore = new Map<string, { edition: number; pay: number | null }>()
  for (const { chatId, vacancyId, edition, pay } of before) {
    const key = pairOf(chatId, vacancyId)
    if ((toldBefore.get(key)?.edition ?? -1) < edition) toldBefore.set(key, { edition, pay })
  }
  return people.map((one) =>
    planPerson(one, {
      now,
      today,
      quietUntil: quietUntil(one),
      waiting,
      vacancies,
      toldToday: (id) => told.get(id) ?? 0,
      toldBefore: (vacancyId) => toldBefore.get(pairOf(one.chatId, vacancyId)),
      isDone: (vacancyId) => done.has(pairOf(one.chatId, vacancyId)),
      namesOf,
    }),
  )
}

/** What people have hidden, or have gone for already. */
async function doneBy(
  { prisma }: Core,
  chatIds: readonly number[],
  vacancyIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (chatIds.length === 0 || vacancyIds.length === 0) return new Set()
  const which = { chatId: { in: chatIds.map(BigInt) }, vacancyId: { in: [...vacancyIds] } }
  const [hidden, applied] = await Promise.all([
    prisma.vacancyMark.findMany({ where: { ...which, mark: 'hidden' }, select: { chatId: true, vacancyId: true } }),
    prisma.application.findMany({ where: which, select: { chatId: true, vacancyId: true } }),
  ])
  return new Set([...hidden, ...applied].map(({ chatId, vacancyId }) => pairOf(Number(chatId), vacancyId ?? '')))
}

function pairOf(chatId: number, vacancyId: string): string {
  return `${chatId} ${vacancyId}`
}

/** Whether it is written: nothing of it is where somebody changed what they look for meanwhile. */
async function write(core: Core, plans: readonly Plan[], now: number): Promise<boolean> {
  try {
    await core.prisma.$transaction(async (transaction) => {
      await advance(
        transaction,
        core.provider,
        plans.flatMap(({ advances }) => advances),
      )
      await dropEntries(
        transaction,
        core.provider,
        plans.flatMap(({ dropped }) => dropped),
      )
      await markTold(
        transaction,
        core.provider,
        plans.flatMap(({ told }) => told),
        now,
      )
      await markCounted(
        transaction,
        core.provider,
        plans.flatMap(({ counted }) => counted),
      )
      const notices = plans.flatMap(({ notice }) => notice ?? [])
      await putNotices(transaction, notices, { ...core, now })
    })
    return true
  } catch (error) {
    if (error instanceof Changed) return false
    throw error
  }
}
