import { assign, setup } from 'xstate'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import { approveOffer, madeOffer, returnOffer, waitingOffer } from '../offers/contract.ts'
import { longestAnswer } from '../offers/offer.ts'
import { heldVacancies, heldVacancy, reviewVacancy } from '../vacancies/contract.ts'
import type { ReviewsContext as Context, ReviewsEvent as Event, On, ReviewsInput, Situation } from './context.ts'

const { ask, tell, say } = effects<Context, Event>()

const begins =
  (begin: Context['begin']) =>
  ({ context }: Situation) =>
    context.begin === begin
const isLong = ({ event }: On<'TEXT'>) => [...event.text].length > longestAnswer.reason
const hasItem = ({ context }: Situation) => context.item !== null

export const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<ReviewsInput> },
}).createMachine({
  id: 'reviews',
  context: beginWith(
    ({ input }: Start<ReviewsInput>): Context => ({
      begin: beginOf(input),
      ...{ item: null, total: 0, without: [], band: null, reason: null, page: 0, decided: [], one: null },
      held: { items: [], total: 0, page: 0, pages: 1 },
      wanted: input !== undefined && 'vacancy' in input ? input.vacancy : null,
    }),
  ),
  initial: 'beginning',
  states: {
    beginning: {
      always: [
        { guard: begins('waiting'), target: 'waiting' },
        { guard: begins('held'), target: 'held' },
        { guard: begins('one'), target: 'vacancy' },
        { target: 'choosing' },
      ],
    },
    choosing: { on: { WAITING: { target: 'waiting', actions: assign({ without: [] }) }, HELD: 'held' } },
    /** Offers, the one that has waited longest first. */
    waiting: {
      entry: ask(waitingOffer, ({ context }) => ({ without: context.without, decided: context.decided })),
      on: {
        'found.offers.waiting': {
          actions: assign({ item: ({ event }) => event.data.item, total: ({ event }) => event.data.total }),
        },
        APPROVE: { guard: hasItem, target: 'approving' },
        RETURN: { guard: hasItem, target: 'returning' },
        LAW: { target: 'law', actions: assign({ band: ({ event }) => event.band }) },
        READ: { target: 'whole', actions: assign({ page: 0 }) },
        NEXT: { target: 'waiting', reenter: true, actions: assign(passed) },
        /** From the first on, those put off too. */
        WAITING: { target: 'waiting', reenter: true, actions: assign({ without: [] }) },
        BACK: 'choosing',
      },
    },
    whole: { on: { PAGE: { actions: assign({ page: ({ event }) => event.page }) }, BACK: 'waiting' } },
    law: { on: { LAW: { actions: assign({ band: ({ event }) => event.band }) }, BACK: 'waiting' } },
    approving: {
      entry: ask(madeOffer, idOf),
      on: {
        'found.offers.made': [
          { guard: ({ event }) => event.data === null, target: 'waiting', actions: [assign(passed), say('stale')] },
          {
            target: 'waiting',
            actions: [
              tell(approveOffer, ({ context, event }: On<'found.offers.made'>) => ({
                ...idOf({ context }),
                made: madeIn(event),
              })),
              assign(settled),
              say('approved'),
            ],
          },
        ],
      },
    },
    returning: {
      on: {
        REASON: { target: 'wording', actions: assign({ reason: ({ event }) => event.reason }) },
        TEXT: [
          { guard: ({ event }) => event.worry === true },
          { guard: isLong, actions: say('long') },
          {
            target: 'waiting',
            actions: [returned((event) => event.text.trim() || null), assign(settled), say('returned')],
          },
        ],
        BACK: 'waiting',
      },
    },
    wording: {
      on: {
        SKIP: { target: 'waiting', actions: [returned(() => null), assign(settled), say('returned')] },
        TEXT: [
          { guard: ({ event }) => event.worry === true },
          { guard: isLong, actions: say('long') },
          {
            target: 'waiting',
            actions: [returned((event) => event.text.trim() || null), assign(settled), say('returned')],
          },
        ],
        BACK: 'returning',
      },
    },
    /** Vacancies that bear signs of a scam, or were reported. */
    held: {
      entry: ask(heldVacancies, ({ context }) => ({ page: context.held.page })),
      on: {
        'found.vacancies.held': { actions: assign(withoutDecided) },
        OPEN: { target: 'vacancy', actions: assign({ wanted: ({ event }) => event.id, one: null }) },
        PAGE: {
          target: 'held',
          reenter: true,
          actions: assign({ held: ({ context, event }) => ({ ...context.held, page: event.page }) }),
        },
        BACK: 'choosing',
      },
    },
    vacancy: {
      entry: ask(heldVacancy, ({ context }) => ({ id: context.wanted ?? '' })),
      on: {
        'found.vacancies.heldOne': [
          { guard: ({ event }) => event.data === null, target: 'held', actions: say('gone') },
          { actions: assign({ one: ({ event }) => event.data }) },
        ],
        CLEAR: {
          target: 'onward',
          actions: [tell(reviewVacancy, verdict('cleared')), say('cleared'), assign(decided)],
        },
        BAR: { target: 'onward', actions: [tell(reviewVacancy, verdict('barred')), say('barred'), assign(decided)] },
        NEXT: { target: 'onward', actions: assign(nextHeld) },
        BACK: 'held',
      },
    },
    onward: { always: [{ guard: ({ context }) => context.wanted !== null, target: 'vacancy' }, { target: 'held' }] },
  },
})

function beginOf(input: ReviewsInput): Context['begin'] {
  if (input === undefined) return 'choosing'
  if ('waiting' in input) return 'waiting'
  return 'vacancy' in input ? 'one' : 'held'
}

/** It is decided on, which the store does not know yet. */
function settled({ context: { item, decided } }: Situation): Partial<Context> {
  return { item: null, reason: null, decided: item === null ? decided : [...decided, item.id].slice(-100) }
}

/** It is put off. */
function passed({ context: { item, without } }: Situation): Partial<Context> {
  return { item: null, reason: null, without: item === null ? without : [...without, item.id].slice(-100) }
}

function idOf({ context: { item } }: Situation): { id: string; sentAt: number } {
  if (item === null) throw new Error('No offer is looked at')
  return { id: item.id, sentAt: item.sentAt }
}

function madeIn({ data }: On<'found.offers.made'>['event']) {
  if (data === null) throw new Error('There is nothing to approve')
  return data
}

function returned<E extends Event>(wordsOf: (event: E) => string | null) {
  return tell(returnOffer, ({ context, event }: { context: Context; event: E }) => ({
    ...idOf({ context }),
    returned: { reason: context.reason ?? 'other', words: wordsOf(event) },
  }))
}

function verdict(of: 'cleared' | 'barred') {
  return ({ context }: Situation) => ({
    id: context.one?.listing.id ?? '',
    verdict: of,
    wording: context.one?.wording ?? '',
  })
}

function withoutDecided({ context, event: { data } }: On<'found.vacancies.held'>): Partial<Context> {
  const items = data.items.filter(({ listing }) => !context.decided.includes(listing.id))
  return { held: { ...data, items, total: Math.max(items.length, data.total - (data.items.length - items.length)) } }
}

function nextHeld({ context: { held, one } }: Situation): Partial<Context> {
  const at = held.items.findIndex(({ listing }) => listing.id === one?.listing.id)
  return { wanted: held.items[at + 1]?.listing.id ?? null, one: null }
}

function decided({ context }: Situation): Partial<Context> {
  const { id } = verdict('cleared')({ context })
  return { ...nextHeld({ context }), decided: [...context.decided, id].slice(-100) }
}
