import { setup } from 'xstate'
import { z } from 'zod'
import { personChange } from '../common/contract.ts'
import { home } from '../kit/buttons.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Stamp, type Start } from '../kit/events.ts'
import { defineFlow } from '../kit/flow.ts'
import { button, go, screen } from '../kit/screen.ts'

const Context = z.object({
  /** The kind of notices that was switched off. */
  kind: z.string(),
  /** The kinds that were off before. */
  others: z.array(z.string()),
})
type Context = z.infer<typeof Context>
type Event = Stamp & { readonly type: 'ON' | 'OFF' }
type Input = { readonly mute: string }

const { tell } = effects<Context, Event>()
const off = tell(personChange, ({ context }) => ({ muted: [...context.others, context.kind] }))
const on = tell(personChange, ({ context }) => ({ muted: context.others }))

const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<Input> },
}).createMachine({
  id: 'muting',
  context: beginWith(({ input, person }) => {
    return { kind: input.mute, others: person.muted.filter((kind) => kind !== input.mute) }
  }),
  initial: 'off',
  states: {
    off: { entry: off, on: { ON: 'on' } },
    on: { entry: on, on: { OFF: 'off' } },
  },
})

/** Switching a kind of notices off, from the button under the notice itself, and on again. */
export const muting = defineFlow<Context, Event>({
  id: 'muting',
  version: 1,
  formerIds: ['delivery'],
  context: Context,
  machine,
  screens: {
    off: ({ t }) =>
      screen(
        t('off.text'),
        [button(t('off.undo'), { type: 'ON' })],
        [button(t('off.settings'), go.open('settings')), home()],
      ),
    on: ({ t }) => screen(t('on.text'), [button(t('on.undo'), { type: 'OFF' })], [home()]),
  },
  examples: { inputs: [{ mute: 'toy.word' }] },
})
