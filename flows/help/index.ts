import { setup } from 'xstate'
import { z } from 'zod'
import { isCoordinator, isMentor, type Person } from '../common/person.ts'
import { back, home, toBack } from '../kit/buttons.ts'
import { changes } from '../kit/changes.ts'
import { type Arguments, effects } from '../kit/effects.ts'
import { beginWith, type Found, type Stamp, type Start } from '../kit/events.ts'
import { defineFlow, type Migration, type View } from '../kit/flow.ts'
import { button, go, screen } from '../kit/screen.ts'
import type { Message, Translate } from '../kit/words.ts'
import type { QuestionsInput } from '../questions/context.ts'
import { hasMentor } from '../questions/contract.ts'

const Context = z.object({
  danger: z.boolean(),
  /** What was written is kept where the way back leads: for a person who will read it. */
  kept: z.boolean(),
  /** Whether there is a mentor to be asked. */
  mentor: z.boolean(),
})
type Context = z.infer<typeof Context>
type Event = (Stamp & { readonly type: 'WRITING' | 'WHO' | 'ABOUT' | 'BACK' }) | Found<typeof hasMentor>
type Input = { readonly danger?: boolean; readonly kept?: boolean } | undefined

const { ask } = effects<Context, Event>()

const inDanger = ({ context }: { context: Context }) => context.danger
const askMentor = ask(hasMentor, () => null)
const toFirst = [{ guard: inDanger, target: 'danger' }, { target: 'reading' }]
const page = { on: { BACK: toFirst } }

const change = changes<Context, Event>()
const heard = {
  'found.questions.hasMentor': {
    actions: change(({ event }: Arguments<Context, Found<typeof hasMentor>>) => ({ mentor: event.data.has })),
  },
}

const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<Input> },
}).createMachine({
  id: 'help',
  context: beginWith(({ input }) => ({ danger: input?.danger === true, kept: input?.kept === true, mentor: false })),
  initial: 'choosing',
  states: {
    choosing: { always: toFirst },
    reading: { entry: askMentor, on: { ...heard, WRITING: 'writing', WHO: 'who', ABOUT: 'about' } },
    danger: { entry: askMentor, on: { ...heard, WRITING: 'writing', WHO: 'who' } },
    writing: page,
    who: page,
    about: page,
  },
})

/** Whom to turn to, and what this bot can do. Comes by itself when somebody writes of despair or danger. */
export const help = defineFlow<Context, Event>({
  id: 'help',
  version: 2,
  context: Context,
  machine,
  migrations: { 1: ofFirst },
  access: 'anyone',
  commands: { help: { place: 20 } },
  called: { about: { alone: true }, help: {} },
  menu: { order: 90, label: { key: 'help:menu' } },
  screens: {
    // The numbers come last, beside the buttons: there they are seen on a small screen, too.
    reading: ({ t, person, context }) =>
      screen(
        [t('title'), t('intro'), t('commands'), leaderLines(t, person), [t('people'), ...lines(t)]],
        toMentor(context),
        ...ways(t),
        [button(t('about.button'), { type: 'ABOUT' })],
        [button(t('back'), go.leave)],
        [home()],
      ),
    danger: ({ t, context }) =>
      screen([t('danger.title'), t('danger.text'), ...lines(t)], ...ways(t), context.kept ? [] : toMentor(context), [
        button(t('back'), go.leave, 'primary'),
      ]),
    writing: ({ t }) => screen([t('writing.title'), t('writing.text')], [back(toBack)]),
    who: ({ t }) => screen([t('who.title'), t('who.text'), t('who.secret'), t('who.here')], [back(toBack)]),
    about: ({ t }) => screen([t('about.title'), t('attribution'), t('sources'), t('limits')], [back(toBack)]),
  },
  examples: { inputs: [undefined, { danger: true }, { danger: true, kept: true }] },
})

/** What is open to mentors and coordinators besides. */
function leaderLines(t: Translate, person: Person): Message[] {
  return [
    ...(isMentor(person) ? [t('mentorCommands')] : []),
    ...(isCoordinator(person) ? [t('coordinatorCommands')] : []),
  ]
}

/** Of those who have a mentor each can ask one from here; what was just written to one is not begun anew. */
function toMentor({ mentor }: Context) {
  return mentor ? [button({ key: 'questions:menu' }, go.open('questions', { new: true } satisfies QuestionsInput))] : []
}

const First = z.object({ danger: z.boolean() })

/** The first version knew no mentors; the next time it is opened it asks for one. */
function ofFirst({ value, context }: ReturnType<Migration>): ReturnType<Migration> {
  return { value, context: { ...First.parse(context), kept: false, mentor: false } }
}

function ways(t: View<Context>['t']) {
  return [[button(t('writing.button'), { type: 'WRITING' })], [button(t('who.button'), { type: 'WHO' })]]
}

function lines(t: Translate): Message[] {
  return ['111', '150', '112'].map((number) => t(`lines.${number}`))
}
