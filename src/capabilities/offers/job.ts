import { dayLength, toLocal, toUtc } from '../../../flows/common/calendar.ts'
import { newcomer } from '../../../flows/common/person.ts'
import { notice } from '../../../flows/kit/notice.ts'
import { reviewNotice } from '../../../flows/offers/notices.ts'
import { heldVacancies } from '../../../flows/vacancies/contract.ts'
import { putNotices } from '../../delivery/notices/put.ts'
import type { Job } from '../../schedule/schedule.ts'
import type { Core } from '../../store/core.ts'
import type { Tools } from '../capability.ts'
import { reachableMentors } from './mentors.ts'

/** Pages of held vacancies that are looked through. */
const mostPages = 40
/** So long it is remembered that mentors were told of a vacancy, ms. */
const remembered = 90 * dayLength

/** Every hour of the day: mentors hear, once a day, of what was held back since. */
export function reviewsJob(core: Core, ask: Tools['ask']): Job {
  return {
    name: 'reviews',
    cron: '10 9-20 * * *',
    run: async ({ now, signal }) => ({ told: await tellOfHeld(core, ask, now, signal) }),
  }
}

async function tellOfHeld(core: Core, ask: Tools['ask'], now: number, signal: AbortSignal): Promise<number> {
  const { prisma } = core
  const today = BigInt(toUtc({ ...toLocal(now), hour: 0, minute: 0 }))
  if ((await prisma.offerReviewTold.count({ where: { at: { gte: today } } })) > 0) return 0
  const mentors = await reachableMentors(prisma)
  if (mentors.length === 0) return 0
  const held = await heldIds(core, ask, now, signal)
  const fresh = await untoldOf(core, held)
  if (fresh.length === 0) return 0
  const notices = mentors.map((chatId) => {
    const key = `offers:review:${chatId}:${today}`
    return notice(reviewNotice, { chatId, key, dueAt: now, values: { count: held.length } })
  })
  await prisma.$transaction(async (transaction) => {
    await transaction.offerReviewTold.deleteMany({
      where: { OR: [{ at: { lt: BigInt(now - remembered) } }, { vacancyId: { in: fresh } }] },
    })
    await transaction.offerReviewTold.createMany({ data: fresh.map((vacancyId) => ({ vacancyId, at: BigInt(now) })) })
    await putNotices(transaction, notices, { ...core, now })
  })
  return mentors.length
}

/** Those mentors have not been told of; one that was cleared since, and is held back again, is such a one. */
async function untoldOf({ prisma }: Core, held: readonly string[]): Promise<string[]> {
  const where = { vacancyId: { in: [...held] } }
  const [told, reviews] = await Promise.all([
    prisma.offerReviewTold.findMany({ where }),
    prisma.vacancyReview.findMany({ where }),
  ])
  const reviewed = new Map(reviews.map(({ vacancyId, at }) => [vacancyId, at]))
  const known = new Set(told.flatMap(({ vacancyId, at }) => ((reviewed.get(vacancyId) ?? 0n) > at ? [] : [vacancyId])))
  return held.filter((id) => !known.has(id))
}

async function heldIds(core: Core, ask: Tools['ask'], now: number, signal: AbortSignal): Promise<string[]> {
  const ids = new Set<string>()
  const world = { chatId: 0, person: { ...newcomer('kk'), ageBand: '18+' as const }, now }
  for (let page = 0, pages = 1; page < Math.min(pages, mostPages) && !signal.aborted; page++) {
    const found = await ask(heldVacancies, { page }, world)
    for (const { id } of found.items) ids.add(id)
    pages = found.pages
    await core.breathe()
  }
  return [...ids]
}
