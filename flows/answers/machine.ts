import { assign, setup } from 'xstate'
import { changes } from '../kit/changes.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import {
  colleagues,
  handOverQuestion,
  ledQuestion,
  ledQuestions,
  noteOnQuestion,
  questionFile,
  readQuestion,
  replyToQuestion,
  resumeQuestion,
  settleQuestion,
  takeQuestion,
} from '../questions/contract.ts'
import {
  type AnswersInput,
  type AnswersContext as Context,
  type AnswersEvent as Event,
  emptyContext,
  nothing,
  type On,
  type Situation,
} from './context.ts'
import { idOf, isAllowed, isLong, isNothing, replied, seen, taken } from './steps.ts'

type FoundOne = On<'found.questions.thread'>

const { ask, tell, send, say } = effects<Context, Event>()
const change = changes<Context, Event>()

const askOne = ask(ledQuestion, idOf)
const askColleagues = ask(colleagues, idOf)
const isGone = ({ event }: FoundOne) => event.data === null
const mayAct = ({ context }: Situation) => context.thread?.mayAct === true
const isNoted = ({ context }: Situation) => context.act === 'note'
const seeOne = change((given: FoundOne) => ({ ...seen(given), ...nothing }))
const gone = { guard: isGone, target: 'listing' as const, actions: say<FoundOne['event']>('gone') }

/** What is written or sent goes on to be looked at once more. */
const heard = {
  TEXT: [
    { guard: isLong, actions: say<On<'TEXT'>['event']>('long') },
    { target: 'checking' as const, actions: change((given: On<'TEXT'>) => taken(given)) },
  ],
  PHOTO: [
    { guard: isNoted, actions: say<On<'PHOTO'>['event']>('noFile') },
    { guard: isLong, actions: say<On<'PHOTO'>['event']>('long') },
    { target: 'checking' as const, actions: change((given: On<'PHOTO'>) => taken(given)) },
  ],
  DOCUMENT: [
    { guard: isNoted, actions: say<On<'DOCUMENT'>['event']>('noFile') },
    { guard: isLong, actions: say<On<'DOCUMENT'>['event']>('long') },
    { target: 'checking' as const, actions: change((given: On<'DOCUMENT'>) => taken(given)) },
  ],
  /** Whoever answers about danger needs its words, too. */
  DANGER: [
    { guard: isLong, actions: say<On<'DANGER'>['event']>('long') },
    { target: 'checking' as const, actions: change((given: On<'DANGER'>) => taken(given)) },
  ],
}

/** A mentor reads the questions of their groups and answers them. */
export const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<AnswersInput> },
}).createMachine({
  id: 'answers',
  context: beginWith(emptyContext),
  initial: 'beginning',
  states: {
    beginning: {
      always: [{ guard: ({ context }) => context.begin === 'one', target: 'loading' }, { target: 'listing' }],
    },
    listing: {
      entry: [assign({ ...nothing, thread: null }), ask(ledQuestions, ({ context }) => ({ page: context.list.page }))],
      on: {
        'found.questions.led': { actions: assign({ list: ({ event }) => event.data }) },
        OPEN: { target: 'loading', actions: assign({ wanted: ({ event }) => event.id }) },
        PAGE: {
          target: 'listing',
          reenter: true,
          actions: assign({ list: ({ context, event }) => ({ ...context.list, page: event.page }) }),
        },
      },
    },
    /** Whoever asked sees that a mentor has read it. */
    loading: {
      entry: askOne,
      on: {
        'found.questions.thread': [
          gone,
          {
            guard: ({ event }) => event.data?.isUnread === true,
            target: 'reading',
            actions: [seeOne, tell(readQuestion, idOf)],
          },
          { target: 'reading', actions: seeOne },
        ],
      },
    },
    reading: {
      on: {
        ACT: { target: 'acting', actions: assign({ act: ({ event }) => event.act }) },
        WRITE: { target: 'writing', actions: assign(({ event }) => ({ ...nothing, act: event.act })) },
        HAND: 'handing',
        TEXT: [
          { guard: isLong, actions: say('long') },
          { guard: mayAct, target: 'checking', actions: change((given: On<'TEXT'>) => replied(given)) },
        ],
        PHOTO: [
          { guard: isLong, actions: say('long') },
          { guard: mayAct, target: 'checking', actions: change((given: On<'PHOTO'>) => replied(given)) },
        ],
        DOCUMENT: [
          { guard: isLong, actions: say('long') },
          { guard: mayAct, target: 'checking', actions: change((given: On<'DOCUMENT'>) => replied(given)) },
        ],
        DANGER: [
          { guard: isLong, actions: say('long') },
          { guard: mayAct, target: 'checking', actions: change((given: On<'DANGER'>) => replied(given)) },
        ],
        FILE: {
          actions: send(questionFile, ({ context, event }: On<'FILE'>) => ({
            ...idOf({ context }),
            entry: event.entry,
          })),
        },
        PAGE: { actions: assign({ leaf: ({ event }) => event.page }) },
        BACK: 'listing',
      },
    },
    writing: { on: { ...heard, BACK: 'loading' } },
    /** Seen once more before it goes; what is written here is added to it. */
    checking: {
      on: {
        ...heard,
        SEND: { guard: ({ context }) => !isNothing({ context }), target: 'acting' },
        REWRITE: { target: 'writing', actions: assign({ text: '', file: null }) },
        DROP: [
          { guard: ({ context }) => context.text === '', target: 'writing', actions: assign({ file: null }) },
          { actions: assign({ file: null }) },
        ],
        BACK: 'loading',
      },
    },
    /** Looked up once more: another mentor may have been quicker. */
    acting: {
      entry: askOne,
      on: {
        'found.questions.thread': [
          gone,
          {
            guard: isAllowed('take'),
            target: 'reading',
            actions: [tell(takeQuestion, idOf), change(takenOver), say('done.take')],
          },
          {
            guard: isAllowed('reply'),
            target: 'done',
            actions: tell(replyToQuestion, ({ context, event }: FoundOne) => ({
              ...idOf({ context }),
              entry: event.turn.id,
              said: { text: context.text, file: context.file },
            })),
          },
          {
            guard: isAllowed('note'),
            target: 'done',
            actions: tell(noteOnQuestion, ({ context, event }: FoundOne) => ({
              ...idOf({ context }),
              entry: event.turn.id,
              text: context.text,
            })),
          },
          { guard: isAllowed('settle'), target: 'done', actions: tell(settleQuestion, idOf) },
          { guard: isAllowed('resume'), target: 'done', actions: tell(resumeQuestion, idOf) },
          { target: 'reading', actions: [seeOne, say('moved')] },
        ],
      },
    },
    handing: {
      entry: askColleagues,
      on: {
        'found.questions.colleagues': { actions: assign({ colleagues: ({ event }) => event.data.items }) },
        GIVE: { target: 'giving', actions: assign({ act: 'hand', joinedAt: ({ event }) => event.joinedAt }) },
        BACK: 'loading',
      },
    },
    giving: {
      entry: askColleagues,
      on: {
        'found.questions.colleagues': [
          {
            guard: ({ context, event }) => event.data.items.some(({ joinedAt }) => joinedAt === context.joinedAt),
            target: 'done',
            actions: tell(handOverQuestion, ({ context }: On<'found.questions.colleagues'>) => ({
              ...idOf({ context }),
              joinedAt: context.joinedAt ?? 0,
            })),
          },
          { target: 'loading', actions: say('moved') },
        ],
      },
    },
    /** The store knows of it when the turn is over. */
    done: {
      entry: assign({ text: '', file: null, colleagues: [], joinedAt: null }),
      on: { READ: 'loading', BACK: 'listing' },
    },
  },
})

/** It is theirs from now on, which the store does not know yet. */
function takenOver(given: FoundOne): Partial<Context> {
  const { thread } = seen(given)
  if (!thread) return {}
  return { ...nothing, thread: { ...thread, state: 'taken', holder: 'mine', mayAct: true } }
}
