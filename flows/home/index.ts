import { assign, setup } from 'xstate'
import { z } from 'zod'
import { inRows } from '../kit/buttons.ts'
import { effects } from '../kit/effects.ts'
import type { Found, Returned, Start } from '../kit/events.ts'
import { defineFlow, type Flow, type View } from '../kit/flow.ts'
import { button, go, screen } from '../kit/screen.ts'
import { Form, openSurvey, surveyHistory } from '../survey/contract.ts'
import { formItems, type Instrument } from '../survey/instrument.ts'
import { answeredCount } from '../survey/progress.ts'

const Context = z.object({
  /** How far the unfinished survey has come, if there is one. */
  unfinished: z.object({ asked: z.int(), count: z.int() }).nullable(),
  /** The form of the newest result, if there is one. */
  result: Form.nullable(),
})
type Context = z.infer<typeof Context>
type Event = Found<typeof openSurvey | typeof surveyHistory> | Returned

const { ask } = effects<Context, Event>()

/** Where everybody starts from: what is next for this person, and everything else. */
export function createHome(others: readonly Flow[], instrument: Instrument) {
  const machine = setup({
    types: { context: {} as Context, events: {} as Event, input: {} as Start },
  }).createMachine({
    id: 'home',
    context: { unfinished: null, result: null },
    initial: 'choosing',
    states: {
      choosing: {
        entry: [
          ask(openSurvey, () => ({ instrument: instrument.id })),
          ask(surveyHistory, () => ({ instrument: instrument.id })),
        ],
        on: {
          'found.survey.open': {
            actions: assign({
              unfinished: ({ event: { data } }) =>
                data && { asked: answeredCount(instrument, data), count: formItems(instrument, data.form).length },
            }),
          },
          'found.survey.history': { actions: assign({ result: ({ event }) => event.data[0]?.form ?? null }) },
          RETURN: { target: 'choosing', reenter: true },
        },
      },
    },
  })
  return defineFlow<Context, Event>({
    id: 'home',
    version: 1,
    context: Context,
    machine,
    access: 'met',
    commands: { menu: { place: 10 } },
    called: { home: { label: { key: 'common:home' }, alone: true } },
    screens: { choosing: (view) => choosing(view, others, instrument) },
    examples: { returns: [undefined] },
  })
}

function choosing({ t, context, person }: View<Context>, others: readonly Flow[], { id }: Instrument) {
  const greeting = person.name === undefined ? t('greeting') : t('greetingByName', { name: person.name })
  const next = nextOf(context)
  const menu = others
    .filter(
      (flow): flow is Flow & { menu: NonNullable<Flow['menu']> } =>
        flow.menu?.visible?.(person) ?? flow.menu !== undefined,
    )
    .sort((one, other) => one.menu.order - other.menu.order)
    .map((flow) => button(flow.menu.label, go.open(flow.id)))
  return screen(
    [greeting, t(`next.${next}.text`, { ...context.unfinished })],
    context.result === null ? [] : [button(t('result'), go.open('survey', { instrument: id, result: true }))],
    [button(t(`next.${next}.button`), wayTo(next, id), 'primary')],
    ...inRows(menu, 2),
  )
}

/** One press leads to the next question of what was begun. */
function wayTo(next: Next, instrument: string) {
  if (next === 'professions') return go.open('professions')
  return next === 'go-on' ? go.open('survey', { instrument, goOn: true }) : go.open('survey')
}

type Next = 'go-on' | 'begin' | 'exact' | 'professions'

function nextOf({ unfinished, result }: Context): Next {
  if (unfinished !== null) return 'go-on'
  if (result === null) return 'begin'
  return result === 'quick' ? 'exact' : 'professions'
}
