import { dayLength } from '../../../flows/common/calendar.ts'
import {
  type Entry,
  type Fate,
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
    reply(readOffer, async ({ offer, page }, { now }) => reading.read({ id: '', offer, now, page })),
    reply(readDay, async ({ text }, { now }) => ({ at: reading.dayIn(text, now) })),
    reply(renewedOffer, async ({ id }, { chatId, now }) => {
      const kept = await one(id, chatId)
      if (kept === undefined || kept.vacancyId === null) return null
      if (kept.state !== 'published' && kept.state !== 'closed') return null
      return reading.made({ id, offer: { ...kept.offer, until: now + standsFor * dayLength }, now })
    }),
    reply(waitingOffer, async ({ without, decided, at, page }, world) => {
      const { chatId, now } = world
      const others = await mayDecide(prisma, chatId, chatId)
      const where = { state: 'waiting', ...(others ? {} : { chatId: { not: BigInt(chatId) } }) }
      const shown = (row: OfferModel | null, from: number) => {
        const [kept] = read(row === null ? [] : [row])
        const found = kept && reading.read({ id: kept.id, offer: kept.offer, now, page: from })
        if (!found) return undefined
        const { id, sentAt, chatId: author, validThrough } = kept
        return { id, sentAt, isOwn: author === chatId, isOver: validThrough <= now, reading: found }
      }
      const [wanted, total] = await Promise.all([
        at === null ? null : prisma.offer.findUnique({ where: { id: at.id } }),
        prisma.offer.count({ where: { ...where, id: { notIn: [...decided] } } }),
      ])
      const fate =
        at === null ? null : fateOf(read(wanted === null ? [] : [wanted])[0], at.sentAt, { ...world, others })
      if (fate === null || fate.what === 'changed') {
        const item = shown(wanted, fate === null ? page : 0)
        if (item !== undefined) return { item, total, fate }
      }
      const [rows, mentors] = await Promise.all([
        prisma.offer.findMany({
          where: { ...where, id: { notIn: [...decided, ...without] } },
          orderBy: [{ sentAt: 'asc' }, { id: 'asc' }],
          take: mostMentors,
        }),
        reachableMentors(prisma),
      ])
      // Two mentors who look at the same moment do not look at the same offer, where more than one waits.
      const first = rows.length === 0 ? 0 : Math.max(0, mentors.indexOf(chatId)) % rows.length
      for (const row of [...rows.slice(first), ...rows.slice(0, first)]) {
        const item = shown(row, 0)
        if (item !== undefined) return { item, total, fate }
      }
      return { item: null, total, fate }
    }),
    reply(madeOffer, async ({ id, sentAt }, { chatId, now }) => {
      const kept = await one(id)
      if (kept === undefined || kept.state !== 'waiting' || kept.sentAt !== sentAt) return null
      return (await mayDecide(prisma, kept.chatId, chatId)) ? reading.made({ id, offer: kept.offer, now }) : null
    }),
  ]
}

/** What has become of an offer since it was looked at; null where it waits as it did. */
function fateOf(
  kept: KeptOffer | undefined,
  sentAt: number,
  { chatId, now, others }: { readonly chatId: number; readonly now: number; readonly others: boolean },
): Fate | null {
  if (kept === undefined || kept.state === 'closed') return { what: 'gone', at: now }
  if (kept.state !== 'waiting') return { what: kept.state, at: kept.decidedAt ?? kept.sentAt }
  if (kept.chatId === chatId && !others) return { what: 'others', at: now }
  return kept.sentAt === sentAt ? null : { what: 'changed', at: kept.sentAt }
}

function entryOf({ id, offer: { title }, state, validThrough }: KeptOffer, now: number): Entry {
  return { id, title, state, isOver: state === 'published' && validThrough <= now }
}
