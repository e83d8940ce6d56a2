import { defineFlow } from '../kit/flow.ts'
import { readCode } from './code.ts'
import { OnboardingContext, type OnboardingEvent } from './context.ts'
import { machine } from './machine.ts'
import { migrations } from './migrations.ts'
import { screens } from './screens.ts'

/** The first meeting: language, what is kept and why, age, consent, region, plan, a name if they like. */
export const onboarding = defineFlow<OnboardingContext, OnboardingEvent>({
  id: 'onboarding',
  version: 3,
  context: OnboardingContext,
  migrations,
  machine,
  screens,
  access: 'anyone',
  commands: {
    start: {
      place: 100,
      input: (argument) => (readCode(argument) === undefined ? undefined : { code: argument }),
    },
  },
  examples: {
    inputs: [
      undefined,
      { code: 'kod-abcdefghijklmnopqrstuvwx' },
      { code: 'Abcdefghijklmnopqrstuvwx' },
      { ageBand: '14-15' },
    ],
    texts: ['kod-abcdefghijklmnopqrstuvwx', 'Т', 'ұ'.repeat(65)],
  },
})
