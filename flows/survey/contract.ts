import { z } from 'zod'
import { defineAsk, defineTell } from '../kit/contract.ts'

export const Form = z.enum(['quick', 'full'])
/** Whole numbers by item. Checked by hand: zod's record takes ten times as long, and every turn checks it. */
export const Answers = z.custom<Record<string, number>>(isAnswers, 'must be whole numbers by item')

/**
 * What answers have come to. `close`: others are within the close rule of the first (scoring.ts). `version` is that of
 * the instrument which said so: a result keeps what it said. The earliest name neither.
 */
export const Result = z.object({
  scores: z.record(z.string(), z.number()),
  ranking: z.array(z.object({ scale: z.string(), probability: z.number() })),
  differentiated: z.boolean(),
  close: z.boolean().default(false),
  version: z.int().positive().default(1),
})
export type StoredResult = z.infer<typeof Result>

/** A filling-in that is not finished. */
export const Attempt = z.object({ attempt: z.string().min(1), form: Form, answers: Answers })
export type Attempt = z.infer<typeof Attempt>

/** A finished filling-in; `finishedAt` is epoch ms. */
export const EarlierResult = Attempt.extend({ finishedAt: z.int(), result: Result })
export type EarlierResult = z.infer<typeof EarlierResult>

const OfInstrument = z.object({ instrument: z.string() })
const example: Attempt = { attempt: 'example', form: 'quick', answers: {} }
const exampleResult: StoredResult = { scores: {}, ranking: [], differentiated: true, close: false, version: 1 }

/** The newest unfinished attempt that can be read. */
export const openSurvey = defineAsk('survey.open', {
  who: 'self',
  data: OfInstrument,
  reply: Attempt.nullable(),
  examples: [null, example],
})

/** Among the surveys there are: what was answered last and is unfinished, and which gave the newest result. */
export const Standing = z.object({
  unfinished: Attempt.extend(OfInstrument.shape).nullable(),
  result: OfInstrument.extend({ form: Form }).nullable(),
})
export const surveyStanding = defineAsk('survey.standing', {
  who: 'agreed',
  data: z.null(),
  reply: Standing,
  examples: [{ unfinished: null, result: null }],
})

/** Finished attempts with their results, the newest first. */
export const surveyHistory = defineAsk('survey.history', {
  who: 'self',
  data: OfInstrument,
  reply: z.array(EarlierResult),
  examples: [
    [],
    [{ ...example, finishedAt: 0, result: exampleResult }],
    [{ ...example, form: 'full', finishedAt: 0, result: exampleResult }],
  ],
})

const Values = z.array(z.int()).min(2)

/** What a line written instead of a press says; what is no answer is handed back. */
export const Typed = z.discriminatedUnion('type', [
  z.object({ type: z.literal('answer'), value: z.int() }),
  /** It may be any of these. */
  z.object({ type: z.literal('several'), values: Values }),
  z.object({ type: z.literal('unsure') }),
  /** A number that is none of the answers. */
  z.object({ type: z.literal('outside') }),
  /** No answer, and nothing is known of it anywhere. */
  z.object({ type: z.literal('unread') }),
  z.object({ type: z.literal('other'), text: z.string(), worry: z.boolean() }),
])
export type Typed = z.infer<typeof Typed>

export const readAnswer = defineAsk('survey.read', {
  who: 'self',
  data: OfInstrument.extend({ item: z.string(), text: z.string(), worry: z.boolean() }),
  reply: Typed,
  examples: [
    { type: 'answer', value: 1 },
    { type: 'several', values: [1, 2] },
    { type: 'unsure' },
    { type: 'outside' },
    { type: 'unread' },
    { type: 'other', text: 'example', worry: false },
  ],
})

/** All answers given so far; the first one begins the attempt. */
export const recordAnswers = defineTell('survey.answer', { who: 'self', data: Attempt.extend(OfInstrument.shape) })

/** The answers and what they came to; finishing again (an answer was changed) replaces the result. */
export const finishSurvey = defineTell('survey.finish', {
  who: 'self',
  data: recordAnswers.data.extend({ result: Result }),
})

/** Puts an unfinished attempt away; a finished one stays, and null is nothing to put away. */
export const discardSurvey = defineTell('survey.discard', {
  who: 'self',
  data: z.object({ attempt: z.string().nullable() }),
})

function isAnswers(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(Number.isInteger)
  )
}
