import { assign, setup } from 'xstate'
import { z } from 'zod'
import { effects } from '../kit/effects.ts'
import { beginWith, type Found, type Stamp, type Start } from '../kit/events.ts'
import { defineFlow } from '../kit/flow.ts'
import { languages } from '../kit/words.ts'
import { screens } from './screens.ts'

const Words = z.record(z.enum(languages), z.string())

const Shelf = z.object({ id: z.string(), name: Words, about: Words, count: z.int() })
const Listed = z.object({ id: z.string(), name: Words })
const Card = z.object({
  id: z.string(),
  family: z.string(),
  soc: z.string(),
  name: Words,
  about: Words,
  day: Words,
  entry: Words,
  ways: z.array(z.enum(['work', 'college', 'university'])),
  /** Scales in which the profession is strongest, strongest first. */
  strongest: z.array(z.string()),
  /** Those among the person's own two strongest; null without a result. */
  shared: z.array(z.string()).nullable(),
})
export type ProfessionCard = z.infer<typeof Card>
export type FamilyShelf = z.infer<typeof Shelf>

const Context = z.object({
  families: z.array(Shelf),
  family: z.object({ id: z.string(), name: Words, about: Words, professions: z.array(Listed) }).nullable(),
  card: Card.nullable(),
  /** Show every profession, not only those that fit the person's plan. */
  all: z.boolean(),
  /** Opened for one card from elsewhere: back leads there. */
  direct: z.boolean(),
  wanted: z.string().nullable(),
})
export type ProfessionsContext = z.infer<typeof Context>

export type ProfessionsEvent =
  | (Stamp & { readonly type: 'FAMILY' | 'CARD'; readonly id: string })
  | (Stamp & { readonly type: 'BACK' | 'ALL' })
  | Found<'professions.families', FamilyShelf[]>
  | Found<'professions.family', NonNullable<ProfessionsContext['family']>>
  | Found<'professions.card', ProfessionCard | null>

type Context = ProfessionsContext
type Event = ProfessionsEvent
type Input = { readonly id?: string } | undefined

const { ask, leave, say } = effects<Context, Event>()

const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<Input> },
}).createMachine({
  id: 'professions',
  context: beginWith(({ input }) => ({
    families: [],
    family: null,
    card: null,
    all: false,
    direct: input?.id !== undefined,
    wanted: input?.id ?? null,
  })),
  initial: 'beginning',
  states: {
    beginning: { always: [{ guard: ({ context }) => context.direct, target: 'card' }, { target: 'families' }] },
    families: {
      entry: ask('professions.families', ({ context }) => ({ all: context.all })),
      on: {
        FOUND: {
          actions: assign({
            families: ({ context, event }) => (event.name === 'professions.families' ? event.data : context.families),
          }),
        },
        FAMILY: { target: 'family', actions: assign({ wanted: ({ event }) => event.id, family: null }) },
        ALL: { target: 'families', reenter: true, actions: assign({ all: ({ context }) => !context.all }) },
      },
    },
    family: {
      entry: ask('professions.family', ({ context }) => ({
        id: context.family?.id ?? context.wanted,
        all: context.all,
      })),
      on: {
        FOUND: {
          actions: assign({
            family: ({ context, event }) => (event.name === 'professions.family' ? event.data : context.family),
          }),
        },
        CARD: { target: 'card', actions: assign({ wanted: ({ event }) => event.id, card: null }) },
        ALL: { target: 'family', reenter: true, actions: assign({ all: ({ context }) => !context.all }) },
        BACK: 'families',
      },
    },
    card: {
      entry: ask('professions.card', ({ context }) => ({ id: context.wanted })),
      on: {
        FOUND: [
          {
            guard: ({ event }) => event.data === null,
            target: 'families',
            actions: [assign({ direct: false }), say('card.gone')],
          },
          {
            actions: assign({
              card: ({ context, event }) => (event.name === 'professions.card' ? event.data : context.card),
            }),
          },
        ],
        BACK: [{ guard: ({ context }) => context.direct, actions: leave() }, { target: 'family' }],
      },
    },
  },
})

const exampleName = { kk: 'Аспаз', ru: 'Повар', en: 'Cook' }
const exampleCard: ProfessionCard = {
  id: 'cook',
  family: 'food',
  soc: '35-2014.00',
  name: exampleName,
  about: exampleName,
  day: exampleName,
  entry: exampleName,
  ways: ['work', 'college'],
  strongest: ['R', 'E'],
  shared: null,
}

/** Families of work, their professions, and a card for each: what it is, a day, the way in. */
export const professions = defineFlow<Context, Event>({
  id: 'professions',
  version: 1,
  context: Context,
  machine,
  screens,
  menu: { order: 20, label: { key: 'professions:menu' } },
  examples: {
    inputs: [undefined, { id: 'cook' }],
    answers: {
      'professions.families': [[{ id: 'food', name: exampleName, about: exampleName, count: 3 }], []],
      'professions.family': [
        { id: 'food', name: exampleName, about: exampleName, professions: [{ id: 'cook', name: exampleName }] },
        { id: 'food', name: exampleName, about: exampleName, professions: [] },
      ],
      'professions.card': [exampleCard, { ...exampleCard, shared: ['R'] }, { ...exampleCard, shared: [] }, null],
    },
  },
})
