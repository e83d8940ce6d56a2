import { z } from 'zod'
import type { ageBands } from '../common/person.ts'
import { defineAsk, defineTell } from '../kit/contract.ts'
import { CardShown, exampleCard, Section, SignShown } from '../vacancies/contract.ts'
import { outcomes } from '../vacancies/law/rules.ts'
import { Vacancy } from '../vacancies/vacancy.ts'
import { Draft, exampleOffer, longestAnswer, Offer } from './offer.ts'

/** Offers on one page of the list of one's own. */
export const pageSize = 6
/** Offers of one person that are not closed, at most. */
export const offerLimit = 30

/** Waits for a mentor; was sent back; stands among the vacancies; was closed by its author. */
export const states = ['waiting', 'returned', 'published', 'closed'] as const
export type OfferState = (typeof states)[number]

/** Why an offer is sent back. */
export const reasons = ['pay', 'hours', 'contact', 'duties', 'law', 'doubt', 'other'] as const

const id = z.string().min(1).max(100)
const Page = z.int().min(0)
/** Ages that may work, each with rules of its own. */
export const bands = ['14-15', '16-17', '18+'] as const satisfies readonly (typeof ageBands)[number][]

/** What is made of an offer: as those who look for work will see it, what the law says, and what a mentor will ask about. */
export const Reading = z.object({
  /** One page of it at a time. */
  card: CardShown,
  laws: z.array(z.object({ band: z.enum(bands), outcome: z.enum(outcomes), sections: z.array(Section) })),
  signs: z.array(SignShown),
})
export type Reading = z.infer<typeof Reading>

export const Returned = z.object({
  reason: z.enum(reasons),
  words: z
    .string()
    .refine((words) => [...words].length <= longestAnswer.reason, 'is too long')
    .nullable(),
})
export type Returned = z.infer<typeof Returned>

/** An offer in its author's list. `isOver`: its last day has passed. */
export const Entry = z.object({ id, title: z.string(), state: z.enum(states), isOver: z.boolean() })
export type Entry = z.infer<typeof Entry>

export const OwnOffer = Entry.extend({
  offer: Offer,
  returned: Returned.nullable(),
  /** When it goes, epoch ms. */
  validThrough: z.int(),
})
export type OwnOffer = z.infer<typeof OwnOffer>

export const OwnPage = z.object({
  items: z.array(Entry),
  total: z.int(),
  page: z.int(),
  pages: z.int(),
  /** There is room for one more. */
  room: z.boolean(),
})
export type OwnPage = z.infer<typeof OwnPage>

/** An offer that waits. `sentAt` tells one wording from the next; `isOver`: its last day has passed. */
export const Waiting = z.object({
  id,
  sentAt: z.int(),
  isOwn: z.boolean(),
  isOver: z.boolean().default(false),
  reading: Reading,
})
export type Waiting = z.infer<typeof Waiting>

/**
 * What has become of an offer that a mentor looks at: another one has let it stand or sent it back, its author has sent
 * it in other words or taken it away, or it is for others to decide on.
 */
export const fates = ['published', 'returned', 'changed', 'gone', 'others'] as const
export const Fate = z.object({ what: z.enum(fates), at: z.int() })
export type Fate = z.infer<typeof Fate>

/** An offer as the vacancy it becomes. */
export const Made = z.object({ vacancy: Vacancy, identity: z.string(), digest: z.string() })
export type Made = z.infer<typeof Made>

export const exampleReading: Reading = {
  card: { ...exampleCard, law: [] },
  laws: bands.map((band) => ({
    band,
    outcome: band === '18+' ? 'shown' : 'condition',
    sections: [{ head: { key: 'vacancies:law.common.conditions' }, lines: [{ key: 'vacancies:law.consent' }] }],
  })),
  signs: [],
}
const bare: Reading = {
  card: {
    ...{ ...exampleCard, law: [], professions: [], links: [], pay: null, bin: null, employment: null, schedule: null },
    ...{ weekHours: null, night: true, experience: null, housing: false, contact: null },
    text: { body: 'Example '.repeat(10), page: 0, pages: 3 },
  },
  laws: bands.map((band) => ({ band, outcome: 'barred', sections: [] })),
  signs: [{ kind: 'fee', words: 'example' }],
}
const entry: Entry = { id: 'example', title: 'Example', state: 'waiting', isOver: false }
const own: OwnOffer = { ...entry, offer: exampleOffer, returned: null, validThrough: Date.UTC(2026, 1, 14) }
const vacancy: Vacancy = {
  ...{ title: 'Example', employer: 'Example', bin: null, region: '75', town: null, pay: null, experience: null },
  ...{ education: null, employment: null, schedule: null, weekHours: 24, dayHours: null, night: false },
  ...{ rotation: null, format: null, housing: null, meals: null, contact: null, description: 'Example' },
  ...{ professions: [], publishedAt: 0, validThrough: Date.UTC(2026, 1, 14), language: null },
  seen: [{ source: 'offers', id: 'example', url: null }],
}
const waiting: Waiting = { id: 'example', sentAt: 0, isOwn: false, isOver: false, reading: exampleReading }
const made: Made = { vacancy, identity: 'example', digest: 'example' }

/** One page of what the person wrote, the newest first. */
export const ownOffers = defineAsk('offers.own', {
  who: 'employer',
  data: z.object({ page: z.int().min(0) }),
  reply: OwnPage,
  examples: [
    { items: [], total: 0, page: 0, pages: 1, room: true },
    {
      items: states.map((state) => ({ ...entry, id: state, state, isOver: state === 'published' })),
      ...{ total: 10, page: 0, pages: 2, room: true },
    },
    { items: [{ ...entry, state: 'published' }], total: 31, page: 1, pages: 2, room: false },
  ],
})

/** One offer of the person's own; null where there is none of this id. */
export const ownOffer = defineAsk('offers.one', {
  who: 'employer',
  data: z.object({ id }),
  reply: OwnOffer.nullable(),
  examples: [
    own,
    { ...own, state: 'returned', returned: { reason: 'pay', words: 'Example' } },
    { ...own, state: 'returned', returned: { reason: 'other', words: null } },
    { ...own, state: 'published' },
    { ...own, state: 'published', isOver: true },
    { ...own, state: 'closed' },
    null,
  ],
})

/** What is made of a draft, with one page of its text; null where its title is none. */
export const readOffer = defineAsk('offers.read', {
  who: 'employer',
  data: z.object({ offer: Draft, page: Page }),
  reply: Reading.nullable(),
  examples: [exampleReading, bare, null],
})

/** A day written in words, as the last moment of it; null where none can be meant. */
export const readDay = defineAsk('offers.day', {
  who: 'employer',
  data: z.object({ text: z.string() }),
  reply: z.object({ at: z.int().nullable() }),
  examples: [{ at: Date.UTC(2026, 1, 14) }, { at: 0 }, { at: null }],
})

/** The vacancy of an offer of one's own that stands or stood among them, standing anew; null where it may not. */
export const renewedOffer = defineAsk('offers.renewed', {
  who: 'employer',
  data: z.object({ id }),
  reply: Made.nullable(),
  examples: [made, null],
})

/**
 * The offer that the mentor looks at, as long as it waits as it was looked at; else the one that has waited longest of
 * those that the mentor may decide on, without those put off, and without those that were decided on a moment ago.
 */
export const waitingOffer = defineAsk('offers.waiting', {
  who: 'mentor',
  data: z.object({
    without: z.array(id).max(100),
    decided: z.array(id).max(100),
    /** The one that is looked at, and a page of its text. */
    at: z.object({ id, sentAt: z.int() }).nullable(),
    page: Page,
  }),
  reply: z.object({
    item: Waiting.nullable(),
    total: z.int(),
    /** What has become of the one that was looked at, where it is not as it was; one in other words is there anew. */
    fate: Fate.nullable(),
  }),
  examples: ({ at }) => [
    { item: waiting, total: 2, fate: null },
    { item: { ...waiting, isOwn: true, reading: bare }, total: 1, fate: null },
    { item: { ...waiting, isOver: true }, total: 1, fate: null },
    { item: null, total: 0, fate: null },
    { item: null, total: 1, fate: null },
    ...(at === null ? [] : fates.map((what) => ({ item: waiting, total: 1, fate: { what, at: 0 } }))),
  ],
})

/** The vacancy that an offer becomes; null where it waits no more, was changed since, or its last day has passed. */
export const madeOffer = defineAsk('offers.made', {
  who: 'mentor',
  data: z.object({ id, sentAt: z.int() }),
  reply: Made.nullable(),
  examples: [made, null],
})

/** An offer as a whole, new or mended: it waits for a mentor. */
export const sendOffer = defineTell('offers.send', { who: 'employer', data: z.object({ id, offer: Offer }) })

/** Its author does not offer it any more; the vacancy closes. */
export const closeOffer = defineTell('offers.close', { who: 'employer', data: z.object({ id }) })

/** It stands for as long as at first, from now. */
export const renewOffer = defineTell('offers.renew', { who: 'employer', data: z.object({ id, made: Made }) })

/** A mentor lets it stand among the vacancies. */
export const approveOffer = defineTell('offers.approve', {
  who: 'mentor',
  data: z.object({ id, sentAt: z.int(), made: Made }),
})

/** A mentor sends it back to its author. */
export const returnOffer = defineTell('offers.return', {
  who: 'mentor',
  data: z.object({ id, sentAt: z.int(), returned: Returned }),
})
