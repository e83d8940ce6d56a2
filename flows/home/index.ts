import { assign, setup } from 'xstate'
import { z } from 'zod'
import { isEmployer, isMentor, type Person } from '../common/person.ts'
import { hasPlace } from '../groups/contract.ts'
import { mayUse } from '../kit/access.ts'
import { inRows } from '../kit/buttons.ts'
import type { ReplyOf } from '../kit/contract.ts'
import { effects } from '../kit/effects.ts'
import type { Found, Returned, Start } from '../kit/events.ts'
import { defineFlow, exampleReplies, type Flow, type Migration, type View } from '../kit/flow.ts'
import { button, go, screen } from '../kit/screen.ts'
import type { OffersInput } from '../offers/context.ts'
import { Form, surveyStanding } from '../survey/contract.ts'
import { formItems, hasMore, type Instrument } from '../survey/instrument.ts'
import { answeredCount } from '../survey/progress.ts'

const Context = z.object({
  /** How far the unfinished survey has come, if there is one. */
  unfinished: z.object({ instrument: z.string(), asked: z.int(), count: z.int() }).nullable(),
  /** Which survey gave the newest result, if there is one, and whether it has more questions. */
  result: z.object({ instrument: z.string(), hasMore: z.boolean() }).nullable(),
  /** Whether the person is in a group of a mentor, or invited to one. */
  inGroup: z.boolean(),
})
type Context = z.infer<typeof Context>
type Event = Found<typeof surveyStanding | typeof hasPlace> | Returned

const { ask } = effects<Context, Event>()

/** Where everybody starts from: what is next for this person, and everything else. The first survey is suggested. */
export function createHome(others: readonly Flow[], instruments: readonly [Instrument, ...Instrument[]]) {
  const machine = setup({
    types: { context: {} as Context, events: {} as Event, input: {} as Start },
  }).createMachine({
    id: 'home',
    context: { unfinished: null, result: null, inGroup: false },
    initial: 'choosing',
    states: {
      choosing: {
        entry: [ask(surveyStanding, () => null), ask(hasPlace, () => null)],
        on: {
          'found.survey.standing': { actions: assign(({ event }) => standingIn(instruments, event.data)) },
          'found.groups.any': { actions: assign({ inGroup: ({ event }) => event.data.any }) },
          RETURN: { target: 'choosing', reenter: true },
        },
      },
    },
  })
  return defineFlow<Context, Event>({
    id: 'home',
    version: 3,
    context: Context,
    migrations: { 1: (stored) => ofSurvey(stored, instruments[0]), 2: outsideGroups },
    machine,
    access: 'arrived',
    commands: { menu: { place: 10 } },
    called: { home: { label: { key: 'common:home' }, alone: true } },
    screens: { choosing: (view) => choosing(view, others, instruments[0]) },
    examples: {
      returns: [undefined],
      frames: [{ value: 'choosing', context: { unfinished: null, result: null, inGroup: true } }],
      replies: [exampleReplies(surveyStanding, () => exampleStandings(instruments))],
    },
  })
}

/** Each survey begun, and each done in part or whole. */
function exampleStandings(instruments: readonly Instrument[]): ReplyOf<typeof surveyStanding>[] {
  const done = Form.options.flatMap((form) => instruments.map(({ id }) => ({ instrument: id, form })))
  return [
    { unfinished: null, result: null },
    ...done.map((result) => ({ unfinished: null, result })),
    ...done.map((begun) => ({ unfinished: { ...begun, attempt: 'example', answers: {} }, result: null })),
  ]
}

/** What home keeps of where somebody stands. */
function standingIn(
  instruments: readonly Instrument[],
  { unfinished, result }: ReplyOf<typeof surveyStanding>,
): Omit<Context, 'inGroup'> {
  const begun = instruments.find(({ id }) => id === unfinished?.instrument)
  const done = instruments.find(({ id }) => id === result?.instrument)
  return {
    unfinished:
      begun && unfinished
        ? {
            instrument: begun.id,
            asked: answeredCount(begun, unfinished),
            count: formItems(begun, unfinished.form).length,
          }
        : null,
    result: done && result ? { instrument: done.id, hasMore: hasMore(done, result.form) } : null,
  }
}

function choosing({ t, context, person }: View<Context>, others: readonly Flow[], first: Instrument) {
  const greeting = person.name === undefined ? t('greeting') : t('greetingByName', { name: person.name })
  const next = nextOf(context, person)
  const menu = others
    .filter(
      (flow): flow is Flow & { menu: NonNullable<Flow['menu']> } =>
        mayUse(flow.access ?? 'self', person) && (flow.menu?.visible?.(person) ?? flow.menu !== undefined),
    )
    .sort((one, other) => one.menu.order - other.menu.order)
    .map((flow) => button(flow.menu.label, go.open(flow.id)))
  return screen(
    [greeting, t(`next.${next}.text`, progressOf(context))],
    context.result === null || isEmployer(person)
      ? []
      : [button(t('result'), go.open('survey', { instrument: context.result.instrument, result: true }))],
    [button(t(`next.${next}.button`), wayTo(context, next, first), 'primary')],
    context.inGroup
      ? [button({ key: 'mygroup:menu' }, go.open('mygroup')), button({ key: 'questions:menu' }, go.open('questions'))]
      : [],
    ...inRows(menu, 2),
  )
}

function progressOf({ unfinished }: Context) {
  return unfinished === null ? undefined : { asked: unfinished.asked, count: unfinished.count }
}

/** One press leads to the next question of what was begun, whichever survey it is. */
function wayTo(context: Context, next: Next, first: Instrument) {
  const { unfinished, result } = context
  switch (next) {
    case 'employer':
      return go.open('offers', { new: true } satisfies OffersInput)
    case 'mentor':
    case 'professions':
      return go.open('professions')
    case 'go-on':
      return go.open('survey', { instrument: unfinished?.instrument, goOn: true })
    case 'exact':
      return go.open('survey', { instrument: result?.instrument })
    case 'begin':
      return go.open('survey', { instrument: first.id })
  }
}

type Next = 'mentor' | 'employer' | 'go-on' | 'begin' | 'exact' | 'professions'

function nextOf({ unfinished, result }: Context, person: Person): Next {
  if (isEmployer(person)) return 'employer'
  if (unfinished !== null) return 'go-on'
  if (isMentor(person)) return 'mentor'
  if (result === null) return 'begin'
  return result.hasMore ? 'exact' : 'professions'
}

const First = z.object({
  unfinished: z.object({ asked: z.int(), count: z.int() }).nullable(),
  result: Form.nullable(),
})

/** The first version knew one survey only. */
function ofSurvey({ value, context }: ReturnType<Migration>, first: Instrument): ReturnType<Migration> {
  const { unfinished, result } = First.parse(context)
  return {
    value,
    context: {
      unfinished: unfinished && { instrument: first.id, ...unfinished },
      result: result && { instrument: first.id, hasMore: hasMore(first, result) },
    },
  }
}

const Second = z.object({ unfinished: z.unknown(), result: z.unknown() })

/** The second version knew no groups; the next time somebody comes home it is asked. */
function outsideGroups({ value, context }: ReturnType<Migration>): ReturnType<Migration> {
  return { value, context: { ...Second.parse(context), inGroup: false } }
}
