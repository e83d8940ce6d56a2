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

/** Back from one of its pages. */
const toResult = { target: 'result', actions: 'goOnBelow' } as const

const { ask, tell } = effects<Context, Event>()

const paint = tell(personChange, ({ event }: On<'PAINT'>) => ({ look: event.look }))

/** The dialogue of every instrument: ask, pause and go on, look again, the result and what follows from it. */
export function createSurveyMachine(instruments: readonly Instrument[]) {
  const of = (context: Context) => instrumentOf(instruments, context.instrument)
  const isAnswer = ({ context, event }: On<'RATE'>) => fits(of(context), context, event.value)
  const isChange = (given: On<'RATE'>) => given.context.changing && isAnswer(given)
  const isLast = (given: On<'RATE'>) => isAnswer(given) && progress.isLast(of(given.context), given.context)
  const rated = ({ context, event }: On<'RATE'>) => progress.rate(of(context), context, event)
  const exact = ({ context, event }: On<'EXACT'>) => progress.makeExact(of(context), context, event)
  const history = ({ event }: On<'found.survey.history'>) => ({ earlier: keptOf(event.data) })
  const newest = ({ context }: { context: Context }) => ({
    ...progress.showEarlier(context),
    finishedAt: context.earlier[0]?.finishedAt ?? null,
  })

  return setup({
    types: { context: {} as Context, events: {} as Event, input: {} as Start<SurveyInput> },
    guards: {
      isCareless: ({ context }) => !context.looked && progress.signsOf(of(context), context).length > 0,
      isDifferentiated: ({ context }) => context.result?.differentiated === true,
      isFirst: ({ context }) => context.position === 0,
      hasChanged: ({ context }) => context.changed,
      isChanging: ({ context }) => context.changing,
      hasSeveral: ({ context }) => instruments.length > 1 && context.instrument === '',
    },
    actions: {
      goOnBelow: assign({ pictured: false }),
      record: tell(recordAnswers, ({ context }) => filledIn(context)),
      /** Beginning anew puts away what was left unfinished: it would be offered again after the newer one is done. */
      discardUnfinished: tell(discardSurvey, ({ context }) => ({ attempt: context.unfinished?.attempt ?? null })),
    },
  }).createMachine({
    id: 'survey',
    context: beginWith(({ input }) => ({
      ...emptyContext(input?.instrument ?? (instruments.length > 1 ? '' : (instruments[0]?.id ?? ''))),
      direct: input?.result === true,
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
          { target: 'intro' },
        ],
      },
      /** The newest result, if there is one. */
      seeking: {
        entry: ask(surveyHistory, ({ context }) => ({ instrument: context.instrument })),
        on: {
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
      choosing: {
        on: { INSTRUMENT: { target: 'intro', actions: assign(({ event }) => emptyContext(event.id)) } },
      },
      intro: {
        entry: [
          ask(openSurvey, ({ context }) => ({ instrument: context.instrument })),
          ask(surveyHistory, ({ context }) => ({ instrument: context.instrument })),
        ],
        on: {
          'found.survey.open': { actions: assign({ unfinished: ({ event }) => event.data }) },
          'found.survey.history': { actions: assign(history) },
          BEGIN: {
            target: 'asking',
            actions: ['discardUnfinished', assign(({ context, event }) => progress.begin(context, event))],
          },
          GO_ON: { target: 'asking', actions: assign(({ context }) => progress.goOn(of(context), context)) },
          EXACT: { target: 'asking', actions: ['discardUnfinished', assign(exact)] },
          SHOW: { target: 'judging', actions: assign(newest) },
          HISTORY: 'history',
        },
      },
      asking: {
        on: {
          RATE: [
            { guard: isChange, target: 'answers', actions: [assign(rated), 'record', assign({ changing: false })] },
            { guard: isLast, target: 'checking', actions: [assign(rated), 'record'] },
            { guard: isAnswer, target: 'asking', actions: [assign(rated), 'record'] },
          ],
          BACK: [
            { guard: 'isChanging', target: 'answers', actions: assign({ changing: false }) },
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
          EXACT: { target: 'asking', actions: ['discardUnfinished', assign(exact)] },
          ANSWERS: { target: 'answers', actions: assign({ page: 0 }) },
          HISTORY: 'history',
        },
      },
      undifferentiated: {
        on: {
          EXACT: { target: 'asking', actions: ['discardUnfinished', assign(exact)] },
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
            actions: assign(({ context, event }) => progress.change(of(context), context, event.item)),
          },
          PAGE: { actions: assign({ page: ({ event }) => event.page }) },
          BACK: [
            { guard: 'hasChanged', target: 'finishing' },
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

function fits(instrument: Instrument, context: Context, value: number): boolean {
  const { from, to } = answerRange(instrument, progress.currentItem(instrument, context))
  return Number.isInteger(value) && value >= from && value <= to
}
