import { assign } from 'xstate'
import { countAudience } from '../announcements/contract.ts'
import { effects } from '../kit/effects.ts'
import type { States } from '../kit/states.ts'
import type { AnnouncingContext as Context, AnnouncingEvent as Event, Situation } from './context.ts'
import * as draft from './draft.ts'

const { ask, say } = effects<Context, Event>()

const isBeyond = ({ context }: Situation) => draft.isBeyond(context)

/** How many would have it now. */
export const count = ask(countAudience, ({ context: { draft } }: Situation) => ({
  audience: draft.audience,
  isUrgent: draft.why !== null,
}))

/** Whom it is for, with how many they are. */
export const aiming: States<Context, Event> = {
  aiming: {
    entry: count,
    on: {
      'found.announcements.count': { actions: assign({ reached: ({ event }) => event.data }) },
      PART: { target: 'picking', actions: assign({ part: ({ event }) => event.part, page: 0 }) },
      SILENT: { target: 'aiming', reenter: true, actions: assign(draft.toggleSilent) },
      DONE: [{ guard: isBeyond, actions: say('groupsFirst') }, { target: 'previewing' }],
      BACK: [
        { guard: ({ context }) => context.draft.isWhole && !draft.isBeyond(context), target: 'previewing' },
        { target: 'acting' },
      ],
    },
  },
  picking: {
    on: {
      TOGGLE: { actions: assign(draft.toggle) },
      ALL: { actions: assign(draft.clearPart) },
      PAGE: { actions: assign({ page: ({ event }) => event.page }) },
      DONE: 'aiming',
      BACK: 'aiming',
    },
  },
}
