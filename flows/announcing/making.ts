import { assign } from 'xstate'
import { announcerReach, findTargets } from '../announcements/contract.ts'
import { effects } from '../kit/effects.ts'
import type { States } from '../kit/states.ts'
import type { AnnouncingContext as Context, AnnouncingEvent as Event, On, Situation } from './context.ts'
import * as draft from './draft.ts'

const { ask } = effects<Context, Event>()

const isNobody = ({ event }: On<'found.announcements.reach'>) => !event.data.mayAll && event.data.groups.length === 0
const isWrong = ({ context }: Situation) => context.problem !== null
const isWhole = ({ context }: Situation) => context.draft.isWhole
const hasWords = ({ context }: Situation) => Object.keys(context.draft.texts).length > 0
const isAct = (act: string) => (given: On<'ACT'>) => given.event.act === act
const isNone = ({ event }: On<'found.announcements.targets'>) => event.data.length === 0
const isFair = ({ context }: Situation) => context.target === 'fair'
const clear = assign<Context, Event, undefined, Event, never>({ problem: null })

/** What is said: words in each language, a file, a button. */
export const making: States<Context, Event> = {
  reaching: {
    entry: ask(announcerReach, () => null),
    on: {
      'found.announcements.reach': [
        { guard: isNobody, target: 'nobody' },
        {
          target: 'writing',
          actions: [assign(draft.begin), assign({ writing: ({ context }) => context.language })],
        },
      ],
    },
  },
  /** Somebody without a group has nobody to tell. */
  nobody: { on: { BACK: 'listing' } },
  writing: {
    on: {
      TEXT: { target: 'hearing', actions: assign(draft.hearText) },
      BACK: [
        { guard: hasWords, target: 'wording', actions: clear },
        { target: 'listing', actions: clear },
      ],
    },
  },
  hearing: { always: [{ guard: isWrong, target: 'writing' }, { target: 'wording' }] },
  /** Which languages it is written in, and what those get whose own is missing. */
  wording: {
    on: {
      WRITE: { target: 'writing', actions: assign({ writing: ({ event }) => event.language }) },
      MISSING: {
        actions: assign({ draft: ({ context, event }) => ({ ...context.draft, missing: event.way }) }),
      },
      DONE: [{ guard: isWhole, target: 'previewing' }, { target: 'attaching' }],
      BACK: [{ guard: isWhole, target: 'previewing' }, { target: 'writing' }],
    },
  },
  attaching: {
    on: {
      PHOTO: { target: 'attached', actions: assign(draft.hearFile) },
      DOCUMENT: { target: 'attached', actions: assign(draft.hearFile) },
      SKIP: { target: 'attached', actions: assign(draft.changed({ file: null })) },
      BACK: [{ guard: isWhole, target: 'previewing' }, { target: 'wording' }],
    },
  },
  attached: { always: [{ guard: isWhole, target: 'previewing' }, { target: 'acting' }] },
  acting: {
    on: {
      ACT: [
        { guard: isAct('ask'), target: 'acted', actions: assign(draft.setAct) },
        { guard: isAct('link'), target: 'linking', actions: assign(draft.setAct) },
        { guard: isAct('fair'), target: 'searching', actions: [assign(draft.setAct)] },
        { target: 'seeking', actions: assign(draft.setAct) },
      ],
      SKIP: { target: 'acted', actions: assign(draft.changed({ action: null })) },
      BACK: [{ guard: isWhole, target: 'previewing' }, { target: 'attaching' }],
    },
  },
  linking: {
    on: {
      TEXT: { target: 'hearingLink', actions: assign(draft.hearLink) },
      BACK: { target: 'acting', actions: clear },
    },
  },
  hearingLink: { always: [{ guard: isWrong, target: 'linking' }, { target: 'acted' }] },
  /** What the button leads to, by its name. */
  seeking: {
    on: {
      TEXT: { target: 'searching' },
      BACK: { target: 'acting', actions: clear },
    },
  },
  searching: {
    entry: ask(findTargets, ({ context, event }) => ({
      type: context.target ?? 'fair',
      text: event.type === 'TEXT' ? event.text.slice(0, 200) : '',
    })),
    on: {
      'found.announcements.targets': [
        {
          guard: (given) => isNone(given) && isFair(given),
          target: 'acting',
          actions: assign({ problem: 'noTarget' }),
        },
        { guard: isNone, target: 'seeking', actions: assign({ problem: 'noTarget' }) },
        { target: 'targeting', actions: assign({ targets: ({ event }) => event.data, problem: null }) },
      ],
    },
  },
  targeting: {
    on: {
      TARGET: { target: 'acted', actions: assign(draft.setTarget) },
      BACK: 'acting',
    },
  },
  acted: { always: [{ guard: isWhole, target: 'previewing' }, { target: 'aiming' }] },
}
