import { setup } from 'xstate'
import { z } from 'zod'
import { keptOf } from '../common/kept.ts'
import { copiesKept, isEmployer, isMentor } from '../common/person.ts'
import { back, toBack } from '../kit/buttons.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Stamp, type Start } from '../kit/events.ts'
import { defineFlow } from '../kit/flow.ts'
import { button, go, screen } from '../kit/screen.ts'
import { exportPage, exportPerson, forgetPerson } from './contract.ts'

const Context = z.object({ begin: z.enum(['reading', 'exporting', 'confirming']) })
type Context = z.infer<typeof Context>
type Event = Stamp & { readonly type: 'EXPORT' | 'DELETE' | 'SEEN' | 'FURTHER' | 'CONFIRM' | 'BACK' }
type Input = Partial<Context> | undefined

const copies = { days: copiesKept }

const { send, tell } = effects<Context, Event>()

const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<Input> },
}).createMachine({
  id: 'privacy',
  context: beginWith(({ input }) => ({ begin: input?.begin ?? 'reading' })),
  initial: 'beginning',
  states: {
    beginning: {
      always: [
        { guard: ({ context }) => context.begin === 'exporting', target: 'exported' },
        { guard: ({ context }) => context.begin === 'confirming', target: 'confirming' },
        { target: 'reading' },
      ],
    },
    reading: { on: { EXPORT: 'exported', DELETE: 'confirming', SEEN: 'seen', FURTHER: 'further' } },
    seen: { on: { BACK: 'reading' } },
    further: { on: { BACK: 'reading' } },
    exported: {
      entry: [send(exportPage, () => null), send(exportPerson, () => null)],
      on: { BACK: 'reading', DELETE: 'confirming' },
    },
    confirming: { on: { CONFIRM: { target: 'deleted', actions: tell(forgetPerson, () => null) }, BACK: 'reading' } },
    deleted: {},
  },
})

/** What is kept and why, all of it as a file, and all of it gone. */
export const privacy = defineFlow<Context, Event>({
  id: 'privacy',
  version: 1,
  context: Context,
  machine,
  access: 'anyone',
  commands: {
    privacy: { place: 70 },
    export_me: { place: 80, input: () => ({ begin: 'exporting' }) },
    delete_me: { place: 90, input: () => ({ begin: 'confirming' }) },
  },
  called: {
    deletion: { input: { begin: 'confirming' } satisfies Input, label: { key: 'privacy:delete' } },
    data: { label: { key: 'privacy:command.privacy' } },
  },
  screens: {
    reading: ({ t, person }) =>
      screen(
        [
          t('title'),
          person.refusedAt === undefined ? t('kept', { kept: keptOf(person) }) : t('keptRefused'),
          t('why'),
          t('rights'),
        ],
        [button(t('export'), { type: 'EXPORT' }), button(t('delete'), { type: 'DELETE' })],
        [button(t('seen.open'), { type: 'SEEN' }), button(t('further.open'), { type: 'FURTHER' })],
        [back(go.leave)],
      ),
    seen: ({ t, person }) =>
      screen(
        [
          t('seen.title'),
          t('seen.you'),
          t('seen.mentors'),
          t('seen.questions'),
          ...(isMentor(person) || isEmployer(person) ? [t('seen.offers')] : []),
          ...(isMentor(person) ? [t('seen.journal')] : []),
          t('seen.writes'),
        ],
        [back(toBack)],
      ),
    further: ({ t }) =>
      screen([t('further.title'), t('further.sealed'), t('further.copies', copies), t('further.law')], [back(toBack)]),
    exported: ({ t }) => screen(t('exported.text'), [button(t('delete'), { type: 'DELETE' })], [back(toBack)]),
    confirming: ({ t, person }) =>
      screen(
        [
          t('confirm.title'),
          t('confirm.goes'),
          [t('confirm.stays', copies), ...(person.refusedAt === undefined ? [] : [t('confirm.refused')])],
          t('history'),
        ],
        [button(t('confirm.yes'), { type: 'CONFIRM' }, 'danger')],
        [back(toBack)],
      ),
    deleted: ({ t, person }) =>
      screen(
        [
          t('deleted.title'),
          [t('deleted.copies', copies), ...(person.refusedAt === undefined ? [] : [t('deleted.refused')])],
          t('history'),
        ],
        [button(t('deleted.again'), go.home, 'primary')],
      ),
  },
  examples: { inputs: [undefined, { begin: 'exporting' }, { begin: 'confirming' }] },
})
