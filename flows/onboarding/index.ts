import { assign, setup } from 'xstate'
import { z } from 'zod'
import { type AgeChosen, type LanguageChosen, type PlanChosen, type RegionChosen, readName } from '../choices.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Found, type Stamp, type Start, type Wrote } from '../kit/events.ts'
import { defineFlow } from '../kit/flow.ts'
import { ageBands, consentVersion, type Person, type PersonChange } from '../person.ts'
import { screens } from './screens.ts'

const Context = z.object({
  /** Known before consent, kept only with it. */
  ageBand: z.enum(ageBands).nullable(),
  /** Code of an institution or a guardian, from the deep link or typed. */
  code: z.string().nullable(),
  codeIsValid: z.boolean(),
  /** Somebody who agreed to earlier terms and has answered the rest already. */
  renewing: z.boolean(),
})
export type OnboardingContext = z.infer<typeof Context>

export type OnboardingEvent =
  | (Stamp & (LanguageChosen | AgeChosen | RegionChosen | PlanChosen))
  | (Stamp & { readonly type: 'NEXT' | 'BACK' | 'YOUNGER' | 'AGREE' | 'SKIP' })
  | Found<'consent.check', { valid: boolean }>
  | Wrote

type Context = OnboardingContext
type Event = OnboardingEvent
type Input = { readonly code?: string } | undefined

const { ask, tell, say } = effects<Context, Event>()
const change = (of: (context: Context, event: Event) => PersonChange) =>
  tell('person.change', ({ context, event }) => of(context, event))

const agree = (by: NonNullable<Person['consent']>['by']) =>
  change(({ ageBand }, event) => ({ ageBand, consent: { version: consentVersion, at: event.turn.at, by } }))

const isAdult = ({ context }: { context: Context }) => context.ageBand === '18+'
const codeIsValid = ({ context }: { context: Context }) => context.codeIsValid
const hasCode = ({ context }: { context: Context }) => context.code !== null
const looksLikeCode = ({ event }: { event: Event }) => event.type === 'TEXT' && readCode(event.text) !== undefined
/** Whoever agreed for themselves and now says they are under age needs a guardian's word. */
const noLongerAdult = ({ context, event }: { context: Context; event: Event }) =>
  context.ageBand === '18+' && event.type === 'AGE' && event.ageBand !== '18+'
const withoutConsent = change(() => ({ ageBand: null, consent: null }))
const isName = ({ event }: { event: Event }) => event.type === 'TEXT' && readName(event.text) !== undefined

const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<Input> },
  guards: { isAdult, codeIsValid, hasCode, looksLikeCode, noLongerAdult, isName },
}).createMachine({
  id: 'onboarding',
  context: beginWith(begin),
  initial: 'welcome',
  on: {
    LANGUAGE: { actions: change((_, event) => (event.type === 'LANGUAGE' ? { language: event.language } : {})) },
  },
  states: {
    welcome: { on: { NEXT: 'age' } },
    age: {
      on: {
        AGE: [
          {
            guard: 'noLongerAdult',
            target: 'deciding',
            actions: [withoutConsent, assign({ ageBand: ({ event }) => event.ageBand })],
          },
          { target: 'deciding', actions: assign({ ageBand: ({ event }) => event.ageBand }) },
        ],
        YOUNGER: { target: 'tooYoung', actions: withoutConsent },
        BACK: 'welcome',
      },
    },
    tooYoung: { on: { BACK: 'age' } },
    deciding: {
      always: [
        { guard: 'isAdult', target: 'agreeing' },
        { guard: 'hasCode', target: 'checkingCode' },
        { target: 'asGuardian' },
      ],
    },
    agreeing: { on: { AGREE: { target: 'agreed', actions: agree('self') }, BACK: 'age' } },
    asGuardian: {
      on: {
        AGREE: { target: 'agreed', actions: agree('guardian') },
        TEXT: [
          {
            guard: 'looksLikeCode',
            target: 'checkingCode',
            actions: assign({ code: ({ event }) => readCode(event.text) ?? null }),
          },
          { actions: say('code.unknown') },
        ],
        BACK: 'age',
      },
    },
    checkingCode: {
      entry: ask('consent.check', ({ context }) => ({ code: context.code })),
      on: {
        FOUND: [
          { guard: ({ event }) => event.data.valid, target: 'withCode', actions: assign({ codeIsValid: true }) },
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
          {
            guard: ({ event }) => event.data.valid,
            target: 'agreed',
            actions: [tell('consent.use', ({ context }) => ({ code: context.code })), agree('code')],
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
  version: 1,
  context: Context,
  machine,
  screens,
  openToAnyone: true,
  commands: { start: (argument) => (readCode(argument) === undefined ? undefined : { code: argument }) },
  examples: {
    inputs: [undefined, { code: 'abcdefgh12345678' }],
    texts: ['abcdefgh12345678', 'Т', 'ұ'.repeat(65)],
    answers: { 'consent.check': [{ valid: true }, { valid: false }] },
  },
})

function begin({ person, input }: Start<Input>): Context {
  return {
    ageBand: person.ageBand ?? null,
    code: readCode(input?.code ?? '') ?? null,
    codeIsValid: false,
    renewing: person.consent !== undefined,
  }
}

/** A code as the operator's tool makes them: what Telegram lets through a deep link, long enough not to be a word. */
function readCode(text: string): string | undefined {
  const code = text.trim()
  return /^[\w-]{16,64}$/.test(code) ? code : undefined
}
