import { assign, setup } from 'xstate'
import { z } from 'zod'
import { back, home } from '../kit/buttons.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Found, type Start, type Wrote } from '../kit/events.ts'
import { defineFlow } from '../kit/flow.ts'
import { button, go, screen } from '../kit/screen.ts'
import { languages } from '../kit/words.ts'

const Words = z.record(z.enum(languages), z.string())
const Results = z.object({
  /** Flows of the menu whose label fits. */
  flows: z.array(z.object({ id: z.string(), label: z.object({ key: z.string() }) })),
  professions: z.array(z.object({ id: z.string(), name: Words })),
  /** The text speaks of a time: it may be meant as a reminder. */
  reminder: z.boolean(),
})
export type SearchResults = z.infer<typeof Results>

const Context = z.object({ text: z.string(), results: Results })
type Context = z.infer<typeof Context>
type Event = Wrote | Found<'search.find', SearchResults>
type Input = { readonly text: string } | undefined

const { ask } = effects<Context, Event>()
const nothing: SearchResults = { flows: [], professions: [], reminder: false }

const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<Input> },
}).createMachine({
  id: 'search',
  context: beginWith(({ input }) => ({ text: beginning(input?.text ?? '', 200), results: nothing })),
  initial: 'beginning',
  states: {
    beginning: { always: [{ guard: ({ context }) => context.text === '', target: 'asking' }, { target: 'reading' }] },
    asking: { on: { TEXT: { target: 'reading', actions: assign(written) } } },
    reading: {
      entry: ask('search.find', ({ context }) => ({ text: context.text })),
      on: {
        FOUND: { actions: assign({ results: ({ event }) => event.data }) },
        TEXT: { target: 'reading', reenter: true, actions: assign(written) },
      },
    },
  },
})

function written({ event }: { event: Event }): Partial<Context> {
  return event.type === 'TEXT' ? { text: beginning(event.text, 200), results: nothing } : {}
}

function isEmpty({ flows, professions, reminder }: SearchResults): boolean {
  return flows.length + professions.length === 0 && !reminder
}

/** Whole signs only: Telegram refuses a message with half of one. */
function beginning(text: string, length: number): string {
  return [...text].slice(0, length).join('')
}

/** What a free text can mean when no screen asks for one: a search over the menu and the professions. */
export const search = defineFlow<Context, Event>({
  id: 'search',
  version: 1,
  context: Context,
  machine,
  menu: { order: 70, label: { key: 'search:menu' } },
  screens: {
    asking: ({ t }) => screen(t('ask'), [back(go.leave), home()]),
    reading: ({ t, context: { results, text } }) =>
      screen(
        [t(isEmpty(results) ? 'nothing' : 'found', { text: beginning(text, 60) }), t('again')],
        results.reminder ? [button(t('remind'), go.open('reminders', { text }), 'primary')] : [],
        ...results.flows.map(({ id, label }) => [button(label, go.open(id))]),
        ...results.professions.map(({ id, name }) => [
          button({ key: 'common:value', values: { value: name } }, go.open('professions', { id })),
        ]),
        [back(go.leave), home()],
      ),
  },
  examples: {
    inputs: [undefined, { text: 'аспаз' }],
    texts: ['повар'],
    answers: {
      'search.find': [
        nothing,
        {
          flows: [{ id: 'help', label: { key: 'help:menu' } }],
          professions: [{ id: 'cook', name: { kk: 'Аспаз', ru: 'Повар', en: 'Cook' } }],
          reminder: true,
        },
      ],
    },
  },
})
