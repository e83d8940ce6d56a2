import { assign } from 'xstate'
import type { AnnouncementState } from '../announcements/announcement.ts'
import {
  announcementSheet,
  announcerReach,
  getAnnouncement,
  pauseAnnouncement,
  resumeAnnouncement,
  stopAnnouncement,
  takeAnnouncementBack,
} from '../announcements/contract.ts'
import { effects } from '../kit/effects.ts'
import type { States } from '../kit/states.ts'
import type { AnnouncingContext as Context, AnnouncingEvent as Event, On, Situation } from './context.ts'
import * as draft from './draft.ts'

const { ask, tell, send, say } = effects<Context, Event>()

const isGone = ({ event }: On<'found.announcements.one'>) => event.data === null
const meant = ({ context }: Situation) => ({ id: wantedIn(context) })

/** One that is kept: looked at with its numbers, held, stopped, taken back. */
export const keeping: States<Context, Event> = {
  loading: {
    entry: ask(getAnnouncement, meant),
    on: {
      'found.announcements.one': [
        { guard: isGone, target: 'listing', actions: say('gone') },
        { target: 'reading', actions: assign({ kept: ({ event }) => event.data, now: ({ event }) => event.turn.at }) },
      ],
    },
  },
  /** Asks for nothing on entry: what this very turn tells is not in the store yet. */
  reading: {
    on: {
      REFRESH: 'loading',
      PAUSE: { actions: [tell(pauseAnnouncement, meant), assign(inState('paused')), say('paused')] },
      RESUME: { actions: [tell(resumeAnnouncement, meant), assign(inState('going')), say('resumed')] },
      STOP: 'stopping',
      TAKE_BACK: 'takingBack',
      EDIT: 'changing',
      SHEET: { actions: [send(announcementSheet, meant), say('sheetComes')] },
      BACK: 'listing',
    },
  },
  stopping: {
    on: {
      YES: {
        target: 'reading',
        actions: [tell(stopAnnouncement, meant), assign(inState('stopped')), say('stopped')],
      },
      BACK: 'reading',
    },
  },
  takingBack: {
    on: {
      YES: { target: 'takenBack', actions: tell(takeAnnouncementBack, meant) },
      BACK: 'reading',
    },
  },
  takenBack: { on: { BACK: 'listing' } },
  /** What is planned is opened like a draft. */
  changing: {
    entry: ask(announcerReach, () => null),
    on: { 'found.announcements.reach': { target: 'previewing', actions: assign(draft.edit) } },
  },
}

export function wantedIn({ wanted }: Context): string {
  if (wanted === null) throw new Error('No announcement is meant')
  return wanted
}

/** As it stands when the turn is over. */
function inState(state: AnnouncementState) {
  return ({ context: { kept } }: Situation): Partial<Context> => (kept === null ? {} : { kept: { ...kept, state } })
}
