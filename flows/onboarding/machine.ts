import { assign, raise, setup } from 'xstate'
import { readAge } from '../common/ages.ts'
import { personChange } from '../common/contract.ts'
import { readName } from '../common/names.ts'
import {
  type ConsentBy,
  consentVersion,
  hasConsent,
  isMentor,
  isMet,
  isOwn,
  needsGuardian,
  type Person,
  type PersonChange,
  refusalLasts,
  standsByCode,
} from '../common/person.ts'
import { readPlan } from '../common/plans.ts'
import { type Arguments, effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import { isFormer, readCode } from './code.ts'
import type { OnboardingContext as Context, OnboardingEvent as Event, On, OnboardingInput } from './context.ts'
import { checkCode, useCode } from './contract.ts'

const { ask, tell, say, open, leave } = effects<Context, Event>()
const change = <E extends Event>(of: (given: Arguments<Context, E>) => PersonChange) => tell(personChange, of)

const agree = (by: ConsentBy) =>
  change(({ context: { ageBand }, event }: Arguments<Context, Event>) => ({
    ageBand: by === 'mentor' ? '18+' : ageBand,
    consent: { version: consentVersion, at: event.turn.at, by },
    refusedAt: null,
  }))

type Situation = { readonly context: Context }
const isAdult = ({ context }: Situation) => context.ageBand === '18+'
const hasCode = ({ context }: Situation) => context.code !== null
const isRefused = ({ context }: Situation) => context.refusedUntil !== null
const looksLikeCode = ({ event }: On<'TEXT'>) => readCode(event.text) !== undefined
const nameIn = ({ event }: On<'TEXT'>) => readName(event.text)
const nameOf = (given: On<'TEXT'>) => {
  const read = nameIn(given)
  return { name: read.type === 'name' ? read.name : null }
}
const ageIn = ({ event }: On<'TEXT'>) => readAge(event.text)
/** The press that the written age stands for. */
const ageWritten = raise<Context, On<'TEXT'>['event'], Event, undefined, never, never>(({ event }) => {
  const age = readAge(event.text)
  const { turn } = event
  return age === undefined || age === 'younger' ? { type: 'YOUNGER', turn } : { type: 'AGE', ageBand: age, turn }
})
const planIn = ({ event }: On<'TEXT'>) => readPlan(event.text)
/** The press that the written plan stands for. */
const planWritten = raise<Context, On<'TEXT'>['event'], Event, undefined, never, never>(({ event: { text, turn } }) => {
  return { type: 'PLAN', plan: readPlan(text) ?? 'undecided', turn }
})
/** What is said of words that no state understands; but for a call for help, beside which whom to turn to is said. */
const unread = (expected: string) => [
  { guard: ({ event }: On<'TEXT'>) => event.worry === true },
  { actions: say<On<'TEXT'>['event']>(expected) },
]
/** Whoever agreed for themselves and now says they are under age needs a guardian's word. */
const noLongerAdult = ({ context, event }: On<'AGE'>) => needsGuardian(context.agreedBy, event.ageBand)
const isOver = ({ context, event }: On<'MISTAKEN'>) =>
  context.refusedUntil === null || event.turn.at >= context.refusedUntil
/** Takes everything with it that was said on the consent: see `changePerson`. */
const withdraw = change<Event>(() => ({ consent: null }))
const refuse = change(({ event }: On<'YOUNGER'>) => ({ consent: null, refusedAt: event.turn.at }))

/** What looked like a code of earlier times and is on record nowhere. */
const isNoCode = (context: Context, { data }: On<'found.consent.check'>['event']) =>
  !data.known && isFormer(codeOf(context).code)
/** An adult has agreed for themselves; a code is for others. */
const isOfNoUse = ({ context, event }: On<'found.consent.check'>) =>
  context.hasAgreed && isOwn(context.agreedBy) && isAdult({ context }) && !isNoCode(context, event)
/** In a refusal only a code opens the way. */
const byGuardian = [
  { guard: isRefused },
  {
    target: 'agreed',
    actions: [agree('guardian'), assign<Context, Event, undefined, Event, never>({ agreedBy: 'guardian' })],
  },
]
/** An invitation is for grown-ups who are no mentors yet. */
const isInvited = ({ context, event }: On<'found.consent.check'>) =>
  event.data.forMentors && event.data.valid && mayBeMentor(context)
const mayBeMentor = ({ ageBand, agreedBy, hasAgreed, refusedUntil }: Context) =>
  refusedUntil === null && (ageBand === null || ageBand === '18+') && !(hasAgreed && agreedBy === 'mentor')
const isMentorAgain = ({ context, event }: On<'found.consent.check'>) =>
  event.data.forMentors && context.hasAgreed && context.agreedBy === 'mentor'
/** Whoever has been met goes back to where they were. */
const withoutCode = ({ context: { begin, hasAgreed } }: Situation): Partial<Context> => ({
  code: null,
  begin: hasAgreed && begin === 'meeting' ? 'answered' : begin,
})
/** Good for a child. */
const isGood = ({ event: { data } }: On<'found.consent.check'>) => !data.forMentors && (data.valid || data.stands)
/** A code has no spaces. */
const isSentence = (text: string) => /\S\s+\S/u.test(text)
const written = ({ event }: On<'TEXT'>) => ({ code: readCode(event.text) ?? null })

export const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<OnboardingInput> },
  guards: { isAdult, hasCode, isRefused },
}).createMachine({
  id: 'onboarding',
  context: beginWith(begin),
  initial: 'beginning',
  on: {
    LANGUAGE: { actions: change(({ event }: On<'LANGUAGE'>) => ({ language: event.language })) },
  },
  states: {
    beginning: { always: [{ guard: 'hasCode', target: 'recognising' }, { target: 'entering' }] },
    /** A link may carry anything, and what looks like a former code need not be one. */
    recognising: {
      entry: ask(checkCode, ({ context }) => codeOf(context)),
      on: {
        'found.consent.check': [
          { guard: isInvited, target: 'invited' },
          { guard: isMentorAgain, target: 'entering', actions: assign(withoutCode) },
          {
            guard: ({ event }) => event.data.forMentors,
            target: 'entering',
            actions: [assign(withoutCode), say('code.forMentors')],
          },
          { guard: ({ context }) => context.begin === 'answering', target: 'entering', actions: assign(withoutCode) },
          {
            guard: (given) => isOfNoUse(given) && given.context.agreedBy === 'mentor',
            actions: [open('home'), say('code.forChildren')],
          },
          { guard: isOfNoUse, actions: [open('home'), say('code.notForAdults')] },
          { guard: ({ context, event }) => isNoCode(context, event) && context.hasAgreed, actions: open('home') },
          {
            guard: ({ context, event }) => isNoCode(context, event),
            target: 'entering',
            actions: assign({ code: null }),
          },
          { target: 'entering' },
        ],
      },
    },
    entering: {
      always: [
        { guard: ({ context }) => context.begin === 'answered', target: 'done' },
        { guard: ({ context }) => context.begin === 'answering', target: 'plan' },
        { guard: ({ context }) => context.begin === 'mentor', target: 'invited' },
        { guard: ({ context }) => context.begin === 'refused', target: 'tooYoung' },
        { guard: ({ context }) => context.begin === 'younger', target: 'losing' },
        { target: 'welcome' },
      ],
    },
    welcome: {
      on: {
        NEXT: 'age',
        TEXT: [
          { guard: looksLikeCode, target: 'recognising', actions: assign(written) },
          ...unread('expected.welcome'),
        ],
      },
    },
    /** A mentor is a grown-up, and is asked for no age and no plan. */
    invited: {
      on: {
        AGREE: [
          { guard: 'hasCode', target: 'usingInvitation' },
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
    age: {
      on: {
        AGE: [
          {
            guard: ({ context, event }) => isRefused({ context }) && event.ageBand === '18+',
            actions: say('expected.adultLater'),
          },
          {
            guard: noLongerAdult,
            target: 'deciding',
            actions: [
              withdraw,
              say('consent.withdrawn'),
              assign({ ageBand: ({ event }) => event.ageBand, agreedBy: null, renewing: false }),
            ],
          },
          { target: 'deciding', actions: assign({ ageBand: ({ event }) => event.ageBand }) },
        ],
        YOUNGER: [
          { guard: 'isRefused', target: 'tooYoung' },
          {
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
        ],
        TEXT: [{ guard: (given) => ageIn(given) !== undefined, actions: ageWritten }, ...unread('expected.age')],
        BACK: [{ guard: 'isRefused', target: 'tooYoung' }, { target: 'welcome' }],
      },
    },
    tooYoung: {
      on: {
        MISTAKEN: [
          { guard: isOver, target: 'age', actions: assign({ refusedUntil: null, agreedBy: null }) },
          { target: 'age', actions: assign({ agreedBy: null }) },
        ],
        TEXT: unread('expected.tooYoung'),
      },
    },
    /** Settings and notices lead here before an adult's consent is gone. */
    losing: {
      on: {
        WITHDRAW: {
          target: 'deciding',
          actions: [withdraw, say('consent.withdrawn'), assign({ agreedBy: null, renewing: false })],
        },
        TEXT: unread('expected.losing'),
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
      on: {
        AGREE: { target: 'agreed', actions: [agree('self'), assign({ agreedBy: 'self' })] },
        TEXT: unread('expected.consent'),
        BACK: 'age',
      },
    },
    asGuardian: {
      on: {
        AGREE: byGuardian,
        TEXT: [
          { guard: looksLikeCode, target: 'checkingCode', actions: assign(written) },
          { guard: 'isRefused', actions: say('code.expected') },
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
          { guard: looksLikeCode, target: 'checkingCode', actions: assign(written) },
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
            actions: assign({ codeIsValid: true }),
          },
          {
            guard: ({ event }) => event.data.forMentors,
            target: 'asGuardian',
            actions: [assign({ code: null }), say('code.forMentors')],
          },
          { target: 'asGuardian', actions: [assign({ code: null }), say('code.unknown')] },
        ],
        BACK: 'age',
      },
    },
    withCode: {
      on: {
        AGREE: 'usingCode',
        TEXT: unread('expected.consent'),
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
    agreed: { always: [{ guard: ({ context }) => context.renewing, target: 'done' }, { target: 'plan' }] },
    plan: {
      on: {
        PLAN: { target: 'name', actions: change(({ event }: On<'PLAN'>) => ({ plan: event.plan })) },
        TEXT: [
          {
            guard: (given) => planIn(given) !== undefined,
            actions: [
              say<On<'TEXT'>['event']>('planned', (given) => ({
                plan: { key: `common:plan.${planIn(given) ?? 'undecided'}` },
              })),
              planWritten,
            ],
          },
          ...unread('expected.plan'),
        ],
        BACK: 'age',
      },
    },
    name: {
      on: {
        TEXT: [
          // A call for help is nobody's name; whom to turn to is said above the question.
          { guard: ({ event }) => event.worry === true },
          { guard: (given) => nameIn(given).type === 'name', target: 'done', actions: change(nameOf) },
          { guard: (given) => nameIn(given).type === 'empty', actions: say('name.empty') },
          { actions: say('name.tooLong') },
        ],
        SKIP: 'done',
        BACK: [{ guard: ({ context }) => context.agreedBy === 'mentor', target: 'invited' }, { target: 'plan' }],
      },
    },
    done: { type: 'final' },
  },
})

function begin({ person, input, turn }: Start<OnboardingInput>): Context {
  const until = (person.refusedAt ?? 0) + refusalLasts
  const isGrowingYounger = input?.ageBand !== undefined && needsGuardian(person.consent?.by, input.ageBand)
  return {
    ageBand: (isGrowingYounger ? input?.ageBand : person.ageBand) ?? null,
    code: readCode(input?.code ?? '') ?? null,
    codeIsValid: false,
    renewing: person.consent !== undefined && person.plan !== undefined,
    hasAgreed: hasConsent(person),
    agreedBy: person.consent?.by ?? null,
    refusedUntil: until > turn.at ? until : null,
    begin: isGrowingYounger ? 'younger' : until > turn.at ? 'refused' : beginOf(person, input),
  }
}

/** Whoever has agreed and left in the middle goes on there; whoever has come with a code and follows its link again, after it. */
function beginOf(person: Person, input: OnboardingInput): Context['begin'] {
  if (!hasConsent(person)) return isMentor(person) ? 'mentor' : 'meeting'
  if (!isMet(person)) return 'answering'
  return input?.code === undefined || standsByCode(person) || isMentor(person) ? 'answered' : 'meeting'
}

/** In states that lead on with a code there is one. */
function codeOf({ code }: Context): { code: string } {
  if (code === null) throw new Error('There is no code')
  return { code }
}
