import { assign, setup } from 'xstate'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import {
  attemptIn,
  type SurveyContext as Context,
  type SurveyEvent as Event,
  emptyContext,
  resultsIn,
  type SurveyInput,
} from './context.ts'
import { answerRange, type Instrument } from './instrument.ts'
import * as progress from './progress.ts'

type Arguments = { context: Context; event: Event }

const { ask, tell } = effects<Context, Event>()

/** The dialogue of every instrument: ask, pause and go on, look again, the result and what follows from it. */
export function createSurveyMachine(instruments: readonly Instrument[]) {
  const of = (context: Context) => instrumentOf(instruments, context.instrument)
  /** An assigner made of a pure move. */
  const move =
    (make: (instrument: Instrument, context: Context, event: Event) => Partial<Context>) =>
    ({ context, event }: Arguments) =>
      make(of(context), context, event)

  const finds =
    (name: string) =>
    ({ event }: Arguments) =>
      event.type === 'FOUND' && event.name === name
  const keep = ({ attempt, instrument, form, answers }: Context) => ({ attempt, instrument, form, answers })

  return setup({
    types: { context: {} as Context, events: {} as Event, input: {} as Start<SurveyInput> },
    guards: {
      isAnswer: ({ context, event }) => event.type === 'RATE' && isAnswer(of(context), context, event.value),
      isChange: ({ context, event }) =>
        context.changing && event.type === 'RATE' && isAnswer(of(context), context, event.value),
      isLast: ({ context, event }) =>
        event.type === 'RATE' && isAnswer(of(context), context, event.value) && progress.isLast(of(context), context),
      isCareless: ({ context }) => !context.looked && progress.signsOf(of(context), context).length > 0,
      isDifferentiated: ({ context }) => context.result?.differentiated === true,
      isFirst: ({ context }) => context.position === 0,
      hasChanged: ({ context }) => context.changed,
      isChanging: ({ context }) => context.changing,
      hasSeveral: ({ context }) => instruments.length > 1 && context.instrument === '',
      knowsUnfinished: finds('survey.open'),
    },
    actions: {
      rate: assign(move(progress.rate)),
      record: tell('survey.answer', ({ context }) => keep(context)),
    },
  }).createMachine({
    id: 'survey',
    context: beginWith(({ input }) =>
      emptyContext(input?.instrument ?? (instruments.length > 1 ? '' : (instruments[0]?.id ?? ''))),
    ),
    initial: 'beginning',
    on: {
      // A flow opened on top has been left: stay where we are.
      RETURN: {},
    },
    states: {
      beginning: { always: [{ guard: 'hasSeveral', target: 'choosing' }, { target: 'intro' }] },
      choosing: {
        on: { INSTRUMENT: { target: 'intro', actions: assign(({ event }) => emptyContext(event.id)) } },
      },
      intro: {
        entry: [
          ask('survey.open', ({ context }) => ({ instrument: context.instrument })),
          ask('survey.history', ({ context }) => ({ instrument: context.instrument })),
        ],
        on: {
          FOUND: [
            {
              guard: 'knowsUnfinished',
              actions: assign({
                unfinished: ({ event }) => (event.name === 'survey.open' ? attemptIn(event.data) : null),
              }),
            },
            {
              actions: assign({
                earlier: ({ context, event }) =>
                  event.name === 'survey.history' ? resultsIn(event.data) : context.earlier,
              }),
            },
          ],
          BEGIN: {
            target: 'asking',
            actions: [discardUnfinished(), assign(({ context, event }) => progress.begin(context, event))],
          },
          GO_ON: { target: 'asking', actions: assign(move(progress.goOn)) },
          EXACT: { target: 'asking', actions: [discardUnfinished(), assign(move(progress.makeExact))] },
          SHOW: { target: 'judging', actions: assign(({ context }) => progress.showEarlier(context)) },
          HISTORY: 'history',
        },
      },
      asking: {
        on: {
          RATE: [
            { guard: 'isChange', target: 'answers', actions: ['rate', 'record', assign({ changing: false })] },
            { guard: 'isLast', target: 'checking', actions: ['rate', 'record'] },
            { guard: 'isAnswer', target: 'asking', actions: ['rate', 'record'] },
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
          LOOK: { target: 'asking', actions: assign(move(progress.lookAgain)) },
          KEEP: { target: 'finishing', actions: assign({ looked: true }) },
        },
      },
      finishing: {
        entry: [
          assign(move(progress.score)),
          tell('survey.finish', ({ context }) => ({ ...keep(context), result: context.result })),
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
        entry: ask('professions.match', ({ context: { instrument, form, answers, result } }) => ({
          instrument,
          form,
          answers,
          scores: result?.scores,
        })),
        on: {
          FOUND: {
            target: 'result',
            actions: assign({
              families: ({ context, event }) => (event.name === 'professions.match' ? event.data : context.families),
            }),
          },
        },
      },
      result: {
        on: {
          FAMILIES: 'families',
          WHY: 'why',
          EXACT: { target: 'asking', actions: [discardUnfinished(), assign(move(progress.makeExact))] },
          ANSWERS: { target: 'answers', actions: assign({ page: 0 }) },
          HISTORY: 'history',
        },
      },
      undifferentiated: {
        on: {
          EXACT: { target: 'asking', actions: [discardUnfinished(), assign(move(progress.makeExact))] },
          ANSWERS: { target: 'answers', actions: assign({ page: 0 }) },
        },
      },
      why: { on: { BACK: 'result' } },
      families: {
        on: { FAMILY: { target: 'family', actions: assign({ family: ({ event }) => event.place }) }, BACK: 'result' },
      },
      family: { on: { BACK: 'families' } },
      answers: {
        on: {
          CHANGE: { target: 'asking', actions: assign(move(progress.change)) },
          PAGE: { actions: assign({ page: ({ event }) => event.page }) },
          BACK: [
            { guard: 'hasChanged', target: 'finishing' },
            { guard: 'isDifferentiated', target: 'result' },
            { target: 'undifferentiated' },
          ],
        },
      },
      history: {
        entry: ask('survey.history', ({ context }) => ({ instrument: context.instrument })),
        on: {
          FOUND: {
            actions: assign({
              earlier: ({ context, event }) =>
                event.name === 'survey.history' ? resultsIn(event.data) : context.earlier,
            }),
          },
          BACK: 'intro',
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

/** Beginning anew puts away what was left unfinished: it would be offered again after the newer one is done. */
function discardUnfinished() {
  return tell('survey.discard', ({ context }) => ({ attempt: context.unfinished?.attempt ?? null }))
}

function isAnswer(instrument: Instrument, context: Context, value: number): boolean {
  const { from, to } = answerRange(instrument, progress.currentItem(instrument, context))
  return Number.isInteger(value) && value >= from && value <= to
}
