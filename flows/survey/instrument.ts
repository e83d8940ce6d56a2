import { z } from 'zod'

/** Which items were asked: the quick ones, or the quick ones and the rest. */
export type Form = 'quick' | 'full'

const id = z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'use letters, digits and _, beginning with a letter')

/** One linear prediction per scale: intercept + Σ weight × (answer − centre). Weights stand in the order of `scales`. */
const linear = z.strictObject({
  intercept: z.array(z.number()),
  weights: z.record(id, z.array(z.number())),
})

/**
 * Correction of the leading probability p: logit p' = shift + slope × logit p, the others keeping their proportions.
 * A shift ≥ 0 and a slope ≤ 1 cannot move the leader from its place.
 */
const lead = z.strictObject({ shift: z.number().min(0), slope: z.number().positive().max(1) })

const model = z.strictObject({
  /** Answer that is subtracted before weighting. */
  centre: z.number(),
  quick: z.strictObject({
    /** Softmax regression: how probable each scale is to be the strongest. It decides only what is close. */
    strongest: linear,
    lead,
  }),
  full: z.strictObject({
    /** Probability of a scale to be the strongest ∝ exp(slope × scale mean). */
    slope: z.number().positive(),
    lead,
  }),
})

/** Where the figures come from, so that their age can be seen; the instrument's words say under `sample` whose answers they are. */
const source = z.strictObject({
  date: z.iso.date(),
  people: z.int().positive(),
  /** First 16 hex digits of the answers file's SHA-256. */
  answers: z.string().regex(/^[0-9a-f]{16}$/),
})

const base = {
  id,
  version: z.int().positive(),
  scales: z.array(id).min(2),
  forms: z.strictObject({ quick: z.array(id).min(1), rest: z.array(id) }),
  source: source.optional(),
}

const rating = z.strictObject({
  ...base,
  /** An answer is a number between `from` and `to`; a scale's score is the mean of its items. */
  scoring: z.literal('rating'),
  answers: z.strictObject({ from: z.int(), to: z.int() }),
  items: z.array(z.strictObject({ id, scale: id })).min(1),
  model: model.optional(),
})

const choice = z.strictObject({
  ...base,
  /** An answer is the number of the chosen option, from 1; a scale's score is how often it was chosen. */
  scoring: z.literal('choice'),
  items: z.array(z.strictObject({ id, options: z.array(id).min(2) })).min(1),
})

/** An instrument as it stands in its file, its parts agreeing with one another. */
export const instrumentSchema = z.discriminatedUnion('scoring', [rating, choice]).superRefine((instrument, context) => {
  for (const { path, message } of inconsistencies(instrument)) context.addIssue({ code: 'custom', path, message })
})

/** A survey as data: what is asked, in which order, and what each answer speaks for. Texts live in the locales. */
export type Instrument = z.infer<typeof rating> | z.infer<typeof choice>
/** Figures derived from real answers; only the `rating` kind has them, and may do without. */
export type InstrumentModel = z.infer<typeof model>
export type LinearModel = z.infer<typeof linear>

/** Checks an instrument given as a value. Throws an Error that names each wrong field and what it should be. */
export function parseInstrument(value: unknown): Instrument {
  const parsed = instrumentSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.') || 'instrument'}: ${message}`)
  throw new Error(`This instrument cannot be used; correct these fields:\n${lines.join('\n')}`)
}

/** Item ids of a form in the order they are asked. */
export function formItems(instrument: Instrument, form: Form): readonly string[] {
  return form === 'quick' ? instrument.forms.quick : [...instrument.forms.quick, ...instrument.forms.rest]
}

/** Whether there are questions left to ask after those of the form. */
export function hasMore({ forms: { rest } }: Instrument, form: Form): boolean {
  return form === 'quick' && rest.length > 0
}

/** Scales an item's options speak for: one for a rating, one per option for a choice. */
export function itemScales(item: Instrument['items'][number]): readonly string[] {
  return 'scale' in item ? [item.scale] : item.options
}

type Range = { readonly from: number; readonly to: number }

/** All answers of a range, lowest first. */
export function rangeOf({ from, to }: Range): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

/** Lowest and highest answer an item takes. */
export function answerRange(instrument: Instrument, itemId: string): Range {
  if (instrument.scoring === 'rating') return instrument.answers
  const item = instrument.items.find(({ id }) => id === itemId)
  return { from: 1, to: item?.options.length ?? 0 }
}

/** What is said of a scale: one name, short enough for a picture, for words and pictures alike; `next` is one thing to try, by what somebody's days are like. */
const scaleParts = ['name', 'next.school', 'next.study', 'next.work']

/** What is said of the survey as a whole: each speaks of its own subject. */
const ownWords = ['name', 'about', 'picture', 'lead.clear', 'lead.likely', 'lead.close', 'liked', 'card']

/** Every key (`namespace:path`) under which the survey seeks words of this instrument. */
export function instrumentWords(instrument: Instrument): string[] {
  const { id, scales, items } = instrument
  return [
    ...[...ownWords, ...(instrument.source === undefined ? [] : ['sample'])].map((key) => `${id}:${key}`),
    ...scales.flatMap((scale) => scaleParts.map((part) => `${id}:scales.${scale}.${part}`)),
    ...items.map((item) => `${id}:items.${item.id}`),
    ...items.flatMap((item) =>
      'options' in item ? item.options.map((_, at) => `${id}:options.${item.id}.${at + 1}`) : [],
    ),
    ...(instrument.scoring === 'rating' ? ratingWords(id, instrument.answers) : []),
  ]
}

/** How an answer looks on its button, what it means, and what people write for it. */
const answerParts = ['rate', 'meaning', 'said']

function ratingWords(id: string, range: Range): string[] {
  const answers = rangeOf(range).flatMap((value) => answerParts.map((part) => `${id}:${part}.${value}`))
  return [...answers, ...['ends.low', 'ends.high', 'lead.faint', 'flat.low', 'flat.high'].map((key) => `${id}:${key}`)]
}

type Problem = { readonly path: (string | number)[]; readonly message: string }

function inconsistencies(instrument: Instrument): Problem[] {
  return [
    ...repeated(instrument.scales, ['scales']),
    ...repeated(
      instrument.items.map(({ id }) => id),
      ['items'],
    ),
    ...unknownScales(instrument),
    ...formProblems(instrument),
    ...(instrument.scoring === 'rating' ? ratingProblems(instrument) : []),
  ]
}

function repeated(ids: readonly string[], path: string[]): Problem[] {
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index)
  return twice.map((id) => ({ path, message: `"${id}" stands here twice; each id once` }))
}

function unknownScales({ items, scales }: Instrument): Problem[] {
  return items.flatMap((item, index) =>
    itemScales(item)
      .filter((scale) => !scales.includes(scale))
      .map((scale) => ({ path: ['items', index], message: `scale "${scale}" is not among scales` })),
  )
}

function formProblems(instrument: Instrument): Problem[] {
  const { forms, items, scales } = instrument
  const asked = [...forms.quick, ...forms.rest]
  const known = new Map(items.map((item) => [item.id, item]))
  const covered = new Set(forms.quick.flatMap((id) => itemScales(known.get(id) ?? { id, options: [] })))
  return [
    ...repeated(asked, ['forms']),
    ...asked
      .filter((id) => !known.has(id))
      .map((id) => ({ path: ['forms'], message: `"${id}" is not among items; add it there or take it out here` })),
    ...items
      .filter(({ id }) => !asked.includes(id))
      .map(({ id }) => ({ path: ['forms'], message: `item "${id}" is never asked; put it into quick or rest` })),
    ...scales
      .filter((scale) => !covered.has(scale))
      .map((scale) => ({ path: ['forms', 'quick'], message: `no quick item speaks for scale "${scale}"` })),
  ]
}

function ratingProblems({ answers, model, forms, scales }: z.infer<typeof rating>): Problem[] {
  const range = answers.from < answers.to ? [] : [{ path: ['answers'], message: '"from" must be below "to"' }]
  if (!model) return range
  return [...range, ...linearProblems(model.quick.strongest, forms.quick, scales.length)]
}

function linearProblems({ intercept, weights }: LinearModel, quick: string[], size: number): Problem[] {
  const path = ['model', 'quick', 'strongest']
  const rows = [['intercept', intercept] as const, ...Object.entries(weights)]
  return [
    ...rows
      .filter(([, row]) => row.length !== size)
      .map(([name, row]) => ({
        path: [...path, name],
        message: `${row.length} numbers, one per scale (${size}) needed`,
      })),
    ...quick.filter((id) => !(id in weights)).map((id) => ({ path, message: `no weights for quick item "${id}"` })),
    ...Object.keys(weights)
      .filter((id) => !quick.includes(id))
      .map((id) => ({ path, message: `weights for "${id}", which is not a quick item` })),
  ]
}
