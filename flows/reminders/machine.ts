import { assign, setup } from 'xstate'
import { effects } from '../kit/effects.ts'
import type { Start } from '../kit/events.ts'
import {
  type RemindersContext as Context,
  type RemindersEvent as Event,
  emptyContext,
  type On,
  type RemindersInput,
  type Situation,
} from './context.ts'
import { listReminders, pageSize, type Reminder, type ReminderPage, reminderLimit } from './contract.ts'
import * as draft from './draft.ts'
import { forSearch, keeping } from './keeping.ts'
import { making } from './making.ts'

const { ask, say } = effects<Context, Event>()

const isSpoken = ({ context }: Situation) => context.draft.touched || context.guess !== null
const isUnaimed = ({ context }: Situation) => context.wanted === null
const isFull = ({ context }: Situation) => context.list.total >= reminderLimit

/** The list, one reminder, and the making of a new one by buttons or by a line of text. */
export const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<RemindersInput> },
}).createMachine({
  id: 'reminders',
  // XState makes a context at every step, without input then, and throws it away.
  context: ({ input }) => (input === undefined ? emptyContext('kk', 0) : begin(input)),
  initial: 'beginning',
  states: {
    beginning: {
      always: [{ guard: isSpoken, target: 'counting' }, { guard: isUnaimed, target: 'listing' }, { target: 'loading' }],
    },
    /** What was written elsewhere is gone on with when there is room for it. */
    counting: {
      entry: ask(listReminders, () => ({ page: 0 })),
      on: {
        'found.reminder.list': [
          { guard: ({ event }) => event.data.total >= reminderLimit, target: 'listing', actions: say('full') },
          { target: 'deciding', actions: assign(found) },
        ],
      },
    },
    listing: {
      entry: [
        assign({ wanted: null, reminder: null, told: false, act: null }),
        ask(listReminders, ({ context }) => ({ page: context.list.page })),
      ],
      on: {
        'found.reminder.list': { actions: assign(found) },
        ADD: [
          { guard: isFull, actions: say('full') },
          { target: 'naming', actions: assign(draft.begin) },
        ],
        TEXT: [
          ...forSearch,
          { guard: isFull, actions: say('full') },
          { target: 'deciding', actions: [assign(draft.begin), assign(draft.hear)] },
        ],
        OPEN: { target: 'loading', actions: assign({ wanted: ({ event }) => event.id }) },
        PAGE: {
          target: 'listing',
          reenter: true,
          actions: assign({ list: ({ context, event }) => ({ ...context.list, page: event.page }) }),
        },
      },
    },
    ...making,
    ...keeping,
  },
})

function begin({ person, input, turn }: Start<RemindersInput>): Context {
  const empty = emptyContext(person.language, turn.at)
  if (input !== undefined && 'text' in input) {
    const heard = draft.hear({ context: empty, event: { type: 'TEXT', text: input.text, turn } })
    return { ...empty, ...heard, planned: true }
  }
  if (input !== undefined && 'what' in input) {
    return { ...empty, planned: true, draft: { ...empty.draft, what: input.what, touched: true } }
  }
  return {
    ...empty,
    wanted: input?.id ?? null,
    told: input?.told ?? input?.act !== undefined,
    act: input?.act ?? null,
    minutes: input?.minutes ?? 10,
    passing: input?.act !== undefined,
  }
}

function found({ context: { saved }, event }: On<'found.reminder.list'>): Partial<Context> {
  return { list: saved === null ? event.data : withSaved(event.data, saved), saved: null, now: event.turn.at }
}

/** The first page with what this turn saves. */
function withSaved({ items, total }: ReminderPage, { reminder, isNew }: NonNullable<Context['saved']>): ReminderPage {
  const others = items.filter(({ id }) => id !== reminder.id)
  const all = total + (isNew ? 1 : 0)
  const first = [...others, reminder].sort(bySoonest).slice(0, pageSize)
  return { items: first, total: all, page: 0, pages: Math.max(1, Math.ceil(all / pageSize)) }
}

/** As the store has them: paused ones last. */
function bySoonest(one: Reminder, other: Reminder): number {
  if (one.state !== other.state) return one.state < other.state ? -1 : 1
  return (one.nextAt ?? 0) - (other.nextAt ?? 0)
}
