import { assign, setup } from 'xstate'
import { madeFairs } from '../fairs/contract.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import {
  type FairmakingContext as Context,
  type FairmakingEvent as Event,
  emptyContext,
  type FairmakingInput,
  type Situation,
} from './context.ts'
import * as draft from './draft.ts'
import { keeping } from './keeping.ts'
import { making } from './making.ts'
import { standMaking } from './stand-making.ts'

const { ask } = effects<Context, Event>()

const isAimed = ({ context }: Situation) => context.wanted !== null

/** Fairs as those see them who make them: the list, one of them with its stands, and the making of both. */
export const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<FairmakingInput> },
}).createMachine({
  id: 'fairmaking',
  context: beginWith(emptyContext),
  initial: 'beginning',
  states: {
    beginning: { always: [{ guard: isAimed, target: 'loading' }, { target: 'listing' }] },
    listing: {
      entry: ask(madeFairs, ({ context }) => ({ page: context.list.page })),
      on: {
        'found.fairs.made': { actions: assign({ list: ({ event }) => event.data, now: ({ event }) => event.turn.at }) },
        ADD: { target: 'deciding', actions: assign(draft.begin) },
        OPEN: { target: 'loading', actions: assign(({ event }) => ({ wanted: event.id, page: 0 })) },
        PAGE: {
          target: 'listing',
          reenter: true,
          actions: assign({ list: ({ context, event }) => ({ ...context.list, page: event.page }) }),
        },
      },
    },
    ...keeping,
    ...making,
    ...standMaking,
  },
})
