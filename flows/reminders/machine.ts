import { assign, setup } from 'xstate'
import { effects } from '../kit/effects.ts'
import type { Start } from '../kit/events.ts'
import { withdrawNotices } from '../kit/notice.ts'
import type { RemindersContext as Context, RemindersEvent as Event, On, RemindersInput } from './context.ts'
import {
  changeReminder,
  deleteReminder,
  getReminder,
  listReminders,
  type Reminder,
  reminderLimit,
  saveReminder,
} from './contract.ts'
import * as draft from './draft.ts'

type Arguments = { context: Context; event: Event }

const { ask, tell, say } = effects<Context, Event>()

/** An assigner made of a pure move. */
const move =
  (make: (context: Context, event: Event) => Partial<Context>) =>
  ({ context, event }: Arguments) =>
    make(context, event)

const isNull =
  (part: (context: Context) => unknown) =>
  ({ context }: { context: Context }) =>
    part(context) === null
const isTrue =
  (test: (context: Context, event: Event) => boolean) =>
  ({ context, event }: Arguments) =>
    test(context, event)

/** Whoever writes while they look at a reminder means a new one. */
const another = [
  { guard: 'isCrowded', actions: say('full') },
  { target: 'deciding', actions: ['begin', 'hear'] },
] as const

/** The list, one reminder, and the making of a new one by buttons or by a line of text. */
export const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<RemindersInput> },
  guards: {
    lacksWhat: isNull(({ draft: { what } }) => what),
    lacksTime: isNull(({ draft: { at } }) => at),
    lacksRepeat: isNull(({ draft: { repeat } }) => repeat),
    isComplete: isTrue(({ draft: { what, at, repeat } }) => what !== null && at !== null && repeat !== null),
    isUntouched: isTrue(({ draft: { id, touched } }) => id !== null && !touched),
    isKept: isTrue(({ draft: { id } }) => id !== null),
    isReady: isTrue((context, event) => draft.freshen(context, event).problem === null),
    isPast: isTrue(({ problem }) => problem === 'past'),
    isFull: isTrue(({ list }) => list.total >= reminderLimit),
    isUnaimed: isNull(({ wanted }) => wanted),
    isSpoken: isTrue(({ draft: { touched } }) => touched),
    isAct: isTrue(({ act }) => act !== null),
    isDayAhead: isTrue(
      ({ month, draft: { zone } }, event) =>
        event.type === 'DAY' && draft.isDayAhead({ ...month, day: event.day }, event.turn.at, zone),
    ),
    isDayChosen: isTrue(({ day }) => day !== null),
    hasDays: isTrue(({ days }) => days.length > 0),
    isOnce: isTrue(({ reminder }) => reminder?.repeat.type === 'once'),
    /** Putting off brings back a reminder that is over, for which there must be room. */
    hasNoRoom: isTrue(({ reminder, room }) => reminder?.state === 'done' && !room),
    isCrowded: isTrue(({ room }) => !room),
    isDoneForGood: isTrue(({ act, reminder }) => act === 'done' && reminder?.repeat.type === 'once'),
    isDoneAct: isTrue(({ act }) => act === 'done'),
    canResume: isTrue(
      ({ reminder }, { turn }) => reminder !== null && draft.resumedAt(reminder, turn.at) !== undefined,
    ),
  },
  actions: {
    hear: assign(move(draft.hear)),
    hearTime: assign(move(draft.hearTime)),
    begin: assign(() => ({ draft: draft.emptyDraft, problem: null, day: null, told: false })),
    edit: assign(({ context, event }) => ({
      draft: context.reminder === null ? draft.emptyDraft : draft.draftOf(context.reminder),
      problem: null,
      day: null,
      now: event.turn.at,
    })),
    forget: assign({ problem: null, act: null, day: null }),
    withdraw: tell(withdrawNotices, ({ context }) => ({ keyPrefix: noticePrefix(context.wanted ?? '') })),
    putOff: assign(({ context, event }) => ({ reminder: putOff(context, event), act: null, now: event.turn.at })),
    finish: assign(({ context }) => ({ reminder: finished(context.reminder), act: null })),
    pause: assign(({ context }) => ({
      reminder: context.reminder && { ...context.reminder, state: 'paused' as const },
    })),
    resume: assign(({ context, event }) => ({ reminder: resumed(context.reminder, event.turn.at) })),
    restore: assign(({ context, event }) => ({ reminder: restored(context.reminder, event.turn.at) })),
    keepState: tell(changeReminder, ({ context }) => reminderIn(context)),
    keep: assign(({ context, event }) => {
      const reminder = draft.toReminder(context, event)
      const total = context.list.total + (context.draft.id === null ? 1 : 0)
      const room = context.draft.id === null ? total < reminderLimit : context.room
      return { reminder, room, wanted: reminder?.id ?? null, list: { ...context.list, total }, told: false }
    }),
    save: tell(saveReminder, ({ context }) => reminderIn(context)),
  },
}).createMachine({
  id: 'reminders',
  // XState makes a context at every step, without input then, and throws it away.
  context: ({ input }) => (input === undefined ? emptyContext('kk', 0) : begin(input)),
  initial: 'beginning',
  states: {
    beginning: {
      always: [
        { guard: 'isSpoken', target: 'counting' },
        { guard: 'isUnaimed', target: 'listing' },
        { target: 'loading' },
      ],
    },
    /** What was written elsewhere is gone on with when there is room for it. */
    counting: {
      entry: ask(listReminders, () => ({ page: 0 })),
      on: {
        'found.reminder.list': [
          { guard: ({ event }) => event.data.total >= reminderLimit, target: 'listing', actions: say('full') },
          { target: 'deciding', actions: assign(foundList) },
        ],
      },
    },
    listing: {
      entry: [
        assign({ wanted: null, reminder: null, told: false, act: null }),
        ask(listReminders, ({ context }) => ({ page: context.list.page })),
      ],
      on: {
        'found.reminder.list': { actions: assign(foundList) },
        ADD: [
          { guard: 'isFull', actions: say('full') },
          { target: 'naming', actions: 'begin' },
        ],
        TEXT: [
          { guard: 'isFull', actions: say('full') },
          { target: 'deciding', actions: ['begin', 'hear'] },
        ],
        OPEN: { target: 'loading', actions: assign({ wanted: ({ event }) => event.id }) },
        PAGE: {
          target: 'listing',
          reenter: true,
          actions: assign({ list: ({ context, event }) => ({ ...context.list, page: event.page }) }),
        },
      },
    },
    deciding: {
      always: [
        { guard: 'lacksWhat', target: 'naming' },
        { guard: 'lacksTime', target: 'timing' },
        { guard: 'lacksRepeat', target: 'repeating' },
        { target: 'confirming' },
      ],
    },
    naming: {
      on: {
        TEXT: { target: 'deciding', actions: 'hear' },
        BACK: [
          { guard: 'isUntouched', target: 'loading' },
          { guard: 'isComplete', target: 'confirming', actions: 'forget' },
          { target: 'listing', actions: 'forget' },
        ],
      },
    },
    timing: {
      on: {
        TEXT: { target: 'hearing', actions: 'hearTime' },
        WAIT: { target: 'deciding', actions: assign(move(draft.waitFor)) },
        EVENING: { target: 'deciding', actions: assign(move(draft.thisEvening)) },
        TOMORROW: { target: 'deciding', actions: assign(move(draft.tomorrowMorning)) },
        DATE: { target: 'picking', actions: assign(move(draft.beginPicking)) },
        BACK: [
          { guard: 'isUntouched', target: 'loading' },
          { guard: 'isComplete', target: 'confirming', actions: 'forget' },
          { target: 'naming', actions: 'forget' },
        ],
      },
    },
    /** After a text about the time: on, or back to where it was asked with what was wrong in it. */
    hearing: {
      always: [
        { guard: ({ context }) => context.problem === null, target: 'deciding' },
        { guard: 'isDayChosen', target: 'hours' },
        { target: 'timing' },
      ],
    },
    picking: {
      on: {
        TEXT: { target: 'hearing', actions: 'hearTime' },
        MONTH: {
          actions: assign(({ event: { year, month, turn } }) => ({
            month: { year, month },
            problem: null,
            now: turn.at,
          })),
        },
        DAY: [
          { guard: 'isDayAhead', target: 'hours', actions: assign(move(draft.pickDay)) },
          { actions: assign(move(draft.pickDay)) },
        ],
        PASS: { actions: say('picking.pass') },
        BACK: { target: 'timing', actions: assign({ problem: null, day: null }) },
      },
    },
    hours: {
      on: {
        TEXT: { target: 'hearing', actions: 'hearTime' },
        HOUR: {
          target: 'minutes',
          actions: assign(({ event }) => ({ hour: event.hour, problem: null, now: event.turn.at })),
        },
        BACK: { target: 'picking', actions: assign({ problem: null, day: null }) },
      },
    },
    minutes: {
      on: {
        TEXT: { target: 'hearing', actions: 'hearTime' },
        MINUTE: { target: 'timed', actions: assign(move(draft.pickMinute)) },
        BACK: { target: 'hours', actions: assign({ problem: null }) },
      },
    },
    timed: { always: [{ guard: 'isPast', target: 'hours' }, { target: 'deciding' }] },
    repeating: {
      on: {
        REPEAT: { target: 'confirming', actions: assign(move(draft.pickRepeat)) },
        WEEKDAYS: { target: 'weekdays', actions: assign(move(draft.beginWeekdays)) },
        BACK: [
          { guard: 'isComplete', target: 'confirming' },
          { target: 'timing', actions: 'forget' },
        ],
      },
    },
    weekdays: {
      on: {
        WEEKDAY: { actions: assign(move(draft.toggleWeekday)) },
        WEEKDAYS_DONE: [
          { guard: 'hasDays', target: 'confirming', actions: assign(move(draft.pickWeekdays)) },
          { actions: say('weekdays.none') },
        ],
        BACK: 'repeating',
      },
    },
    confirming: {
      on: {
        TEXT: { target: 'deciding', actions: 'hear' },
        SAVE: [
          {
            guard: 'isReady',
            target: 'reading',
            actions: [assign(move(draft.freshen)), 'keep', 'save', 'withdraw', say('saved')],
          },
          { target: 'timing', actions: assign(move(draft.freshen)) },
        ],
        EDIT_WHAT: { target: 'naming', actions: 'forget' },
        EDIT_TIME: { target: 'timing', actions: ['forget', assign({ now: ({ event }) => event.turn.at })] },
        EDIT_REPEAT: { target: 'repeating', actions: 'forget' },
        CANCEL: [
          { guard: 'isKept', target: 'loading', actions: 'forget' },
          { target: 'listing', actions: 'forget' },
        ],
      },
    },
    /** Looked up as it is now; what the pressed button of a notice asks for is done at once. */
    loading: {
      entry: ask(getReminder, ({ context }) => ({ id: wantedIn(context) })),
      on: {
        'found.reminder.get': [
          { guard: ({ event }) => event.data === null, target: 'listing', actions: say('gone') },
          { guard: 'isAct', target: 'doing', actions: assign(found) },
          { target: 'reading', actions: assign(found) },
        ],
      },
    },
    /** Asks for nothing on entry: what this very turn tells is not in the store yet. */
    reading: {
      on: {
        TEXT: another,
        EDIT_WHAT: [
          { guard: 'hasNoRoom', actions: say('full') },
          { target: 'naming', actions: 'edit' },
        ],
        EDIT_TIME: [
          { guard: 'hasNoRoom', actions: say('full') },
          { target: 'timing', actions: 'edit' },
        ],
        PAUSE: { actions: ['pause', 'keepState', 'withdraw', say('paused')] },
        RESUME: [
          { guard: 'canResume', actions: ['resume', 'keepState', say('resumed')] },
          { target: 'timing', actions: ['edit', assign({ problem: 'past' })] },
        ],
        DONE: [
          { guard: 'isOnce', target: 'finished', actions: ['finish', 'keepState', 'withdraw'] },
          { target: 'finished', actions: 'withdraw' },
        ],
        SNOOZE: [
          { guard: 'hasNoRoom', actions: say('full') },
          { target: 'delayed', actions: ['putOff', 'withdraw', 'keepState'] },
        ],
        SNOOZE_DAY: [
          { guard: 'hasNoRoom', actions: say('full') },
          { target: 'delayed', actions: ['putOff', 'withdraw', 'keepState'] },
        ],
        DELETE: {
          target: 'deleted',
          actions: [tell(deleteReminder, ({ context }) => ({ id: wantedIn(context) })), 'withdraw'],
        },
        BACK: 'listing',
      },
    },
    deleted: {
      on: {
        UNDO: {
          target: 'reading',
          actions: ['restore', 'save', say('restored')],
        },
        BACK: 'listing',
      },
    },
    doing: {
      always: [
        {
          guard: 'isDoneForGood',
          target: 'finished',
          actions: ['finish', 'keepState', 'withdraw'],
        },
        { guard: 'isDoneAct', target: 'finished', actions: assign({ act: null }) },
        { guard: 'hasNoRoom', target: 'reading', actions: ['forget', say('full')] },
        { target: 'delayed', actions: ['putOff', 'withdraw', 'keepState'] },
      ],
    },
    finished: { on: { TEXT: another, OPEN: 'loading', BACK: 'listing' } },
    delayed: { on: { TEXT: another, OPEN: 'loading', BACK: 'listing' } },
  },
})

function found({ event: { data, turn } }: On<'found.reminder.get'>): Partial<Context> {
  return data === null ? {} : { ...data, now: turn.at }
}

function foundList({ event }: On<'found.reminder.list'>): Partial<Context> {
  return { list: event.data, now: event.turn.at }
}

function wantedIn({ wanted }: Context): string {
  if (wanted === null) throw new Error('No reminder is meant')
  return wanted
}

function reminderIn({ reminder }: Context): Reminder {
  if (reminder === null) throw new Error('No reminder is open')
  return reminder
}

/** What the keys of all notices of one reminder begin with. */
export function noticePrefix(id: string): string {
  return `reminder:${id}:`
}

function begin({ person, input, turn }: Start<RemindersInput>): Context {
  const empty = emptyContext(person.language, turn.at)
  if (input !== undefined && 'text' in input) {
    return { ...empty, ...draft.hear(empty, { type: 'TEXT', text: input.text, turn }) }
  }
  return {
    ...empty,
    wanted: input?.id ?? null,
    told: input?.told ?? input?.act !== undefined,
    act: input?.act ?? null,
    minutes: input?.minutes ?? 10,
  }
}

/** The dialogue before anything is known or chosen. */
export function emptyContext(language: Context['language'], now: number): Context {
  return {
    language,
    list: { items: [], total: 0, page: 0, pages: 1 },
    wanted: null,
    reminder: null,
    room: true,
    told: false,
    act: null,
    minutes: 10,
    draft: draft.emptyDraft,
    problem: null,
    now,
    month: { year: 1970, month: 1 },
    day: null,
    hour: null,
    days: [],
  }
}

/** Ten minutes, an hour or a day later; what repeats keeps its rhythm after that. */
function putOff({ reminder, act, minutes }: Context, event: Event): Reminder | null {
  if (reminder === null) return null
  const { at } = event.turn
  const isDay = event.type === 'SNOOZE_DAY' || (event.type === 'found.reminder.get' && act === 'tomorrow')
  const wait = event.type === 'SNOOZE' ? event.minutes : minutes
  return { ...reminder, state: 'active', nextAt: isDay ? draft.sameTimeTomorrow(reminder, at) : at + wait * 60_000 }
}

function finished(reminder: Reminder | null): Reminder | null {
  return reminder && { ...reminder, state: 'done', nextAt: null }
}

function resumed(reminder: Reminder | null, now: number): Reminder | null {
  return reminder && { ...reminder, state: 'active', nextAt: draft.resumedAt(reminder, now) ?? null }
}

/** What repeats and came due while it was deleted goes on with its next time. */
function restored(reminder: Reminder | null, now: number): Reminder | null {
  if (reminder === null || reminder.nextAt === null) return reminder
  return { ...reminder, nextAt: draft.resumedAt(reminder, now) ?? reminder.nextAt }
}
