import {
  cancelFair,
  dropFair,
  dropStand,
  type FairChange,
  keepFair,
  keepStand,
  publishFair,
} from '../../../flows/fairs/contract.ts'
import { type Fair, isOpen, most, type Stand, slotCount } from '../../../flows/fairs/fair.ts'
import { change, type FactTools, type FactWriter } from '../../store/capability.ts'
import type { Transaction } from '../../store/core.ts'
import type { Prisma } from '../../store/generated/sqlite/client.ts'
import { Former, fairColumns, fairOf, type Gone, goneIn, type KeptFair, mostGone, spanIn } from './rows.ts'

/** How long after the last change visitors are told of all of them at once, in ms. */
export const settlesAfter = 10 * 60_000

/** What those who make fairs do with them. */
export const makingFacts: readonly FactWriter[] = [
  change(keepFair, async (transaction, entries, tools) => {
    for (const { data, at } of entries) {
      await changeFair(transaction, tools, data.id, at, (kept) => ({
        fair: { ...data, state: kept?.fair.state ?? 'draft', reason: kept?.fair.reason ?? null },
        stands: kept?.stands ?? [],
      }))
    }
  }),
  change(keepStand, async (transaction, entries, tools) => {
    for (const { data, at } of entries) {
      await changeFair(transaction, tools, data.fair, at, (kept) => kept && withStand(kept, data.stand))
    }
  }),
  change(dropStand, async (transaction, entries, tools) => {
    for (const { data, at } of entries) {
      await changeFair(transaction, tools, data.fair, at, (kept) => {
        return kept && withoutStand(kept, data.stand)
      })
    }
  }),
  change(publishFair, async (transaction, entries) => {
    for (const { data, at } of entries) await publish(transaction, data.fair, at)
  }),
  change(cancelFair, async (transaction, entries, tools) => {
    for (const { data, at } of entries) {
      const isChanged = await changeFair(transaction, tools, data.fair, at, (kept) => {
        return kept?.fair.state !== 'published' || !isOpen(kept.fair, at)
          ? undefined
          : { ...kept, fair: { ...kept.fair, state: 'cancelled', reason: data.reason } }
      })
      if (isChanged) await transaction.fairSeat.deleteMany({ where: { fairId: data.fair } })
    }
  }),
  change(dropFair, async (transaction, entries) => {
    for (const { data } of entries) await transaction.fair.deleteMany({ where: { id: data.fair, state: 'draft' } })
  }),
]

/** Those of its region hear of it from the smallest chat on. */
export async function publish(transaction: Transaction, fairId: string, at: number): Promise<boolean> {
  const { count } = await transaction.fair.updateMany({
    where: { id: fairId, state: 'draft' },
    data: {
      state: 'published',
      publishedAt: BigInt(at),
      changedAt: BigInt(at),
      announcedTo: BigInt(Number.MIN_SAFE_INTEGER),
    },
  })
  return count > 0
}

/**
 * Changes a fair, or makes one where there is none; `undefined` leaves it as it is. Seats for which there is no room any
 * more are given back, and visitors of a published one are to be told a little later. Whether anything was written.
 */
export async function changeFair(
  transaction: Transaction,
  tools: Pick<FactTools, 'provider'>,
  id: string,
  at: number,
  make: (kept: KeptFair | undefined) => KeptFair | undefined,
): Promise<boolean> {
  if (tools.provider === 'postgresql') {
    await transaction.$queryRaw`SELECT 1 AS "held" FROM "Fair" WHERE "id" = ${id} FOR UPDATE`
  }
  const before = await fairOf(transaction, { damaged: () => undefined }, id)
  const after = make(before)
  if (after === undefined || (before !== undefined && isSame(before, after))) return false
  const columns = { ...fairColumns(after), state: after.fair.state, changedAt: BigInt(at) }
  await transaction.fair.upsert({ where: { id }, create: { id, ...columns }, update: columns })
  if (before !== undefined && isOpen(before.fair, at)) await tellVisitors(transaction, before, after, at)
  return true
}

/** As they would be kept, so that the order in which a file or a dialogue names things makes no difference. */
function isSame(before: KeptFair, after: KeptFair): boolean {
  const textOf = (kept: KeptFair) => [kept.fair.state, ...Object.values(fairColumns(kept))].join('\n')
  return textOf(before) === textOf(after)
}

/** The fair as a change would leave it. */
export function changedBy(kept: KeptFair, change: FairChange): KeptFair {
  switch (change.type) {
    case 'fair':
      return { ...kept, fair: { ...change.fair, state: kept.fair.state, reason: kept.fair.reason } }
    case 'stand':
      return withStand(kept, change.stand)
    case 'drop':
      return withoutStand(kept, change.stand)
  }
}

function withStand({ fair, stands }: KeptFair, stand: Stand): KeptFair {
  if (stands.some(({ id }) => id === stand.id)) {
    return { fair, stands: stands.map((one) => (one.id === stand.id ? stand : one)) }
  }
  return { fair, stands: stands.length >= most.stands ? stands : [...stands, stand] }
}

function withoutStand({ fair, stands }: KeptFair, standId: string): KeptFair {
  return { fair, stands: stands.filter(({ id }) => id !== standId) }
}

/** Whoever has lost a slot hears of that, everybody else of the change; the cancelling of a fair is told at once. */
async function tellVisitors(transaction: Transaction, before: KeptFair, after: KeptFair, at: number): Promise<void> {
  const fairId = after.fair.id
  if (after.fair.state === 'cancelled') {
    await transaction.fairVisit.updateMany({ where: { fairId }, data: { news: 'cancelled', nextAt: BigInt(at) } })
    return
  }
  const lost = await dropSeats(transaction, before, after)
  const nextAt = BigInt(at + settlesAfter)
  if (isTold(before.fair, after.fair)) {
    const former = JSON.stringify(Former.parse(before.fair))
    await transaction.fairVisit.updateMany({ where: { fairId, former: null }, data: { former } })
    await transaction.fairVisit.updateMany({ where: { fairId, news: null }, data: { news: 'changed', nextAt } })
    await transaction.fairVisit.updateMany({ where: { fairId }, data: { nextAt } })
  }
  const chats = [...new Set(lost.map(({ chatId }) => chatId))]
  const visits = await transaction.fairVisit.findMany({ where: { fairId, chatId: { in: chats } } })
  for (const visit of visits) {
    const theirs = lost.filter(({ chatId }) => chatId === visit.chatId)
    const gone = [...goneOr(visit), ...goneOf(before, theirs)].slice(-mostGone)
    await transaction.fairVisit.updateMany({
      where: { fairId, chatId: visit.chatId },
      data: { news: 'lost', nextAt, gone: JSON.stringify(gone) },
    })
  }
}

/** What stands there and cannot be read is not told; the job reports it. */
function goneOr(visit: { readonly gone: string | null }): Gone {
  try {
    return goneIn(visit)
  } catch {
    return []
  }
}

/** Seats as those who had them know them. */
function goneOf(before: KeptFair, seats: readonly Place[]): Gone {
  return seats.flatMap(({ standId, slot }) => {
    const employer = before.stands.find(({ id }) => id === standId)?.employer
    const span = spanIn(before, standId, slot)
    return employer === undefined || span === undefined ? [] : [{ employer, ...span }]
  })
}

type Place = { readonly chatId: bigint; readonly standId: string; readonly slot: number }

/** Visitors are told of another time, place or region, and of another note or name; not of each new stand. */
function isTold(before: Fair, after: Fair): boolean {
  return (['title', 'region', 'place', 'startsAt', 'endsAt', 'note'] as const).some((key) => before[key] !== after[key])
}

/** Gives back the seats that a change leaves no room for, and says which. */
async function dropSeats(transaction: Transaction, before: KeptFair, after: KeptFair): Promise<readonly Place[]> {
  const where = seatsLost(before, after)
  if (where === undefined) return []
  const seats = await transaction.fairSeat.findMany({ where, orderBy: [{ slot: 'asc' }, { standId: 'asc' }] })
  if (seats.length > 0) await transaction.fairSeat.deleteMany({ where })
  return seats
}

/** Seats of stands and slots that are gone, have another length, or fewer places; undefined where there can be none. */
export function seatsLost(before: KeptFair, after: KeptFair): Prisma.FairSeatWhereInput | undefined {
  const gone = before.stands.flatMap((stand): Prisma.FairSeatWhereInput[] => {
    const now = after.stands.find(({ id }) => id === stand.id)
    if (now === undefined || now.minutes !== stand.minutes) return [{ standId: stand.id }]
    const slots = slotCount(after.fair, now)
    const isLess = now.places < stand.places || slots < slotCount(before.fair, stand)
    return isLess ? [{ standId: stand.id, OR: [{ slot: { gte: slots } }, { seat: { gt: now.places } }] }] : []
  })
  return gone.length === 0 ? undefined : { fairId: after.fair.id, OR: gone }
}
