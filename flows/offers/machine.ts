import { assign, setup } from 'xstate'
import { dayLength } from '../common/calendar.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import { begin } from './begin.ts'
import type { OffersContext as Context, OffersEvent as Event, OffersInput, On, Situation } from './context.ts'
import {
  closeOffer,
  type OfferState,
  ownOffer,
  ownOffers,
  readDay,
  readOffer,
  renewedOffer,
  renewOffer,
  sendOffer,
} from './contract.ts'
import { emptyDraft, type Field, fields, needed, Offer } from './offer.ts'
import { answered, holdAnswer, isAnswer, problemsOf, questions, takeHeld, worried } from './questions.ts'

const { ask, tell, say, open, leave } = effects<Context, Event>()

const begins =
  (begin: Context['begin']) =>
  ({ context }: Situation) =>
    context.begin === begin
const read = ask(readOffer, ({ context }) => ({ offer: context.draft, page: context.page }))
const readSaid = (field: 'title' | 'pay' | 'contact') =>
  ask(readOffer, ({ context }) => ({ offer: { ...context.draft, [field]: context.said }, page: 0 }))
/** Nothing can be made of a title of signs and numbers alone, whatever else was answered. */
const untitled = {
  guard: ({ event }: On<'found.offers.read'>) => event.data === null,
  target: 'title' as const,
  actions: say<On<'found.offers.read'>['event']>('problem.title'),
}
const isWhole = ({ context }: Situation) => Offer.safeParse(context.draft).success
const isUnsent = ({ context }: Situation) => context.id === null && context.touched
const offerOf = ({ context, event }: { context: Context; event: Event }) => {
  return { id: context.id ?? event.turn.id, offer: Offer.parse(context.draft) }
}
const missing = ({ draft }: Context): Field | null => needed.find((field) => draft[field] === null) ?? null

export const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<OffersInput> },
}).createMachine({
  id: 'offers',
  context: beginWith(begin),
  initial: 'beginning',
  states: {
    beginning: {
      always: [
        { guard: begins('new'), target: 'title' },
        { guard: begins('one'), target: 'own' },
        { guard: ({ context }) => context.begin === 'waiting' || context.begin === 'held', target: 'elsewhere' },
        { target: 'listing' },
      ],
    },
    /** What mentors look at stands in a flow that is theirs. */
    elsewhere: { type: 'final', entry: [leave(), open('reviews', ({ context }) => reviewsInput(context))] },
    listing: {
      entry: ask(ownOffers, ({ context }) => ({ page: context.list.page })),
      on: {
        'found.offers.own': { actions: assign(listed) },
        PAGE: {
          target: 'listing',
          reenter: true,
          actions: assign({ list: ({ context, event }) => ({ ...context.list, page: event.page }) }),
        },
        ADD: [
          { guard: ({ context }) => !context.list.room, actions: say('full') },
          // What was begun goes on where it stood.
          { guard: isUnsent, target: 'onward' },
          {
            target: 'title',
            actions: assign({ id: null, draft: emptyDraft, touched: false, mending: false, next: null }),
          },
        ],
        OPEN: { target: 'own', actions: assign({ wanted: ({ event }) => event.id, own: null }) },
      },
    },
    ...questions,
    checkingTitle: {
      entry: readSaid('title'),
      on: { 'found.offers.read': [untitled, { target: 'onward', actions: assign(takeHeld('title')) }] },
    },
    checkingPay: {
      entry: readSaid('pay'),
      on: {
        'found.offers.read': [
          untitled,
          { guard: ({ event }) => event.data?.card.pay === null, target: 'pay', actions: say('problem.pay') },
          { target: 'payRead', actions: assign({ reading: ({ event }) => event.data }) },
        ],
      },
    },
    payRead: {
      on: {
        RIGHT: { target: 'onward', actions: assign(takeHeld('pay')) },
        BACK: 'pay',
        TEXT: [
          worried,
          { guard: isAnswer('pay'), target: 'checkingPay', actions: holdAnswer('pay') },
          ...problemsOf('pay'),
        ],
      },
    },
    checkingContact: {
      entry: readSaid('contact'),
      on: {
        'found.offers.read': [
          untitled,
          {
            guard: ({ event }) => event.data?.card.contact === null && event.data.card.links.length === 0,
            target: 'contact',
            actions: say('problem.contact'),
          },
          { target: 'onward', actions: assign(takeHeld('contact')) },
        ],
      },
    },
    checkingDay: {
      entry: ask(readDay, ({ context }) => ({ text: context.said })),
      on: {
        'found.offers.day': [
          { guard: ({ event }) => event.data.at === null, target: 'until', actions: say('problem.day') },
          {
            guard: ({ event }) => (event.data.at ?? 0) <= event.turn.at,
            target: 'until',
            actions: say('problem.past'),
          },
          {
            guard: ({ event }) => (event.data.at ?? 0) > event.turn.at + longestStand,
            target: 'until',
            actions: say('problem.far'),
          },
          {
            target: 'onward',
            actions: assign(({ context, event }) => answered('until', context, { until: event.data.at })),
          },
        ],
      },
    },
    onward: {
      always: [
        ...fields.map((field) => ({ guard: ({ context }: Situation) => context.next === field, target: field })),
        ...needed.map((field) => ({ guard: ({ context }: Situation) => missing(context) === field, target: field })),
        { target: 'reading', actions: assign({ page: 0 }) },
      ],
    },
    /** The whole of it, as others will see it. */
    reading: {
      entry: [assign({ next: null, mending: true }), read],
      on: {
        'found.offers.read': [untitled, { actions: assign({ reading: ({ event }) => event.data }) }],
        SEND: [{ guard: isWhole, target: 'sent', actions: tell(sendOffer, offerOf) }, { target: 'onward' }],
        PAGE: { target: 'reading', reenter: true, actions: assign({ page: ({ event }) => event.page }) },
        MENDING: 'choosing',
        LAW: { target: 'law', actions: assign({ band: ({ event }) => event.band }) },
        BACK: 'listing',
        TEXT: [worried, { actions: say('expected') }],
      },
    },
    law: { on: { LAW: { actions: assign({ band: ({ event }) => event.band }) }, BACK: 'reading' } },
    choosing: {
      on: {
        EDIT: fields.map((field) => ({ guard: ({ event }: On<'EDIT'>) => event.field === field, target: field })),
        BACK: 'reading',
      },
    },
    sent: { entry: assign({ id: null, draft: emptyDraft, touched: false, mending: false }), on: { BACK: 'listing' } },
    own: {
      entry: ask(ownOffer, ({ context }) => ({ id: context.wanted ?? '' })),
      on: {
        'found.offers.one': [
          { guard: ({ event }) => event.data === null, target: 'listing', actions: say('gone') },
          { actions: assign({ own: ({ event }) => event.data }) },
        ],
        MEND: [
          { guard: isUnsent, target: 'reading', actions: [say('unsaved'), assign(mended)] },
          { target: 'reading', actions: assign(mended) },
        ],
        CLOSE: { target: 'listing', actions: [tell(closeOffer, idOfOwn), say('closed'), assign(changedTo('closed'))] },
        RENEW: 'renewing',
        BACK: 'listing',
      },
    },
    renewing: {
      entry: ask(renewedOffer, idOfOwn),
      on: {
        'found.offers.renewed': [
          { guard: ({ event }) => event.data === null, target: 'listing', actions: say('notRenewed') },
          {
            target: 'listing',
            actions: [
              tell(renewOffer, ({ context, event }: On<'found.offers.renewed'>) => ({
                ...idOfOwn({ context }),
                made: madeIn(event),
              })),
              say('renewed'),
              assign(changedTo('published')),
            ],
          },
        ],
      },
    },
  },
})

const longestStand = 180 * dayLength

function madeIn({ data }: On<'found.offers.renewed'>['event']) {
  if (data === null) throw new Error('There is nothing to renew')
  return data
}

function idOfOwn({ context }: Situation): { id: string } {
  return { id: context.own?.id ?? '' }
}

/** An offer that is there already; nothing of what was begun besides is kept. */
function mended({ context: { own } }: Situation): Partial<Context> {
  return own === null ? {} : { id: own.id, draft: own.offer, touched: false, reading: null, page: 0 }
}

/** The store does not know yet what this turn changes. */
function listed({ context: { changed }, event: { data } }: On<'found.offers.own'>): Partial<Context> {
  const items = data.items.map((item) =>
    item.id === changed?.id ? { ...item, state: changed.state, isOver: false } : item,
  )
  return { list: { ...data, items }, changed: null }
}

function changedTo(state: OfferState) {
  return ({ context: { own } }: Situation): Partial<Context> => ({ changed: own && { id: own.id, state } })
}

function reviewsInput({ begin, vacancy }: Context) {
  if (begin === 'waiting') return { waiting: true }
  return vacancy === null ? undefined : { vacancy }
}
