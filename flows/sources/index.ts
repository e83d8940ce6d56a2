import { assign, setup } from 'xstate'
import { mayUse } from '../kit/access.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import { defineFlow } from '../kit/flow.ts'
import {
  type SourcesContext as Context,
  type SourcesEvent as Event,
  type On,
  SourcesContext,
  type SourcesInput,
} from './context.ts'
import { listSources, trySource } from './contract.ts'
import { failing, well } from './notices.ts'
import { screens } from './screens.ts'

const { ask, tell, say } = effects<Context, Event>()

const found = ({ event }: On<'found.sources.list'>) => ({ sources: event.data, now: event.turn.at })
const isThere = ({ context, event }: On<'found.sources.list'>) => event.data.some(({ name }) => name === context.name)

/** What is told now is not in the store yet. */
const due = ({ context: { sources, name }, event }: On<'TRY'>) => ({
  sources: sources.map((one) => (one.name === name ? { ...one, nextAt: event.turn.at } : one)),
  now: event.turn.at,
})

const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<SourcesInput> },
}).createMachine({
  id: 'sources',
  context: beginWith(({ input, turn }) => ({ sources: [], name: input?.name ?? null, page: 0, now: turn.at })),
  initial: 'looking',
  states: {
    looking: {
      entry: ask(listSources, () => null),
      on: {
        'found.sources.list': [
          { guard: isThere, target: 'reading', actions: assign(found) },
          { target: 'listing', actions: assign(found) },
        ],
      },
    },
    listing: {
      entry: assign({ name: null }),
      on: {
        OPEN: { target: 'looking', actions: assign(({ event }) => ({ name: event.name })) },
        PAGE: { actions: assign(({ event }) => ({ page: event.page })) },
        LOOK: 'looking',
      },
    },
    reading: {
      on: {
        TRY: {
          actions: [tell(trySource, ({ context }) => ({ name: context.name ?? '' })), assign(due), say('tried')],
        },
        LOOK: 'looking',
        BACK: { target: 'looking', actions: assign({ name: null }) },
      },
    },
  },
})

/** How the sources of vacancies stand, for coordinators. */
export const sources = defineFlow<Context, Event>({
  id: 'sources',
  version: 1,
  context: SourcesContext,
  machine,
  access: 'coordinator',
  commands: { sources: {} },
  menu: { order: 70, label: { key: 'sources:menu' }, visible: (person) => mayUse('coordinator', person) },
  screens,
  notices: [failing, well],
  examples: { inputs: [undefined, { name: 'example' }, { name: 'in-trouble-0' }, { name: 'gone' }] },
})
