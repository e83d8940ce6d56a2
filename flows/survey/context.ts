import { z } from 'zod'
import type { Found, Returned, Stamp } from '../kit/events.ts'
import { languages } from '../kit/words.ts'

const Words = z.record(z.enum(languages), z.string())
/** Checked by hand: zod's record takes ten times as long, and every turn checks it. */
const Answers = z.custom<Record<string, number>>(isAnswers, 'must be whole numbers by item')
const Form = z.enum(['quick', 'full'])

const Result = z.object({
  scores: z.record(z.string(), z.number()),
  ranking: z.array(z.object({ scale: z.string(), probability: z.number() })),
  differentiated: z.boolean(),
})
export type StoredResult = z.infer<typeof Result>

const Suggestion = z.object({
  id: z.string(),
  name: Words,
  /** The person's strongest scales that are strong in this profession too. */
  shared: z.array(z.string()),
  /** It stays among the suggestions when the person's answers are resampled. */
  holds: z.boolean(),
})
const Family = z.object({ id: z.string(), name: Words, about: Words, professions: z.array(Suggestion) })
export type SuggestedFamily = z.infer<typeof Family>

const Attempt = z.object({ attempt: z.string(), form: Form, answers: Answers })
const Earlier = Attempt.extend({ finishedAt: z.int(), result: Result })
export type EarlierResult = z.infer<typeof Earlier>

export const SurveyContext = z.object({
  instrument: z.string(),
  /** Id of the filling-in under way or looked at; null before the first answer. */
  attempt: z.string().nullable(),
  form: Form,
  answers: Answers,
  /** Place of the item being asked, among the items of the form. */
  position: z.int().min(0),
  /** Milliseconds between presses on answers, in the order of asking, and the time of the last one. */
  gaps: z.custom<number[]>((value) => Array.isArray(value) && value.every(Number.isInteger), 'must be whole numbers'),
  pressedAt: z.int().nullable(),
  /** The gentle second look has been offered for this form. */
  looked: z.boolean(),
  /** One answer is being changed from the list of answers; the result follows it. */
  changing: z.boolean(),
  changed: z.boolean(),
  result: Result.nullable(),
  families: z.array(Family),
  /** Place of the family being looked at. */
  family: z.int().min(0),
  page: z.int().min(0),
  unfinished: Attempt.nullable(),
  /** Newest first. */
  earlier: z.array(Earlier),
})
export type SurveyContext = z.infer<typeof SurveyContext>

/** The attempt as a look-up gave it; null when this version cannot use it. */
export function attemptIn(found: z.infer<typeof Attempt> | null): z.infer<typeof Attempt> | null {
  const attempt = Attempt.nullable().safeParse(found)
  return attempt.success ? attempt.data : null
}

/** The newest results this version can use: one that it cannot must not hide the others. */
export function resultsIn(found: readonly EarlierResult[]): EarlierResult[] {
  return found.filter((one) => Earlier.safeParse(one).success).slice(0, 3)
}

export type SurveyEvent =
  | (Stamp & { readonly type: 'INSTRUMENT'; readonly id: string })
  | (Stamp & { readonly type: 'BEGIN' | 'GO_ON' | 'EXACT' | 'SHOW' })
  | (Stamp & { readonly type: 'RATE'; readonly value: number })
  | (Stamp & { readonly type: 'BACK' | 'PAUSE' | 'LOOK' | 'KEEP' })
  | (Stamp & { readonly type: 'ANSWERS' | 'HISTORY' | 'FAMILIES' | 'WHY' })
  | (Stamp & { readonly type: 'CHANGE'; readonly item: string })
  | (Stamp & { readonly type: 'PAGE'; readonly page: number })
  | (Stamp & { readonly type: 'FAMILY'; readonly place: number })
  | Found<'survey.open', z.infer<typeof Attempt> | null>
  | Found<'survey.history', EarlierResult[]>
  | Found<'professions.match', SuggestedFamily[]>
  | Returned

export type SurveyInput = { readonly instrument?: string } | undefined

export function emptyContext(instrument: string): SurveyContext {
  return {
    instrument,
    attempt: null,
    form: 'quick',
    answers: {},
    position: 0,
    gaps: [],
    pressedAt: null,
    looked: false,
    changing: false,
    changed: false,
    result: null,
    families: [],
    family: 0,
    page: 0,
    unfinished: null,
    earlier: [],
  }
}

function isAnswers(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(Number.isInteger)
  )
}
