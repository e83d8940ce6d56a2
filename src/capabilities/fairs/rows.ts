import { z } from 'zod'
import { MySlot } from '../../../flows/fairs/contract.ts'
import { type Booked, Fair, most, type Span, Stand, slotCount, slotSpan } from '../../../flows/fairs/fair.ts'
import type { Core, Transaction } from '../../store/core.ts'
import { moment, readEach, small, whole } from '../../store/damage.ts'
import type { Prisma } from '../../store/generated/sqlite/client.ts'
import type { FairModel } from '../../store/generated/sqlite/models.ts'
import type { Provider } from '../../store/models.ts'

/** A fair as it is kept. */
export type KeptFair = { readonly fair: Fair; readonly stands: readonly Stand[] }

const Body = Fair.pick({ title: true, place: true, note: true, reason: true })
const Stands = z.array(Stand)

/** Throws when anything of the row cannot be read. */
function toFair({ id, state, region, startsAt, endsAt, body, stands }: FairModel): KeptFair {
  const times = { startsAt: moment(startsAt), endsAt: moment(endsAt) }
  return {
    fair: Fair.parse({ id, state, region, ...times, ...Body.parse(JSON.parse(body)) }),
    stands: Stands.parse(JSON.parse(stands)),
  }
}

/** The columns of a fair besides its id and state. */
export function fairColumns({ fair, stands }: KeptFair) {
  const { region, startsAt, endsAt } = fair
  return {
    region,
    startsAt: BigInt(startsAt),
    endsAt: BigInt(endsAt),
    body: JSON.stringify(Body.parse(fair)),
    stands: JSON.stringify(Stands.parse(stands)),
  }
}

/** What reading needs of the store. */
export type Reader = Pick<Core, 'damaged'>

/** What a statement is given with: the store, or a transaction on it. */
export type Source = Pick<Transaction, 'fair' | 'fairVisit' | 'fairSeat' | '$queryRaw'>

/** The soonest first, those of one time by their names. */
export async function fairsWhere(
  source: Source,
  { damaged }: Reader,
  where: Prisma.FairWhereInput,
): Promise<KeptFair[]> {
  const rows = await source.fair.findMany({ where, orderBy: [{ startsAt: 'asc' }, { id: 'asc' }] })
  return readEach('Fair', rows, toFair, damaged).sort(
    ({ fair: one }, { fair: other }) => one.startsAt - other.startsAt || one.title.localeCompare(other.title),
  )
}

export async function fairOf(source: Source, reader: Reader, id: string): Promise<KeptFair | undefined> {
  const [found] = await fairsWhere(source, reader, { id })
  return found
}

/** The fair, which nobody changes until the transaction has ended. SQLite has one writer at a time. */
export async function heldFair(
  transaction: Transaction,
  tools: Reader & { readonly provider: Provider },
  id: string,
): Promise<KeptFair | undefined> {
  if (tools.provider === 'postgresql') {
    await transaction.$queryRaw`SELECT 1 AS "held" FROM "Fair" WHERE "id" = ${id} FOR SHARE`
  }
  return fairOf(transaction, tools, id)
}

/** What a chat has booked at any fair; a seat at a stand that is gone is none. */
export async function bookedBy(source: Source, reader: Reader, chatId: number): Promise<Booked[]> {
  const seats = await source.fairSeat.findMany({ where: { chatId: BigInt(chatId) } })
  if (seats.length === 0) return []
  const fairs = await fairsWhere(source, reader, { id: { in: [...new Set(seats.map(({ fairId }) => fairId))] } })
  return seats
    .flatMap(({ fairId, standId, slot }) => {
      const kept = fairs.find(({ fair }) => fair.id === fairId)
      const span = kept && spanIn(kept, standId, slot)
      return span === undefined ? [] : [{ fair: fairId, stand: standId, slot, ...span }]
    })
    .sort((a, b) => a.from - b.from)
}

/** When a seat is, undefined where there is no such stand or slot. */
export function spanIn({ fair, stands }: KeptFair, standId: string, slot: number): Span | undefined {
  const stand = stands.find(({ id }) => id === standId)
  if (stand === undefined || slot < 0 || slot >= slotCount(fair, stand)) return undefined
  return slotSpan(fair, stand, slot)
}

/** How many places are taken in each slot of each stand of a fair: by `<stand> <slot>`. */
export async function takenAt(source: Source, fairId: string): Promise<ReadonlyMap<string, number>> {
  const rows = await source.fairSeat.groupBy({
    by: ['standId', 'slot'],
    where: { fairId },
    _count: true,
  })
  return new Map(rows.map(({ standId, slot, _count }) => [seatKey(standId, slot), _count]))
}

export function seatKey(standId: string, slot: number): string {
  return `${standId} ${slot}`
}

/** The slots of one stand out of those of its fair. */
export function takenOf(taken: ReadonlyMap<string, number>, { fair }: KeptFair, stand: Stand): Map<number, number> {
  const slots = Array.from({ length: slotCount(fair, stand) }, (_, slot) => slot)
  return new Map(slots.map((slot) => [slot, taken.get(seatKey(stand.id, slot)) ?? 0]))
}

export const news = ['changed', 'lost', 'cancelled'] as const

/** What of a fair visitors are told when it changes. */
export const Former = Fair.pick({ title: true, region: true, place: true, startsAt: true, endsAt: true, note: true })
export type Former = z.infer<typeof Former>
/** Slots gone that one visitor hears of at once, at most: as many as one can have. */
export const mostGone = most.slots
export const Gone = z.array(MySlot.pick({ employer: true, from: true, to: true })).max(mostGone)
export type Gone = z.infer<typeof Gone>

/** Somebody who is coming, as the row says: with the fair before its first change, and slots gone, of which they are to hear. */
export type Visit = {
  readonly former: Former | null
  readonly gone: Gone
  readonly chatId: number
  readonly fairId: string
  readonly nextAt: number
  readonly news: (typeof news)[number] | null
}

/** Visits of which something is to be said by `now` (epoch ms), the longest due first. */
export async function dueVisits(transaction: Transaction, reader: Reader, now: number, limit: number) {
  const rows = await transaction.fairVisit.findMany({
    where: { nextAt: { lte: BigInt(now) } },
    orderBy: { nextAt: 'asc' },
    take: limit,
  })
  const keyed = rows.map((row) => ({ ...row, id: `${row.fairId} ${row.chatId}` }))
  const visits = readEach(
    'FairVisit',
    keyed,
    (row): Visit => ({
      chatId: whole(row.chatId),
      fairId: row.fairId,
      nextAt: moment(row.nextAt),
      news: z.enum(news).nullable().parse(row.news),
      former: row.former === null ? null : Former.parse(JSON.parse(row.former)),
      gone: goneIn(row),
    }),
    reader.damaged,
  )
  return { rows, visits }
}

/** Slots gone of which a visitor is to hear; throws what `JSON.parse` and zod throw. */
export function goneIn({ gone }: { readonly gone: string | null }): Gone {
  return gone === null ? [] : Gone.parse(JSON.parse(gone))
}

/** Seats are few and small numbers; throws RangeError for what is none. */
export function seatNumbers(rows: readonly { readonly seat: number }[]): ReadonlySet<number> {
  return new Set(rows.map(({ seat }) => small(seat)))
}
