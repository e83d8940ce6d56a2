import { assign, setup } from 'xstate'
import { z } from 'zod'
import { back, home } from '../kit/buttons.ts'
import { type Arguments, type EventOf, effects } from '../kit/effects.ts'
import { beginWith, type Found, type Start, type Wrote } from '../kit/events.ts'
import { defineFlow } from '../kit/flow.ts'
import { button, go, screen } from '../kit/screen.ts'
import { find, Hit } from './contract.ts'
import { migrations } from './migrations.ts'

/** `worry`: the text speaks of sadness, and nobody wants to read that nothing was found for it. */
const Context = z.object({ text: z.string(), hits: z.array(Hit), worry: z.boolean() })
type Context = z.infer<typeof Context>
type Event = Wrote | Found<typeof find>
type On<Type extends Event['type']> = Arguments<Context, EventOf<Event, Type>>
type Input = { readonly text: string; readonly worry?: boolean } | undefined

const { ask, open, leave } = effects<Context, Event>()

/** Words of sadness are never only a time to be reminded of. */
const isReminder = ({ context: { worry }, event }: On<'found.search.find'>) =>
  !worry && reminderIn(event.data) !== undefined

const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<Input> },
}).createMachine({
  id: 'search',
  context: beginWith(({ input }) => ({
    text: beginning(input?.text ?? '', 200),
    hits: [],
    worry: input?.worry === true,
  })),
  initial: 'beginning',
  states: {
    beginning: { always: [{ guard: ({ context }) => context.text === '', target: 'asking' }, { target: 'reading' }] },
    asking: { on: { TEXT: { target: 'reading', actions: assign(written) } } },
    reading: {
      entry: ask(find, ({ context }) => ({ text: context.text })),
      on: {
        'found.search.find': [
          {
            guard: isReminder,
            actions: [
              leave(),
              open('reminders', ({ event }: On<'found.search.find'>) => reminderIn(event.data)?.input),
            ],
          },
          { actions: assign({ hits: ({ event }) => event.data }) },
        ],
        TEXT: { target: 'reading', reenter: true, actions: assign(written) },
      },
    },
  },
})

function written({ event }: On<'TEXT'>): Partial<Context> {
  return { text: beginning(event.text, 200), hits: [], worry: event.worry === true }
}

/** A reminder that cannot be anything else. */
function reminderIn(hits: readonly Hit[]): Hit | undefined {
  return hits.find(({ flow, certain }) => flow === 'reminders' && certain === true)
}

/** Whole signs only: Telegram refuses a message with half of one. */
function beginning(text: string, length: number): string {
  return [...text].slice(0, length).join('')
}

/** What a free text can mean when no screen asks for one: a search over all subjects. */
export const search = defineFlow<Context, Event>({
  id: 'search',
  version: 4,
  context: Context,
  migrations,
  machine,
  menu: { order: 70, label: { key: 'search:menu' } },
  screens: {
    asking: ({ t }) => screen(t('ask'), [back(go.leave), home()]),
    reading: ({ t, context: { hits, text, worry } }) =>
      screen(
        worry ? [t('beside')] : [t(hits.length === 0 ? 'nothing' : 'found', { text: beginning(text, 60) }), t('again')],
        ...hits.map(({ kind, label, flow, input }) => [
          button(label, go.open(flow, input), kind === 'reminder' ? 'primary' : undefined),
        ]),
        [back(go.leave), home()],
      ),
  },
  examples: { inputs: [undefined, { text: 'аспаз' }, { text: 'аспаз', worry: true }], texts: ['повар'] },
})
