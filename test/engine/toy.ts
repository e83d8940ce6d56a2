import { assign, setup } from 'xstate'
import { z } from 'zod'
import { personChange } from '../../flows/common/contract.ts'
import { consentVersion, type PersonChange } from '../../flows/common/person.ts'
import { defineAsk, defineSend, defineTell } from '../../flows/kit/contract.ts'
import { effects } from '../../flows/kit/effects.ts'
import type {
  Found,
  Returned,
  SentContact,
  SentDocument,
  SentLocation,
  SentPhoto,
  Stamp,
  Start,
  Wrote,
} from '../../flows/kit/events.ts'
import { defineFlow, type Flow } from '../../flows/kit/flow.ts'
import { button, go, screen } from '../../flows/kit/screen.ts'

/** Small flows made for the tests of the engine; no person meets them. */
const Context = z.object({ count: z.int(), found: z.string().nullable(), last: z.string().nullable() })
type Context = z.infer<typeof Context>

/** What they ask, tell and send. */
export const look = defineAsk('toy.look', { who: 'agreed', data: z.int(), reply: z.string(), examples: [] })
export const count = defineTell('toy.count', { who: 'anyone', data: z.int() })
export const paper = defineSend('toy.send', { who: 'agreed', data: z.null() })
export const surroundings = {
  asks: new Set([look.name]),
  tells: new Set([count.name, personChange.name]),
  sends: new Set([paper.name]),
}

type Event =
  | (Stamp & { type: 'ADD' | 'LOOK' | 'FAIL' | 'CIRCLE' | 'GROW' | 'PUSH' | 'SEND' | 'AGREE' })
  | Found<typeof look>
  | Returned<string>
  | Wrote
const { ask, tell, say, open, send, leave } = effects<Context, Event>()

export const home = defineFlow<Context, Event>({
  id: 'home',
  version: 2,
  access: 'agreed',
  context: Context,
  migrations: { 1: ({ value, context }) => ({ value, context: { ...(context as object), last: null } }) },
  machine: setup({ types: { context: {} as Context, events: {} as Event, input: {} as Start } }).createMachine({
    id: 'home',
    context: { count: 0, found: null, last: null },
    initial: 'counting',
    states: {
      counting: {
        on: {
          ADD: {
            actions: [
              assign({ count: ({ context }) => context.count + 1 }),
              tell(count, ({ context }) => context.count),
              say('added', ({ context }) => ({ count: context.count })),
            ],
          },
          TEXT: { actions: assign({ last: ({ event }) => event.text }) },
          LOOK: { actions: ask(look, ({ context }) => context.count) },
          'found.toy.look': { actions: assign({ found: ({ event }) => event.data }) },
          FAIL: {
            // Only after counting, so that the compiler's walk does not meet it.
            actions: assign(({ context }) => {
              if (context.count > 0) throw new Error('a flow that fails')
              return {}
            }),
          },
          CIRCLE: 'circling',
          GROW: { actions: assign({ last: 'x'.repeat(70_000) }) },
          PUSH: { actions: open('top') },
          SEND: { actions: send(paper, () => null) },
          RETURN: { actions: assign({ last: ({ event }) => `returned ${event.data}` }) },
        },
      },
      circling: {
        entry: ask(look, () => 0),
        on: { 'found.toy.look': { target: 'circling', reenter: true } },
      },
    },
  }),
  screens: {
    counting: ({ t, context }) =>
      screen(
        t('counting', { count: context.count, last: context.last ?? '', found: context.found ?? '' }),
        (['ADD', 'LOOK', 'FAIL', 'CIRCLE', 'GROW', 'PUSH', 'SEND'] as const).map((type) =>
          button(t(type), { type }, type === 'SEND' ? 'danger' : undefined),
        ),
      ),
    circling: ({ t }) => screen(t('circling')),
  },
  examples: { returns: ['x'] },
})

export const top: Flow = defineFlow<Context, Event>({
  id: 'top',
  version: 1,
  context: Context,
  commands: { top: {} },
  machine: setup({ types: { context: {} as Context, events: {} as Event, input: {} as Start } }).createMachine({
    id: 'top',
    context: { count: 0, found: null, last: null },
    initial: 'standing',
    states: { standing: { on: { ADD: { actions: leave(() => 'a result') } } } },
  }),
  screens: {
    standing: ({ t }) => screen(t('standing'), [button(t('leave'), { type: 'ADD' }), button(t('up'), go.leave)]),
  },
})

/** Does something and is over at once. */
export const passing: Flow = defineFlow<Context, Event>({
  id: 'passing',
  version: 1,
  context: Context,
  machine: setup({ types: { context: {} as Context, events: {} as Event, input: {} as Start } }).createMachine({
    id: 'passing',
    context: { count: 0, found: null, last: null },
    initial: 'beginning',
    states: {
      beginning: { always: { target: 'over', actions: [tell(count, () => 1), say('done')] } },
      over: { type: 'final' },
    },
  }),
  screens: {},
})

export const onboarding: Flow = defineFlow<Context, Event>({
  id: 'onboarding',
  version: 1,
  context: Context,
  access: 'anyone',
  commands: { start: { input: (argument) => argument } },
  machine: setup({ types: { context: {} as Context, events: {} as Event, input: {} as Start } }).createMachine({
    id: 'onboarding',
    context: { count: 0, found: null, last: null },
    initial: 'meeting',
    states: {
      meeting: {
        on: {
          ADD: { actions: assign({ count: ({ context }) => context.count + 1 }) },
          AGREE: {
            target: 'done',
            actions: tell(
              personChange,
              ({ event }): PersonChange => ({
                consent: { version: consentVersion, at: event.turn.at, by: 'self' },
                plan: 'work',
              }),
            ),
          },
        },
      },
      done: { type: 'final' },
    },
  }),
  screens: {
    meeting: ({ t, context }) =>
      screen(t('meeting', { count: context.count }), [
        button(t('agree'), { type: 'AGREE' }),
        button(t('add'), { type: 'ADD' }),
      ]),
  },
})

export const help: Flow = defineFlow<Context, Event>({
  id: 'help',
  version: 1,
  context: Context,
  access: 'anyone',
  machine: setup({
    types: { context: {} as Context, events: {} as Event, input: {} as Start<{ danger?: boolean }> },
  }).createMachine({
    id: 'help',
    context: ({ input }) => ({ count: 0, found: null, last: input.input?.danger === true ? 'danger' : null }),
    initial: 'reading',
    states: { reading: {} },
  }),
  screens: {
    reading: ({ t, context }) => screen(t('reading', { last: context.last ?? '' }), [button(t('back'), go.leave)]),
  },
})

export const search: Flow = defineFlow<Context, Event>({
  id: 'search',
  version: 1,
  context: Context,
  machine: setup({
    types: { context: {} as Context, events: {} as Event, input: {} as Start<{ text: string }> },
  }).createMachine({
    id: 'search',
    context: ({ input }) => ({ count: 0, found: null, last: input.input?.text ?? null }),
    initial: 'reading',
    states: { reading: {} },
  }),
  screens: { reading: ({ t, context }) => screen(t('reading', { last: context.last ?? '' })) },
})

type Sent = SentPhoto | SentDocument | SentContact | SentLocation

const asText = ({ event: { turn: _, ...sent } }: { event: Sent }) => JSON.stringify(sent)

/** Takes what is sent until somebody tells their number. */
export const gallery: Flow = defineFlow<Context, Sent>({
  id: 'gallery',
  version: 1,
  context: Context,
  commands: { gallery: {} },
  machine: setup({ types: { context: {} as Context, events: {} as Sent, input: {} as Start } }).createMachine({
    id: 'gallery',
    context: { count: 0, found: null, last: null },
    initial: 'taking',
    states: {
      taking: {
        on: {
          PHOTO: { actions: assign({ last: asText }) },
          DOCUMENT: { actions: assign({ last: asText }) },
          LOCATION: { actions: assign({ last: asText }) },
          CONTACT: { target: 'taken', actions: assign({ last: asText }) },
        },
      },
      taken: {},
    },
  }),
  screens: {
    taking: ({ t, context }) => screen(t('taking', { last: context.last ?? '' })),
    taken: ({ t, context }) => screen(t('taken', { last: context.last ?? '' })),
  },
  examples: { contents: [{ type: 'CONTACT', phone: '+70000000000', isOwn: true }] },
})
