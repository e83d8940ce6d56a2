import { assign } from 'xstate'
import { effects } from '../kit/effects.ts'
import type { States } from '../kit/states.ts'
import type { Change, ApplicationsContext as Context, ApplicationsEvent as Event, On, Situation } from './context.ts'
import { readyPapers, tickPaper } from './contract.ts'
import { worried } from './listening.ts'
import { chooseQuestions, lengthOf } from './rehearsal.ts'

const { ask, tell } = effects<Context, Event>()

/** To the application that it was opened on, else to the list. */
const out = [
  { guard: ({ context }: Situation) => context.application !== null, target: 'reading' as const },
  { guard: ({ context }: Situation) => context.wanted !== null, target: 'loading' as const },
  { target: 'listing' as const },
]

/** The papers for work, ticked off. */
export const documentStates: States<Context, Event> = {
  documents: {
    entry: ask(readyPapers, () => null),
    on: {
      'found.applications.papers': { actions: assign({ ready: ({ event }) => event.data.ready }) },
      TICK: {
        actions: [
          tell(tickPaper, ({ context, event }: On<'TICK'>) => ({
            paper: event.paper,
            on: !context.ready.includes(event.paper),
          })),
          assign(ticked),
        ],
      },
      BACK: out,
    },
  },
}

const isLast = ({ context }: Situation) => context.at >= context.asked.length - 1

/** An interview in the chat. Answers are read for their length, and kept nowhere. */
export const rehearsalStates: States<Context, Event> = {
  rehearsal: { on: { BEGIN: { target: 'question', actions: assign(begin) }, BACK: out } },
  question: {
    on: {
      TEXT: [worried, { target: 'hint', actions: assign(hear) }],
      SKIP: [
        { guard: isLast, target: 'rehearsed' },
        { actions: assign({ at: ({ context }) => context.at + 1, length: null }) },
      ],
      FINISH: 'rehearsed',
      BACK: 'rehearsal',
    },
  },
  hint: {
    on: {
      // Whoever writes on says it once more, better.
      TEXT: [worried, { actions: assign({ length: ({ event }) => lengthOf(event.text) }) }],
      NEXT: [
        { guard: isLast, target: 'rehearsed' },
        { target: 'question', actions: assign({ at: ({ context }) => context.at + 1, length: null }) },
      ],
      RETRY: { target: 'question', actions: assign(takeBack) },
      FINISH: 'rehearsed',
      BACK: { target: 'question', actions: assign(takeBack) },
    },
  },
  rehearsed: { on: { BEGIN: { target: 'question', actions: assign(begin) }, BACK: out } },
}

/** Rights from the first day on, a card for each. */
export const firstDayStates: States<Context, Event> = {
  firstDay: { on: { CARD: { actions: assign({ card: ({ event }) => event.card }) }, BACK: out } },
}

function ticked({ context: { ready }, event: { paper } }: On<'TICK'>): Change {
  return { ready: ready.includes(paper) ? ready.filter((one) => one !== paper) : [...ready, paper] }
}

function begin({ event: { turn } }: On<'BEGIN'>): Change {
  return { asked: [...chooseQuestions(turn.id)], at: 0, answered: 0, length: null }
}

/** The question stands there once more, as if it had not been answered. */
function takeBack({ context }: Situation): Change {
  return { answered: Math.max(0, context.answered - 1), length: null }
}

function hear({ context, event }: On<'TEXT'>): Change {
  return { length: lengthOf(event.text), answered: context.answered + 1 }
}
