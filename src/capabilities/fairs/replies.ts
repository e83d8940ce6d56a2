import { dayLength } from '../../../flows/common/calendar.ts'
import {
  anyFair,
  comingFairs,
  getFair,
  getMadeFair,
  getMadeStand,
  getStand,
  type ListedFair,
  type ListedStand,
  type MadeFair,
  madeFairs,
  mostOpenings,
  type Opening,
  ownFairs,
  pageSize,
  weighChange,
} from '../../../flows/fairs/contract.ts'
import { type Booked, hasRoom, isOpen, type Stand, slotCount, slotSpan, slotsOf } from '../../../flows/fairs/fair.ts'
import { listedVacancies } from '../../../flows/vacancies/contract.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import type { Core } from '../../store/core.ts'
import type { Tools } from '../capability.ts'
import { readKept } from '../vacancies/rows.ts'
import { changedBy, seatsLost } from './making.ts'
import { bookedBy, fairOf, fairsWhere, type KeptFair, seatKey, takenAt, takenOf } from './rows.ts'

/** How long those who make fairs see one that is over, in ms. */
const seenFor = 30 * dayLength

type FairTools = Pick<Tools, 'core' | 'ask'> & { readonly employerOf: (name: string) => string }

export function fairReplies({ core, ask, employerOf }: FairTools): readonly Reply[] {
  const { prisma } = core
  return [
    reply(comingFairs, async ({ page }, { chatId, person, now }) => {
      const all = await fairsWhere(prisma, core, { state: 'published', endsAt: { gt: BigInt(now) } })
      const visits = await visitedBy(core, chatId)
      const own = all.filter(({ fair }) => fair.region === person.region)
      const others = all.filter(({ fair }) => fair.region !== person.region)
      return pageOf([...own, ...others], page, (kept) => listed(kept, visits))
    }),
    reply(ownFairs, async (_, { chatId, now }) => {
      const visits = await visitedBy(core, chatId)
      const all = await fairsWhere(prisma, core, { id: { in: [...visits] }, state: 'published' })
      return all.filter(({ fair }) => isOpen(fair, now)).map(({ fair }) => fair.id)
    }),
    reply(anyFair, async (_, { person, now }) => {
      if (person.ageBand === '12-13') return { isComing: false }
      const coming = { state: 'published', endsAt: { gt: BigInt(now) } }
      return { isComing: (await prisma.fair.count({ where: coming })) > 0 }
    }),
    reply(getFair, async ({ id, page }, { chatId, now }) => {
      const kept = await fairOf(prisma, core, id)
      if (kept === undefined || kept.fair.state === 'draft') return null
      const own = await bookedBy(prisma, core, chatId)
      const taken = await takenAt(prisma, id)
      const here = own.filter(({ fair }) => fair === id)
      return {
        fair: kept.fair,
        isMine: (await visitedBy(core, chatId)).has(id),
        slots: here.flatMap((booked) => {
          const stand = kept.stands.find((one) => one.id === booked.stand)
          return stand === undefined ? [] : [{ ...booked, employer: stand.employer }]
        }),
        stands: pageOf(kept.stands, page, (stand) => standIn(kept, stand, { taken, own, now })),
      }
    }),
    reply(getStand, async ({ fair: id, stand: standId }, world) => {
      const { chatId, now } = world
      const kept = await fairOf(prisma, core, id)
      const stand = kept?.stands.find((one) => one.id === standId)
      // One that is over is still read: whom one has met, and for what one has asked there.
      if (kept === undefined || stand === undefined || kept.fair.state !== 'published') return null
      const own = await bookedBy(prisma, core, chatId)
      const taken = takenOf(await takenAt(prisma, id), kept, stand)
      const room = hasRoom(own, id, standId)
      const known = stand.vacancies.length === 0 ? [] : await ask(listedVacancies, { ids: stand.vacancies }, world)
      // What the law bars at their age, or nobody has looked at yet, is not for them.
      const jobs = known.filter(({ outcome, isHeld }) => outcome !== 'barred' && !isHeld)
      return { stand, slots: [...slotsOf(kept.fair, stand, { taken, own, now })], room, jobs }
    }),
    reply(madeFairs, async ({ page }, { now }) => {
      const all = await fairsWhere(prisma, core, { endsAt: { gt: BigInt(now - seenFor) } })
      return pageOf(all, page, (kept) => listed(kept, new Set()))
    }),
    reply(getMadeFair, async ({ id, page }) => {
      const kept = await fairOf(prisma, core, id)
      return kept === undefined ? null : madeFair(core, kept, page)
    }),
    reply(weighChange, async ({ id, page, change }) => {
      const kept = await fairOf(prisma, core, id)
      if (kept === undefined) return null
      const after = changedBy(kept, change)
      const lost = seatsLost(kept, after)
      const seats = lost && (await prisma.fairSeat.findMany({ where: lost }))
      const losers = new Set(seats?.map(({ chatId }) => chatId)).size
      return { losers, made: await madeFair(core, after, page, seats) }
    }),
    reply(getMadeStand, async ({ fair, stand }) => {
      const figures = await standFigures(core, fair, stand)
      return (
        figures && { ...figures, openings: await openingsOf(core, figures.stand, employerOf(figures.stand.employer)) }
      )
    }),
  ]
}

/** A fair with its figures, without those who would lose their seats. */
async function madeFair(core: Core, kept: KeptFair, page: number, lost: readonly Place[] = []): Promise<MadeFair> {
  const { fair, stands } = kept
  const taken = new Map(await takenAt(core.prisma, fair.id))
  for (const { standId, slot } of lost) {
    const key = seatKey(standId, slot)
    taken.set(key, (taken.get(key) ?? 0) - 1)
  }
  const takenAll = (stand: Stand) => sum([...takenOf(taken, kept, stand).values()])
  return {
    fair,
    visitors: await core.prisma.fairVisit.count({ where: { fairId: fair.id } }),
    seats: sum(stands.map(takenAll)),
    stands: pageOf(stands, page, (stand) => {
      return { stand, taken: takenAll(stand), all: slotCount(fair, stand) * stand.places }
    }),
  }
}

type Place = { readonly standId: string; readonly slot: number }

/** How many come to each slot of a stand; null where there is none. */
export async function standFigures(core: Core, fairId: string, standId: string) {
  const kept = await fairOf(core.prisma, core, fairId)
  const stand = kept?.stands.find(({ id }) => id === standId)
  if (kept === undefined || stand === undefined) return null
  const taken = takenOf(await takenAt(core.prisma, fairId), kept, stand)
  const slots = [...taken].map(([slot, count]) => ({ ...slotSpan(kept.fair, stand, slot), taken: count }))
  return { fair: kept.fair, stand, slots }
}

async function visitedBy({ prisma }: Core, chatId: number): Promise<ReadonlySet<string>> {
  const rows = await prisma.fairVisit.findMany({ where: { chatId: BigInt(chatId) }, select: { fairId: true } })
  return new Set(rows.map(({ fairId }) => fairId))
}

function listed({ fair, stands }: KeptFair, visits: ReadonlySet<string>): ListedFair {
  return { ...fair, stands: stands.length, isMine: visits.has(fair.id) }
}

type Sight = { readonly taken: ReadonlyMap<string, number>; readonly own: readonly Booked[]; readonly now: number }

function standIn(kept: KeptFair, stand: Stand, { taken, own, now }: Sight): ListedStand {
  const slots = slotsOf(kept.fair, stand, { taken: takenOf(taken, kept, stand), own, now })
  return {
    id: stand.id,
    employer: stand.employer,
    // Those at the time of another meeting are free as well; the stand says why they cannot be chosen.
    free: slots.filter(({ state }) => state === 'free' || state === 'clash').length,
    mine: slots.find(({ state }) => state === 'mine')?.from ?? null,
  }
}

function pageOf<All, Item>(all: readonly All[], wanted: number, make: (one: All) => Item) {
  const pages = Math.max(1, Math.ceil(all.length / pageSize))
  const page = Math.min(wanted, pages - 1)
  return { items: all.slice(page * pageSize, (page + 1) * pageSize).map(make), page, pages, total: all.length }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((one, other) => one + other, 0)
}

/** Open vacancies of the stand's employer, by the `name` that identities hold, and those the stand has already. */
async function openingsOf({ prisma, damaged }: Core, { vacancies }: Stand, name: string): Promise<Opening[]> {
  const select = { where: { state: 'open', identity: { contains: `|${name}|` } }, take: mostOpenings }
  const theirs = name === '' ? [] : await prisma.vacancy.findMany({ ...select, orderBy: { storedAt: 'desc' } })
  const chosen = await prisma.vacancy.findMany({ where: { id: { in: [...vacancies] } } })
  const rows = [...chosen, ...theirs.filter(({ id }) => !vacancies.includes(id))]
  return readKept(rows, damaged).map(({ id, body }) => ({ id, title: body.title }))
}
