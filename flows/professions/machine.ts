import { assign, setup } from 'xstate'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import type { ProfessionsContext as Context, ProfessionsEvent as Event, ProfessionsInput } from './context.ts'
import { professionCard, professionFamilies, professionFamily } from './contract.ts'

const { ask, leave, say } = effects<Context, Event>()

export const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<ProfessionsInput> },
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
      entry: ask(professionFamilies, ({ context }) => ({ all: context.all })),
      on: {
        'found.professions.families': { actions: assign({ families: ({ event }) => event.data }) },
        FAMILY: { target: 'family', actions: assign({ wanted: ({ event }) => event.id, family: null }) },
        ALL: { target: 'families', reenter: true, actions: assign({ all: ({ context }) => !context.all }) },
      },
    },
    family: {
      entry: ask(professionFamily, ({ context }) => ({
        id: context.family?.id ?? context.wanted,
        all: context.all,
      })),
      on: {
        'found.professions.family': { actions: assign({ family: ({ event }) => event.data }) },
        CARD: { target: 'card', actions: assign({ wanted: ({ event }) => event.id, card: null }) },
        ALL: { target: 'family', reenter: true, actions: assign({ all: ({ context }) => !context.all }) },
        BACK: 'families',
      },
    },
    card: {
      entry: ask(professionCard, ({ context }) => ({ id: context.wanted })),
      on: {
        'found.professions.card': [
          {
            guard: ({ event }) => event.data === null,
            target: 'families',
            actions: [assign({ direct: false }), say('card.gone')],
          },
          { actions: assign({ card: ({ event }) => event.data }) },
        ],
        BACK: [{ guard: ({ context }) => context.direct, actions: leave() }, { target: 'family' }],
      },
    },
  },
})
