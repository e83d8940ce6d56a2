import { defineFlow } from '../kit/flow.ts'
import { readCode } from './code.ts'
import { OnboardingContext, type OnboardingEvent } from './context.ts'
import { machine } from './machine.ts'
import { migrations } from './migrations.ts'
import { screens } from './screens.ts'

/** A grown-up who has agreed and went back to the age. */
const wentBack = {
  ageBand: '18+',
  code: null,
  codeIsValid: false,
  intoGroup: false,
  role: null,
  renewing: false,
  hasAgreed: false,
  agreedBy: 'self',
  refusedUntil: null,
  begin: 'meeting',
} as const satisfies OnboardingContext

/** The first meeting: language, what is kept and why, age, consent, plan, a name if they like. */
export const onboarding = defineFlow<OnboardingContext, OnboardingEvent>({
  id: 'onboarding',
  version: 6,
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
    frames: [{ value: 'age', context: wentBack }],
    texts: ['kod-abcdefghijklmnopqrstuvwx', 'Т', 'ұ'.repeat(65), '15', '11'],
  },
})
