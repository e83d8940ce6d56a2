import { z } from 'zod'
import type { Migration } from '../kit/flow.ts'
import { noPace, paced } from './careless.ts'
import { Answers, Form } from './contract.ts'
import { formItems, type Instrument } from './instrument.ts'
import { withAnswers } from './progress.ts'

type Stored = ReturnType<Migration>

/** What the first version kept of suggestions, as far as it is looked at here. */
const Suggested = z.looseObject({ families: z.array(z.looseObject({ professions: z.array(z.looseObject({})) })) })

export function createMigrations(instruments: readonly Instrument[]): Readonly<Record<number, Migration>> {
  return { 1: withDay, 2: (stored) => inNewOrder(stored, instruments), 3: withPace, 4: withOpenings }
}

/** A result is shown with its day, and its professions are named in the order of fitting. */
function withDay({ value, context }: Stored): Stored {
  const { families, ...rest } = Suggested.parse(context)
  return {
    value,
    context: { ...rest, families: withPlaces(families), finishedAt: null, pictured: true, direct: false },
  }
}

/** What the second version kept, as far as it is looked at here. */
const Asked = z.looseObject({
  instrument: z.string(),
  form: Form,
  answers: Answers,
  changing: z.boolean(),
  goesOn: z.boolean().default(false),
})

/**
 * The quick form got other questions: whoever is being asked keeps their answers and goes on with what is missing. An
 * answer that was being changed from the list is chosen there once more.
 */
function inNewOrder({ value, context }: Stored, instruments: readonly Instrument[]): Stored {
  const { changing, ...rest } = Asked.parse(context)
  const kept = { ...rest, order: null, changing: null }
  const instrument = instruments.find(({ id }) => id === rest.instrument)
  if (instrument === undefined) return { value, context: kept }
  if (changing) return { value: 'answers', context: kept }
  const { form, answers } = rest
  const isMissing = formItems(instrument, form).some((item) => answers[item] === undefined)
  const isAsked = value === 'asking' || value === 'paused' || (value === 'secondLook' && isMissing)
  if (!isAsked || !isMissing) return { value, context: kept }
  return {
    value: value === 'secondLook' ? 'asking' : value,
    context: { ...kept, ...withAnswers(instrument, form, answers) },
  }
}

const Timed = z.looseObject({ gaps: z.array(z.number()) })

/** The times between answers were kept; now they are only counted. */
function withPace({ value, context }: Stored): Stored {
  const { gaps, ...rest } = Timed.parse(context)
  return { value, context: { ...rest, pace: gaps.reduce(paced, noPace) } }
}

/** A result led on to no vacancies. */
function withOpenings({ value, context }: Stored): Stored {
  return { value, context: { ...z.looseObject({}).parse(context), openings: 0 } }
}

/** Families came the best first, and so did the professions of each. */
function withPlaces(families: z.infer<typeof Suggested>['families']) {
  let place = 0
  return families.map((family) => ({
    ...family,
    professions: family.professions.map((profession) => ({ ...profession, place: place++ })),
  }))
}
