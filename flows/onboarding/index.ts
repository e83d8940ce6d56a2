import { assign, setup } from 'xstate'
import { readName } from '../common/choices.ts'
import {
  type AgeBand,
  consentVersion,
  type Person,
  type PersonChange,
  refusalLasts,
  standsByCode,
} from '../common/person.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import { defineFlow } from '../kit/flow.ts'
import { type OnboardingContext as Context, type OnboardingEvent as Event, OnboardingContext } from './context.ts'
import { migrations } from './migrations.ts'
import { screens } from './screens.ts'

/** `ageBand`: an adult's own consent stands, and they say to be of that age. */
type Input = { readonly code?: string; readonly ageBand?: AgeBand } | undefined

const { ask, tell, say, leave } = effects<Context, Event>()
const change = (of: (context: OnboardingContext, event: Event) => PersonChange) =>
  tell('person.change', ({ context, event }) => of(context, event))

const agree = (by: NonNullable<Person['consent']>['by']) =>
  change(({ ageBand }, event) => ({
    ageBand,
    consent: { version: consentVersion, at: event.turn.at, by },
    refusedAt: null,
  }))

const isAdult = ({ context }: { context: Context }) => context.ageBand === '18+'
const hasCode = ({ context }: { context: Context }) => context.code !== null
const looksLikeCode = ({ event }: { event: Event }) => event.type === 'TEXT' && readCode(event.text) !== undefined
/** Whoever agreed for themselves and now says they are under age needs a guardian's word. */
const noLongerAdult = ({ context, event }: { context: Context; event: Event }) =>
  context.agreedBy === 'self' && event.type === 'AGE' && event.ageBand !== '18+'
const isRefused = ({ context }: { context: Context }) => context.refusedUntil !== null
const isOver = ({ context, event }: { context: Context; event: Event }) =>
  context.refusedUntil === null || event.turn.at >= context.refusedUntil
/** Takes everything with it that was said on the consent: see `changePerson`. */
const withdraw = change(() => ({ consent: null }))
const refuse = change((_, event) => ({ consent: null, refusedAt: event.turn.at }))
const isName = ({ event }: { event: Event }) => event.type === 'TEXT' && readName(event.text) !== undefined

const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<Input> },
  guards: { isAdult, hasCode, looksLikeCode, noLongerAdult, isRefused, isOver, isName },
}).createMachine({
  id: 'onboarding',
  context: beginWith(begin),
  initial: 'beginning',
  on: {
    LANGUAGE: { actions: change((_, event) => (event.type === 'LANGUAGE' ? { language: event.language } : {})) },
  },
  states: {
    beginning: {
      always: [
        { guard: ({ context }) => context.begin === 'answered', target: 'done' },
        { guard: ({ context }) => context.begin === 'answering', target: 'region' },
        { guard: ({ context }) => context.begin === 'refused', target: 'tooYoung' },
        { guard: ({ context }) => context.begin === 'younger', target: 'losing' },
        { target: 'welcome' },
      ],
    },
    welcome: { on: { NEXT: 'age' } },
    age: {
      on: {
        AGE: [
          { guard: ({ context, event }) => isRefused({ context }) && event.ageBand === '18+' },
          {
            guard: 'noLongerAdult',
            target: 'deciding',
            actions: [
              withdraw,
              say('consent.withdrawn'),
              assign({ ageBand: ({ event }) => event.ageBand, agreedBy: null, renewing: false }),
            ],
          },
          { target: 'deciding', actions: assign({ ageBand: ({ event }) => event.ageBand }) },
        ],
        YOUNGER: {
          target: 'tooYoung',
          actions: [
            refuse,
            assign({
              ageBand: null,
              code: null,
              codeIsValid: false,
              renewing: false,
              refusedUntil: ({ event }) => event.turn.at + refusalLasts,
            }),
          ],
        },
        BACK: [{ guard: 'isRefused', target: 'tooYoung' }, { target: 'welcome' }],
      },
    },
    tooYoung: {
      on: {
        MISTAKEN: [
          { guard: 'isOver', target: 'age', actions: assign({ refusedUntil: null, agreedBy: null }) },
          { target: 'age', actions: assign({ agreedBy: null }) },
        ],
      },
    },
    /** Settings and notices lead here before an adult's consent is gone. */
    losing: {
      on: {
        WITHDRAW: {
          target: 'deciding',
          actions: [withdraw, say('consent.withdrawn'), assign({ agreedBy: null, renewing: false })],
        },
        BACK: { actions: leave() },
      },
    },
    deciding: {
      always: [
        { guard: 'isAdult', target: 'agreeing' },
        { guard: 'hasCode', target: 'checkingCode' },
        { target: 'asGuardian' },
      ],
    },
    agreeing: {
      on: { AGREE: { target: 'agreed', actions: [agree('self'), assign({ agreedBy: 'self' })] }, BACK: 'age' },
    },
    asGuardian: {
      on: {
        AGREE: [
          { guard: 'isRefused' },
          { target: 'agreed', actions: [agree('guardian'), assign({ agreedBy: 'guardian' })] },
        ],
        TEXT: [
          {
            guard: 'looksLikeCode',
            target: 'checkingCode',
            actions: assign({ code: ({ event }) => readCode(event.text) ?? null }),
          },
          { actions: say('code.expected') },
        ],
        BACK: 'age',
      },
    },
    checkingCode: {
      entry: ask('consent.check', ({ context }) => ({ code: context.code })),
      on: {
        FOUND: [
          {
            guard: ({ event }) => event.data.valid || event.data.stands === true,
            target: 'withCode',
            actions: assign({ codeIsValid: true }),
          },
          { target: 'asGuardian', actions: [assign({ code: null }), say('code.unknown')] },
        ],
        BACK: 'age',
      },
    },
    withCode: {
      on: {
        AGREE: 'usingCode',
        BACK: 'age',
      },
    },
    /** Days may lie between the code and the word: others have used it up, or it has expired. */
    usingCode: {
      entry: ask('consent.check', ({ context }) => ({ code: context.code })),
      on: {
        FOUND: [
          // The same person once more: one child must not use up what is meant for all.
          {
            guard: ({ event }) => event.data.stands === true,
            target: 'agreed',
            actions: [agree('code'), assign({ agreedBy: 'code', refusedUntil: null })],
          },
          {
            guard: ({ event }) => event.data.valid,
            target: 'agreed',
            actions: [
              tell('consent.use', ({ context }) => ({ code: context.code })),
              agree('code'),
              assign({ agreedBy: 'code', refusedUntil: null }),
            ],
          },
          { target: 'asGuardian', actions: [assign({ code: null, codeIsValid: false }), say('code.unknown')] },
        ],
      },
    },
    agreed: { always: [{ guard: ({ context }) => context.renewing, target: 'done' }, { target: 'region' }] },
    region: {
      on: {
        REGION: {
          target: 'plan',
          actions: change((_, event) => (event.type === 'REGION' ? { region: event.region } : {})),
        },
        SKIP: 'plan',
        BACK: 'age',
      },
    },
    plan: {
      on: {
        PLAN: { target: 'name', actions: change((_, event) => (event.type === 'PLAN' ? { plan: event.plan } : {})) },
        BACK: 'region',
      },
    },
    name: {
      on: {
        TEXT: [
          {
            guard: 'isName',
            target: 'done',
            actions: change((_, event) => (event.type === 'TEXT' ? { name: readName(event.text) ?? null } : {})),
          },
          { actions: say('name.tooLong') },
        ],
        SKIP: 'done',
        BACK: 'plan',
      },
    },
    done: { type: 'final' },
  },
})

/** The first meeting: language, what is kept and why, age, consent, region, plan, a name if they like. */
export const onboarding = defineFlow<Context, Event>({
  id: 'onboarding',
  version: 2,
  context: OnboardingContext,
  migrations,
  machine,
  screens,
  openToAnyone: true,
  commands: { start: (argument) => (readCode(argument) === undefined ? undefined : { code: argument }) },
  examples: {
    inputs: [undefined, { code: 'abcdefgh12345678' }, { ageBand: '14-15' }],
    texts: ['abcdefgh12345678', 'Т', 'ұ'.repeat(65)],
    answers: {
      'consent.check': [{ valid: true }, { valid: false }, { valid: false, stands: true }],
    },
  },
})

function begin({ person, input, turn }: Start<Input>): Context {
  const until = (person.refusedAt ?? 0) + refusalLasts
  const isGrowingYounger = person.consent?.by === 'self' && input?.ageBand !== undefined && input.ageBand !== '18+'
  return {
    ageBand: (isGrowingYounger ? input.ageBand : person.ageBand) ?? null,
    code: readCode(input?.code ?? '') ?? null,
    codeIsValid: false,
    renewing: person.consent !== undefined,
    agreedBy: person.consent?.by ?? null,
    refusedUntil: until > turn.at ? until : null,
    begin: isGrowingYounger ? 'younger' : until > turn.at ? 'refused' : beginOf(person, input),
  }
}

/** Whoever has come with a code before and follows its link once more goes on after it; the plan is asked of everybody. */
function beginOf(person: Person, input: Input): Context['begin'] {
  if (input?.code === undefined || !standsByCode(person)) return 'meeting'
  return person.plan === undefined ? 'answering' : 'answered'
}

/**
 * A code as the operator's tool makes them: what Telegram lets through a deep link, long enough not to be a word. Who was
 * given the link may paste it whole.
 */
function readCode(text: string): string | undefined {
  const [, linked] = /[?&]start=([\w-]+)/.exec(text) ?? []
  const code = linked ?? text.trim()
  return /^[\w-]{16,64}$/.test(code) ? code : undefined
}
