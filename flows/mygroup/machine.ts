import { assign, setup } from 'xstate'
import {
  joinGroup,
  leaveGroup,
  type Membership,
  memberInvitation,
  myMembership,
  myPlaces,
  shareInGroup,
} from '../groups/contract.ts'
import { type ShareKind, shareKinds } from '../groups/group.ts'
import { changes } from '../kit/changes.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import {
  blank,
  type MygroupContext as Context,
  type MygroupEvent as Event,
  type MygroupInput,
  type On,
  type Situation,
} from './context.ts'

const { ask, tell, say, leave } = effects<Context, Event>()
const change = changes<Context, Event>()

const begins =
  (begin: Context['begin']) =>
  ({ context }: Situation) =>
    context.begin === begin
const hasSeveral = ({ context }: Situation) => context.places.length !== 1
const isNothing = ({ event }: { readonly event: { readonly data: unknown } }) => event.data === null
const isInvited = ({ event }: { readonly event: { readonly data: Membership | null } }) => event.data?.isIn === false
const byCode = ({ context }: Situation) => context.code !== null

const seen = change(({ event }: On<'found.groups.membership' | 'found.groups.invitation'>) => ({
  membership: event.data,
  wanted: event.data?.group.id ?? null,
  shares: event.data?.shares ?? [],
}))
/** What was chosen meanwhile stays. */
const seenAgain = change(({ event }: On<'found.groups.membership' | 'found.groups.invitation'>) => ({
  membership: event.data,
}))
const askOwn = ask(myMembership, (given) => ({ id: idIn(given) }))
const askCode = ask(memberInvitation, ({ context }) => ({ code: required(context.code) }))
const switched = change(({ context, event }: On<'SWITCH'>) => ({ shares: toggled(context.shares, event.kind) }))
const shared = tell(shareInGroup, ({ context, event }: On<'SWITCH'>) => ({
  group: idIn({ context }),
  shares: toggled(context.shares, event.kind),
}))
const joined = [
  tell(joinGroup, (given: Situation) => ({
    group: idIn(given),
    code: given.context.code,
    shares: given.context.shares,
  })),
  assign<Context, Event, undefined, Event, never>({ code: null }),
]

/** One's own group: who its mentors are, what they see, and the way out. */
export const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<MygroupInput> },
}).createMachine({
  id: 'mygroup',
  context: beginWith(begin),
  initial: 'beginning',
  states: {
    beginning: {
      always: [
        { guard: begins('code'), target: 'following' },
        { guard: begins('one'), target: 'group' },
        { target: 'looking' },
      ],
    },
    /** Most are in one group, which is shown at once. */
    looking: {
      entry: ask(myPlaces, () => null),
      on: {
        'found.groups.mine': [
          {
            guard: ({ event }) => event.data.length === 1,
            target: 'group',
            actions: assign(({ event }) => ({ places: event.data, wanted: event.data[0]?.id ?? null })),
          },
          { target: 'listing', actions: assign({ places: ({ event }) => event.data }) },
        ],
      },
    },
    listing: {
      on: { OPEN: { target: 'group', actions: assign(({ event }) => ({ wanted: event.id })) } },
    },
    group: {
      entry: askOwn,
      on: {
        'found.groups.membership': [
          { guard: isNothing, target: 'none', actions: say('gone') },
          { guard: isInvited, target: 'joining', actions: seen },
          { actions: seen },
        ],
        SHARING: 'sharing',
        SEEN: 'seen',
        LEAVE: 'leaving',
        BACK: [{ guard: hasSeveral, target: 'looking' }, { actions: leave() }],
      },
    },
    none: {},
    /** Whoever is shown something different already keeps it. */
    following: {
      entry: askCode,
      on: {
        'found.groups.invitation': [
          { guard: isNothing, target: 'badLink' },
          { guard: isInvited, target: 'joining', actions: seen },
          { target: 'group', actions: [seen, assign<Context, Event, undefined, Event, never>({ code: null })] },
        ],
      },
    },
    badLink: {},
    /** Who invites, and what is shared, each kind by itself. */
    joining: {
      on: {
        SWITCH: { actions: switched },
        AGREE: [{ guard: byCode, target: 'agreeingByCode' }, { target: 'agreeing' }],
        DECLINE: {
          target: 'declined',
          actions: [tell(leaveGroup, (given) => ({ group: idIn(given) })), assign({ code: null })],
        },
      },
    },
    /** Looked at once more: the link may be good no more, or the group closed. */
    agreeing: {
      entry: askOwn,
      on: {
        'found.groups.membership': [
          { guard: isNothing, target: 'none', actions: say('gone') },
          { target: 'joined', actions: [seenAgain, ...joined] },
        ],
      },
    },
    agreeingByCode: {
      entry: askCode,
      on: {
        'found.groups.invitation': [
          // An invitation that waits needs no link any more.
          { guard: isNothing, target: 'agreeing', actions: assign({ code: null }) },
          { target: 'joined', actions: [seenAgain, ...joined] },
        ],
      },
    },
    joined: {
      on: { SHARING: 'sharing', OPEN: { target: 'group', actions: assign(({ event }) => ({ wanted: event.id })) } },
    },
    declined: {},
    sharing: {
      on: { SWITCH: { actions: [shared, switched] }, SEEN: 'seen', BACK: 'group' },
    },
    /** The very lines that mentors read. */
    seen: {
      entry: askOwn,
      on: {
        'found.groups.membership': [{ guard: isNothing, target: 'none', actions: say('gone') }, { actions: seen }],
        SHARING: 'sharing',
        BACK: 'group',
      },
    },
    leaving: {
      on: {
        YES: { target: 'left', actions: tell(leaveGroup, (given) => ({ group: idIn(given) })) },
        BACK: 'group',
      },
    },
    left: {},
  },
})

function begin({ input }: Start<MygroupInput>): Context {
  if (input === undefined) return blank
  return 'code' in input ? { ...blank, begin: 'code', code: input.code } : { ...blank, begin: 'one', wanted: input.id }
}

/** In the order in which they are listed. */
function toggled(shares: readonly ShareKind[], kind: ShareKind): ShareKind[] {
  return shareKinds.filter((one) => (one === kind) !== shares.includes(one))
}

function idIn({ context: { wanted } }: Situation): string {
  return required(wanted)
}

/** In the states that need it there is one. */
function required<T>(value: T | null): T {
  if (value === null) throw new Error('Nothing is meant')
  return value
}
