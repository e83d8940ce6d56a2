import { assign, setup } from 'xstate'
import { readName } from '../common/choices.ts'
import type { PersonChange } from '../common/person.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import { defineFlow } from '../kit/flow.ts'
import { type SettingsContext as Context, type SettingsEvent as Event, SettingsContext, topics } from './context.ts'
import { screens } from './screens.ts'

const { tell, say, open } = effects<Context, Event>()
const change = (of: (event: Event, context: Context) => PersonChange) =>
  tell('person.change', ({ context, event }) => of(event, context))

const toMenu = 'menu'
const isName = ({ event }: { event: Event }) => event.type === 'TEXT' && readName(event.text) !== undefined
/** Somebody who agreed as an adult says they are younger: a guardian has to agree. */
const needsGuardian = ({ context, event }: { context: Context; event: Event }) =>
  event.type === 'AGE' && event.ageBand !== '18+' && context.byOneself
const onTopic =
  (topic: (typeof topics)[number]) =>
  ({ event }: { event: Event }) =>
    event.type === 'CHANGE' && event.topic === topic

const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start },
  guards: { isName, needsGuardian },
}).createMachine({
  id: 'settings',
  context: beginWith(({ person }) => ({ byOneself: person.consent?.by === 'self', quietFrom: null })),
  initial: 'menu',
  on: {
    UNMUTE: { target: '.menu', actions: change(() => ({ muted: [] })) },
  },
  states: {
    menu: { on: { CHANGE: topics.map((topic) => ({ guard: onTopic(topic), target: topic })) } },
    language: {
      on: {
        LANGUAGE: {
          target: toMenu,
          actions: change((event) => (event.type === 'LANGUAGE' ? { language: event.language } : {})),
        },
        BACK: toMenu,
      },
    },
    age: {
      on: {
        AGE: [
          {
            guard: 'needsGuardian',
            // Onboarding warns before everything goes with the consent.
            actions: open('onboarding', ({ event }) => ageOf(event)),
          },
          { target: toMenu, actions: change(ageOf) },
        ],
        BACK: toMenu,
      },
    },
    region: {
      on: {
        REGION: {
          target: toMenu,
          actions: change((event) => (event.type === 'REGION' ? { region: event.region } : {})),
        },
        FORGET: { target: toMenu, actions: change(() => ({ region: null })) },
        BACK: toMenu,
      },
    },
    plan: {
      on: {
        PLAN: { target: toMenu, actions: change((event) => (event.type === 'PLAN' ? { plan: event.plan } : {})) },
        BACK: toMenu,
      },
    },
    name: {
      on: {
        TEXT: [
          {
            guard: 'isName',
            target: toMenu,
            actions: change((event) => (event.type === 'TEXT' ? { name: readName(event.text) ?? null } : {})),
          },
          { actions: say('name.tooLong') },
        ],
        FORGET: { target: toMenu, actions: change(() => ({ name: null })) },
        BACK: toMenu,
      },
    },
    quiet: {
      on: {
        HOUR: { target: 'quietUntil', actions: assign({ quietFrom: ({ event }) => event.hour }) },
        BACK: toMenu,
      },
    },
    quietUntil: {
      on: {
        HOUR: {
          target: toMenu,
          actions: change((event, { quietFrom }) =>
            event.type === 'HOUR' && quietFrom !== null ? { quiet: { from: quietFrom, to: event.hour } } : {},
          ),
        },
        BACK: 'quiet',
      },
    },
  },
})

function ageOf(event: Event): PersonChange {
  return event.type === 'AGE' ? { ageBand: event.ageBand } : {}
}

/** Everything said about oneself, to look at and to change. */
export const settings = defineFlow<Context, Event>({
  id: 'settings',
  version: 1,
  context: SettingsContext,
  machine,
  screens,
  commands: { settings: () => undefined },
  menu: { order: 80, label: { key: 'settings:menu.label' } },
  examples: { texts: ['Т', 'ұ'.repeat(65)] },
})
