import { assign, setup } from 'xstate'
import { listAnnouncements } from '../announcements/contract.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import { aiming } from './aiming.ts'
import {
  type AnnouncingInput,
  type AnnouncingContext as Context,
  type AnnouncingEvent as Event,
  emptyContext,
  type Situation,
} from './context.ts'
import { keeping } from './keeping.ts'
import { making } from './making.ts'
import { sending } from './sending.ts'

const { ask } = effects<Context, Event>()

const isAimed = ({ context }: Situation) => context.wanted !== null

/** Announcements as those see them who make them: the list, one of them with its numbers, and the making of one. */
export const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<AnnouncingInput> },
}).createMachine({
  id: 'announcing',
  context: beginWith(emptyContext),
  initial: 'beginning',
  states: {
    beginning: { always: [{ guard: isAimed, target: 'loading' }, { target: 'listing' }] },
    listing: {
      entry: ask(listAnnouncements, ({ context }) => ({ page: context.list.page })),
      on: {
        'found.announcements.list': {
          actions: assign({ list: ({ event }) => event.data, now: ({ event }) => event.turn.at }),
        },
        ADD: 'reaching',
        OPEN: { target: 'loading', actions: assign({ wanted: ({ event }) => event.id }) },
        PAGE: {
          target: 'listing',
          reenter: true,
          actions: assign({ list: ({ context, event }) => ({ ...context.list, page: event.page }) }),
        },
      },
    },
    ...keeping,
    ...making,
    ...aiming,
    ...sending,
  },
})
