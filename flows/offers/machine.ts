import { assign, setup } from 'xstate'
import { dayLength } from '../common/calendar.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import { isRestOf, joined, problems, readAnswer } from './answers.ts'
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
import { Draft, emptyDraft, type Field, fields, needed, Offer } from './offer.ts'

const { ask, tell, say, open, leave } = effects<Context, Event>()

/** Fields that are read by a look-up before the next question. */
const looked = { pay: 'checkingPay', contact: 'checkingContact', until: 'checkingDay' } as const

const isMending = ({ context }: Situation) => context.mending
const begins =
  (begin: Context['begin']) =>
  ({ context }: Situation) =>
    context.begin === begin
const draftOf = ({ context }: Situation) => ({ offer: context.draft })
const isWhole = ({ context }: Situation) => Offer.safeParse(context.draft).success
const offerOf = ({ context, event }: { context: Context; event: Event }) => {
  return { id: context.id ?? event.turn.id, offer: Offer.parse(context.draft) }
}
const following = (field: Field): Field | null => fields[fields.indexOf(field) + 1] ?? null
const missing = ({ draft }: Context): Field | null => needed.find((field) => draft[field] === null) ?? null

/** Where the answer to a question leads: to the next one, or to the whole of it. */
function answered(field: Field, context: Context, patch: Partial<Draft>): Partial<Context> {
  const next = context.mending ? null : following(field)
  return { draft: Draft.parse({ ...context.draft, ...patch }), touched: true, next }
}

function question(field: Field) {
  const answer = (given: On<'TEXT'>) => readAnswer(field, given.event.text)
  const isText = (given: On<'TEXT'>) => answer(given).type === 'answer'
  const heard = assign<Context, On<'TEXT'>['event'], undefined, Event, never>((given) => {
    const read = answer(given)
    return read.type === 'answer' ? answered(field, given.context, read.patch) : {}
  })
  const before = fields[fields.indexOf(field) - 1] ?? 'listing'
  const target = field === 'pay' || field === 'contact' ? looked[field] : 'onward'
  return {
    on: {
      TEXT: [
        // Whom to turn to is said above the question.
        { guard: ({ event }: On<'TEXT'>) => event.worry === true },
        ...(field === 'until'
          ? [
              {
                target: looked.until,
                actions: assign<Context, On<'TEXT'>['event'], undefined, Event, never>({
                  said: ({ event }) => [...event.text].slice(0, 200).join(''),
                }),
              },
            ]
          : []),
        ...(field === 'contact'
          ? [
              {
                guard: ({ context, event }: On<'TEXT'>) => isRestOf(context.draft, event.text),
                actions: [
                  assign<Context, On<'TEXT'>['event'], undefined, Event, never>(({ context, event }) => ({
                    draft: { ...context.draft, description: joined(context.draft, event.text) },
                  })),
                  say<On<'TEXT'>['event']>('joined'),
                ],
              },
            ]
          : []),
        { guard: isText, target, actions: heard },
        ...problems.map((problem) => ({
          guard: (given: On<'TEXT'>) => {
            const read = answer(given)
            return read.type === 'problem' && read.problem === problem
          },
          actions: say<On<'TEXT'>['event']>(`problem.${problem}`),
        })),
      ],
      CHOOSE: {
        guard: ({ event }: On<'CHOOSE'>) => event.field === field,
        target: 'onward',
        actions: assign<Context, On<'CHOOSE'>['event'], undefined, Event, never>(({ context, event }) =>
          answered(field, context, { [field]: event.value }),
        ),
      },
      ...(field === 'until'
        ? {
            DAYS: {
              target: 'onward',
              actions: assign<Context, On<'DAYS'>['event'], undefined, Event, never>(({ context, event }) =>
                answered(field, context, { until: event.turn.at + event.days * dayLength }),
              ),
            },
          }
        : {}),
      ...(needed.includes(field)
        ? {}
        : {
            SKIP: {
              target: 'onward',
              actions: assign<Context, On<'SKIP'>['event'], undefined, Event, never>(({ context }) =>
                answered(field, context, { [field]: null }),
              ),
            },
          }),
      BACK: [{ guard: isMending, target: 'reading' }, { target: before }],
    },
  }
}

const questions = Object.fromEntries(fields.map((field) => [field, question(field)])) as Record<
  Field,
  ReturnType<typeof question>
> // made of these very keys

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
          { guard: ({ context }) => context.id === null && context.touched, target: 'onward' },
          {
            target: 'title',
            actions: assign({ id: null, draft: emptyDraft, touched: false, mending: false, next: null }),
          },
        ],
        OPEN: { target: 'own', actions: assign({ wanted: ({ event }) => event.id, own: null }) },
      },
    },
    ...questions,
    checkingPay: {
      entry: ask(readOffer, draftOf),
      on: {
        'found.offers.read': [
          {
            guard: ({ event }) => event.data?.listing.pay == null,
            target: 'pay',
            actions: [assign({ draft: ({ context }) => ({ ...context.draft, pay: null }) }), say('problem.pay')],
          },
          { target: 'payRead', actions: assign({ reading: ({ event }) => event.data }) },
        ],
      },
    },
    payRead: {
      on: {
        RIGHT: 'onward',
        BACK: 'pay',
        TEXT: [
          { guard: ({ event }) => event.worry === true },
          {
            guard: (given) => readAnswer('pay', given.event.text).type === 'answer',
            target: 'checkingPay',
            actions: assign(payAgain),
          },
          { actions: say('problem.long') },
        ],
      },
    },
    checkingContact: {
      entry: ask(readOffer, draftOf),
      on: {
        'found.offers.read': [
          {
            guard: ({ event }) => event.data === null || (event.data.contact === null && event.data.link === null),
            target: 'contact',
            actions: [
              assign({ draft: ({ context }) => ({ ...context.draft, contact: null }) }),
              say('problem.contact'),
            ],
          },
          { target: 'onward' },
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
        { target: 'reading' },
      ],
    },
    /** The whole of it, as others will see it. */
    reading: {
      entry: [assign({ next: null, mending: true }), ask(readOffer, draftOf)],
      on: {
        'found.offers.read': [
          { guard: ({ event }) => event.data === null, target: 'title', actions: say('problem.title') },
          { actions: assign({ reading: ({ event }) => event.data }) },
        ],
        SEND: [{ guard: isWhole, target: 'sent', actions: tell(sendOffer, offerOf) }, { target: 'onward' }],
        MENDING: 'choosing',
        LAW: { target: 'law', actions: assign({ band: ({ event }) => event.band }) },
        BACK: 'listing',
        TEXT: [{ guard: ({ event }) => event.worry === true }, { actions: say('expected') }],
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
        MEND: { target: 'reading', actions: assign(mended) },
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

function payAgain({ context, event }: On<'TEXT'>): Partial<Context> {
  const read = readAnswer('pay', event.text)
  return read.type === 'answer' ? answered('pay', context, read.patch) : {}
}

/** An offer that is there already; nothing of what was begun besides is kept. */
function mended({ context: { own } }: Situation): Partial<Context> {
  return own === null ? {} : { id: own.id, draft: own.offer, touched: false, reading: null }
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

function begin({ input }: Start<OffersInput>): Context {
  const context: Context = {
    list: { items: [], total: 0, page: 0, pages: 1, room: true },
    ...{
      wanted: null,
      own: null,
      changed: null,
      id: null,
      draft: emptyDraft,
      touched: false,
      next: null,
      mending: false,
    },
    ...{ reading: null, band: null, said: '', begin: 'listing', vacancy: null },
  }
  if (input === undefined) return context
  if ('new' in input) return { ...context, begin: 'new' }
  if ('id' in input) return { ...context, begin: 'one', wanted: input.id }
  if ('waiting' in input) return { ...context, begin: 'waiting' }
  return { ...context, begin: 'held', vacancy: 'vacancy' in input ? input.vacancy : null }
}
