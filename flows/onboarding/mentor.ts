import { assign } from 'xstate'
import { effects } from '../kit/effects.ts'
import type { States } from '../kit/states.ts'
import type { OnboardingContext as Context, OnboardingEvent as Event, On } from './context.ts'
import { checkCode, useCode } from './contract.ts'
import { agree, codeOf, hasCode, unread } from './steps.ts'

const { ask, tell, say } = effects<Context, Event>()

/** An invitation is for grown-ups who are no mentors yet. */
export const isInvited = ({ context, event }: On<'found.consent.check'>) =>
  event.data.forMentors && event.data.valid && mayBeMentor(context)
const mayBeMentor = ({ ageBand, agreedBy, hasAgreed, refusedUntil }: Context) =>
  refusedUntil === null && (ageBand === null || ageBand === '18+') && !(hasAgreed && agreedBy === 'mentor')
export const isMentorAgain = ({ context, event }: On<'found.consent.check'>) =>
  event.data.forMentors && context.hasAgreed && context.agreedBy === 'mentor'

/** What a mentor goes through: a grown-up, who is asked for no age and no plan. */
export const mentor: States<Context, Event> = {
  invited: {
    on: {
      AGREE: [
        { guard: hasCode, target: 'usingInvitation' },
        { target: 'name', actions: [agree('mentor'), assign({ agreedBy: 'mentor' })] },
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
            agree('mentor'),
            assign({ agreedBy: 'mentor', code: null }),
          ],
        },
        { target: 'welcome', actions: [assign({ code: null }), say('code.unknown')] },
      ],
    },
  },
}
