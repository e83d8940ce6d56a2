import { assign } from 'xstate'
import { addDays, minuteLength, toLocal, toUtc } from '../common/calendar.ts'
import { isQuestion } from '../common/questions.ts'
import { effects } from '../kit/effects.ts'
import { answerNotices, withdrawNotices } from '../kit/notice.ts'
import type { States, Transitions } from '../kit/states.ts'
import type { RemindersContext as Context, RemindersEvent as Event, On, Situation } from './context.ts'
import { changeReminder, deleteReminder, getReminder, type Reminder, saveReminder } from './contract.ts'
import * as draft from './draft.ts'
import { answeredAs, noticePrefix } from './notices.ts'
import { onTheMinute } from './phrases/settle.ts'
import { isSmallTalk } from './phrases/small-talk.ts'
import { nextTime } from './repeat.ts'

type Change = Partial<Context>

const { ask, tell, say, open } = effects<Context, Event>()

const isCrowded = ({ context }: Situation) => !context.room
/** Putting off brings back a reminder that is over, for which there must be room. */
const hasNoRoom = ({ context }: Situation) => context.reminder?.state === 'done' && !context.room
const isAct = ({ context }: Situation) => context.act !== null
const isDoneAct = ({ context }: Situation) => context.act === 'done'
const isPassing = ({ context }: Situation) => context.passing
const isPaused = ({ context }: Situation) => context.reminder?.state === 'paused'
const canResume = ({ context, event }: On<'RESUME'>) => comesNext(reminderIn(context), event.turn.at) !== undefined

const save = tell(saveReminder, ({ context }) => reminderIn(context))
const withdraw = tell(withdrawNotices, ({ context }) => ({ keyPrefix: noticePrefix(context.wanted ?? '') }))
const answerDone = tell(answerNotices, ({ context }) => answeredAs(reminderIn(context), 'done'))
const answerLater = tell(answerNotices, ({ context }) => answeredAs(reminderIn(context), 'later'))
const keepState = tell(changeReminder, ({ context }) => reminderIn(context))

/** Questions, thanks and sadness are nothing to be reminded of. */
const isForSearch = (given: On<'TEXT'>) => {
  const { text, worry } = given.event
  if (!/\p{L}/u.test(text)) return false
  return isQuestion(text) || (!draft.namesTime(given) && (worry === true || isSmallTalk(text)))
}
export const forSearch = [
  {
    guard: isForSearch,
    actions: open<On<'TEXT'>['event']>('search', ({ event: { text, worry = false } }) => ({ text, worry })),
  },
]

/** Whoever writes while they look at a reminder means a new one. */
const another: Transitions<Context, Event> = {
  TEXT: [
    ...forSearch,
    { guard: isCrowded, actions: say('full') },
    { target: 'deciding', actions: [assign(draft.begin), assign(draft.hear)] },
  ],
}

/** One reminder that is kept: looked at, changed, put off, done, deleted. */
export const keeping: States<Context, Event> = {
  /** Looked up as it is now; what the pressed button of a notice asks for is done at once. */
  loading: {
    entry: ask(getReminder, ({ context }) => ({ id: wantedIn(context) })),
    on: {
      'found.reminder.get': [
        { guard: ({ event }) => event.data === null, target: 'listing', actions: say('gone') },
        { guard: isAct, target: 'doing', actions: assign(found) },
        { target: 'reading', actions: assign(found) },
      ],
    },
  },
  /** Asks for nothing on entry: what this very turn tells is not in the store yet. */
  reading: {
    on: {
      ...another,
      EDIT_WHAT: [
        { guard: hasNoRoom, actions: say('full') },
        { target: 'naming', actions: assign(draft.edit) },
      ],
      EDIT_TIME: [
        { guard: hasNoRoom, actions: say('full') },
        { target: 'timing', actions: assign(draft.edit) },
      ],
      PAUSE: { actions: [assign(pause), keepState, withdraw, say('paused')] },
      RESUME: [
        { guard: canResume, actions: [assign(resume), keepState, say('resumed')] },
        { target: 'timing', actions: [assign(draft.edit), assign({ problem: 'past' })] },
      ],
      DONE: { target: 'finished', actions: [assign(finish), keepState, withdraw, answerDone] },
      SNOOZE: { target: 'doing', actions: assign({ act: 'snooze', minutes: ({ event }) => event.minutes }) },
      SNOOZE_DAY: { target: 'doing', actions: assign({ act: 'tomorrow' }) },
      DELETE: {
        target: 'deleted',
        actions: [tell(deleteReminder, ({ context }) => ({ id: wantedIn(context) })), withdraw],
      },
      BACK: 'listing',
    },
  },
  deleted: {
    on: {
      UNDO: { target: 'reading', actions: [assign(restore), save, say('restored')] },
      BACK: 'listing',
    },
  },
  /** What a button of the notice asks for, or one of the reminder itself. */
  doing: {
    always: [
      { guard: isDoneAct, target: 'done', actions: [assign(finish), keepState, withdraw, answerDone] },
      // An old notice's button wakes no rhythm that was paused.
      { guard: isPaused, target: 'reading', actions: [assign(draft.forget), say('stillPaused')] },
      { guard: hasNoRoom, target: 'reading', actions: [assign(draft.forget), say('full')] },
      { target: 'putOff', actions: [assign(putOff), withdraw, keepState, answerLater] },
    ],
  },
  /** From a notice it is said in a word, and the dialogue underneath goes on. */
  done: { always: [{ guard: isPassing, target: 'over', actions: say('done.said') }, { target: 'finished' }] },
  putOff: { always: [{ guard: isPassing, target: 'over', actions: say('delayed.said') }, { target: 'delayed' }] },
  over: { type: 'final' },
  finished: { on: { ...another, OPEN: 'loading', BACK: 'listing' } },
  delayed: { on: { ...another, OPEN: 'loading', BACK: 'listing' } },
}

function found({ event: { data, turn } }: On<'found.reminder.get'>): Change {
  return data === null ? {} : { ...data, now: turn.at }
}

function wantedIn({ wanted }: Context): string {
  if (wanted === null) throw new Error('No reminder is meant')
  return wanted
}

function reminderIn({ reminder }: Context): Reminder {
  if (reminder === null) throw new Error('No reminder is open')
  return reminder
}

/** What repeats goes on with its rhythm, also where this time was put off. */
function finish({ context, event: { turn } }: Situation & { readonly event: Event }): Change {
  const reminder = reminderIn(context)
  const { state } = reminder
  const next = state === 'done' ? undefined : rhythmOf(reminder, turn.at)
  if (next === undefined) return { reminder: { ...reminder, state: 'done', nextAt: null }, act: null }
  return { reminder: { ...reminder, nextAt: next }, act: null }
}

function pause({ context }: Situation): Change {
  return { reminder: { ...reminderIn(context), state: 'paused' } }
}

function resume({ context, event }: On<'RESUME'>): Change {
  const reminder = reminderIn(context)
  return { reminder: { ...reminder, state: 'active', nextAt: comesNext(reminder, event.turn.at) ?? null } }
}

/** What repeats and came due while it was deleted goes on with its next time. */
function restore({ context, event }: On<'UNDO'>): Change {
  const reminder = reminderIn(context)
  if (reminder.nextAt === null) return {}
  return { reminder: { ...reminder, nextAt: comesNext(reminder, event.turn.at) ?? reminder.nextAt } }
}

/** When it comes next, epoch ms; undefined when its only time has passed. */
function comesNext(reminder: Reminder, now: number): number | undefined {
  const { nextAt } = reminder
  return nextAt !== null && nextAt > now ? nextAt : rhythmOf(reminder, now)
}

/** The next time of its rhythm, epoch ms. */
function rhythmOf({ repeat, minute, zone }: Reminder, now: number): number | undefined {
  return nextTime(now, { hour: Math.floor(minute / 60), minute: minute % 60 }, repeat, zone)
}

/** Some minutes or a day later; what repeats keeps its rhythm after that. */
function putOff({ context, event: { turn } }: Situation & { readonly event: Event }): Change {
  const reminder = reminderIn(context)
  const later = onTheMinute(turn.at + context.minutes * minuteLength, turn.at)
  const nextAt = context.act === 'tomorrow' ? sameTimeTomorrow(reminder, turn.at) : later
  return { reminder: { ...reminder, state: 'active', nextAt }, act: null, now: turn.at }
}

/** The time of day the reminder was meant for, on the day after `now`. */
function sameTimeTomorrow({ minute, zone }: Reminder, now: number): number {
  const date = addDays(toLocal(now, zone), 1)
  return toUtc({ ...date, hour: Math.floor(minute / 60), minute: minute % 60 }, zone)
}
