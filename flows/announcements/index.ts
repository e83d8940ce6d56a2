import { setup } from 'xstate'
import { z } from 'zod'
import { home } from '../kit/buttons.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Stamp, type Start } from '../kit/events.ts'
import { defineFlow } from '../kit/flow.ts'
import { answerNotices } from '../kit/notice.ts'
import { button, screen } from '../kit/screen.ts'
import { type Answer, noticePrefix, over, told, trial, urgent } from './notices.ts'

const Context = z.object({
  /** The announcement that is answered. */
  id: z.string().nullable(),
  yes: z.boolean(),
})
type Context = z.infer<typeof Context>
type Event = Stamp & { readonly type: 'DONE' }

/** An answer; without one there is nothing to do here. */
type Input = { readonly id: string; readonly yes: boolean } | undefined

const { tell, leave } = effects<Context, Event>()

/** Written once: who has answered is asked no more, see `answerNotices`. */
const keep = tell(answerNotices, ({ context: { id, yes } }) => ({
  keyPrefix: noticePrefix(id ?? ''),
  answer: { yes } satisfies Answer,
}))

const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<Input> },
}).createMachine({
  id: 'announcements',
  context: beginWith(({ input }: Start<Input>): Context => ({ id: input?.id ?? null, yes: input?.yes ?? false })),
  initial: 'beginning',
  states: {
    beginning: { always: [{ guard: ({ context }) => context.id !== null, target: 'answered' }, { target: 'nothing' }] },
    answered: { entry: keep, on: { DONE: { actions: leave() } } },
    nothing: {},
  },
})

/** What mentors and coordinators tell: it comes as notices, and is answered by their buttons. */
export const announcements = defineFlow<Context, Event>({
  id: 'announcements',
  version: 1,
  context: Context,
  machine,
  access: 'self',
  screens: {
    answered: ({ t, context: { yes } }) =>
      screen(
        [t(yes ? 'answered.yes' : 'answered.no'), t('answered.thanks')],
        [button(t('done'), { type: 'DONE' }), home()],
      ),
    nothing: ({ t }) => screen(t('nothing'), [home()]),
  },
  notices: [told, urgent, trial, over],
  examples: { inputs: [undefined, { id: 'example', yes: true }, { id: 'example', yes: false }] },
})
