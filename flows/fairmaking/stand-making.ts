import { assign } from 'xstate'
import { dropStand, getMadeStand, keepStand, standSheet, weighChange } from '../fairs/contract.ts'
import type { Stand } from '../fairs/fair.ts'
import { effects } from '../kit/effects.ts'
import type { States, Transitions } from '../kit/states.ts'
import type { FairmakingContext as Context, FairmakingEvent as Event, On, Situation, StandField } from './context.ts'
import * as draft from './draft.ts'
import { wantedIn } from './keeping.ts'

const { ask, tell, send, say } = effects<Context, Event>()

const lacks = (field: StandField) => (given: Situation) => draft.nextStandField(given.context) === field
const isField = (field: StandField) => (given: On<'STAND_FIELD'>) => given.event.field === field
const isWrong = ({ context }: Situation) => context.problem !== null
const isKept = ({ context }: Situation) => context.standDraft.id !== null
const isComplete = ({ context }: Situation) => draft.nextStandField(context) === undefined
const isFairGone = ({ event }: On<'found.fairs.weighing'>) => event.data === null
const isGone = ({ event }: On<'found.fairs.makingStand'>) => event.data === null

const weighStand = ask(weighChange, ({ context, event }) => ({
  id: wantedIn(context),
  page: context.page,
  change: { type: 'stand' as const, stand: savedIn(context, event.turn.id) },
}))
const weighDrop = ask(weighChange, ({ context }) => ({
  id: wantedIn(context),
  page: context.page,
  change: { type: 'drop' as const, stand: context.standId ?? '' },
}))

const away: Transitions<Context, Event> = {
  BACK: [
    { guard: isComplete, target: 'standConfirming', actions: assign({ problem: null }) },
    { target: 'reading', actions: assign({ problem: null }) },
  ],
}

/** A stand of a fair: looked at with its numbers, made, changed, taken away. */
export const standMaking: States<Context, Event> = {
  approaching: {
    entry: ask(getMadeStand, ({ context }) => ({ fair: wantedIn(context), stand: context.standId ?? '' })),
    on: {
      'found.fairs.makingStand': [
        { guard: isGone, target: 'loading', actions: say('standGone') },
        {
          target: 'standing',
          actions: [assign({ stand: ({ event }) => event.data, now: ({ event }) => event.turn.at })],
        },
      ],
    },
  },
  standing: {
    on: {
      STAND_FIELD: [
        { guard: isField('employer'), target: 'employing', actions: assign(draft.editStand) },
        { guard: isField('offers'), target: 'offering', actions: assign(draft.editStand) },
        { guard: isField('minutes'), target: 'measuring', actions: assign(draft.editStand) },
        { target: 'seating', actions: assign(draft.editStand) },
      ],
      VACANCIES: { target: 'gathering', actions: assign(draft.editStand) },
      SHEET: {
        actions: [
          send(standSheet, ({ context }) => ({ fair: wantedIn(context), stand: context.standId ?? '' })),
          say('sheetComes'),
        ],
      },
      DROP: 'standDropping',
      BACK: 'loading',
    },
  },
  standDropping: {
    entry: weighDrop,
    on: { 'found.fairs.weighing': { actions: assign(draft.weighed) }, YES: 'droppingStand', BACK: 'standing' },
  },
  droppingStand: {
    entry: weighDrop,
    on: {
      'found.fairs.weighing': [
        { guard: isFairGone, target: 'listing', actions: say('gone') },
        { guard: draft.losesMore, target: 'standDropping', actions: say('losesMore') },
        {
          target: 'reading',
          actions: [
            tell(dropStand, ({ context }) => ({ fair: wantedIn(context), stand: context.standId ?? '' })),
            assign(withoutStand),
            say('standDropped'),
          ],
        },
      ],
    },
  },
  standDeciding: {
    always: [
      { guard: lacks('employer'), target: 'employing' },
      { guard: lacks('offers'), target: 'offering' },
      { guard: lacks('minutes'), target: 'measuring' },
      { guard: lacks('places'), target: 'seating' },
      { target: 'standConfirming' },
    ],
  },
  employing: { on: { TEXT: { target: 'hearingEmployer', actions: assign(draft.hearStand('employer')) }, ...away } },
  hearingEmployer: { always: [{ guard: isWrong, target: 'employing' }, { target: 'standDeciding' }] },
  offering: {
    on: {
      TEXT: { target: 'hearingOffers', actions: assign(draft.hearStand('offers')) },
      SKIP: { target: 'standDeciding', actions: assign(draft.skipOffers) },
      ...away,
    },
  },
  hearingOffers: { always: [{ guard: isWrong, target: 'offering' }, { target: 'standDeciding' }] },
  measuring: {
    on: {
      LENGTH: { target: 'standDeciding', actions: assign(draft.pickLength) },
      TEXT: { target: 'hearingLength', actions: assign(draft.hearLength) },
      ...away,
    },
  },
  hearingLength: { always: [{ guard: isWrong, target: 'measuring' }, { target: 'standDeciding' }] },
  seating: {
    on: {
      PLACES: { target: 'standDeciding', actions: assign(draft.pickPlaces) },
      TEXT: { target: 'hearingPlaces', actions: assign(draft.hearPlaces) },
      ...away,
    },
  },
  hearingPlaces: { always: [{ guard: isWrong, target: 'seating' }, { target: 'standDeciding' }] },
  /** Vacancies of the employer, of which those at this stand are chosen. */
  gathering: {
    on: {
      TOGGLE: { actions: assign(draft.toggleVacancy) },
      SAVE: 'standConfirming',
      BACK: 'standing',
    },
  },
  standConfirming: {
    entry: weighStand,
    on: {
      'found.fairs.weighing': { actions: assign(draft.weighed) },
      SAVE: 'savingStand',
      CANCEL: [{ guard: isKept, target: 'approaching' }, { target: 'reading' }],
      BACK: [{ guard: isKept, target: 'approaching' }, { target: 'seating' }],
    },
  },
  savingStand: {
    entry: weighStand,
    on: {
      'found.fairs.weighing': [
        { guard: isFairGone, target: 'listing', actions: say('gone') },
        { guard: draft.losesMore, target: 'standConfirming', actions: say('losesMore') },
        {
          target: 'reading',
          actions: [
            tell(keepStand, ({ context, event }) => ({
              fair: wantedIn(context),
              stand: savedIn(context, event.turn.id),
            })),
            assign(withStand),
            say('standSaved'),
          ],
        },
      ],
    },
  },
}

function savedIn(context: Context, freshId: string): Stand {
  const stand = draft.standIn(context, freshId)
  if (stand === null) throw new Error('No stand is being saved')
  return stand
}

/** As it stands when the turn is over. */
function withStand(given: On<'found.fairs.weighing'>): Partial<Context> {
  return { ...changed(given), standId: savedIn(given.context, given.event.turn.id).id }
}

function withoutStand(given: On<'found.fairs.weighing'>): Partial<Context> {
  return { ...changed(given), stand: null }
}

function changed({ event: { data, turn } }: On<'found.fairs.weighing'>): Partial<Context> {
  return { made: data?.made ?? null, page: data?.made.stands.page ?? 0, losers: 0, now: turn.at }
}
