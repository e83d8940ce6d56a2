import { assign, setup } from 'xstate'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import { defineFlow } from '../kit/flow.ts'
import {
  type ProfessionsContext as Context,
  type ProfessionsEvent as Event,
  type ProfessionCard,
  ProfessionsContext,
} from './context.ts'
import { screens } from './screens.ts'

type Input = { readonly id?: string } | undefined

const { ask, leave, say } = effects<Context, Event>()

const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<Input> },
}).createMachine({
  id: 'professions',
  context: beginWith(({ input }) => ({
    families: [],
    family: null,
    card: null,
    all: false,
    direct: input?.id !== undefined,
    wanted: input?.id ?? null,
  })),
  initial: 'beginning',
  states: {
    beginning: { always: [{ guard: ({ context }) => context.direct, target: 'card' }, { target: 'families' }] },
    families: {
      entry: ask('professions.families', ({ context }) => ({ all: context.all })),
      on: {
        FOUND: {
          actions: assign({
            families: ({ context, event }) => (event.name === 'professions.families' ? event.data : context.families),
          }),
        },
        FAMILY: { target: 'family', actions: assign({ wanted: ({ event }) => event.id, family: null }) },
        ALL: { target: 'families', reenter: true, actions: assign({ all: ({ context }) => !context.all }) },
      },
    },
    family: {
      entry: ask('professions.family', ({ context }) => ({
        id: context.family?.id ?? context.wanted,
        all: context.all,
      })),
      on: {
        FOUND: {
          actions: assign({
            family: ({ context, event }) => (event.name === 'professions.family' ? event.data : context.family),
          }),
        },
        CARD: { target: 'card', actions: assign({ wanted: ({ event }) => event.id, card: null }) },
        ALL: { target: 'family', reenter: true, actions: assign({ all: ({ context }) => !context.all }) },
        BACK: 'families',
      },
    },
    card: {
      entry: ask('professions.card', ({ context }) => ({ id: context.wanted })),
      on: {
        FOUND: [
          {
            guard: ({ event }) => event.data === null,
            target: 'families',
            actions: [assign({ direct: false }), say('card.gone')],
          },
          {
            actions: assign({
              card: ({ context, event }) => (event.name === 'professions.card' ? event.data : context.card),
            }),
          },
        ],
        BACK: [{ guard: ({ context }) => context.direct, actions: leave() }, { target: 'family' }],
      },
    },
  },
})

const exampleName = { kk: 'Аспаз', ru: 'Повар', en: 'Cook' }
const exampleCard: ProfessionCard = {
  id: 'cook',
  family: 'food',
  soc: '35-2014.00',
  name: exampleName,
  about: exampleName,
  day: exampleName,
  entry: exampleName,
  ways: ['work', 'college'],
  strongest: ['R', 'E'],
  shared: null,
}

/** Families of work, their professions, and a card for each: what it is, a day, the way in. */
export const professions = defineFlow<Context, Event>({
  id: 'professions',
  version: 1,
  context: ProfessionsContext,
  machine,
  screens,
  menu: { order: 20, label: { key: 'professions:menu' } },
  examples: {
    inputs: [undefined, { id: 'cook' }],
    answers: {
      'professions.families': [[{ id: 'food', name: exampleName, about: exampleName, count: 3 }], []],
      'professions.family': [
        { id: 'food', name: exampleName, about: exampleName, professions: [{ id: 'cook', name: exampleName }] },
        { id: 'food', name: exampleName, about: exampleName, professions: [] },
      ],
      'professions.card': [exampleCard, { ...exampleCard, shared: ['R'] }, { ...exampleCard, shared: [] }, null],
    },
  },
})
