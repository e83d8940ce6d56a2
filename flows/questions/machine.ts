import { assign, setup } from 'xstate'
import { changes } from '../kit/changes.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import {
  type QuestionsContext as Context,
  type QuestionsEvent as Event,
  emptyContext,
  nothing,
  type On,
  type QuestionsInput,
  type Situation,
} from './context.ts'
import {
  addToQuestion,
  askQuestion,
  closeQuestion,
  ownQuestion,
  questionFile,
  questionsOverview,
  reopenQuestion,
} from './contract.ts'
import { addition, isLong, isWordless, saidIn, seenThread, taken } from './steps.ts'

type FoundAll = On<'found.questions.overview'>
type FoundOwn = On<'found.questions.own'>

const { ask, tell, send, say } = effects<Context, Event>()
const change = changes<Context, Event>()

const askAll = ask(questionsOverview, ({ context }) => ({ page: context.overview.list.page }))
const askOwn = ask(ownQuestion, idOfOwn)
const seeAll = change(({ event }: FoundAll) => ({ overview: event.data }))

const isFull = (room: 'open' | 'day') => (given: Situation) => given.context.overview.room === room
const hasNone = ({ context }: Situation) => context.overview.desks.length === 0
const hasOne = ({ context }: Situation) => context.overview.desks.length === 1
const isAdding = ({ context }: Situation) => context.adding
const maySay = ({ context }: Situation) => context.thread?.maySay === true
const isGone = ({ event }: FoundOwn) => event.data === null

/** What is written or sent goes on to be looked at once more. */
const heard = {
  TEXT: [
    { guard: isLong, actions: say<On<'TEXT'>['event']>('long') },
    { target: 'checking' as const, actions: change((given: On<'TEXT'>) => taken(given)) },
  ],
  PHOTO: [
    { guard: isLong, actions: say<On<'PHOTO'>['event']>('long') },
    {
      guard: isWordless,
      target: 'writing' as const,
      actions: [change((given: On<'PHOTO'>) => taken(given)), say<On<'PHOTO'>['event']>('photoTaken')],
    },
    { target: 'checking' as const, actions: change((given: On<'PHOTO'>) => taken(given)) },
  ],
  DANGER: {
    target: 'checking' as const,
    actions: [change((given: On<'DANGER'>) => taken(given)), say<On<'DANGER'>['event']>('kept')],
  },
}

/** Members ask the mentors of their group, and read what they answer. */
export const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<QuestionsInput> },
}).createMachine({
  id: 'questions',
  context: beginWith(emptyContext),
  initial: 'beginning',
  states: {
    beginning: {
      always: [
        { guard: ({ context }) => context.begin === 'one', target: 'loading' },
        { guard: ({ context }) => context.begin === 'asking', target: 'opening' },
        { target: 'listing' },
      ],
    },
    opening: { entry: askAll, on: { 'found.questions.overview': { target: 'begun', actions: seeAll } } },
    /** Whether a question may be begun, and where it leads. */
    begun: {
      always: [
        { guard: isFull('open'), target: 'listing', actions: say('full.open') },
        { guard: isFull('day'), target: 'listing', actions: say('full.day') },
        { guard: hasNone, target: 'listing' },
        {
          guard: hasOne,
          target: 'topic',
          actions: assign(({ context }) => ({ ...nothing, group: context.overview.desks[0]?.id ?? null })),
        },
        { target: 'choosing', actions: assign(nothing) },
      ],
    },
    listing: {
      entry: askAll,
      on: {
        'found.questions.overview': { actions: seeAll },
        ASK: { target: 'begun' },
        OPEN: { target: 'loading', actions: assign({ wanted: ({ event }) => event.id, thread: null }) },
        PAGE: {
          target: 'listing',
          reenter: true,
          actions: assign({
            overview: ({ context: { overview }, event }) => ({
              ...overview,
              list: { ...overview.list, page: event.page },
            }),
          }),
        },
      },
    },
    choosing: {
      on: { GROUP: { target: 'topic', actions: assign({ group: ({ event }) => event.id }) }, BACK: 'listing' },
    },
    topic: {
      on: {
        TOPIC: { target: 'writing', actions: assign({ topic: ({ event }) => event.topic }) },
        BACK: [{ guard: hasOne, target: 'listing' }, { target: 'choosing' }],
      },
    },
    writing: { on: { ...heard, BACK: [{ guard: isAdding, target: 'reading' }, { target: 'topic' }] } },
    /** Seen once more before it goes; what is written here is added to it. */
    checking: {
      on: {
        ...heard,
        SEND: [
          { guard: isAdding, target: 'adding' },
          { target: 'sending', actions: assign({ named: ({ event }) => event.named }) },
        ],
        REWRITE: { target: 'writing', actions: assign({ text: '', urgent: false }) },
        DROP: { actions: assign({ file: null }) },
        BACK: [{ guard: isAdding, target: 'reading' }, { target: 'topic' }],
      },
    },
    /** Looked up once more: the mentor may have gone meanwhile. */
    sending: {
      entry: askAll,
      on: {
        'found.questions.overview': [
          { guard: ({ event }) => event.data.room === 'open', target: 'checking', actions: say('full.open') },
          { guard: ({ event }) => event.data.room === 'day', target: 'checking', actions: say('full.day') },
          {
            guard: ({ context, event }) => !event.data.desks.some(({ id }) => id === context.group),
            target: 'listing',
            actions: say('deskGone'),
          },
          { target: 'sent', actions: [seeAll, tell(askQuestion, asked), change(given)] },
        ],
      },
    },
    adding: {
      entry: askOwn,
      on: {
        'found.questions.own': [
          { guard: isGone, target: 'listing', actions: say('gone') },
          { guard: ({ event }) => event.data?.maySay !== true, target: 'checking', actions: say('notNow') },
          {
            target: 'sent',
            actions: [
              tell(addToQuestion, ({ context, event }: FoundOwn) => ({
                ...idOfOwn({ context }),
                entry: event.turn.id,
                said: saidIn({ context }),
                urgent: context.urgent,
              })),
              change(({ context: { urgent } }: FoundOwn) => ({ ...nothing, adding: true, urgent })),
            ],
          },
        ],
      },
    },
    sent: { on: { READ: { target: 'loading', actions: assign({ ...nothing, thread: null }) }, BACK: 'listing' } },
    loading: {
      entry: askOwn,
      on: {
        'found.questions.own': [
          { guard: isGone, target: 'listing', actions: say('gone') },
          { target: 'reading', actions: assign(seenThread) },
        ],
      },
    },
    reading: {
      on: {
        MORE: {
          guard: maySay,
          target: 'writing',
          actions: assign({ ...nothing, adding: true }),
        },
        TEXT: { guard: maySay, target: 'checking', actions: assign(addition) },
        PHOTO: { guard: maySay, target: 'checking', actions: assign(addition) },
        DANGER: { guard: maySay, target: 'checking', actions: [assign(addition), say('kept')] },
        FILE: {
          actions: send(questionFile, ({ context, event }: On<'FILE'>) => ({
            ...idOfOwn({ context }),
            entry: event.entry,
          })),
        },
        PAGE: { actions: assign({ leaf: ({ event }) => event.page }) },
        CLOSE: { target: 'closed', actions: tell(closeQuestion, idOfOwn) },
        REOPEN: 'reopening',
        BACK: 'listing',
      },
    },
    /** The store knows of it when the turn is over. */
    closed: { on: { BACK: 'listing' } },
    reopening: {
      entry: askOwn,
      on: {
        'found.questions.own': [
          { guard: isGone, target: 'listing', actions: say('gone') },
          {
            guard: ({ event }) => event.data?.mayReopen !== true,
            target: 'reading',
            actions: [assign(seenThread), say('notReopened')],
          },
          { target: 'reopened', actions: tell(reopenQuestion, idOfOwn) },
        ],
      },
    },
    reopened: { on: { READ: { target: 'loading', actions: assign({ thread: null }) }, BACK: 'listing' } },
  },
})

function idOfOwn({ context: { wanted } }: Situation): { id: string } {
  return { id: wanted ?? '' }
}

function asked({ context, event }: FoundAll) {
  const { group, topic, named, name, urgent } = context
  return {
    id: event.turn.id,
    group: group ?? '',
    topic: topic ?? 'other',
    name: named ? name : null,
    said: saidIn({ context }),
    urgent,
  }
}

/** It is on its way; what stays is what is said of it. */
function given({ context: { group, urgent }, event }: FoundAll): Partial<Context> {
  return { ...nothing, group, urgent, wanted: event.turn.id }
}
