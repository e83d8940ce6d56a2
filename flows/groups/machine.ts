import { assign, setup } from 'xstate'
import { longestName } from '../common/names.ts'
import { changes } from '../kit/changes.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import {
  blank,
  type GroupsContext as Context,
  type Deed,
  type GroupsEvent as Event,
  type GroupsInput,
  type On,
  type Situation,
} from './context.ts'
import {
  closeGroup,
  giveLink,
  groupLinks,
  groupMembers,
  leadByLink,
  leadGroup,
  makeGroup,
  mentorInvitation,
  myGroups,
  newLink,
  oneGroup,
  oneMember,
  removeMember,
  renameGroup,
  revokeLink,
  unleadGroup,
} from './contract.ts'
import type { Removal } from './group.ts'
import { nameIn } from './group.ts'

const { ask, tell, say } = effects<Context, Event>()
const change = changes<Context, Event>()

const begins =
  (begin: Context['begin']) =>
  ({ context }: Situation) =>
    context.begin === begin
const does =
  (deed: Deed) =>
  ({ context }: Situation) =>
    context.deed === deed
const doing = (deed: Deed) => assign<Context, Event, undefined, Event, never>({ deed })
const idIn = ({ context: { wanted } }: Situation) => required(wanted)
const isNothing = ({ event }: { readonly event: { readonly data: unknown } }) => event.data === null
const worried = { guard: ({ event }: On<'TEXT'>) => event.worry === true }
const isEmpty = ({ event }: On<'TEXT'>) => nameIn(event.text) === ''
const isLong = ({ event }: On<'TEXT'>) => [...nameIn(event.text)].length > longestName
const named = change(({ event }: On<'TEXT'>) => ({ name: nameIn(event.text) }))
/** What is no name is said so; the state stays. */
const noName = [
  worried,
  { guard: isEmpty, actions: say<On<'TEXT'>['event']>('naming.empty') },
  { guard: isLong, actions: say<On<'TEXT'>['event']>('naming.long') },
] as const
/** The group is not there any more, or not theirs. */
const gone = { guard: isNothing, target: 'listing', actions: say('gone') } as const

const askGroup = ask(oneGroup, (given) => ({ id: idIn(given) }))
const askMembers = ask(groupMembers, (given) => ({ group: idIn(given), page: given.context.members.page }))
const askLinks = ask(groupLinks, (given) => ({ group: idIn(given) }))
const seen = change(({ event }: On<'found.groups.one'>) => ({ view: event.data }))

/** Groups of a mentor: who is in them, what they show, links that invite, and what becomes of the group. */
export const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<GroupsInput> },
}).createMachine({
  id: 'groups',
  context: beginWith(begin),
  initial: 'beginning',
  states: {
    beginning: {
      always: [
        { guard: begins('one'), target: 'group' },
        { guard: begins('making'), target: 'naming' },
        { guard: begins('invited'), target: 'invited' },
        { target: 'listing' },
      ],
    },
    listing: {
      entry: ask(myGroups, ({ context }) => ({ page: context.list.page })),
      on: {
        'found.groups.list': { actions: assign({ list: ({ event }) => event.data }) },
        OPEN: { target: 'group', actions: assign(({ event }) => ({ wanted: event.id })) },
        PAGE: {
          target: 'listing',
          reenter: true,
          actions: assign({ list: ({ context, event }) => ({ ...context.list, page: event.page }) }),
        },
        ADD: [
          { guard: ({ context }) => context.list.places.length > 1, target: 'placing' },
          {
            target: 'naming',
            actions: assign({ place: ({ context }) => context.list.places[0]?.id ?? null }),
          },
        ],
      },
    },
    placing: {
      on: {
        PLACE: { target: 'naming', actions: assign(({ event }) => ({ place: event.id })) },
        BACK: 'listing',
      },
    },
    naming: {
      on: {
        TEXT: [
          ...noName,
          {
            target: 'done',
            actions: [
              named,
              tell(makeGroup, ({ context, event }: On<'TEXT'>) => ({
                id: event.turn.id,
                institution: required(context.place),
                name: nameIn(event.text),
              })),
              change(({ event }: On<'TEXT'>) => ({ wanted: event.turn.id, outcome: 'made' })),
            ],
          },
        ],
        BACK: 'listing',
      },
    },
    group: {
      entry: askGroup,
      on: {
        'found.groups.one': [gone, { actions: seen }],
        MEMBERS: { target: 'members', actions: assign({ members: blank.members }) },
        MENTORS: 'mentors',
        LINKS: 'links',
        RENAME: 'renaming',
        CLOSE: 'closing',
        LEAD: { target: 'acting', actions: doing('lead') },
        BACK: 'listing',
      },
    },
    members: {
      entry: askMembers,
      on: {
        'found.groups.members': [gone, { actions: assign({ members: ({ event }) => event.data ?? blank.members }) }],
        MEMBER: { target: 'member', actions: assign(({ event }) => ({ ref: event.id })) },
        PAGE: {
          target: 'members',
          reenter: true,
          actions: assign({ members: ({ context, event }) => ({ ...context.members, page: event.page }) }),
        },
        BACK: 'group',
      },
    },
    member: {
      entry: ask(oneMember, (given) => ({ group: idIn(given), member: required(given.context.ref) })),
      on: {
        'found.groups.member': [
          { guard: isNothing, target: 'members', actions: say('memberGone') },
          { actions: assign({ member: ({ event }) => event.data }) },
        ],
        REMOVE: 'removing',
        BACK: 'members',
      },
    },
    mentors: {
      entry: askGroup,
      on: {
        'found.groups.one': [gone, { actions: seen }],
        TAKE_OUT: { target: 'removing', actions: assign(({ event }) => ({ ref: event.id, member: null })) },
        LEAD: { target: 'acting', actions: doing('lead') },
        UNLEAD: 'leaving',
        BACK: 'group',
      },
    },
    leaving: { on: { YES: { target: 'acting', actions: doing('unlead') }, BACK: 'mentors' } },
    removing: {
      on: {
        REASON: { target: 'acting', actions: [assign(({ event }) => ({ reason: event.reason })), doing('remove')] },
        BACK: [{ guard: ({ context }) => context.member === null, target: 'mentors' }, { target: 'member' }],
      },
    },
    renaming: {
      on: {
        TEXT: [...noName, { target: 'acting', actions: [named, doing('rename')] }],
        BACK: 'group',
      },
    },
    closing: { on: { YES: { target: 'acting', actions: doing('close') }, BACK: 'group' } },
    links: {
      entry: [assign({ link: null }), askLinks],
      on: {
        'found.groups.links': [
          gone,
          {
            actions: assign({
              links: ({ event }) => event.data?.links ?? [],
              room: ({ event }) => event.data?.room ?? false,
            }),
          },
        ],
        INVITE: { target: 'counting', actions: assign(({ event }) => ({ kind: event.kind })) },
        REVOKE: { target: 'acting', actions: [assign(({ event }) => ({ revoked: event.id })), doing('revoke')] },
        BACK: 'group',
      },
    },
    counting: {
      on: {
        USES: { target: 'timing', actions: assign(({ event }) => ({ uses: event.number })) },
        BACK: 'links',
      },
    },
    timing: {
      on: {
        DAYS: { target: 'linking', actions: assign(({ event }) => ({ days: event.number })) },
        BACK: 'counting',
      },
    },
    /** Its code is made by chance and kept as a hash; the link is here as long as it is shown. */
    linking: {
      entry: ask(newLink, (given) => ({ group: idIn(given), kind: given.context.kind })),
      on: {
        'found.groups.newLink': [
          gone,
          {
            target: 'link',
            actions: [
              assign({ link: ({ event }) => event.data }),
              tell(giveLink, ({ context, event }: On<'found.groups.newLink'>) => ({
                group: idIn({ context }),
                kind: context.kind,
                code: required(event.data).code,
                uses: context.uses,
                days: context.days,
              })),
            ],
          },
        ],
      },
    },
    link: { on: { BACK: 'links' } },
    /** Whoever acts is looked at once more: they may lead the group no longer. */
    acting: {
      entry: askGroup,
      on: {
        'found.groups.one': [
          gone,
          {
            guard: does('rename'),
            target: 'done',
            actions: [tell(renameGroup, renamed), assign({ outcome: 'renamed' })],
          },
          {
            guard: does('close'),
            target: 'done',
            actions: [tell(closeGroup, (given) => ({ id: idIn(given) })), assign({ outcome: 'closed' })],
          },
          {
            guard: does('remove'),
            target: 'done',
            actions: [tell(removeMember, removed), assign({ outcome: 'removed' })],
          },
          { guard: does('lead'), target: 'done', actions: [tell(leadGroup, ofGroup), assign({ outcome: 'led' })] },
          {
            guard: does('unlead'),
            target: 'done',
            actions: [tell(unleadGroup, ofGroup), assign({ outcome: 'unled' })],
          },
          {
            target: 'done',
            actions: [
              tell(revokeLink, (given) => ({ group: idIn(given), id: required(given.context.revoked) })),
              assign({ outcome: 'revoked' }),
            ],
          },
        ],
      },
    },
    /** The store knows of it when the turn is over. */
    done: {
      on: {
        OPEN: { target: 'group', actions: assign(({ event }) => ({ wanted: event.id })) },
        LINKS: 'links',
        BACK: 'listing',
      },
    },
    /** A coordinator's link to be a mentor of a group. */
    invited: {
      entry: ask(mentorInvitation, ({ context }) => ({ code: required(context.code) })),
      on: {
        'found.groups.mentorInvitation': [
          { guard: isNothing, target: 'listing', actions: [assign({ code: null }), say('linkGone')] },
          {
            guard: ({ event }) => event.data?.isMine === true,
            target: 'group',
            actions: assign(({ event }) => ({ wanted: event.data?.group.id ?? null, code: null })),
          },
          { actions: assign({ invitation: ({ event }) => event.data }) },
        ],
        AGREE: {
          target: 'done',
          actions: [
            tell(leadByLink, ({ context }) => ({ code: required(context.code) })),
            assign({ outcome: 'led', wanted: ({ context }) => context.invitation?.group.id ?? null, code: null }),
          ],
        },
        BACK: { target: 'listing', actions: assign({ code: null }) },
      },
    },
  },
})

function begin({ input }: Start<GroupsInput>): Context {
  if (input === undefined) return blank
  if ('id' in input) return { ...blank, begin: 'one', wanted: input.id }
  return 'place' in input
    ? { ...blank, begin: 'making', place: input.place }
    : { ...blank, begin: 'invited', code: input.code }
}

function ofGroup(given: Situation) {
  return { group: idIn(given) }
}

function renamed(given: Situation) {
  return { id: idIn(given), name: given.context.name }
}

function removed(given: Situation): { group: string; member: string; reason: Removal } {
  return { group: idIn(given), member: required(given.context.ref), reason: given.context.reason ?? 'other' }
}

/** In the states that need it there is one. */
function required<T>(value: T | null): T {
  if (value === null) throw new Error('Nothing is meant')
  return value
}
