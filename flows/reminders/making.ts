import { assign } from 'xstate'
import { effects } from '../kit/effects.ts'
import { answerNotices, withdrawNotices } from '../kit/notice.ts'
import type { States } from '../kit/states.ts'
import type { RemindersContext as Context, RemindersEvent as Event, On, Situation } from './context.ts'
import { type Reminder, saveReminder } from './contract.ts'
import * as draft from './draft.ts'
import { answeredAs, noticePrefix } from './notices.ts'

const { leave, say, tell } = effects<Context, Event>()

const save = tell(saveReminder, ({ context }) => savedIn(context))
const withdrawSaved = tell(withdrawNotices, ({ context }) => ({ keyPrefix: noticePrefix(savedIn(context).id) }))

/** A notice of before must not end what has another time now. */
const answerMoved = tell(answerNotices, ({ context }) => answeredAs(savedIn(context), 'later'))

const lacksWhat = ({ context }: Situation) => context.draft.what === null
const lacksTime = ({ context }: Situation) => context.draft.at === null
const lacksRepeat = ({ context }: Situation) => context.draft.repeat === null
const isComplete = (given: Situation) => !lacksWhat(given) && !lacksTime(given) && !lacksRepeat(given)
const isPlanned = ({ context }: Situation) => context.planned
const isKept = ({ context }: Situation) => context.draft.id !== null
const isUntouched = (given: Situation) => isKept(given) && !given.context.draft.touched
const isDayChosen = ({ context }: Situation) => context.day !== null
const hasDays = ({ context }: Situation) => context.days.length > 0
const isHourAsked = ({ context }: Situation) => context.problem === 'which-hour'
const isDoubted = ({ context }: Situation) => context.problem === 'partly'
const isPast = ({ context }: Situation) => context.problem === 'past'
const isReady = (given: On<'SAVE'>) => draft.freshen(given).problem === null

/** A reminder on its way, new or being changed: what is still missing is asked for, and all of it is said back. */
export const making: States<Context, Event> = {
  deciding: {
    always: [
      { guard: isHourAsked, target: 'hours' },
      { guard: isDoubted, target: 'timing' },
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
        { guard: isPlanned, actions: leave() },
        { target: 'listing', actions: assign(draft.forget) },
      ],
    },
  },
  timing: {
    on: {
      TEXT: { target: 'hearing', actions: assign(draft.hearTime) },
      GUESS: { target: 'hearing', actions: assign(draft.takeGuess) },
      WAIT: { target: 'deciding', actions: assign(draft.waitFor) },
      EVENING: { target: 'deciding', actions: assign(draft.thisEvening) },
      TOMORROW: { target: 'deciding', actions: assign(draft.tomorrowMorning) },
      DATE: { target: 'picking', actions: assign(draft.beginPicking) },
      BACK: [
        { guard: isUntouched, target: 'loading' },
        { guard: isComplete, target: 'confirming', actions: assign(draft.forget) },
        { guard: isPlanned, actions: leave() },
        { target: 'naming', actions: assign(draft.forget) },
      ],
    },
  },
  /** After a text about the time: on, or back to where it was asked with what was wrong in it. */
  hearing: {
    always: [
      { guard: ({ context }) => context.problem === null, target: 'deciding' },
      { guard: isDoubted, target: 'timing' },
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
      // Another time, or a whole line anew; words alone may be a call for help, and are for the search.
      TEXT: { guard: draft.namesTime, target: 'deciding', actions: assign(draft.hear) },
      SAVE: [
        {
          guard: isReady,
          target: 'listing',
          actions: [assign(draft.freshen), assign(kept), save, withdrawSaved, answerMoved, say('saved')],
        },
        { target: 'timing', actions: assign(draft.freshen) },
      ],
      REWORD: { actions: assign(draft.takeAside) },
      EDIT_WHAT: { target: 'naming', actions: assign(draft.forget) },
      EDIT_TIME: {
        target: 'timing',
        actions: [assign(draft.forget), assign({ now: ({ event }) => event.turn.at })],
      },
      EDIT_REPEAT: { target: 'repeating', actions: assign(draft.forget) },
      CANCEL: [
        { guard: isKept, target: 'loading', actions: assign(draft.forget) },
        { guard: isPlanned, actions: leave() },
        { target: 'listing', actions: assign(draft.forget) },
      ],
    },
  },
}

/** The list begins with its first page, and with what is being saved. */
function kept(given: On<'SAVE'>): Partial<Context> {
  const { list, draft: made, reminder: before } = given.context
  const reminder = draft.toReminder(given)
  const isNew = made.id === null || before?.state === 'done'
  return { saved: reminder && { reminder, isNew }, list: { ...list, page: 0 } }
}

function savedIn({ saved }: Context): Reminder {
  if (saved === null) throw new Error('Nothing is being saved')
  return saved.reminder
}
