import { setup } from 'xstate'
import { z } from 'zod'
import { personChange } from '../common/contract.ts'
import { isEmployer, isMentor, type Person } from '../common/person.ts'
import { mayUse } from '../kit/access.ts'
import { back, home } from '../kit/buttons.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Stamp, type Start } from '../kit/events.ts'
import { defineFlow, type Flow, type Migration } from '../kit/flow.ts'
import { button, go, screen } from '../kit/screen.ts'

const Context = z.object({
  /** The kinds of notices that are switched off here. */
  kinds: z.array(z.string()),
  /** The kinds that were off before. */
  others: z.array(z.string()),
  /** All kinds there are, which is asked about before. */
  all: z.boolean(),
})
type Context = z.infer<typeof Context>
type Event = Stamp & { readonly type: 'ON' | 'OFF' }
/** From under a notice its kind; nothing for all kinds. */
type Input = { readonly mute: string } | undefined

const { tell } = effects<Context, Event>()
const off = tell(personChange, ({ context }) => ({ muted: [...context.others, ...context.kinds] }))
const on = tell(personChange, ({ context }) => ({ muted: context.others }))

/** Switching notices off: one kind from the button under the notice itself, or all of them; and on again. */
export function createMuting(flows: readonly Flow[]) {
  const known = flows.flatMap(({ notices = [] }) => notices.filter(({ canBeMuted }) => canBeMuted === true))
  const machine = setup({
    types: { context: {} as Context, events: {} as Event, input: {} as Start<Input> },
  }).createMachine({
    id: 'muting',
    context: beginWith(({ input, person }) => {
      const kinds = input === undefined ? known.map(({ kind }) => kind) : [input.mute]
      return { kinds, others: person.muted.filter((kind) => !kinds.includes(kind)), all: input === undefined }
    }),
    initial: 'beginning',
    states: {
      beginning: { always: [{ guard: ({ context }) => context.all, target: 'asking' }, { target: 'off' }] },
      asking: { on: { OFF: 'off' } },
      off: { entry: off, on: { ON: 'on' } },
      on: { entry: on, on: { OFF: 'off' } },
    },
  })
  return defineFlow<Context, Event>({
    id: 'muting',
    version: 2,
    formerIds: ['delivery'],
    context: Context,
    migrations,
    machine,
    access: 'agreed',
    called: { stop: { label: { key: 'muting:ask.label' } } },
    screens: {
      asking: ({ t, person }) =>
        screen(
          [
            t('ask.title'),
            t(`ask.what.${whoseOf(person)}`),
            ...(mayUse('self', person) ? [t('ask.reminders')] : []),
            t('ask.leave'),
          ],
          [button(t('ask.yes'), { type: 'OFF' }, 'primary')],
          mayUse('met', person) && !isMentor(person) ? [button({ key: 'alerts:menu' }, go.open('alerts'))] : [],
          [
            ...(mayUse('self', person) ? [button({ key: 'reminders:menu' }, go.open('reminders'))] : []),
            button(t('off.settings'), go.open('settings')),
          ],
          [back(go.leave), home()],
        ),
      off: ({ t, context, person }) =>
        screen(
          t(context.all && mayUse('self', person) ? 'off.all' : 'off.text'),
          [button(t('off.undo'), { type: 'ON' })],
          [button(t('off.settings'), go.open('settings')), home()],
        ),
      on: ({ t, context }) =>
        screen(t(context.all ? 'on.all' : 'on.text'), [button(t('on.undo'), { type: 'OFF' })], [home()]),
    },
    examples: { inputs: [{ mute: 'toy.word' }, undefined] },
  })
}

/** What the bot writes first is another thing for each of them. */
function whoseOf(person: Person): 'young' | 'mentor' | 'employer' {
  if (isEmployer(person)) return 'employer'
  return isMentor(person) ? 'mentor' : 'young'
}

const First = z.object({ kind: z.string(), others: z.array(z.string()) })

const migrations: Readonly<Record<number, Migration>> = {
  /** One kind at a time. */
  1: ({ value, context }) => {
    const { kind, others } = First.parse(context)
    return { value, context: { kinds: [kind], others, all: false } }
  },
}
