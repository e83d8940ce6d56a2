import { assign } from 'xstate'
import { readAge } from '../common/ages.ts'
import { effects } from '../kit/effects.ts'
import type { States } from '../kit/states.ts'
import type { OnboardingContext as Context, OnboardingEvent as Event, On } from './context.ts'
import { checkCode, useCode } from './contract.ts'
import { leading } from './grouped.ts'
import { forRoles } from './invited.ts'
import {
  ageWritten,
  agree,
  codeOf,
  codeWritten,
  hasCode,
  isAdult,
  isRefused,
  looksLikeCode,
  saysAge,
  unread,
} from './steps.ts'

const { ask, tell, say } = effects<Context, Event>()

/** In a refusal only a code opens the way. */
const byGuardian = [
  { guard: isRefused },
  {
    target: 'agreed',
    actions: [agree('guardian'), assign<Context, Event, undefined, Event, never>({ agreedBy: 'guardian' })],
  },
]
/** Good for a child. */
const isGood = ({ event: { data } }: On<'found.consent.check'>) => data.role === null && (data.valid || data.stands)
/** A code has no spaces. */
const isSentence = (text: string) => /\S\s+\S/u.test(text)
const mayCorrect = (given: On<'TEXT'>) => saysAge(given) && given.context.agreedBy === null
const saysTooYoung = (given: On<'TEXT'>) => mayCorrect(given) && readAge(given.event.text) === 'younger'
/** An age that is written takes the place of the one said before. Where something is lost by it, the question for the age warns first. */
const corrected = [
  { guard: saysTooYoung, target: 'age', actions: ageWritten },
  {
    guard: mayCorrect,
    target: 'age',
    actions: [
      say<On<'TEXT'>['event']>('aged', ({ event }) => ({ age: { key: `common:age.${readAge(event.text)}` } })),
      ageWritten,
    ],
  },
  { guard: saysAge, actions: say<On<'TEXT'>['event']>('expected.consent') },
]

/** Who agrees: an adult for themselves; for others a guardian, or whoever gave a code. */
export const consent: States<Context, Event> = {
  deciding: {
    always: [
      { guard: isAdult, target: 'agreeing' },
      { guard: hasCode, target: 'checkingCode' },
      { target: 'asGuardian' },
    ],
  },
  agreeing: {
    on: {
      AGREE: { target: 'agreed', actions: [agree('self'), assign({ agreedBy: 'self' })] },
      TEXT: [...corrected, ...unread('expected.consent')],
      BACK: 'age',
    },
  },
  asGuardian: {
    on: {
      AGREE: byGuardian,
      TEXT: [
        { guard: looksLikeCode, target: 'checkingCode', actions: assign(codeWritten) },
        ...corrected,
        { guard: isRefused, actions: say('code.expected') },
        { target: 'whom' },
      ],
      WHOM: 'whom',
      BACK: 'age',
    },
  },
  /** Whom to ask, for those without parents too. */
  whom: {
    on: {
      TEXT: [
        { guard: looksLikeCode, target: 'checkingCode', actions: assign(codeWritten) },
        ...corrected,
        { guard: ({ event }) => event.worry !== true && isSentence(event.text), actions: say('code.words') },
        ...unread('code.expected'),
      ],
      AGREE: byGuardian,
      BACK: 'asGuardian',
    },
  },
  checkingCode: {
    entry: ask(checkCode, ({ context }) => codeOf(context)),
    on: {
      'found.consent.check': [
        {
          guard: isGood,
          target: 'withCode',
          actions: [assign({ codeIsValid: true }), leading],
        },
        ...forRoles('asGuardian', assign({ code: null })),
        { target: 'asGuardian', actions: [assign({ code: null }), say('code.unknown')] },
      ],
      BACK: 'age',
    },
  },
  withCode: {
    on: {
      AGREE: 'usingCode',
      TEXT: [...corrected, ...unread('expected.consent')],
      BACK: 'age',
    },
  },
  /** Days may lie between the code and the word: others have used it up, or it has expired. */
  usingCode: {
    entry: ask(checkCode, ({ context }) => codeOf(context)),
    on: {
      'found.consent.check': [
        // The same person once more: one child must not use up what is meant for all.
        {
          guard: ({ event }) => event.data.stands,
          target: 'agreed',
          actions: [agree('code'), assign({ agreedBy: 'code', refusedUntil: null })],
        },
        {
          guard: ({ event }) => event.data.valid,
          target: 'agreed',
          actions: [
            tell(useCode, ({ context }) => codeOf(context)),
            agree('code'),
            assign({ agreedBy: 'code', refusedUntil: null }),
          ],
        },
        { target: 'asGuardian', actions: [assign({ code: null, codeIsValid: false }), say('code.unknown')] },
      ],
    },
  },
}
