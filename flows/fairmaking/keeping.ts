import { assign } from 'xstate'
import { cancelFair, dropFair, getMadeFair, publishFair } from '../fairs/contract.ts'
import { isOpen, most } from '../fairs/fair.ts'
import { noticePrefix } from '../fairs/notices.ts'
import { effects } from '../kit/effects.ts'
import { withdrawNotices } from '../kit/notice.ts'
import type { States } from '../kit/states.ts'
import type { FairmakingContext as Context, FairmakingEvent as Event, On, Situation } from './context.ts'
import * as draft from './draft.ts'

const { ask, tell, say } = effects<Context, Event>()

const isGone = ({ event }: On<'found.fairs.making'>) => event.data === null
const isFull = ({ context }: Situation) => (context.made?.stands.total ?? 0) >= most.stands
const isOver = ({ context, event }: On<'YES'>) => (context.made?.fair.startsAt ?? 0) <= event.turn.at
const isWrong = ({ context }: Situation) => context.problem !== null
/** It may have been called off or have ended while somebody looked at it. */
const isShut = ({ event }: On<'found.fairs.making'>) => event.data === null || !isOpen(event.data.fair, event.turn.at)

const askMade = ask(getMadeFair, ({ context }) => ({ id: wantedIn(context), page: context.page }))

/** One fair that is kept: looked at, published, called off, deleted while it is a draft. */
export const keeping: States<Context, Event> = {
  loading: {
    entry: askMade,
    on: {
      'found.fairs.making': [
        { guard: isGone, target: 'listing', actions: say('gone') },
        { target: 'reading', actions: assign(found) },
      ],
    },
  },
  /** Asks for nothing on entry: what this very turn tells is not in the store yet. */
  reading: {
    on: {
      PAGE: { target: 'loading', actions: assign({ page: ({ event }) => event.page }) },
      STAND: { target: 'approaching', actions: assign({ standId: ({ event }) => event.id }) },
      ADD_STAND: [
        { guard: isFull, actions: say('full') },
        { target: 'standDeciding', actions: assign(draft.beginStand) },
      ],
      EDIT: { target: 'choosing', actions: assign(editing) },
      PUBLISH: 'publishing',
      CALL_OFF: { target: 'reasoning', actions: assign({ reason: null, problem: null }) },
      DROP: 'dropping',
      BACK: 'listing',
    },
  },
  publishing: {
    on: {
      YES: [
        { guard: isOver, target: 'reading', actions: say('tooLate') },
        {
          target: 'reading',
          actions: [
            tell(publishFair, ({ context }) => ({ fair: wantedIn(context) })),
            assign(published),
            say('published'),
          ],
        },
      ],
      BACK: 'reading',
    },
  },
  reasoning: {
    on: {
      TEXT: { target: 'hearingReason', actions: assign(draft.hearReason) },
      BACK: { target: 'reading', actions: assign({ problem: null }) },
    },
  },
  hearingReason: { always: [{ guard: isWrong, target: 'reasoning' }, { target: 'counting' }] },
  /** Looked up once more: people sign up while somebody has it open, and the question says how many will hear of it. */
  counting: {
    entry: askMade,
    on: {
      'found.fairs.making': [
        { guard: isGone, target: 'listing', actions: say('gone') },
        { guard: isShut, target: 'reading', actions: [assign(found), say('tooLate')] },
        { target: 'cancelling', actions: assign(found) },
      ],
    },
  },
  cancelling: { on: { YES: 'callingOff', BACK: 'reasoning' } },
  callingOff: {
    entry: askMade,
    on: {
      'found.fairs.making': [
        { guard: isGone, target: 'listing', actions: say('gone') },
        { guard: isShut, target: 'reading', actions: [assign(found), say('tooLate')] },
        {
          target: 'reading',
          actions: [
            tell(cancelFair, ({ context }) => ({ fair: wantedIn(context), reason: context.reason ?? '' })),
            tell(withdrawNotices, ({ context }) => ({
              keyPrefix: noticePrefix(wantedIn(context)),
              everywhere: true,
            })),
            assign(calledOff),
            say('cancelled'),
          ],
        },
      ],
    },
  },
  dropping: {
    on: {
      YES: { target: 'dropped', actions: tell(dropFair, ({ context }) => ({ fair: wantedIn(context) })) },
      BACK: 'reading',
    },
  },
  dropped: { on: { BACK: 'listing' } },
}

export function wantedIn({ wanted }: Context): string {
  if (wanted === null) throw new Error('No fair is meant')
  return wanted
}

function found({ event }: On<'found.fairs.making'>): Partial<Context> {
  return { made: event.data, page: event.data?.stands.page ?? 0, now: event.turn.at }
}

function editing({ context, event }: On<'EDIT'>): Partial<Context> {
  return draft.edit({ context, event: { ...event, type: 'FIELD', field: 'title' } })
}

/** As it stands when the turn is over. */
function published({ context: { made } }: Situation): Partial<Context> {
  return { made: made && { ...made, fair: { ...made.fair, state: 'published', reason: null } } }
}

/** As it stands when the turn is over: nobody has a time there any more. */
function calledOff(given: On<'found.fairs.making'>): Partial<Context> {
  const change = found(given)
  const { made } = change
  if (made === undefined || made === null) return change
  const items = made.stands.items.map((item) => ({ ...item, taken: 0 }))
  return {
    ...change,
    made: {
      ...made,
      fair: { ...made.fair, state: 'cancelled', reason: given.context.reason },
      seats: 0,
      stands: { ...made.stands, items },
    },
  }
}
