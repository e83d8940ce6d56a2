import { assign } from 'xstate'
import type { Draft } from '../announcements/contract.ts'
import { announcerReach, sendAnnouncement } from '../announcements/contract.ts'
import { trial } from '../announcements/notices.ts'
import { effects } from '../kit/effects.ts'
import { notice, putNotice } from '../kit/notice.ts'
import type { States } from '../kit/states.ts'
import { count } from './aiming.ts'
import type { AnnouncingContext as Context, AnnouncingEvent as Event, On, Situation } from './context.ts'
import * as draft from './draft.ts'

const { ask, tell, say } = effects<Context, Event>()

const isWrong = ({ context }: Situation) => context.problem !== null
const isEmpty = ({ context }: Situation) => draft.bodyOf(context) === null
const isNobody = ({ context }: Situation) => (context.reached?.count ?? 0) === 0
const isLeftOut = ({ context }: Situation) => draft.lookOf(context) === undefined
const isBeyond = ({ context, event }: On<'found.announcements.reach'>) =>
  draft.isBeyond({ ...context, reach: event.data })
const isKept = ({ context }: Situation) => context.draft.id !== null && context.wanted !== null
/** A time that was chosen may have passed while it was looked at. */
const isLate = ({ context, event }: On<'found.announcements.reach'>) =>
  context.draft.at !== null && context.draft.at <= event.turn.at

/** The whole of it as its readers will see it; tried, timed, sent. */
export const sending: States<Context, Event> = {
  previewing: {
    entry: [assign(draft.changed({ isWhole: true })), count],
    on: {
      'found.announcements.count': {
        actions: assign({ reached: ({ event }) => event.data, now: ({ event }) => event.turn.at }),
      },
      LOOK: { actions: assign({ shown: ({ event }) => event.language }) },
      TEST: [{ guard: isLeftOut, actions: say('leftOut') }, { actions: [tell(putNotice, trialOf), say('testComes')] }],
      WORDS: 'wording',
      FILE: 'attaching',
      BUTTON: 'acting',
      WHOM: 'aiming',
      URGENT: 'urging',
      CALM: { target: 'previewing', reenter: true, actions: assign(draft.changed({ why: null })) },
      LATER: { target: 'timing', actions: assign({ now: ({ event }) => event.turn.at, problem: null }) },
      SEND: [{ guard: isNobody, actions: say('nobodyThere') }, { target: 'confirming' }],
      CANCEL: [{ guard: isKept, target: 'loading' }, { target: 'listing' }],
    },
  },
  urging: {
    on: {
      TEXT: { target: 'hearingWhy', actions: assign(draft.hearWhy) },
      BACK: { target: 'previewing', actions: assign({ problem: null }) },
    },
  },
  hearingWhy: { always: [{ guard: isWrong, target: 'urging' }, { target: 'previewing' }] },
  timing: {
    on: {
      TEXT: { target: 'hearingTime', actions: assign(draft.hearTime) },
      AT: { target: 'hearingTime', actions: assign(draft.pickTime) },
      SKIP: { target: 'previewing', actions: assign(draft.changed({ at: null })) },
      BACK: { target: 'previewing', actions: assign({ problem: null }) },
    },
  },
  hearingTime: { always: [{ guard: isWrong, target: 'timing' }, { target: 'previewing' }] },
  confirming: { on: { YES: 'checking', BACK: 'previewing' } },
  /** Groups may have gone to somebody else while it was written. */
  checking: {
    entry: ask(announcerReach, () => null),
    on: {
      'found.announcements.reach': [
        { guard: isEmpty, target: 'wording' },
        { guard: isBeyond, target: 'aiming', actions: [assign({ reach: ({ event }) => event.data }), say('mayNot')] },
        { guard: isLate, target: 'timing', actions: assign({ problem: 'past', now: ({ event }) => event.turn.at }) },
        {
          target: 'sent',
          actions: [
            tell(sendAnnouncement, (given: On<'found.announcements.reach'>) => ({
              ...draftIn(given),
              expected: given.context.reached?.count ?? 0,
            })),
            assign((given: On<'found.announcements.reach'>) => ({ wanted: draftIn(given).id })),
          ],
        },
      ],
    },
  },
  sent: { on: { REFRESH: 'loading', BACK: 'listing' } },
}

function draftIn({ context, event: { turn } }: On<'found.announcements.reach'>): Draft {
  const body = draft.bodyOf(context)
  if (body === null) throw new Error('Nothing is said')
  const { id, audience, at } = context.draft
  return { id: id ?? turn.id, body, audience, at: at ?? turn.at }
}

/** One at a time for each look: the key is that of the turn. */
function trialOf({ context, event: { turn } }: On<'TEST'>) {
  const look = draft.lookOf(context)
  if (look === undefined) throw new Error('There is nothing to look at')
  const values = { ...look, reads: context.shown }
  const { chatId: _, ...rest } = notice(trial, {
    chatId: 0,
    key: `announcements:trial:${turn.id}`,
    dueAt: turn.at,
    values,
  })
  return rest
}
