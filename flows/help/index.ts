import { setup } from 'xstate'
import { z } from 'zod'
import { isCoordinator, isMentor, type Person } from '../common/person.ts'
import { back, home, toBack } from '../kit/buttons.ts'
import { beginWith, type Start } from '../kit/events.ts'
import { defineFlow, type View } from '../kit/flow.ts'
import { button, go, screen } from '../kit/screen.ts'
import type { Message, Translate } from '../kit/words.ts'

const Context = z.object({ danger: z.boolean() })
type Context = z.infer<typeof Context>
type Event = { type: 'WRITING' | 'WHO' | 'ABOUT' | 'BACK' }
type Input = { readonly danger?: boolean } | undefined

const inDanger = ({ context }: { context: Context }) => context.danger
const toFirst = [{ guard: inDanger, target: 'danger' }, { target: 'reading' }]
const page = { on: { BACK: toFirst } }

const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<Input> },
}).createMachine({
  id: 'help',
  context: beginWith(({ input }) => ({ danger: input?.danger === true })),
  initial: 'choosing',
  states: {
    choosing: { always: toFirst },
    reading: { on: { WRITING: 'writing', WHO: 'who', ABOUT: 'about' } },
    danger: { on: { WRITING: 'writing', WHO: 'who' } },
    writing: page,
    who: page,
    about: page,
  },
})

/** Whom to turn to, and what this bot can do. Comes by itself when somebody writes of despair or danger. */
export const help = defineFlow<Context, Event>({
  id: 'help',
  version: 1,
  context: Context,
  machine,
  access: 'anyone',
  commands: { help: { place: 20 } },
  called: { about: { alone: true }, help: {} },
  menu: { order: 90, label: { key: 'help:menu' } },
  screens: {
    // The numbers come last, beside the buttons: there they are seen on a small screen, too.
    reading: ({ t, person }) =>
      screen(
        [t('title'), t('intro'), t('commands'), leaderLines(t, person), [t('people'), ...lines(t)]],
        ...ways(t),
        [button(t('about.button'), { type: 'ABOUT' })],
        [button(t('back'), go.leave)],
        [home()],
      ),
    danger: ({ t }) =>
      screen([t('danger.title'), t('danger.text'), ...lines(t)], ...ways(t), [button(t('back'), go.leave, 'primary')]),
    writing: ({ t }) => screen([t('writing.title'), t('writing.text')], [back(toBack)]),
    who: ({ t }) => screen([t('who.title'), t('who.text'), t('who.secret'), t('who.here')], [back(toBack)]),
    about: ({ t }) => screen([t('about.title'), t('attribution'), t('sources'), t('limits')], [back(toBack)]),
  },
  examples: { inputs: [undefined, { danger: true }] },
})

/** What is open to mentors and coordinators besides. */
function leaderLines(t: Translate, person: Person): Message[] {
  return [
    ...(isMentor(person) ? [t('mentorCommands')] : []),
    ...(isCoordinator(person) ? [t('coordinatorCommands')] : []),
  ]
}

function ways(t: View<Context>['t']) {
  return [[button(t('writing.button'), { type: 'WRITING' })], [button(t('who.button'), { type: 'WHO' })]]
}

function lines(t: Translate): Message[] {
  return ['111', '150', '112'].map((number) => t(`lines.${number}`))
}
