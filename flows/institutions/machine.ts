import { assign, setup } from 'xstate'
import { longestName } from '../common/names.ts'
import { regions } from '../common/regions.ts'
import {
  closeInstitution,
  foundInstitution,
  institutionList,
  journal,
  oneInstitution,
  renameInstitution,
} from '../groups/contract.ts'
import { nameIn } from '../groups/group.ts'
import { changes } from '../kit/changes.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import {
  blank,
  type InstitutionsContext as Context,
  type InstitutionsEvent as Event,
  type On,
  type Situation,
} from './context.ts'

const { ask, tell, say } = effects<Context, Event>()
const change = changes<Context, Event>()

const isEmpty = ({ event }: On<'TEXT'>) => nameIn(event.text) === ''
const isLong = ({ event }: On<'TEXT'>) => [...nameIn(event.text)].length > longestName
const named = change(({ event }: On<'TEXT'>) => ({ name: nameIn(event.text) }))
/** What is no name is said so; the state stays. */
const noName = [
  { guard: ({ event }: On<'TEXT'>) => event.worry === true },
  { guard: isEmpty, actions: say<On<'TEXT'>['event']>('naming.empty') },
  { guard: isLong, actions: say<On<'TEXT'>['event']>('naming.long') },
] as const
const found = tell(foundInstitution, ({ context, event }: On<'REGION' | 'SKIP'>) => ({
  id: event.turn.id,
  name: context.name,
  region: event.type === 'REGION' ? (regions.find((one) => one === event.region) ?? null) : null,
}))
const founded = change(({ event }: On<'REGION' | 'SKIP'>) => ({ wanted: event.turn.id, outcome: 'founded' }))

/** Institutions and their groups, and what mentors and coordinators did. */
export const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start },
}).createMachine({
  id: 'institutions',
  context: beginWith(() => blank),
  initial: 'listing',
  states: {
    listing: {
      entry: ask(institutionList, ({ context }) => ({ page: context.list.page })),
      on: {
        'found.groups.places': { actions: assign({ list: ({ event }) => event.data }) },
        OPEN: { target: 'place', actions: assign(({ event }) => ({ wanted: event.id, groups: blank.groups })) },
        ADD: 'naming',
        JOURNAL: { target: 'journal', actions: assign({ journal: blank.journal }) },
        PAGE: {
          target: 'listing',
          reenter: true,
          actions: assign({ list: ({ context, event }) => ({ ...context.list, page: event.page }) }),
        },
        RETURN: { target: 'listing', reenter: true },
      },
    },
    naming: {
      on: { TEXT: [...noName, { target: 'region', actions: named }], BACK: 'listing' },
    },
    region: {
      on: {
        REGION: { target: 'done', actions: [found, founded] },
        SKIP: { target: 'done', actions: [found, founded] },
        BACK: 'naming',
      },
    },
    place: {
      entry: ask(oneInstitution, (given) => ({ id: idIn(given), page: given.context.groups.page })),
      on: {
        'found.groups.place': [
          { guard: ({ event }) => event.data === null, target: 'listing', actions: say('gone') },
          {
            actions: assign(({ event }) => ({ place: event.data?.place ?? null, groups: event.data ?? blank.groups })),
          },
        ],
        PAGE: {
          target: 'place',
          reenter: true,
          actions: assign({ groups: ({ context, event }) => ({ ...context.groups, page: event.page }) }),
        },
        RENAME: 'renaming',
        CLOSE: [
          { guard: ({ context }) => context.groups.total > 0, actions: say('closing.groups') },
          { target: 'closing' },
        ],
        BACK: 'listing',
        RETURN: { target: 'place', reenter: true },
      },
    },
    renaming: {
      on: {
        TEXT: [
          ...noName,
          {
            target: 'done',
            actions: [
              named,
              tell(renameInstitution, ({ context, event }: On<'TEXT'>) => ({
                id: idIn({ context }),
                name: nameIn(event.text),
              })),
              change((_: On<'TEXT'>) => ({ outcome: 'renamed' })),
            ],
          },
        ],
        BACK: 'place',
      },
    },
    closing: {
      on: {
        YES: 'shutting',
        BACK: 'place',
      },
    },
    /** Looked at once more: another may have made a group there. */
    shutting: {
      entry: ask(oneInstitution, (given) => ({ id: idIn(given), page: 0 })),
      on: {
        'found.groups.place': [
          { guard: ({ event }) => event.data === null, target: 'listing', actions: say('gone') },
          {
            guard: ({ event }) => event.data !== null && event.data.total > 0,
            target: 'place',
            actions: say('closing.groups'),
          },
          {
            target: 'done',
            actions: [tell(closeInstitution, (given) => ({ id: idIn(given) })), assign({ outcome: 'closed' })],
          },
        ],
      },
    },
    /** The store knows of it when the turn is over. */
    done: {
      on: {
        OPEN: { target: 'place', actions: assign(({ event }) => ({ wanted: event.id, groups: blank.groups })) },
        BACK: 'listing',
        RETURN: 'listing',
      },
    },
    journal: {
      entry: ask(journal, ({ context }) => ({ page: context.journal.page })),
      on: {
        'found.groups.journal': { actions: assign({ journal: ({ event }) => event.data }) },
        PAGE: {
          target: 'journal',
          reenter: true,
          actions: assign({ journal: ({ context, event }) => ({ ...context.journal, page: event.page }) }),
        },
        BACK: 'listing',
      },
    },
  },
})

function idIn({ context: { wanted } }: Situation): string {
  if (wanted === null) throw new Error('No institution is meant')
  return wanted
}
