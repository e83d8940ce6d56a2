import { assign } from 'xstate'
import { type InvitedRole, invitedRoles, roleOf } from '../common/person.ts'
import { effects } from '../kit/effects.ts'
import type { States } from '../kit/states.ts'
import type { OnboardingContext as Context, OnboardingEvent as Event, On } from './context.ts'
import { checkCode, useCode } from './contract.ts'
import { agreeInRole, codeOf, hasCode, unread } from './steps.ts'

const { ask, tell, say } = effects<Context, Event>()

type Checked = On<'found.consent.check'>

/** An invitation is for grown-ups who may not do all of it yet. */
export const isInvited = ({ context, event: { data } }: Checked) =>
  data.role !== null && data.valid && mayBecome(data.role, context)
/** The link of whoever may do all that it stands for. */
export const isInvitedAgain = ({ context, event: { data } }: Checked) => data.role !== null && holds(data.role, context)
/** Whoever uses Serik for themselves would lose what is theirs by it. */
export const isForOthers = ({ context: { hasAgreed, agreedBy }, event: { data } }: Checked) =>
  data.role === 'employer' && data.valid && hasAgreed && agreedBy === 'self'
/** An invitation where a child's code is expected, or that gives nothing: for whom it is. */
export const forRoles = (target: string, without: Assigning) =>
  invitedRoles.map((role) => ({
    guard: ({ event: { data } }: Checked) => data.role === role,
    target,
    actions: [without, say<Checked['event']>(`code.forRole.${role}`)],
  }))
type Assigning = ReturnType<typeof assign<Context, Checked['event'], undefined, Event, never>>

const mayBecome = (role: InvitedRole, context: Context) => {
  const { ageBand, agreedBy, hasAgreed, refusedUntil } = context
  const isGrown = refusedUntil === null && (ageBand === null || ageBand === '18+')
  const isTheirOwn = hasAgreed && agreedBy === 'self'
  return isGrown && !holds(role, context) && !(role === 'employer' && isTheirOwn)
}

/** Each role and what it takes in. */
const within: Readonly<Record<InvitedRole, readonly InvitedRole[]>> = {
  employer: ['employer'],
  mentor: ['mentor', 'employer'],
  coordinator: ['coordinator', 'mentor', 'employer'],
}
const holds = (role: InvitedRole, { agreedBy, hasAgreed }: Context) => {
  const present = roleOf(agreedBy)
  return hasAgreed && present !== undefined && within[present].includes(role)
}
const inRole = assign<Context, Event, undefined, Event, never>({ agreedBy: ({ context }) => context.role })

/** What whoever is invited goes through: a grown-up, who is asked for no age and no plan. */
export const invited: States<Context, Event> = {
  invited: {
    on: {
      AGREE: [
        { guard: hasCode, target: 'usingInvitation' },
        { target: 'name', actions: [agreeInRole, inRole] },
      ],
      TEXT: unread('expected.invited'),
    },
  },
  usingInvitation: {
    entry: ask(checkCode, ({ context }) => codeOf(context)),
    on: {
      'found.consent.check': [
        {
          guard: isInvited,
          target: 'name',
          actions: [
            tell(useCode, ({ context }) => codeOf(context)),
            assign({ role: ({ event }) => event.data.role }),
            agreeInRole,
            inRole,
            assign({ code: null }),
          ],
        },
        { target: 'welcome', actions: [assign({ code: null }), say('code.unknown')] },
      ],
    },
  },
}
