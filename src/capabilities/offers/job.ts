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
import { source } from './reading.ts'
import { withdrawVacancy } from './withdraw.ts'

/** Pages of held vacancies that are looked through, and offers looked at in one step. */
const most = { pages: 40, offers: 100 }
/** So long it is remembered that mentors were told of a vacancy, ms. */
const remembered = 90 * dayLength

/** Every hour of the day: mentors hear, once a day, of what was held back since; what has no author any more closes. */
export function reviewsJob(core: Core, ask: Tools['ask']): Job {
  return {
    name: 'reviews',
    cron: '10 9-20 * * *',
    run: async ({ now, signal }) => {
      const left = await closeOrphans(core, now, signal)
      return { left, told: await tellOfHeld(core, ask, now, signal) }
    },
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
  for (let page = 0, pages = 1; page < Math.min(pages, most.pages) && !signal.aborted; page++) {
    const found = await ask(heldVacancies, { page }, world)
    for (const { listing } of found.items) ids.add(listing.id)
    pages = found.pages
    await core.breathe()
  }
  return [...ids]
}

/** Whoever deletes all of theirs offers nothing any more; what they wrote goes out of the vacancy, too. */
async function closeOrphans({ prisma, breathe }: Core, now: number, signal: AbortSignal): Promise<number> {
  let count = 0
  for (let after = ''; !signal.aborted; await breathe()) {
    const sightings = await prisma.vacancySighting.findMany({
      where: { source, sourceId: { gt: after } },
      orderBy: { sourceId: 'asc' },
      take: most.offers,
    })
    const ids = sightings.map(({ sourceId }) => sourceId)
    const kept = new Set(
      (await prisma.offer.findMany({ select: { id: true }, where: { id: { in: ids } } })).map(({ id }) => id),
    )
    const orphans = sightings.filter(({ sourceId }) => !kept.has(sourceId))
    if (orphans.length > 0) {
      await prisma.$transaction(async (transaction) => {
        for (const { sourceId, vacancyId } of orphans) await withdrawVacancy(transaction, sourceId, vacancyId, now)
      })
    }
    count += orphans.length
    after = ids.at(-1) ?? ''
    if (sightings.length < most.offers) break
  }
  return count
}
