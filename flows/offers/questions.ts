import { dayLength } from '../common/calendar.ts'
import { changes } from '../kit/changes.ts'
import { effects } from '../kit/effects.ts'
import { isRestOf, joined, type Problem, problems, readAnswer } from './answers.ts'
import type { OffersContext as Context, OffersEvent as Event, On, Situation } from './context.ts'
import { Draft, type Field, fields, needed } from './offer.ts'

const { say } = effects<Context, Event>()
const change = changes<Context, Event>()

/** An answer in words that is looked at before the next question: by which state. */
const checkedBy = {
  title: 'checkingTitle',
  pay: 'checkingPay',
  contact: 'checkingContact',
} as const
type Checked = keyof typeof checkedBy

const isChecked = (field: Field): field is Checked => field in checkedBy

/** What is heard in words besides the answer itself: the way comes before it. */
const heardBesides = {
  contact: {
    guard: ({ context, event }: On<'TEXT'>) => isRestOf(context.draft, event.text),
    actions: [
      change(({ context: { draft }, event }: On<'TEXT'>) => ({
        draft: { ...draft, description: joined(draft, event.text) },
      })),
      say<On<'TEXT'>['event']>('joined'),
    ],
  },
  until: {
    target: 'checkingDay' as const,
    actions: change(({ event }: On<'TEXT'>) => ({ said: [...event.text].slice(0, 200).join('') })),
  },
}

/** Whom to turn to is said above the screen; it is no answer. */
export const worried = { guard: ({ event }: On<'TEXT'>) => event.worry === true }

/** States of the questions, in the order of the fields: what may be written and pressed, and where it leads. */
export const questions = Object.fromEntries(fields.map((field) => [field, question(field)])) as Record<
  Field,
  ReturnType<typeof question>
> // made of these very keys

/** What an answer changes, and where it leads: to the next question, or to the whole of it. */
export function answered(field: Field, context: Context, patch: Partial<Draft>): Partial<Context> {
  const next = context.mending ? null : (fields[fields.indexOf(field) + 1] ?? null)
  return { draft: Draft.parse({ ...context.draft, ...patch }), touched: true, next }
}

/** A readable answer in words. */
export function isAnswer(field: Field) {
  return (given: On<'TEXT'>) => answerIn(field, given).type === 'answer'
}

/** Keeps a readable answer in words aside: what was answered before stays until the new one is found to be good. */
export function holdAnswer(field: Checked) {
  return change((given: On<'TEXT'>) => {
    const read = answerIn(field, given)
    return read.type === 'answer' ? { said: read.patch[field] ?? '' } : {}
  })
}

/** Takes what was kept aside. */
export function takeHeld(field: Checked) {
  return ({ context }: { readonly context: Context }): Partial<Context> =>
    answered(field, context, context.said === '' ? {} : { [field]: context.said })
}

/** What is wrong with what was written is said, and the question stays. */
export function problemsOf(field: Field) {
  return problems.map((problem) => ({
    guard: hasProblem(field, problem),
    actions: say<On<'TEXT'>['event']>(`problem.${problem}`),
  }))
}

/** Takes a readable answer in words. */
function takeAnswer(field: Field) {
  return change((given: On<'TEXT'>) => {
    const read = answerIn(field, given)
    return read.type === 'answer' ? answered(field, given.context, read.patch) : {}
  })
}

function question(field: Field) {
  return {
    on: {
      TEXT: [
        worried,
        ...(field === 'contact' || field === 'until' ? [heardBesides[field]] : []),
        isChecked(field)
          ? { guard: isAnswer(field), target: checkedBy[field], actions: holdAnswer(field) }
          : { guard: isAnswer(field), target: 'onward' as const, actions: takeAnswer(field) },
        ...problemsOf(field),
      ],
      CHOOSE: {
        guard: ({ event }: On<'CHOOSE'>) => event.field === field,
        target: 'onward',
        actions: change(({ context, event }: On<'CHOOSE'>) => answered(field, context, { [field]: event.value })),
      },
      ...(field === 'until' && {
        DAYS: {
          target: 'onward',
          actions: change(({ context, event }: On<'DAYS'>) =>
            answered(field, context, { until: event.turn.at + event.days * dayLength }),
          ),
        },
      }),
      ...(!needed.includes(field) && {
        SKIP: {
          target: 'onward',
          actions: change(({ context }: On<'SKIP'>) => answered(field, context, { [field]: null })),
        },
      }),
      BACK: [
        { guard: ({ context }: Situation) => context.mending, target: 'reading' },
        { target: fields[fields.indexOf(field) - 1] ?? 'listing' },
      ],
    },
  }
}

function answerIn(field: Field, { event }: On<'TEXT'>) {
  return readAnswer(field, event.text)
}

function hasProblem(field: Field, problem: Problem) {
  return (given: On<'TEXT'>) => {
    const read = answerIn(field, given)
    return read.type === 'problem' && read.problem === problem
  }
}
