import { dayLength } from '../../../flows/common/calendar.ts'
import {
  type Entry,
  madeOffer,
  offerLimit,
  ownOffer,
  ownOffers,
  pageSize,
  readDay,
  readOffer,
  renewedOffer,
  waitingOffer,
} from '../../../flows/offers/contract.ts'
import { standsFor } from '../../../flows/vacancies/vacancy.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import type { Core } from '../../store/core.ts'
import { readEach } from '../../store/damage.ts'
import type { OfferModel } from '../../store/generated/sqlite/models.ts'
import { mayDecide, mostMentors, reachableMentors } from './mentors.ts'
import type { OfferReading } from './reading.ts'
import { type KeptOffer, toOffer } from './rows.ts'

/** All of one author are read at most: only those that can be read are counted. */
const most = 500

/** What authors and mentors look up. */
export function offerReplies(core: Core, reading: OfferReading): readonly Reply[] {
  const { prisma, seal, damaged } = core
  const read = (rows: readonly OfferModel[]) => readEach('Offer', rows, (row) => toOffer(row, seal), damaged)
  const one = async (id: string, chatId?: number): Promise<KeptOffer | undefined> => {
    const owned = chatId === undefined ? {} : { chatId: BigInt(chatId) }
    const row = await prisma.offer.findFirst({ where: { id, ...owned } })
    return read(row === null ? [] : [row])[0]
  }
  return [
    reply(ownOffers, async ({ page: wanted }, { chatId, now }) => {
      const rows = await prisma.offer.findMany({
        where: { chatId: BigInt(chatId) },
        orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
        take: most,
      })
      const all = read(rows)
      const pages = Math.max(1, Math.ceil(all.length / pageSize))
      const page = Math.min(wanted, pages - 1)
      const items = all.slice(page * pageSize, (page + 1) * pageSize).map((kept) => entryOf(kept, now))
      const room = all.filter(({ state }) => state !== 'closed').length < offerLimit
      return { items, total: all.length, page, pages, room }
    }),
    reply(ownOffer, async ({ id }, { chatId, now }) => {
      const kept = await one(id, chatId)
      if (kept === undefined) return null
      const { offer, returned, validThrough } = kept
      return { ...entryOf(kept, now), offer, returned, validThrough }
    }),
    reply(readOffer, async ({ offer }, { person, now }) => reading.read({ id: '', offer, now }, person)),
    reply(readDay, async ({ text }, { now }) => ({ at: reading.dayIn(text, now) })),
    reply(renewedOffer, async ({ id }, { chatId, now }) => {
      const kept = await one(id, chatId)
      if (kept === undefined || kept.vacancyId === null) return null
      if (kept.state !== 'published' && kept.state !== 'closed') return null
      return reading.made({ id, offer: { ...kept.offer, until: now + standsFor * dayLength }, now })
    }),
    reply(waitingOffer, async ({ without, decided }, { chatId, person, now }) => {
      const others = await mayDecide(prisma, chatId, chatId)
      const where = {
        state: 'waiting',
        id: { notIn: [...decided] },
        ...(others ? {} : { chatId: { not: BigInt(chatId) } }),
      }
      const [rows, total, mentors] = await Promise.all([
        prisma.offer.findMany({
          where: { ...where, id: { notIn: [...decided, ...without] } },
          orderBy: [{ sentAt: 'asc' }, { id: 'asc' }],
          take: mostMentors,
        }),
        prisma.offer.count({ where }),
        reachableMentors(prisma),
      ])
      // Two mentors who look at the same moment do not look at the same offer, where more than one waits.
      const first = rows.length === 0 ? 0 : Math.max(0, mentors.indexOf(chatId)) % rows.length
      for (const row of [...rows.slice(first), ...rows.slice(0, first)]) {
        const [kept] = read([row])
        const found = kept && reading.read({ id: kept.id, offer: kept.offer, now }, person)
        if (!found) continue
        const { id, sentAt, chatId: author } = kept
        return { item: { id, sentAt, isOwn: author === chatId, reading: found }, total }
      }
      return { item: null, total }
    }),
    reply(madeOffer, async ({ id, sentAt }, { now }) => {
      const kept = await one(id)
      if (kept === undefined || kept.state !== 'waiting' || kept.sentAt !== sentAt) return null
      return reading.made({ id, offer: kept.offer, now })
    }),
  ]
}

function entryOf({ id, offer: { title }, state, validThrough }: KeptOffer, now: number): Entry {
  return { id, title, state, isOver: state === 'published' && validThrough <= now }
}
