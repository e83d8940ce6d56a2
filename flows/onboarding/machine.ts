import { assign, raise, setup } from 'xstate'
import { readName } from '../common/names.ts'
import {
  hasConsent,
  isMet,
  isOwn,
  needsGuardian,
  type Person,
  refusalLasts,
  roleOf,
  standsByCode,
} from '../common/person.ts'
import { readPlan } from '../common/plans.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import { isFormer, readCode } from './code.ts'
import { consent } from './consent.ts'
import type { OnboardingContext as Context, OnboardingEvent as Event, On, OnboardingInput } from './context.ts'
import { checkCode } from './contract.ts'
import { isIntoGroup, leading, leadingOn, toGroup } from './grouped.ts'
import { forRoles, invited, isForOthers, isInvited, isInvitedAgain } from './invited.ts'
import {
  ageWritten,
  change,
  codeOf,
  codeWritten,
  hasCode,
  isAdult,
  isRefused,
  looksLikeCode,
  type Situation,
  saysAge,
  unread,
} from './steps.ts'

const { ask, say, open, leave } = effects<Context, Event>()
const nameIn = ({ event }: On<'TEXT'>) => readName(event.text)
const nameOf = (given: On<'TEXT'>) => {
  const read = nameIn(given)
  return { name: read.type === 'name' ? read.name : null }
}
const planIn = ({ event }: On<'TEXT'>) => readPlan(event.text)
/** The press that the written plan stands for. */
const planWritten = raise<Context, On<'TEXT'>['event'], Event, undefined, never, never>(({ event: { text, turn } }) => {
  return { type: 'PLAN', plan: readPlan(text) ?? 'undecided', turn }
})
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
/** Whoever has been met goes back to where they were. */
const withoutCode = ({ context: { begin, hasAgreed } }: Situation): Partial<Context> => ({
  code: null,
  begin: hasAgreed && begin === 'meeting' ? 'answered' : begin,
})

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
          ...leadingOn,
          { guard: isInvited, target: 'invited', actions: assign({ role: ({ event }) => event.data.role }) },
          { guard: isInvitedAgain, target: 'entering', actions: assign(withoutCode) },
          {
            guard: isForOthers,
            target: 'entering',
            actions: [assign(withoutCode), say('code.notForYourself')],
          },
          ...forRoles('entering', assign(withoutCode)),
          { guard: ({ context }) => context.begin === 'answering', target: 'entering', actions: assign(withoutCode) },
          {
            guard: (given) => isOfNoUse(given) && roleOf(given.context.agreedBy) !== undefined,
            actions: [open('home'), say('code.forChildren')],
          },
          { guard: isOfNoUse, actions: [open('home'), say('code.notForAdults')] },
          { guard: ({ context, event }) => isNoCode(context, event) && context.hasAgreed, actions: open('home') },
          {
            guard: ({ context, event }) => isNoCode(context, event),
            target: 'entering',
            actions: assign({ code: null }),
          },
          { target: 'entering', actions: leading },
        ],
      },
    },
    entering: {
      always: [
        { guard: ({ context }) => context.begin === 'answered', target: 'finished' },
        { guard: ({ context }) => context.begin === 'answering', target: 'plan' },
        { guard: ({ context }) => context.begin === 'invited', target: 'invited' },
        { guard: ({ context }) => context.begin === 'refused', target: 'tooYoung' },
        { guard: ({ context }) => context.begin === 'younger', target: 'losing' },
        { target: 'welcome' },
      ],
    },
    welcome: {
      on: {
        NEXT: 'age',
        TEXT: [
          { guard: looksLikeCode, target: 'recognising', actions: assign(codeWritten) },
          { guard: saysAge, actions: say('expected.ageLater') },
          ...unread('expected.welcome'),
        ],
      },
    },
    ...invited,
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
        TEXT: [{ guard: saysAge, actions: ageWritten }, ...unread('expected.age')],
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
    ...consent,
    agreed: { always: [{ guard: ({ context }) => context.renewing, target: 'finished' }, { target: 'plan' }] },
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
          { guard: (given) => nameIn(given).type === 'name', target: 'finished', actions: change(nameOf) },
          { guard: (given) => nameIn(given).type === 'empty', actions: say('name.empty') },
          { guard: (given) => nameIn(given).type === 'sentence', actions: say('name.sentence') },
          { actions: say('name.tooLong') },
        ],
        SKIP: 'finished',
        BACK: [
          { guard: ({ context }) => roleOf(context.agreedBy) !== undefined, target: 'invited' },
          { target: 'plan' },
        ],
      },
    },
    /** Whoever came by the link of a group goes on there. */
    finished: {
      always: [{ guard: isIntoGroup, target: 'done', actions: toGroup }, { target: 'done' }],
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
    intoGroup: false,
    role: roleOf(person.consent?.by) ?? null,
    renewing: person.consent !== undefined && person.plan !== undefined,
    hasAgreed: hasConsent(person),
    agreedBy: person.consent?.by ?? null,
    refusedUntil: until > turn.at ? until : null,
    begin: isGrowingYounger ? 'younger' : until > turn.at ? 'refused' : beginOf(person, input),
  }
}

/** Whoever has agreed and left in the middle goes on there; whoever has come with a code and follows its link again, after it. */
function beginOf(person: Person, input: OnboardingInput): Context['begin'] {
  const isInvitedAlready = roleOf(person.consent?.by) !== undefined
  if (!hasConsent(person)) return isInvitedAlready ? 'invited' : 'meeting'
  if (!isMet(person)) return 'answering'
  return input?.code === undefined || standsByCode(person) || isInvitedAlready ? 'answered' : 'meeting'
}
