import { assign, setup } from 'xstate'
import { changes } from '../kit/changes.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import { approveOffer, fates, madeOffer, returnOffer, waitingOffer } from '../offers/contract.ts'
import { heldVacancies, heldVacancy, reviewVacancy, verdicts } from '../vacancies/contract.ts'
import { begin } from './begin.ts'
import type { ReviewsContext as Context, ReviewsEvent as Event, On, ReviewsInput, Situation } from './context.ts'
import {
  away,
  dayOfFate,
  dayOfReview,
  decided,
  isChanged,
  isDecided,
  isFate,
  isLong,
  isMoved,
  isNoVacancy,
  lookedFor,
  nextHeld,
  passed,
  reviewOf,
  seen,
  seenVacancy,
  settled,
  withoutDecided,
} from './steps.ts'

const { ask, tell, say } = effects<Context, Event>()
const change = changes<Context, Event>()

const begins =
  (begin: Context['begin']) =>
  ({ context }: Situation) =>
    context.begin === begin
const hasItem = ({ context }: Situation) => context.item !== null
const worried = { guard: ({ event }: On<'TEXT'>) => event.worry === true }

/** Every press looks again: what its author has taken away is shown to nobody, and what others decided stays as it is. */
const look = ask(waitingOffer, lookedFor)
const lookAtVacancy = ask(heldVacancy, ({ context }) => ({ id: context.wanted ?? '', page: context.page }))

/** Words for the author, and where they go from there. */
const heardWords = [
  worried,
  { guard: isLong, actions: say<On<'TEXT'>['event']>('long') },
  {
    target: 'sendingBack',
    actions: change(({ event }: On<'TEXT'>) => ({ words: event.text.trim() || null })),
  },
] as const

/** A vacancy that is not as it was looked at is shown anew, and what has become of it is said. */
function lookedAgain() {
  const anew = change((_: On<'found.vacancies.heldOne'>) => ({ one: null, page: 0 }))
  return [
    { guard: isNoVacancy, target: 'held' as const, actions: say<On<'found.vacancies.heldOne'>['event']>('gone') },
    ...verdicts.map((verdict) => ({
      guard: (found: On<'found.vacancies.heldOne'>) =>
        isDecided(found) && found.event.data?.review?.verdict === verdict,
      target: 'vacancy' as const,
      reenter: true,
      actions: [anew, say(`already.${verdict}`, dayOfReview)],
    })),
    {
      guard: isChanged,
      target: 'vacancy' as const,
      reenter: true,
      actions: [anew, say<On<'found.vacancies.heldOne'>['event']>('changed')],
    },
  ]
}

export const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<ReviewsInput> },
}).createMachine({
  id: 'reviews',
  context: beginWith(begin),
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
    choosing: {
      entry: assign(away),
      on: { WAITING: { target: 'waiting', actions: assign({ without: [] }) }, HELD: 'held' },
    },
    /** Offers, the one that has waited longest first. */
    waiting: {
      entry: look,
      on: {
        'found.offers.waiting': [
          ...fates.map((what) => ({
            guard: isFate(what),
            actions: [change(seen), say(`fate.${what}`, dayOfFate)],
          })),
          { actions: assign(seen) },
        ],
        APPROVE: { guard: hasItem, target: 'approving' },
        SEND_BACK: { guard: hasItem, target: 'returning' },
        LAW: { target: 'law', actions: assign({ band: ({ event }) => event.band }) },
        PAGE: { target: 'waiting', reenter: true, actions: assign({ page: ({ event }) => event.page }) },
        NEXT: { target: 'waiting', reenter: true, actions: assign(passed) },
        /** From the first on, those put off too. */
        WAITING: { target: 'waiting', reenter: true, actions: assign({ without: [] }) },
        BACK: 'choosing',
      },
    },
    law: {
      entry: look,
      on: {
        'found.offers.waiting': [{ guard: isMoved, target: 'waiting' }, { actions: assign(seen) }],
        LAW: { target: 'law', reenter: true, actions: assign({ band: ({ event }) => event.band }) },
        BACK: 'waiting',
      },
    },
    approving: {
      entry: ask(madeOffer, idOf),
      on: {
        'found.offers.made': [
          // What has become of it is said there.
          { guard: ({ event }) => event.data === null, target: 'waiting' },
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
      entry: look,
      on: {
        'found.offers.waiting': [{ guard: isMoved, target: 'waiting' }, { actions: assign(seen) }],
        REASON: { target: 'wording', actions: assign({ reason: ({ event }) => event.reason }) },
        TEXT: heardWords,
        BACK: 'waiting',
      },
    },
    wording: {
      on: {
        SKIP: { target: 'sendingBack', actions: assign({ words: null }) },
        TEXT: heardWords,
        BACK: 'returning',
      },
    },
    sendingBack: {
      entry: look,
      on: {
        'found.offers.waiting': [
          { guard: isMoved, target: 'waiting' },
          {
            target: 'waiting',
            actions: [
              tell(returnOffer, ({ context }) => ({
                ...idOf({ context }),
                returned: { reason: context.reason ?? 'other', words: context.words },
              })),
              assign(settled),
              say('returned'),
            ],
          },
        ],
      },
    },
    /** Vacancies that bear signs of a scam, or were reported. */
    held: {
      entry: [assign(away), ask(heldVacancies, ({ context }) => ({ page: context.held.page }))],
      on: {
        'found.vacancies.held': { actions: assign(withoutDecided) },
        OPEN: { target: 'vacancy', actions: assign({ wanted: ({ event }) => event.id }) },
        PAGE: {
          target: 'held',
          reenter: true,
          actions: assign({ held: ({ context, event }) => ({ ...context.held, page: event.page }) }),
        },
        BACK: 'choosing',
      },
    },
    vacancy: {
      entry: lookAtVacancy,
      on: {
        'found.vacancies.heldOne': [...lookedAgain(), { actions: assign(seenVacancy) }],
        PAGE: { target: 'vacancy', reenter: true, actions: assign({ page: ({ event }) => event.page }) },
        DECIDE: { target: 'deciding', actions: assign({ verdict: ({ event }) => event.verdict }) },
        NEXT: { target: 'onward', actions: assign(nextHeld) },
        BACK: 'held',
      },
    },
    deciding: {
      entry: lookAtVacancy,
      on: {
        'found.vacancies.heldOne': [
          ...lookedAgain(),
          ...verdicts.map((verdict) => ({
            guard: ({ context }: Situation) => context.verdict === verdict,
            target: 'onward' as const,
            actions: [tell(reviewVacancy, reviewOf), say(verdict), change(decided)],
          })),
        ],
      },
    },
    onward: { always: [{ guard: ({ context }) => context.wanted !== null, target: 'vacancy' }, { target: 'held' }] },
  },
})

function idOf({ context: { item } }: Situation): { id: string; sentAt: number } {
  if (item === null) throw new Error('No offer is looked at')
  return { id: item.id, sentAt: item.sentAt }
}

function madeIn({ data }: On<'found.offers.made'>['event']) {
  if (data === null) throw new Error('There is nothing to approve')
  return data
}
