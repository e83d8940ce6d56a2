import { assign, raise, setup } from 'xstate'
import { readAge } from '../common/ages.ts'
import { personChange } from '../common/contract.ts'
import { readName } from '../common/names.ts'
import { isOwn, needsGuardian, type PersonChange } from '../common/person.ts'
import { type Arguments, effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import {
  type SettingsContext as Context,
  type SettingsEvent as Event,
  type On,
  type SettingsInput,
  type Topic,
  topics,
} from './context.ts'

const { tell, say, open } = effects<Context, Event>()
const change = <E extends Event>(of: (given: Arguments<Context, E>) => PersonChange) => tell(personChange, of)

type Situation = { readonly context: Context }

const toMenu = 'menu'
const nameIn = ({ event }: On<'TEXT'>) => readName(event.text)
const nameOf = (given: On<'TEXT'>) => {
  const read = nameIn(given)
  return { name: read.type === 'name' ? read.name : null }
}
/** Somebody who agreed as an adult says they are younger: a guardian has to agree. */
const needsConsent = ({ context, event }: On<'AGE'>) =>
  needsGuardian(context.byOneself ? 'self' : undefined, event.ageBand)
/** Whoever is younger than the bot is for says so in onboarding, not here. */
const bandIn = ({ event }: On<'TEXT'>) => {
  const age = readAge(event.text)
  return age === 'younger' ? undefined : age
}
const ageWritten = raise<Context, On<'TEXT'>['event'], Event, undefined, never, never>((given) => {
  const ageBand = bandIn(given)
  const { turn } = given.event
  return ageBand === undefined ? { type: 'BACK', turn } : { type: 'AGE', ageBand, turn }
})
const ageOf = ({ event }: On<'AGE'>) => ({ ageBand: event.ageBand })
const onTopic =
  (topic: Topic) =>
  ({ event }: On<'CHANGE'>) =>
    event.topic === topic

export const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<SettingsInput> },
}).createMachine({
  id: 'settings',
  context: beginWith(({ person, input }) => ({
    byOneself: isOwn(person.consent?.by),
    quietFrom: null,
    topic: input?.topic ?? null,
  })),
  initial: 'beginning',
  on: {
    UNMUTE: { target: '.menu', actions: change(() => ({ muted: [] })) },
  },
  states: {
    beginning: {
      always: [
        ...topics.map((topic) => ({ guard: ({ context }: Situation) => context.topic === topic, target: topic })),
        { target: 'menu' },
      ],
    },
    menu: { on: { CHANGE: topics.map((topic) => ({ guard: onTopic(topic), target: topic })) } },
    language: {
      on: {
        LANGUAGE: {
          target: toMenu,
          actions: change(({ event }: On<'LANGUAGE'>) => ({ language: event.language })),
        },
        BACK: toMenu,
      },
    },
    age: {
      on: {
        AGE: [
          {
            guard: needsConsent,
            // Onboarding warns before everything goes with the consent.
            actions: open('onboarding', ageOf),
          },
          { target: toMenu, actions: change(ageOf) },
        ],
        TEXT: { guard: (given) => bandIn(given) !== undefined, actions: ageWritten },
        BACK: toMenu,
      },
    },
    region: {
      on: {
        REGION: {
          target: toMenu,
          actions: change(({ event }: On<'REGION'>) => ({ region: event.region })),
        },
        FORGET: { target: toMenu, actions: change(() => ({ region: null })) },
        BACK: toMenu,
      },
    },
    plan: {
      on: {
        PLAN: { target: toMenu, actions: change(({ event }: On<'PLAN'>) => ({ plan: event.plan })) },
        BACK: toMenu,
      },
    },
    name: {
      on: {
        TEXT: [
          // A call for help is nobody's name; whom to turn to is said above the question.
          { guard: ({ event }) => event.worry === true },
          { guard: (given) => nameIn(given).type === 'name', target: toMenu, actions: change(nameOf) },
          { guard: (given) => nameIn(given).type === 'empty', actions: say('name.empty') },
          { guard: (given) => nameIn(given).type === 'sentence', actions: say('name.sentence') },
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
          actions: change(({ context: { quietFrom }, event }: On<'HOUR'>) =>
            quietFrom === null ? {} : { quiet: { from: quietFrom, to: event.hour } },
          ),
        },
        BACK: 'quiet',
      },
    },
  },
})
