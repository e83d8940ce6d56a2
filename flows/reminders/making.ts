import { assign } from 'xstate'
import { effects } from '../kit/effects.ts'
import type { States } from '../kit/states.ts'
import type { RemindersContext as Context, RemindersEvent as Event, On, Situation } from './context.ts'
import { reminderLimit } from './contract.ts'
import * as draft from './draft.ts'
import { save, withdraw } from './keeping.ts'

const { say } = effects<Context, Event>()

const lacksWhat = ({ context }: Situation) => context.draft.what === null
const lacksTime = ({ context }: Situation) => context.draft.at === null
const lacksRepeat = ({ context }: Situation) => context.draft.repeat === null
const isComplete = (given: Situation) => !lacksWhat(given) && !lacksTime(given) && !lacksRepeat(given)
const isKept = ({ context }: Situation) => context.draft.id !== null
const isUntouched = (given: Situation) => isKept(given) && !given.context.draft.touched
const isDayChosen = ({ context }: Situation) => context.day !== null
const hasDays = ({ context }: Situation) => context.days.length > 0
const isPast = ({ context }: Situation) => context.problem === 'past'
const isReady = (given: On<'SAVE'>) => draft.freshen(given).problem === null

/** A reminder on its way, new or being changed: what is still missing is asked for, and all of it is said back. */
export const making: States<Context, Event> = {
  deciding: {
    always: [
      { guard: lacksWhat, target: 'naming' },
      { guard: lacksTime, target: 'timing' },
      { guard: lacksRepeat, target: 'repeating' },
      { target: 'confirming' },
    ],
  },
  naming: {
    on: {
      TEXT: { target: 'deciding', actions: assign(draft.hear) },
      BACK: [
        { guard: isUntouched, target: 'loading' },
        { guard: isComplete, target: 'confirming', actions: assign(draft.forget) },
        { target: 'listing', actions: assign(draft.forget) },
      ],
    },
  },
  timing: {
    on: {
      TEXT: { target: 'hearing', actions: assign(draft.hearTime) },
      WAIT: { target: 'deciding', actions: assign(draft.waitFor) },
      EVENING: { target: 'deciding', actions: assign(draft.thisEvening) },
      TOMORROW: { target: 'deciding', actions: assign(draft.tomorrowMorning) },
      DATE: { target: 'picking', actions: assign(draft.beginPicking) },
      BACK: [
        { guard: isUntouched, target: 'loading' },
        { guard: isComplete, target: 'confirming', actions: assign(draft.forget) },
        { target: 'naming', actions: assign(draft.forget) },
      ],
    },
  },
  /** After a text about the time: on, or back to where it was asked with what was wrong in it. */
  hearing: {
    always: [
      { guard: ({ context }) => context.problem === null, target: 'deciding' },
      { guard: isDayChosen, target: 'hours' },
      { target: 'timing' },
    ],
  },
  picking: {
    on: {
      TEXT: { target: 'hearing', actions: assign(draft.hearTime) },
      MONTH: { actions: assign(draft.turnMonth) },
      DAY: [
        { guard: draft.isDayAhead, target: 'hours', actions: assign(draft.pickDay) },
        { actions: assign(draft.pickDay) },
      ],
      PASS: { actions: say('picking.pass') },
      BACK: { target: 'timing', actions: assign({ problem: null, day: null }) },
    },
  },
  hours: {
    on: {
      TEXT: { target: 'hearing', actions: assign(draft.hearTime) },
      HOUR: { target: 'minutes', actions: assign(draft.pickHour) },
      BACK: { target: 'picking', actions: assign({ problem: null, day: null }) },
    },
  },
  minutes: {
    on: {
      TEXT: { target: 'hearing', actions: assign(draft.hearTime) },
      MINUTE: { target: 'timed', actions: assign(draft.pickMinute) },
      BACK: { target: 'hours', actions: assign({ problem: null }) },
    },
  },
  timed: { always: [{ guard: isPast, target: 'hours' }, { target: 'deciding' }] },
  repeating: {
    on: {
      REPEAT: { target: 'confirming', actions: assign(draft.pickRepeat) },
      WEEKDAYS: { target: 'weekdays', actions: assign(draft.beginWeekdays) },
      BACK: [
        { guard: isComplete, target: 'confirming' },
        { target: 'timing', actions: assign(draft.forget) },
      ],
    },
  },
  weekdays: {
    on: {
      WEEKDAY: { actions: assign(draft.toggleWeekday) },
      WEEKDAYS_DONE: [
        { guard: hasDays, target: 'confirming', actions: assign(draft.pickWeekdays) },
        { actions: say('weekdays.none') },
      ],
      BACK: 'repeating',
    },
  },
  confirming: {
    on: {
      TEXT: { target: 'deciding', actions: assign(draft.hear) },
      SAVE: [
        {
          guard: isReady,
          target: 'reading',
          actions: [assign(draft.freshen), assign(kept), save, withdraw, say('saved')],
        },
        { target: 'timing', actions: assign(draft.freshen) },
      ],
      EDIT_WHAT: { target: 'naming', actions: assign(draft.forget) },
      EDIT_TIME: {
        target: 'timing',
        actions: [assign(draft.forget), assign({ now: ({ event }) => event.turn.at })],
      },
      EDIT_REPEAT: { target: 'repeating', actions: assign(draft.forget) },
      CANCEL: [
        { guard: isKept, target: 'loading', actions: assign(draft.forget) },
        { target: 'listing', actions: assign(draft.forget) },
      ],
    },
  },
}

function kept(given: On<'SAVE'>): Partial<Context> {
  const { list, room, draft: made } = given.context
  const reminder = draft.toReminder(given)
  const total = list.total + (made.id === null ? 1 : 0)
  return {
    reminder,
    room: made.id === null ? total < reminderLimit : room,
    wanted: reminder?.id ?? null,
    list: { ...list, total },
    told: false,
  }
}
