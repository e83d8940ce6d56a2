import { z } from 'zod'
import { defineAsk, defineSend, defineTell } from '../kit/contract.ts'
import { Listing } from '../vacancies/listing.ts'
import { exampleFair, exampleStand, Fair, longest, most, Slot, Stand } from './fair.ts'

/** Fairs, and stands, on one page. */
export const pageSize = 8

const count = z.int().min(0)
const paged = { page: count, pages: z.int().min(1), total: count }

/** A fair in a list: whether its visitor has signed up. */
export const ListedFair = z.object({ ...Fair.shape, stands: count, isMine: z.boolean() })
export type ListedFair = z.infer<typeof ListedFair>
export const FairPage = z.object({ items: z.array(ListedFair), ...paged })
export type FairPage = z.infer<typeof FairPage>

/** A stand in a list: how many of its slots have a place left, and when the person's own one is. */
export const ListedStand = z.object({ id: z.string(), employer: z.string(), free: count, mine: z.int().nullable() })
export type ListedStand = z.infer<typeof ListedStand>
export const StandPage = z.object({ items: z.array(ListedStand), ...paged })
export type StandPage = z.infer<typeof StandPage>

/** A slot that the person has. */
export const MySlot = z.object({ stand: z.string(), employer: z.string(), slot: count, from: z.int(), to: z.int() })
export type MySlot = z.infer<typeof MySlot>

/** A fair as one person finds it: their slots, the earliest first. */
export const FairView = z.object({ fair: Fair, isMine: z.boolean(), slots: z.array(MySlot), stands: StandPage })
export type FairView = z.infer<typeof FairView>

/** A vacancy of a stand, as it is named there. */
export const Job = Listing.pick({ id: true, title: true, pay: true })

/** A stand as one person finds it, what of its vacancies is open to them, and whether they may take a slot at one more. */
export const StandView = z.object({
  stand: Stand,
  slots: z.array(Slot),
  room: z.boolean(),
  jobs: z.array(Job).max(most.vacancies).default([]),
})
export type StandView = z.infer<typeof StandView>

const fair = exampleFair()
const listed: ListedFair = { ...fair, stands: 2, isMine: false }
const noPage = { items: [], page: 0, pages: 1, total: 0 }
const stands: StandPage = {
  items: [
    { id: 'stand', employer: 'Example', free: 3, mine: null },
    { id: 'other', employer: 'Example', free: 0, mine: fair.startsAt },
  ],
  page: 0,
  pages: 2,
  total: 9,
}
const at = (slot: number, state: Slot['state']): Slot => {
  const from = fair.startsAt + slot * 20 * 60_000
  return { slot, from, to: from + 20 * 60_000, state }
}
const free: StandView = {
  stand: exampleStand,
  slots: [at(0, 'past'), at(1, 'full'), at(2, 'clash'), at(3, 'free')],
  room: true,
  jobs: [],
}
const job = { id: 'example', title: 'Example', pay: null }
const mySlot: MySlot = { stand: 'stand', employer: 'Example', slot: 0, from: fair.startsAt, to: fair.startsAt + 1 }

/** Fairs that are coming, those of the person's own region first. */
export const comingFairs = defineAsk('fairs.coming', {
  who: 'met',
  data: z.object({ page: count }),
  reply: FairPage,
  examples: [
    noPage,
    { items: [listed, { ...listed, id: 'other', isMine: true, region: '75' }], page: 0, pages: 2, total: 9 },
    { items: [listed], page: 1, pages: 2, total: 9 },
  ],
})

/** Ids of the fairs that somebody has signed up for and that are not over, the soonest first. */
export const ownFairs = defineAsk('fairs.own', {
  who: 'met',
  data: z.null(),
  reply: z.array(z.string()),
  examples: [[], ['example'], ['example', 'other']],
})

/** Whether any fair is coming that is for the person. */
export const anyFair = defineAsk('fairs.any', {
  who: 'met',
  data: z.null(),
  reply: z.object({ isComing: z.boolean() }),
  examples: [{ isComing: false }, { isComing: true }],
})

/** A fair that is no draft, with one page of its stands. */
export const getFair = defineAsk('fairs.fair', {
  who: 'met',
  data: z.object({ id: z.string(), page: count }),
  reply: FairView.nullable(),
  examples: [
    { fair, isMine: false, slots: [], stands },
    { fair: { ...fair, note: 'Example' }, isMine: true, slots: [mySlot], stands: noPage },
    { fair, isMine: true, slots: [], stands: { ...stands, page: 1 } },
    { fair: { ...fair, state: 'cancelled', reason: 'Example' }, isMine: false, slots: [], stands: noPage },
    { fair: { ...fair, startsAt: 0, endsAt: 1 }, isMine: true, slots: [mySlot], stands },
    null,
  ],
})

/** A stand of a fair that is published, be it over. */
export const getStand = defineAsk('fairs.stand', {
  who: 'met',
  data: z.object({ fair: z.string(), stand: z.string() }),
  reply: StandView.nullable(),
  examples: [
    free,
    { ...free, slots: [at(0, 'mine'), at(3, 'free')] },
    { ...free, slots: [at(0, 'full'), at(3, 'full')] },
    { ...free, slots: [at(0, 'full'), at(3, 'clash')] },
    { ...free, room: false },
    { ...free, slots: [at(0, 'mine'), at(1, 'past')], jobs: [job] },
    { stand: { ...exampleStand, offers: null, vacancies: ['example'] }, slots: [], room: true, jobs: [job] },
    { ...free, slots: Array.from({ length: 30 }, (_, slot) => at(slot, 'free')) },
    null,
  ],
})

/** Signs up for a fair as such. */
export const visitFair = defineTell('fairs.visit', { who: 'met', data: z.object({ fair: z.string() }) })

/** Takes a place in a slot, and gives back another of the same stand. Signs up for the fair as well. */
export const bookSlot = defineTell('fairs.book', {
  who: 'met',
  data: z.object({ fair: z.string(), stand: z.string(), slot: count }),
})

export const leaveStand = defineTell('fairs.unbook', {
  who: 'met',
  data: z.object({ fair: z.string(), stand: z.string() }),
})

/** Gives back all slots, and is not coming. */
export const leaveFair = defineTell('fairs.leave', { who: 'met', data: z.object({ fair: z.string() }) })

/** All fairs that are not long over, drafts among them, for those who make them. */
export const madeFairs = defineAsk('fairs.made', {
  who: 'mentor',
  data: z.object({ page: count }),
  reply: FairPage,
  examples: [
    noPage,
    { items: [listed, { ...listed, id: 'draft', state: 'draft' }], page: 0, pages: 2, total: 9 },
    { items: [{ ...listed, state: 'cancelled', reason: 'Example' }], page: 1, pages: 2, total: 9 },
  ],
})

/** A fair for those who make it: `visitors` have signed up, `seats` are taken at its stands. Nobody is named. */
export const MadeFair = z.object({
  fair: Fair,
  visitors: count,
  seats: count,
  stands: z.object({ items: z.array(z.object({ stand: Stand, taken: count, all: count })), ...paged }),
})
export type MadeFair = z.infer<typeof MadeFair>
const madeStands = { items: [{ stand: exampleStand, taken: 1, all: 20 }], page: 0, pages: 2, total: 9 }

export const getMadeFair = defineAsk('fairs.making', {
  who: 'mentor',
  data: z.object({ id: z.string(), page: count }),
  reply: MadeFair.nullable(),
  examples: [
    { fair: { ...fair, state: 'draft', note: 'Example' }, visitors: 0, seats: 0, stands: noPage },
    { fair: { ...fair, state: 'draft' }, visitors: 0, seats: 0, stands: madeStands },
    { fair, visitors: 3, seats: 1, stands: { ...madeStands, page: 1 } },
    { fair: { ...fair, state: 'cancelled', reason: 'Example' }, visitors: 3, seats: 0, stands: noPage },
    { fair: { ...fair, startsAt: 0, endsAt: 1 }, visitors: 3, seats: 1, stands: madeStands },
    null,
  ],
})

/** A change of a fair that is not kept yet: of the fair itself, of a stand, or that a stand is taken away. */
export const FairChange = z.discriminatedUnion('type', [
  z.object({ type: z.literal('fair'), fair: Fair }),
  z.object({ type: z.literal('stand'), stand: Stand }),
  z.object({ type: z.literal('drop'), stand: z.string() }),
])
export type FairChange = z.infer<typeof FairChange>

/** What a change makes of a fair: `losers` people lose a time, and it stands as `made`; null where it is not kept yet. */
export const weighChange = defineAsk('fairs.weighing', {
  who: 'mentor',
  data: z.object({ id: z.string(), page: count, change: FairChange }),
  reply: z.object({ losers: count, made: MadeFair }).nullable(),
  examples: [
    { losers: 0, made: { fair, visitors: 3, seats: 1, stands: madeStands } },
    { losers: 2, made: { fair, visitors: 3, seats: 0, stands: { ...madeStands, page: 1 } } },
    null,
  ],
})

/** How many come to each slot of a stand. */
export const SlotFigures = z.object({ from: z.int(), to: z.int(), taken: count })

/** A vacancy as those see it who choose it. */
export const Opening = z.object({ id: z.string(), title: z.string() })
export type Opening = z.infer<typeof Opening>
/** Vacancies of one employer that are offered at once. */
export const mostOpenings = 20

/** A stand for those who make the fair, with the open vacancies of its employer and those it has. */
export const MadeStand = z.object({ stand: Stand, slots: z.array(SlotFigures), openings: z.array(Opening) })
export type MadeStand = z.infer<typeof MadeStand>

export const getMadeStand = defineAsk('fairs.makingStand', {
  who: 'mentor',
  data: z.object({ fair: z.string(), stand: z.string() }),
  reply: MadeStand.nullable(),
  examples: [
    {
      stand: exampleStand,
      slots: [{ from: fair.startsAt, to: fair.endsAt, taken: 1 }],
      openings: [{ id: 'example', title: 'Example' }],
    },
    { stand: { ...exampleStand, offers: null }, slots: [], openings: [] },
    null,
  ],
})

/** Keeps a fair as a whole, new or changed; its state is changed by the tells below alone. */
export const keepFair = defineTell('fairs.keep', { who: 'mentor', data: Fair.omit({ state: true, reason: true }) })

/** Keeps a stand, new or changed. */
export const keepStand = defineTell('fairs.keepStand', {
  who: 'mentor',
  data: z.object({ fair: z.string(), stand: Stand }),
})
export const dropStand = defineTell('fairs.dropStand', {
  who: 'mentor',
  data: z.object({ fair: z.string(), stand: z.string() }),
})

/** From then on people see it, and those of its region hear of it. */
export const publishFair = defineTell('fairs.publish', { who: 'mentor', data: z.object({ fair: z.string() }) })

/** Those who have signed up are told why. */
export const cancelFair = defineTell('fairs.cancel', {
  who: 'mentor',
  data: z.object({ fair: z.string(), reason: z.string().min(1).max(longest.reason) }),
})

/** Deletes a draft. */
export const dropFair = defineTell('fairs.drop', { who: 'mentor', data: z.object({ fair: z.string() }) })

/** A list for a stand to be printed: times and numbers, nobody's name. */
export const standSheet = defineSend('fairs.sheet', {
  who: 'mentor',
  data: z.object({ fair: z.string(), stand: z.string() }),
})
