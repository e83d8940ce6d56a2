import { assign } from 'xstate'
import type { DataOf } from '../kit/contract.ts'
import { effects } from '../kit/effects.ts'
import type { States } from '../kit/states.ts'
import type { Change, ApplicationsContext as Context, ApplicationsEvent as Event, On, Situation } from './context.ts'
import { answerCv, cvAnswers, cvPage, cvText, deleteCv } from './contract.ts'
import { type Answer, lacksWork, questions, readAnswer, wishOf } from './cv.ts'
import { worried } from './listening.ts'

const { ask, say, send, tell } = effects<Context, Event>()

const isUnreadable = (given: On<'TEXT'>) => typeof written(given) === 'string'
const isContact = ({ context }: Situation) => context.question === 'contact'
const isOver = ({ context }: Situation) => context.single || context.question === questions.at(-1)
const isFirst = ({ context }: Situation) => context.single || context.question === questions[0]
const isKnown = ({ context }: Situation) => knownAnswer(context) !== undefined

/** A CV, question by question; what was answered is kept at once. */
export const cvStates: States<Context, Event> = {
  cvLoading: {
    entry: ask(cvAnswers, () => null),
    on: { 'found.applications.cv': { target: 'cv', actions: assign({ cv: ({ event }) => event.data.answers }) } },
  },
  /** Asks for nothing on entry: what this very turn tells is not in the store yet. */
  cv: {
    on: {
      FILL: { target: 'asking', actions: assign(firstOpen) },
      LINES: 'cvLines',
      WRITE: { target: 'cvWriting', actions: assign({ cvLanguage: ({ event }) => event.language }) },
      PRINT: {
        target: 'cvPrinted',
        actions: [
          assign({ cvLanguage: ({ event }) => event.language }),
          send(cvPage, ({ context }) => ({ language: context.cvLanguage })),
        ],
      },
      WIPE: 'cvWiping',
      BACK: 'listing',
    },
  },
  asking: {
    on: {
      TEXT: [
        worried,
        { guard: isUnreadable, actions: assign({ problem: (given) => problemIn(given) }) },
        { target: 'stepping', actions: [tell(answerCv, told), assign(answered)] },
      ],
      CONTACT: {
        guard: isContact,
        target: 'stepping',
        actions: [tell(answerCv, told), assign(answered)],
      },
      TAKE: { guard: isKnown, target: 'stepping', actions: [tell(answerCv, told), assign(answered)] },
      /** What work it is to be is asked for beside it. */
      WISH: { actions: [tell(answerCv, told), assign(answered)] },
      CLEAR: { target: 'stepping', actions: [tell(answerCv, told), assign(answered), say('cv.cleared')] },
      SKIP: { target: 'stepping', actions: assign({ problem: null }) },
      BACK: [
        { guard: isFirst, target: 'cv', actions: assign({ problem: null }) },
        { target: 'asking', actions: assign(stepBy(-1)) },
      ],
    },
  },
  stepping: {
    always: [
      { guard: isOver, target: 'cv' },
      { target: 'asking', actions: assign(stepBy(1)) },
    ],
  },
  cvLines: {
    on: {
      LINE: {
        target: 'asking',
        actions: assign({ question: ({ event }) => event.question, single: true, problem: null }),
      },
      BACK: 'cv',
    },
  },
  cvWriting: {
    entry: ask(cvText, ({ context }) => ({ language: context.cvLanguage })),
    on: {
      'found.applications.cvText': [
        { guard: ({ event }) => event.data === null, target: 'cv' },
        { target: 'cvWritten', actions: assign({ cvText: ({ event }) => event.data?.text ?? null }) },
      ],
    },
  },
  cvWritten: {
    exit: assign({ cvText: null }),
    on: {
      PRINT: {
        target: 'cvPrinted',
        actions: [
          assign({ cvLanguage: ({ event }) => event.language }),
          send(cvPage, ({ context }) => ({ language: context.cvLanguage })),
        ],
      },
      BACK: 'cv',
    },
  },
  cvPrinted: { on: { BACK: 'cv' } },
  cvWiping: {
    on: {
      CONFIRM: { target: 'cv', actions: [tell(deleteCv, () => null), assign({ cv: {} }), say('cv.wiped')] },
      BACK: 'cv',
    },
  },
}

/** From the first question without an answer, or from the beginning. */
function firstOpen({ context: { cv } }: Situation): Change {
  return { question: questions.find((one) => cv[one] === undefined) ?? questions[0], single: false, problem: null }
}

function stepBy(count: 1 | -1) {
  return ({ context: { question } }: Situation): Change => {
    return { question: questions[questions.indexOf(question) + count] ?? question, problem: null }
  }
}

type Answering = On<'TEXT' | 'CONTACT' | 'TAKE' | 'WISH' | 'CLEAR'>

function told(given: Answering): DataOf<typeof answerCv> {
  return { question: given.context.question, answer: answerIn(given) }
}

function answered(given: Answering): Change {
  const { cv, question } = given.context
  const { [question]: _, ...others } = cv
  const answer = answerIn(given)
  return { cv: answer === null ? others : { ...others, [question]: answer }, problem: null }
}

function answerIn({ context, event }: Answering): Answer | null {
  switch (event.type) {
    case 'TEXT': {
      const read = readAnswer(event.text, context.question)
      return typeof read === 'string' ? null : besideWish(read, context)
    }
    case 'CONTACT':
      return { text: event.phone }
    case 'TAKE':
      return knownAnswer(context) ?? null
    case 'WISH':
      return { wish: event.wish }
    default:
      return null
  }
}

/** The work that was written belongs to the wish that was pressed before. */
function besideWish(read: Answer, { question, cv }: Context): Answer {
  const before = cv[question]
  return lacksWork(before) && 'text' in read ? { ...before, work: read.text } : read
}

function written({ context, event }: On<'TEXT'>) {
  return readAnswer(event.text, context.question)
}

function problemIn(given: On<'TEXT'>) {
  const read = written(given)
  return typeof read === 'string' ? read : null
}

/** What is known already and answers the question, where it is not the answer yet. */
export function knownAnswer({ question, known, cv }: Context): Answer | undefined {
  const answer = knownOf(question, known)
  return answer === undefined || JSON.stringify(answer) === JSON.stringify(cv[question]) ? undefined : answer
}

function knownOf(question: Context['question'], { name, place, plan }: Context['known']): Answer | undefined {
  if (question === 'name' && name !== null) {
    const read = readAnswer(name, question)
    return typeof read === 'string' ? undefined : read
  }
  if (question === 'town' && place !== null) return { place }
  const wish = question === 'seeks' && plan !== null ? wishOf[plan] : null
  return wish === null ? undefined : { wish }
}
