import { z } from 'zod'
import { minuteLength, toLocal } from '../common/calendar.ts'
import { type Region, regions } from '../common/regions.ts'

/** Longest texts, in UTF-16 units. */
export const longest = { title: 120, place: 200, note: 600, reason: 300, employer: 120, offers: 400 } as const
/** Stands of one fair, vacancies of one stand, and slots of one person at a fair, at most. */
export const most = { stands: 60, vacancies: 20, slots: 12 } as const
/** A slot is at least and at most so long, in minutes, and takes so many people at most. */
export const slotMinutes = { min: 5, max: 120 } as const
export const mostPlaces = 50
/** What is offered for the length of a slot, in minutes, and for the people in one. */
export const slotLengths = [10, 15, 20, 30, 45, 60] as const
export const placeCounts = [1, 2, 3, 4, 5, 10] as const

export const fairStates = ['draft', 'published', 'cancelled'] as const

const text = (most: number) => z.string().trim().min(1).max(most)

/** A vacancy fair («бос орындар жәрмеңкесі») without its stands: it takes place within one day. Times are epoch ms. */
export const Fair = z.object({
  id: z.string().min(1).max(64),
  state: z.enum(fairStates),
  title: text(longest.title),
  region: z.enum(regions),
  /** The address, in the maker's words. */
  place: text(longest.place),
  startsAt: z.int(),
  endsAt: z.int(),
  note: text(longest.note).nullable(),
  /** Why it was cancelled. */
  reason: text(longest.reason).nullable(),
})
export type Fair = z.infer<typeof Fair>

/** An employer at a fair. From the beginning of the fair to its end, people come in slots. */
export const Stand = z.object({
  id: z.string().min(1).max(64),
  employer: text(longest.employer),
  offers: text(longest.offers).nullable(),
  /** Length of a slot, and people in one. */
  minutes: z.int().min(slotMinutes.min).max(slotMinutes.max),
  places: z.int().min(1).max(mostPlaces),
  /** Ids of vacancies of theirs. */
  vacancies: z.array(z.string().min(1).max(100)).max(most.vacancies),
})
export type Stand = z.infer<typeof Stand>

type Times = Pick<Fair, 'startsAt' | 'endsAt'>
/** From when to when, epoch ms. */
export type Span = { readonly from: number; readonly to: number }

/** How many whole slots a stand has. */
export function slotCount({ startsAt, endsAt }: Times, { minutes }: Pick<Stand, 'minutes'>): number {
  return Math.max(0, Math.floor((endsAt - startsAt) / (minutes * minuteLength)))
}

/** When a slot is, counted from 0. */
export function slotSpan(
  { startsAt }: Pick<Fair, 'startsAt'>,
  { minutes }: Pick<Stand, 'minutes'>,
  slot: number,
): Span {
  const from = startsAt + slot * minutes * minuteLength
  return { from, to: from + minutes * minuteLength }
}

export function overlaps(one: Span, other: Span): boolean {
  return one.from < other.to && other.from < one.to
}

/** A place that somebody has at a stand. */
export type Booked = { readonly fair: string; readonly stand: string; readonly slot: number } & Span

/** What a slot is for one person: theirs, at the time of another of theirs, without a free place, over, or free. */
export const slotStates = ['mine', 'clash', 'full', 'past', 'free'] as const
export const Slot = z.object({
  slot: z.int().min(0),
  from: z.int(),
  to: z.int(),
  state: z.enum(slotStates),
})
export type Slot = z.infer<typeof Slot>

/** What the slots of a stand are judged by: how many have taken each, and what the person has, at any fair. */
export type Standing = {
  readonly taken: ReadonlyMap<number, number>
  readonly own: readonly Booked[]
  readonly now: number
}

/** All slots of a stand as one person finds them. One place a stand: another there takes the place of the first. */
export function slotsOf(fair: Fair, stand: Stand, standing: Standing): readonly Slot[] {
  return Array.from({ length: slotCount(fair, stand) }, (_, slot) => {
    const span = slotSpan(fair, stand, slot)
    return { slot, ...span, state: stateOf(slot, span, { fair, stand, ...standing }) }
  })
}

function stateOf(
  slot: number,
  span: Span,
  { fair, stand, taken, own, now }: Standing & { readonly fair: Fair; readonly stand: Stand },
): Slot['state'] {
  const isHere = (booked: Booked) => booked.fair === fair.id && booked.stand === stand.id
  if (own.some((booked) => isHere(booked) && booked.slot === slot)) return 'mine'
  if (span.from <= now) return 'past'
  if ((taken.get(slot) ?? 0) >= stand.places) return 'full'
  const others = own.filter((booked) => !isHere(booked))
  return others.some((booked) => overlaps(booked, span)) ? 'clash' : 'free'
}

/** Whether somebody may take a slot at this stand besides those they have at the fair. */
export function hasRoom(own: readonly Booked[], fairId: string, standId: string): boolean {
  const here = own.filter(({ fair }) => fair === fairId)
  return here.length < most.slots || here.some(({ stand }) => stand === standId)
}

/** Whether one may sign up: it is published and not over. */
export function isOpen({ state, endsAt }: Pick<Fair, 'state' | 'endsAt'>, now: number): boolean {
  return state === 'published' && endsAt > now
}

/** Whether it begins and ends on the same day, the end after the beginning. */
export function isWithinDay({ startsAt, endsAt }: Times): boolean {
  const [first, last] = [toLocal(startsAt), toLocal(endsAt)]
  return startsAt < endsAt && first.year === last.year && first.month === last.month && first.day === last.day
}

/** An example for contracts, of a region. */
export function exampleFair(region: Region = '71'): Fair {
  return {
    ...{ id: 'example', state: 'published', title: 'Example', region, place: 'Example', note: null, reason: null },
    startsAt: Date.UTC(2026, 0, 20, 5),
    endsAt: Date.UTC(2026, 0, 20, 9),
  }
}

export const exampleStand: Stand = {
  ...{ id: 'stand', employer: 'Example', offers: 'Example', minutes: 20, places: 2, vacancies: [] },
}
