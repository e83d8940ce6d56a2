import { assign, setup } from 'xstate'
import { personChange } from '../common/contract.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import { quoted } from '../kit/words.ts'
import { matchProfessions } from '../professions/contract.ts'
import { openingsOf } from '../vacancies/contract.ts'
import {
  type SurveyContext as Context,
  type SurveyEvent as Event,
  emptyContext,
  type On,
  type SurveyInput,
} from './context.ts'
import {
  discardSurvey,
  finishSurvey,
  openSurvey,
  readAnswer,
  recordAnswers,
  surveyHistory,
  surveyStanding,
  type Typed,
} from './contract.ts'
import { keptOf } from './earlier.ts'
import { fittingResult, withFittingAnswers } from './fitting.ts'
import { answerRange, type Instrument } from './instrument.ts'
import * as progress from './progress.ts'
import { bestOf } from './suggestions.ts'
import { meaningText, rateText } from './texts.ts'

/** Back from one of its pages. */
const toResult = { target: 'result', actions: 'goOnBelow' } as const

/** What is written or pressed in answer to a question. */
const answered = [
  { guard: 'isWholeChange', target: 'answers', actions: ['take', 'recount', 'finish', 'endChange'] },
  { guard: 'isChange', target: 'answers', actions: ['take', 'record', 'endChange'] },
  { guard: 'isLast', target: 'checking', actions: ['take', 'record'] },
  { guard: 'isAnswer', target: 'asking', actions: ['take', 'record'] },
] as const

const { ask, tell, say, open } = effects<Context, Event>()

const paint = tell(personChange, ({ event }: On<'PAINT'>) => ({ look: event.look }))

/** The dialogue of every instrument: ask, pause and go on, look again, the result and what follows from it. */
export function createSurveyMachine(instruments: readonly Instrument[]) {
  const of = (context: Context) => instrumentOf(instruments, context.instrument)
  const item = (context: Context) => progress.currentItem(of(context), context)
  const is = (type: Typed['type']) => (read: Read) => read.event.data.type === type
  const middle = ({ context }: Read) => middleOf(of(context))
  const answer = (given: Given) => answerIn(of(given.context), given)
  const isAnswer = (given: Given) => answer(given) !== undefined
  const meaning = (context: Context, value: number) => meaningText(of(context), item(context), value)
  /** A misread answer can be seen, and taken back. */
  const counted = (given: Read) => ({ answer: meaning(given.context, answer(given) ?? 0) })
  const several = ({ context, event: { data } }: Read) => ({
    answers: data.type === 'several' ? data.values.map((value) => quoted(meaning(context, value))) : [],
  })
  const history = ({ context, event }: On<'found.survey.history'>) => ({
    earlier: keptOf(event.data.map((one) => fittingResult(of(context), one))),
  })
  const isKnown = (id: string | undefined): id is string => instruments.some((one) => one.id === id)
  const only = instruments.length > 1 ? '' : (instruments[0]?.id ?? '')
  const opened = ({ context, event }: On<'found.survey.open'>) => ({
    unfinished: event.data && withFittingAnswers(of(context), event.data),
  })
  const newest = ({ context }: { context: Context }) => ({
    ...progress.showEarlier(context),
    finishedAt: context.earlier[0]?.finishedAt ?? null,
  })

  return setup({
    types: { context: {} as Context, events: {} as Event, input: {} as Start<SurveyInput> },
    guards: {
      isAnswer,
      isChange: (given) => given.context.changing !== null && isAnswer(given),
      isWholeChange: (given) =>
        given.context.changing !== null && isAnswer(given) && progress.isComplete(of(given.context), given.context),
      isLast: (given) => isAnswer(given) && progress.isLast(of(given.context), given.context),
      isDone: ({ context }) => isAnsweredNow(of(context), context) && progress.isLast(of(context), context),
      isCareless: ({ context }) => !context.looked && progress.signsOf(of(context), context).length > 0,
      isDifferentiated: ({ context }) => context.result?.differentiated === true,
      isFirst: ({ context }) => context.position === 0,
      isAnsweredNow: ({ context }) => context.changing === null && isAnsweredNow(of(context), context),
      hasChanged: ({ context }) => context.changed,
      isCountable: ({ context }) => context.changed && progress.isComplete(of(context), context),
      isChanging: ({ context }) => context.changing !== null,
    },
    actions: {
      goOnBelow: assign({ pictured: false }),
      take: assign((given) => progress.rate(of(given.context), given.context, answer(given) ?? 0, given.event.turn.at)),
      endChange: assign({ changing: null }),
      goOn: assign(({ context }) => progress.goOn(of(context), context)),
      makeExact: assign(({ context, event }) => progress.makeExact(of(context), context, event)),
      complete: assign(({ context }) => progress.complete(of(context), context)),
      recount: assign(({ context }) => progress.recount(of(context), context)),
      finish: tell(finishSurvey, ({ context }) => ({ ...filledIn(context), result: outcomeOf(context) })),
      record: tell(recordAnswers, ({ context }) => filledIn(context)),
      /** Beginning anew puts away what was left unfinished: it would be offered again after the newer one is done. */
      discardUnfinished: tell(discardSurvey, ({ context }) => ({ attempt: context.unfinished?.attempt ?? null })),
    },
  }).createMachine({
    id: 'survey',
    context: beginWith(({ input }) => ({
      ...emptyContext(isKnown(input?.instrument) ? input.instrument : only),
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
          {
            guard: ({ context }) => context.instrument === '' && (context.direct || context.goesOn),
            target: 'finding',
          },
          { guard: ({ context }) => context.instrument === '', target: 'choosing' },
          { guard: ({ context }) => context.direct, target: 'seeking' },
          { guard: ({ context }) => context.goesOn, target: 'resuming' },
          { target: 'intro' },
        ],
      },
      /** Which of the surveys has the newest result, or was begun last. */
      finding: {
        entry: ask(surveyStanding, () => null),
        on: {
          'found.survey.standing': [
            {
              guard: ({ context, event }) => context.direct && event.data.result !== null,
              target: 'seeking',
              actions: assign(({ event }) => ({ instrument: event.data.result?.instrument ?? '' })),
            },
            {
              guard: ({ context, event }) => context.goesOn && event.data.unfinished !== null,
              target: 'resuming',
              actions: assign(({ event }) => ({ instrument: event.data.unfinished?.instrument ?? '' })),
            },
            { target: 'choosing' },
          ],
        },
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
          BACK: 'choosing',
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
          TEXT: {
            actions: ask(readAnswer, ({ context, event: { text, worry = false } }: On<'TEXT'>) => {
              return { instrument: context.instrument, item: item(context), text, worry }
            }),
          },
          'found.survey.read': [
            ...answered.map((way) => ({ ...way, actions: [say('asking.counted', counted), ...way.actions] as const })),
            {
              guard: (read) => is('unsure')(read) && middle(read) !== undefined,
              actions: say('asking.unsure', (read: Read) => ({ middle: middle(read) ?? '' })),
            },
            { guard: is('unsure'), actions: say('asking.either') },
            { guard: is('several'), actions: say('asking.several', several) },
            { guard: is('unread'), actions: say('asking.unread') },
            // What is no answer is for the search, as everywhere.
            { guard: is('other'), actions: open('search', ({ event: { data } }: Read) => searched(data)) },
            { actions: say('asking.outside') },
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
          'finish',
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
            actions: [
              assign({ families: ({ event }) => event.data, pictured: true, openings: 0 }),
              ask(openingsOf, ({ context }) => ({ professions: bestOf(context.families).map(({ id }) => id) })),
            ],
          },
        },
      },
      result: {
        on: {
          'found.vacancies.openings': { actions: assign({ openings: ({ event }) => event.data.total }) },
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

type Read = On<'found.survey.read'>
type Given = { readonly context: Context; readonly event: Event }

/** The answer that is given to the question being asked, by a button or in writing; undefined when it is none. */
function answerIn(instrument: Instrument, { context, event }: Given): number | undefined {
  if (event.type === 'RATE') return fits(instrument, context, event.value) ? event.value : undefined
  const read = event.type === 'found.survey.read' ? event.data : undefined
  return read?.type === 'answer' && fits(instrument, context, read.value) ? read.value : undefined
}

function searched(read: Typed) {
  return read.type === 'other' ? { text: read.text, worry: read.worry } : undefined
}

/** The answer that says neither, where there is one. */
function middleOf(instrument: Instrument) {
  if (instrument.scoring === 'choice') return undefined
  const middle = (instrument.answers.from + instrument.answers.to) / 2
  return Number.isInteger(middle) ? rateText(instrument, middle) : undefined
}

function fits(instrument: Instrument, context: Context, value: number): boolean {
  const { from, to } = answerRange(instrument, progress.currentItem(instrument, context))
  return Number.isInteger(value) && value >= from && value <= to
}

function isAnsweredNow(instrument: Instrument, context: Context): boolean {
  return context.answers[progress.currentItem(instrument, context)] !== undefined
}
