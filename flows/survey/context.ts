import { z } from 'zod'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Found, Returned, Stamp, Wrote } from '../kit/events.ts'
import type { Look } from '../kit/picture.ts'
import { type matchProfessions, SuggestedFamily } from '../professions/contract.ts'
import type { openingsOf } from '../vacancies/contract.ts'
import { noPace } from './careless.ts'
import {
  Answers,
  Attempt,
  EarlierResult,
  Form,
  type openSurvey,
  Result,
  type readAnswer,
  type surveyHistory,
  type surveyStanding,
} from './contract.ts'

export const SurveyContext = z.object({
  instrument: z.string(),
  /** Id of the filling-in under way or looked at; null before the first answer. */
  attempt: z.string().nullable(),
  form: Form,
  answers: Answers,
  /** Place of the item being asked, in the order of asking. */
  position: z.int().min(0),
  /** The order of asking where it is not that of the form: what was answered when the form had another comes first. */
  order: z.array(z.string()).nullable(),
  /** How many answers followed another one, and how many of them too quickly to have read; the times are not kept. */
  pace: z.object({ timed: z.int().min(0), hasty: z.int().min(0) }),
  /** When the last answer was given; null once all are. */
  pressedAt: z.int().nullable(),
  /** The gentle second look has been offered for this form. */
  looked: z.boolean(),
  /** The item whose answer is being changed from the list of answers; the result follows it. */
  changing: z.string().nullable(),
  changed: z.boolean(),
  result: Result.nullable(),
  /** When what is shown was finished (epoch ms). */
  finishedAt: z.int().nullable(),
  /** The result is shown with its picture; without it to whoever comes back from one of its pages. */
  pictured: z.boolean(),
  /** Opened to see the newest result. */
  direct: z.boolean(),
  /** Opened to go on with what is unfinished. */
  goesOn: z.boolean(),
  families: z.array(SuggestedFamily),
  /** Vacancies of the best professions that the person may be shown. */
  openings: z.int().min(0),
  /** Place of the family being looked at. */
  family: z.int().min(0),
  page: z.int().min(0),
  unfinished: Attempt.nullable(),
  /** Newest first. */
  earlier: z.array(EarlierResult),
})
export type SurveyContext = z.infer<typeof SurveyContext>

export type SurveyEvent =
  | (Stamp & { readonly type: 'INSTRUMENT'; readonly id: string })
  | (Stamp & { readonly type: 'BEGIN' | 'GO_ON' | 'EXACT' | 'SHOW' })
  | (Stamp & { readonly type: 'RATE'; readonly value: number })
  | (Stamp & { readonly type: 'BACK' | 'NEXT' | 'PAUSE' | 'LOOK' | 'KEEP' })
  | (Stamp & { readonly type: 'ANSWERS' | 'HISTORY' | 'FAMILIES' | 'WHY' | 'CARD' })
  | (Stamp & { readonly type: 'PAINT'; readonly look: Look })
  | (Stamp & { readonly type: 'CHANGE'; readonly item: string })
  | (Stamp & { readonly type: 'PAGE'; readonly page: number })
  | (Stamp & { readonly type: 'FAMILY'; readonly place: number })
  | Wrote
  | Found<
      typeof openSurvey | typeof surveyHistory | typeof surveyStanding | typeof readAnswer | typeof matchProfessions
    >
  | Found<typeof openingsOf>
  | Returned

/** What is at hand where an event of the type leads. */
export type On<Type extends SurveyEvent['type']> = Arguments<SurveyContext, EventOf<SurveyEvent, Type>>

/** `result` leads straight to the newest one, `goOn` to the next question of what is unfinished. */
export type SurveyInput = { readonly instrument?: string; readonly result?: true; readonly goOn?: true } | undefined

export function emptyContext(instrument: string): SurveyContext {
  return {
    instrument,
    attempt: null,
    form: 'quick',
    answers: {},
    position: 0,
    order: null,
    pace: noPace,
    pressedAt: null,
    looked: false,
    changing: null,
    changed: false,
    result: null,
    finishedAt: null,
    pictured: true,
    direct: false,
    goesOn: false,
    families: [],
    openings: 0,
    family: 0,
    page: 0,
    unfinished: null,
    earlier: [],
  }
}
