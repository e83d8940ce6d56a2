import { assign, setup } from 'xstate'
import { regions } from '../common/regions.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import {
  type ApplicationsContext as Context,
  type ApplicationsEvent as Event,
  emptyContext,
  type ApplicationsInput as Input,
  type Situation,
} from './context.ts'
import { applicationLimit, listApplications } from './contract.ts'
import { cvStates } from './cv-states.ts'
import { documentStates, firstDayStates, rehearsalStates } from './preparing.ts'
import { timingStates } from './timing.ts'
import { trackerStates } from './tracker.ts'

const { ask, say } = effects<Context, Event>()

const begins =
  (begin: Context['begin']) =>
  ({ context }: Situation) =>
    context.begin === begin
const isTooYoung = ({ context }: Situation) => context.ageBand === '12-13'
const isFull = ({ context }: Situation) => !context.room

/** Opened from the list, the way back leads there. */
const alone = { application: null, wanted: null } as const

export const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<Input> },
}).createMachine({
  id: 'applications',
  context: beginWith(begin),
  initial: 'beginning',
  states: {
    beginning: {
      always: [
        { guard: isTooYoung, target: 'tooYoung' },
        { guard: begins('vacancy'), target: 'recording' },
        { guard: begins('one'), target: 'loading' },
        { guard: begins('cv'), target: 'cvLoading' },
        { guard: begins('documents'), target: 'documents' },
        { guard: begins('rehearsal'), target: 'rehearsal' },
        { guard: begins('firstDay'), target: 'firstDay' },
        { target: 'listing' },
      ],
    },
    tooYoung: {},
    listing: {
      entry: ask(listApplications, ({ context }) => ({ page: context.list.page })),
      on: {
        'found.applications.list': {
          actions: assign({ list: ({ event }) => event.data, room: ({ event }) => hasRoom(event.data) }),
        },
        PAGE: {
          target: 'listing',
          reenter: true,
          actions: assign({ list: ({ context, event }) => ({ ...context.list, page: event.page }) }),
        },
        OPEN: { target: 'loading', actions: assign({ wanted: ({ event }) => event.id, act: null }) },
        ADD: [
          { guard: isFull, actions: say('full') },
          { target: 'naming', actions: assign({ problem: null, vacancy: null }) },
        ],
        GO: [
          { guard: ({ event }) => event.place === 'cv', target: 'cvLoading' },
          { guard: ({ event }) => event.place === 'documents', target: 'documents', actions: assign(alone) },
          { guard: ({ event }) => event.place === 'rehearsal', target: 'rehearsal', actions: assign(alone) },
          { target: 'firstDay', actions: assign({ ...alone, card: 0 }) },
        ],
      },
    },
    ...trackerStates,
    ...timingStates,
    ...cvStates,
    ...documentStates,
    ...rehearsalStates,
    ...firstDayStates,
  },
})

function hasRoom({ total }: Context['list']): boolean {
  return total < applicationLimit
}

function begin({ person, input, turn }: Start<Input>): Context {
  const { language, ageBand = '18+', name = null, region = null, plan = null } = person
  const known = { name, place: regions.find((one) => one === region) ?? null, plan }
  return { ...emptyContext({ language, ageBand, known, now: turn.at }), ...beginning(input) }
}

function beginning(input: Input): Partial<Context> {
  if (input === undefined) return {}
  if ('vacancy' in input) return { begin: 'vacancy', vacancy: input.vacancy }
  if ('place' in input) return { begin: input.place, wanted: input.id ?? null }
  return { begin: 'one', wanted: input.id, act: input.act ?? null }
}
