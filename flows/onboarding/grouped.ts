import { assign } from 'xstate'
import { roleOf } from '../common/person.ts'
import { effects } from '../kit/effects.ts'
import type { OnboardingContext as Context, OnboardingEvent as Event, On } from './context.ts'
import { codeOf, type Situation } from './steps.ts'

const { open } = effects<Context, Event>()

type Checked = On<'found.consent.check'>

/** Whether somebody goes on in a group when onboarding is over. */
export const isIntoGroup = ({ context }: Situation) => context.intoGroup && context.code !== null

/** Remembered of a code while onboarding lasts. */
export const leading = assign<Context, Checked['event'], undefined, Event, never>({
  intoGroup: ({ event }) => event.data.group && event.data.role === null,
})

/** Home stands below, so that the way back leads there. */
export const toGroup = [open('home'), open('mygroup', ({ context }) => codeOf(context))]

const isMet = ({ hasAgreed, begin }: Context) => hasAgreed && (begin === 'meeting' || begin === 'answered')
/** A link for members, and somebody who is here already for themselves. */
const isMember = ({ context, event: { data } }: Checked) =>
  data.group && data.role === null && isMet(context) && roleOf(context.agreedBy) === undefined
/** A coordinator's link into a group, and somebody who is a mentor already. */
const isMentorHere = ({ context, event: { data } }: Checked) =>
  data.group && data.role === 'mentor' && data.valid && isMet(context) && isMentorOf(context)
const isMentorOf = ({ agreedBy }: Context) => agreedBy === 'mentor' || agreedBy === 'coordinator'

/** Where a link of a group leads those who have been met; whether it is good is said there. */
export const leadingOn = [
  { guard: isMember, target: 'done', actions: toGroup },
  {
    guard: isMentorHere,
    target: 'done',
    actions: [open('home'), open('groups', ({ context }: Situation) => codeOf(context))],
  },
  /** Whoever left in the middle answers first, and keeps the code. */
  {
    guard: ({ context, event: { data } }: Checked) =>
      data.group && data.role === null && context.begin === 'answering' && roleOf(context.agreedBy) === undefined,
    target: 'entering',
    actions: leading,
  },
]
