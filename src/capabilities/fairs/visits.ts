import { bookSlot, leaveFair, leaveStand, visitFair } from '../../../flows/fairs/contract.ts'
import { hasRoom, isOpen, type Stand, slotsOf } from '../../../flows/fairs/fair.ts'
import { nextTelling } from '../../../flows/fairs/times.ts'
import type { DataOf } from '../../../flows/kit/contract.ts'
import { change, type FactEntry, type FactTools, type FactWriter, OvertakenError } from '../../store/capability.ts'
import type { Transaction } from '../../store/core.ts'
import { bookedBy, heldFair, type KeptFair, seatNumbers } from './rows.ts'

/** What its visitors do with a fair. A row that cannot be read is no fair; the look-ups report it. */
export const visitFacts: readonly FactWriter[] = [
  change(visitFair, async (transaction, entries, tools) => {
    for (const { chatId, data, at } of entries) {
      const kept = await openFair(transaction, tools, data.fair, at)
      await keepVisit(transaction, kept, chatId, at)
    }
  }),
  change(bookSlot, async (transaction, entries, tools) => {
    // The same order everywhere, so that processes do not wait for each other crosswise.
    for (const entry of [...entries].sort(bySlot)) await book(transaction, entry, tools)
  }),
  change(leaveStand, async (transaction, entries, tools) => {
    for (const { chatId, data, at } of entries) {
      await transaction.fairSeat.deleteMany({
        where: { chatId: BigInt(chatId), fairId: data.fair, standId: data.stand },
      })
      const kept = await heldFair(transaction, { ...tools, damaged }, data.fair)
      if (kept !== undefined) await timeVisit(transaction, kept, chatId, at)
    }
  }),
  change(leaveFair, async (transaction, entries) => {
    for (const { chatId, data } of entries) {
      const own = { chatId: BigInt(chatId), fairId: data.fair }
      await transaction.fairSeat.deleteMany({ where: own })
      await transaction.fairVisit.deleteMany({ where: own })
    }
  }),
]

type Booking = FactEntry<DataOf<typeof bookSlot>>

function bySlot({ data: one }: Booking, { data: other }: Booking): number {
  const keyOf = ({ fair, stand, slot }: Booking['data']) => `${fair} ${stand} ${slot}`
  return keyOf(one) < keyOf(other) ? -1 : 1
}

/** Nobody is there to hear of damage within a turn. */
const damaged = () => undefined

/** The fair while it stands open. Throws where it does not any more: the turn is played again and says so. */
async function openFair(transaction: Transaction, tools: FactTools, id: string, at: number): Promise<KeptFair> {
  const kept = await heldFair(transaction, { ...tools, damaged }, id)
  if (kept !== undefined && isOpen(kept.fair, at)) return kept
  throw new OvertakenError('The fair is not open any more')
}

/**
 * Takes the first free place of a slot. What is judged here was judged by the look-up as well; where somebody was
 * quicker since, the turn is played again. Two who are written at the same moment are told apart by the key of the row.
 */
async function book(transaction: Transaction, { chatId, data, at }: Booking, tools: FactTools): Promise<void> {
  const kept = await openFair(transaction, tools, data.fair, at)
  const stand = kept.stands.find(({ id }) => id === data.stand)
  const place = { fairId: data.fair, standId: data.stand, slot: data.slot }
  const seats = seatNumbers(await transaction.fairSeat.findMany({ where: place, select: { seat: true } }))
  const own = await bookedBy(transaction, { damaged }, chatId)
  const taken = new Map([[data.slot, seats.size]])
  const slot = stand && slotsOf(kept.fair, stand, { taken, own, now: at }).find((one) => one.slot === data.slot)
  if (slot?.state === 'mine') return
  const isCrowded = !hasRoom(own, data.fair, data.stand)
  if (stand === undefined || slot?.state !== 'free' || isCrowded) throw new OvertakenError('The slot is not free')
  await transaction.fairSeat.deleteMany({
    where: { chatId: BigInt(chatId), fairId: data.fair, standId: data.stand },
  })
  const written = await transaction.$executeRaw`
    INSERT INTO "FairSeat" ("fairId", "standId", "slot", "seat", "chatId", "at")
    VALUES (${data.fair}, ${data.stand}, ${data.slot}, ${firstFree(stand, seats)}, ${BigInt(chatId)}, ${BigInt(at)})
    ON CONFLICT DO NOTHING`
  if (written === 0) throw new OvertakenError('Somebody else has taken the place')
  await keepVisit(transaction, kept, chatId, at)
}

function firstFree({ places }: Stand, seats: ReadonlySet<number>): number {
  const all = Array.from({ length: places }, (_, index) => index + 1)
  // Places may have become fewer since a higher one was taken; there is a free one, since fewer are taken than there are.
  return all.find((seat) => !seats.has(seat)) ?? places + 1
}

async function keepVisit(transaction: Transaction, kept: KeptFair, chatId: number, at: number): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO "FairVisit" ("chatId", "fairId", "at", "nextAt", "news")
    VALUES (${BigInt(chatId)}, ${kept.fair.id}, ${BigInt(at)}, NULL, NULL) ON CONFLICT DO NOTHING`
  await timeVisit(transaction, kept, chatId, at)
}

/** When there is next something to say. What has changed and is not told yet stays as it is. */
async function timeVisit(transaction: Transaction, { fair }: KeptFair, chatId: number, at: number): Promise<void> {
  const own = await bookedBy(transaction, { damaged }, chatId)
  const first = own.find((booked) => booked.fair === fair.id)?.from ?? null
  const next = nextTelling(fair, first, at)
  await transaction.fairVisit.updateMany({
    where: { chatId: BigInt(chatId), fairId: fair.id, news: null },
    data: { nextAt: next === null ? null : BigInt(next) },
  })
}
