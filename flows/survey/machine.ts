import { assign, setup } from 'xstate'
import { personChange } from '../common/contract.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import { matchProfessions } from '../professions/contract.ts'
import {
  type SurveyContext as Context,
  type SurveyEvent as Event,
  emptyContext,
  type On,
  type SurveyInput,
} from './context.ts'
import { discardSurvey, finishSurvey, openSurvey, recordAnswers, surveyHistory } from './contract.ts'
import { keptOf } from './earlier.ts'
import { answerRange, type Instrument } from './instrument.ts'
import * as progress from './progress.ts'
import { readTyped } from './typed.ts'

/** Back from one of its pages. */
const toResult = { target: 'result', actions: 'goOnBelow' } as const

/** What is written or pressed in answer to a question. */
const answered = [
  { guard: 'isChange', target: 'answers', actions: ['take', 'record', 'endChange'] },
  { guard: 'isLast', target: 'checking', actions: ['take', 'record'] },
  { guard: 'isAnswer', target: 'asking', actions: ['take', 'record'] },
] as const

const { ask, tell, say } = effects<Context, Event>()

const paint = tell(personChange, ({ event }: On<'PAINT'>) => ({ look: event.look }))

/** The dialogue of every instrument: ask, pause and go on, look again, the result and what follows from it. */
export function createSurveyMachine(instruments: readonly Instrument[]) {
  const of = (context: Context) => instrumentOf(instruments, context.instrument)
  const typed = ({ context, event }: On<'TEXT'>) => typedAnswer(of(context), context, event.text)
  const isUnsure = (given: On<'TEXT'>) => typed(given)?.type === 'unsure'
  const hasMiddle = ({ context }: Pick<Given, 'context'>) => of(context).scoring === 'rating'
  const answer = (given: Given) => answerIn(of(given.context), given)
  const isAnswer = (given: Given) => answer(given) !== undefined
  const history = ({ event }: On<'found.survey.history'>) => ({ earlier: keptOf(event.data) })
  const opened = ({ event }: On<'found.survey.open'>) => ({ unfinished: event.data })
  const newest = ({ context }: { context: Context }) => ({
    ...progress.showEarlier(context),
    finishedAt: context.earlier[0]?.finishedAt ?? null,
  })

  return setup({
    types: { context: {} as Context, events: {} as Event, input: {} as Start<SurveyInput> },
    guards: {
      isAnswer,
      isChange: (given) => given.context.changing !== null && isAnswer(given),
      isLast: (given) => isAnswer(given) && progress.isLast(of(given.context), given.context),
      isDone: ({ context }) => isAnsweredNow(of(context), context) && progress.isLast(of(context), context),
      isCareless: ({ context }) => !context.looked && progress.signsOf(of(context), context).length > 0,
      isDifferentiated: ({ context }) => context.result?.differentiated === true,
      isFirst: ({ context }) => context.position === 0,
      isAnsweredNow: ({ context }) => context.changing === null && isAnsweredNow(of(context), context),
      hasChanged: ({ context }) => context.changed,
      isCountable: ({ context }) => context.changed && progress.isComplete(of(context), context),
      isChanging: ({ context }) => context.changing !== null,
      hasSeveral: ({ context }) => instruments.length > 1 && context.instrument === '',
    },
    actions: {
      goOnBelow: assign({ pictured: false }),
      take: assign((given) => progress.rate(of(given.context), given.context, answer(given) ?? 0, given.event.turn.at)),
      endChange: assign({ changing: null }),
      goOn: assign(({ context }) => progress.goOn(of(context), context)),
      makeExact: assign(({ context, event }) => progress.makeExact(of(context), context, event)),
      complete: assign(({ context }) => progress.complete(of(context), context)),
      record: tell(recordAnswers, ({ context }) => filledIn(context)),
      /** Beginning anew puts away what was left unfinished: it would be offered again after the newer one is done. */
      discardUnfinished: tell(discardSurvey, ({ context }) => ({ attempt: context.unfinished?.attempt ?? null })),
    },
  }).createMachine({
    id: 'survey',
    context: beginWith(({ input }) => ({
      ...emptyContext(input?.instrument ?? (instruments.length > 1 ? '' : (instruments[0]?.id ?? ''))),
      direct: input?.result === true,
      goesOn: input?.goOn === true,
    })),
    initial: 'beginning',
    on: {
      // A flow opened on top has been left: stay where we are, the picture of a result standing above.
      RETURN: { actions: 'goOnBelow' },
    },
    states: {
      beginning: {
        always: [
          { guard: 'hasSeveral', target: 'choosing' },
          { guard: ({ context }) => context.direct, target: 'seeking' },
          { guard: ({ context }) => context.goesOn, target: 'resuming' },
          { target: 'intro' },
        ],
      },
      /** The newest result, if there is one. */
      seeking: {
        entry: [
          ask(openSurvey, ({ context }) => ({ instrument: context.instrument })),
          ask(surveyHistory, ({ context }) => ({ instrument: context.instrument })),
        ],
        on: {
          'found.survey.open': { actions: assign(opened) },
          'found.survey.history': [
            {
              guard: ({ event }) => event.data.length > 0,
              target: 'judging',
              actions: [assign(history), assign(newest)],
            },
            { target: 'intro' },
          ],
        },
      },
      /** The next question of what is unfinished, if there is such. */
      resuming: {
        entry: ask(openSurvey, ({ context }) => ({ instrument: context.instrument })),
        on: {
          'found.survey.open': [
            {
              guard: ({ event }) => event.data !== null,
              target: 'asking',
              actions: [assign(opened), 'goOn'],
            },
            { target: 'intro' },
          ],
        },
      },
      choosing: {
        on: { INSTRUMENT: { target: 'intro', actions: assign(({ event }) => emptyContext(event.id)) } },
      },
      intro: {
        entry: [
          ask(openSurvey, ({ context }) => ({ instrument: context.instrument })),
          ask(surveyHistory, ({ context }) => ({ instrument: context.instrument })),
        ],
        on: {
          'found.survey.open': { actions: assign(opened) },
          'found.survey.history': { actions: assign(history) },
          BEGIN: {
            target: 'asking',
            actions: ['discardUnfinished', assign(({ context, event }) => progress.begin(context, event))],
          },
          GO_ON: { target: 'asking', actions: 'goOn' },
          EXACT: 'widening',
          SHOW: { target: 'judging', actions: assign(newest) },
          HISTORY: 'history',
        },
      },
      /** To the questions that are left. A longer form that was left unfinished is gone on with. */
      widening: {
        entry: ask(openSurvey, ({ context }) => ({ instrument: context.instrument })),
        on: {
          'found.survey.open': [
            {
              guard: ({ event }) => event.data?.form === 'full',
              target: 'asking',
              actions: [assign(opened), 'makeExact'],
            },
            { target: 'asking', actions: [assign(opened), 'discardUnfinished', 'makeExact'] },
          ],
        },
      },
      asking: {
        on: {
          RATE: answered,
          // What is no answer is for the search, as everywhere.
          TEXT: [
            ...answered,
            { guard: (given) => isUnsure(given) && hasMiddle(given), actions: say('asking.unsure') },
            { guard: isUnsure, actions: say('asking.either') },
            { guard: (given) => typed(given)?.type === 'outside', actions: say('asking.outside') },
          ],
          NEXT: [
            { guard: 'isDone', target: 'checking' },
            {
              guard: 'isAnsweredNow',
              target: 'asking',
              actions: assign(({ context }) => progress.skip(of(context), context)),
            },
          ],
          BACK: [
            { guard: 'isChanging', target: 'answers', actions: 'endChange' },
            { guard: 'isFirst', target: 'intro' },
            { target: 'asking', actions: assign({ position: ({ context }) => context.position - 1 }) },
          ],
          PAUSE: 'paused',
        },
      },
      paused: { on: { BACK: 'asking' } },
      checking: { always: [{ guard: 'isCareless', target: 'secondLook' }, { target: 'finishing' }] },
      secondLook: {
        on: {
          LOOK: { target: 'asking', actions: assign(({ context }) => progress.lookAgain(of(context), context)) },
          KEEP: { target: 'finishing', actions: assign({ looked: true }) },
        },
      },
      finishing: {
        entry: [
          assign(({ context, event }) => ({ ...progress.score(of(context), context), finishedAt: event.turn.at })),
          tell(finishSurvey, ({ context }) => ({ ...filledIn(context), result: outcomeOf(context) })),
        ],
        always: 'judging',
      },
      /** A flat profile has no shape that professions could be compared with. */
      judging: {
        always: [
          { guard: 'isDifferentiated', target: 'matching' },
          { target: 'undifferentiated', actions: assign({ families: [] }) },
        ],
      },
      matching: {
        entry: ask(matchProfessions, ({ context: { instrument, form, answers, result } }) => ({
          instrument,
          form,
          answers,
          scores: result?.scores ?? {},
        })),
        on: {
          'found.professions.match': {
            target: 'result',
            actions: assign({ families: ({ event }) => event.data, pictured: true }),
          },
        },
      },
      result: {
        on: {
          FAMILIES: 'families',
          WHY: 'why',
          CARD: 'card',
          PAINT: { actions: paint },
          EXACT: 'widening',
          ANSWERS: { target: 'answers', actions: assign({ page: 0 }) },
          HISTORY: 'history',
        },
      },
      undifferentiated: {
        on: {
          EXACT: 'widening',
          ANSWERS: { target: 'answers', actions: assign({ page: 0 }) },
        },
      },
      card: { on: { PAINT: { actions: paint }, BACK: toResult } },
      why: { on: { BACK: toResult } },
      families: {
        on: { FAMILY: { target: 'family', actions: assign({ family: ({ event }) => event.place }) }, BACK: toResult },
      },
      family: { on: { BACK: 'families' } },
      answers: {
        on: {
          CHANGE: {
            target: 'asking',
            actions: assign(({ context, event }) => progress.change(of(context), context, event)),
          },
          PAGE: { actions: assign({ page: ({ event }) => event.page }) },
          BACK: [
            { guard: 'isCountable', target: 'finishing' },
            // The form has other questions than when this was answered.
            { guard: 'hasChanged', target: 'asking', actions: 'complete' },
            { guard: 'isDifferentiated', ...toResult },
            { target: 'undifferentiated' },
          ],
        },
      },
      history: {
        entry: ask(surveyHistory, ({ context }) => ({ instrument: context.instrument })),
        on: {
          'found.survey.history': { actions: assign(history) },
          BACK: [{ guard: 'isDifferentiated', ...toResult }, { target: 'intro' }],
        },
      },
    },
  })
}

export function instrumentOf(instruments: readonly Instrument[], id: string): Instrument {
  const instrument = instruments.find((one) => one.id === id)
  if (instrument === undefined) throw new Error(`There is no instrument "${id}"`)
  return instrument
}

function filledIn({ attempt, instrument, form, answers }: Context) {
  if (attempt === null) throw new Error('Nothing is being filled in')
  return { attempt, instrument, form, answers }
}

function outcomeOf({ result }: Context) {
  if (result === null) throw new Error('Nothing has been scored')
  return result
}

type Given = { readonly context: Context; readonly event: Event }

/** The answer that is given to the question being asked, by a button or in writing; undefined when it is none. */
function answerIn(instrument: Instrument, { context, event }: Given): number | undefined {
  if (event.type === 'RATE') return fits(instrument, context, event.value) ? event.value : undefined
  const read = event.type === 'TEXT' ? typedAnswer(instrument, context, event.text) : undefined
  return read?.type === 'answer' ? read.value : undefined
}

function typedAnswer(instrument: Instrument, context: Context, text: string) {
  const range = answerRange(instrument, progress.currentItem(instrument, context))
  return readTyped(text, range, instrument.scoring)
}

function fits(instrument: Instrument, context: Context, value: number): boolean {
  const { from, to } = answerRange(instrument, progress.currentItem(instrument, context))
  return Number.isInteger(value) && value >= from && value <= to
}

function isAnsweredNow(instrument: Instrument, context: Context): boolean {
  return context.answers[progress.currentItem(instrument, context)] !== undefined
}
