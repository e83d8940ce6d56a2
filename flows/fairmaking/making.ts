import { assign } from 'xstate'
import { keepFair, weighChange } from '../fairs/contract.ts'
import type { Fair } from '../fairs/fair.ts'
import { effects } from '../kit/effects.ts'
import type { States, Transitions } from '../kit/states.ts'
import type { FairmakingContext as Context, FairmakingEvent as Event, Field, On, Situation } from './context.ts'
import * as draft from './draft.ts'

const { ask, tell, say } = effects<Context, Event>()

const lacks = (field: Field) => (given: Situation) => draft.nextField(given.context) === field
const isWrong = ({ context }: Situation) => context.problem !== null
const isKept = ({ context }: Situation) => context.draft.id !== null
const isComplete = ({ context }: Situation) => draft.nextField(context) === undefined
const isPast = ({ context, event }: On<'SAVE'>) => savedIn(context, event.turn.id).startsAt <= event.turn.at

/** How many lose a time by it, and how it stands afterwards: people book while somebody makes up their mind. */
const weigh = ask(weighChange, ({ context, event }) => ({
  id: context.wanted ?? '',
  page: context.page,
  change: { type: 'fair' as const, fair: savedIn(context, event.turn.id) },
}))

/** Back to where the draft came from. */
const away: Transitions<Context, Event> = {
  BACK: [
    { guard: isComplete, target: 'confirming', actions: assign({ problem: null }) },
    { guard: isKept, target: 'loading', actions: assign({ problem: null }) },
    { target: 'listing', actions: assign({ problem: null }) },
  ],
}

/** A fair on its way, new or being changed: what is missing is asked for, and all of it is shown as people will see it. */
export const making: States<Context, Event> = {
  deciding: {
    always: [
      { guard: lacks('title'), target: 'naming' },
      { guard: lacks('region'), target: 'placing' },
      { guard: lacks('place'), target: 'addressing' },
      { guard: lacks('day'), target: 'picking' },
      { guard: lacks('from'), target: 'starting' },
      { guard: lacks('to'), target: 'ending' },
      { guard: lacks('note'), target: 'noting' },
      { target: 'confirming' },
    ],
  },
  naming: { on: { TEXT: { target: 'hearingName', actions: assign(draft.hearText('title')) }, ...away } },
  hearingName: { always: [{ guard: isWrong, target: 'naming' }, { target: 'deciding' }] },
  placing: { on: { REGION: { target: 'deciding', actions: assign(draft.pickRegion) }, ...away } },
  addressing: { on: { TEXT: { target: 'hearingPlace', actions: assign(draft.hearText('place')) }, ...away } },
  hearingPlace: { always: [{ guard: isWrong, target: 'addressing' }, { target: 'deciding' }] },
  picking: {
    on: {
      MONTH: { actions: assign(draft.turnMonth) },
      DAY: { target: 'hearingDay', actions: assign(draft.pickDay) },
      TEXT: { target: 'hearingDay', actions: assign(draft.hearDay) },
      PASS: { actions: say('picking.pass') },
      ...away,
    },
  },
  hearingDay: { always: [{ guard: isWrong, target: 'picking' }, { target: 'deciding' }] },
  starting: {
    on: {
      AT: { target: 'hearingStart', actions: assign(draft.pickTime('from')) },
      TEXT: { target: 'hearingStart', actions: assign(draft.hearTime('from')) },
      ...away,
    },
  },
  hearingStart: { always: [{ guard: isWrong, target: 'starting' }, { target: 'deciding' }] },
  ending: {
    on: {
      AT: { target: 'hearingEnd', actions: assign(draft.pickTime('to')) },
      TEXT: { target: 'hearingEnd', actions: assign(draft.hearTime('to')) },
      ...away,
    },
  },
  hearingEnd: { always: [{ guard: isWrong, target: 'ending' }, { target: 'deciding' }] },
  noting: {
    on: {
      TEXT: { target: 'hearingNote', actions: assign(draft.hearText('note')) },
      SKIP: { target: 'deciding', actions: assign(draft.skipNote) },
      ...away,
    },
  },
  hearingNote: { always: [{ guard: isWrong, target: 'noting' }, { target: 'deciding' }] },
  confirming: {
    entry: weigh,
    on: {
      'found.fairs.weighing': { actions: assign(draft.weighed) },
      SAVE: [{ guard: isPast, target: 'picking', actions: assign({ problem: 'past' }) }, { target: 'saving' }],
      EDIT: 'choosing',
      CANCEL: [{ guard: isKept, target: 'loading' }, { target: 'listing' }],
      BACK: [{ guard: isKept, target: 'loading' }, { target: 'choosing' }],
    },
  },
  saving: {
    entry: weigh,
    on: {
      'found.fairs.weighing': [
        { guard: draft.losesMore, target: 'confirming', actions: say('losesMore') },
        {
          target: 'reading',
          actions: [
            tell(keepFair, ({ context, event }) => {
              const { state: _state, reason: _reason, ...rest } = savedIn(context, event.turn.id)
              return rest
            }),
            assign(kept),
            say('saved'),
          ],
        },
      ],
    },
  },
  /** Which part of it is to be said anew. */
  choosing: {
    on: {
      FIELD: fieldTargets((field) => ({ guard: ({ event }: On<'FIELD'>) => event.field === field })),
      BACK: 'confirming',
    },
  },
}

/** Where each field is asked for. */
function fieldTargets<G extends object>(make: (field: Field) => G) {
  const places: Readonly<Record<Field, string>> = {
    ...{ title: 'naming', region: 'placing', place: 'addressing', day: 'picking' },
    ...{ from: 'starting', to: 'ending', note: 'noting' },
  }
  return Object.entries(places).map(([field, target]) => ({ ...make(field as Field), target })) // of an object with these keys
}

function savedIn(context: Context, freshId: string): Fair {
  const fair = draft.fairIn(context, freshId)
  if (fair === null) throw new Error('Nothing is being saved')
  return fair
}

/** The store lists it when the turn is over. */
function kept({ context, event }: On<'found.fairs.weighing'>): Partial<Context> {
  const fair = savedIn(context, event.turn.id)
  const nothing = { items: [], page: 0, pages: 1, total: 0 }
  const made = event.data?.made ?? { fair, visitors: 0, seats: 0, stands: nothing }
  return { made, wanted: fair.id, problem: null, losers: 0, now: event.turn.at }
}
