import { setup } from 'xstate'
import { z } from 'zod'
import { home } from '../kit/buttons.ts'
import { beginWith, type Start } from '../kit/events.ts'
import { defineFlow } from '../kit/flow.ts'
import { button, go, screen } from '../kit/screen.ts'
import type { Message, Translate } from '../kit/words.ts'

const Context = z.object({ danger: z.boolean() })
type Context = z.infer<typeof Context>
type Input = { readonly danger?: boolean } | undefined

const machine = setup({
  types: { context: {} as Context, events: {} as { type: 'NEVER' }, input: {} as Start<Input> },
}).createMachine({
  id: 'help',
  context: beginWith(({ input }) => ({ danger: input?.danger === true })),
  initial: 'choosing',
  states: {
    choosing: { always: [{ guard: ({ context }) => context.danger, target: 'danger' }, { target: 'reading' }] },
    reading: {},
    danger: {},
  },
})

/** Whom to turn to, and what this bot can do. Comes by itself when somebody writes of despair or danger. */
export const help = defineFlow<Context, { type: 'NEVER' }>({
  id: 'help',
  version: 1,
  context: Context,
  machine,
  access: 'anyone',
  commands: { help: { place: 60 } },
  menu: { order: 90, label: { key: 'help:menu' } },
  screens: {
    reading: ({ t }) =>
      screen(
        [t('title'), t('intro'), lines(t), t('commands'), [t('attribution'), t('sources'), t('limits')]],
        [button(t('back'), go.leave), home()],
      ),
    danger: ({ t }) =>
      screen([t('danger.title'), t('danger.text'), lines(t)], [button(t('back'), go.leave, 'primary')]),
  },
  examples: { inputs: [undefined, { danger: true }] },
})

function lines(t: Translate): Message[] {
  return ['111', '150', '112'].map((number) => t(`lines.${number}`))
}
