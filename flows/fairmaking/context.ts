import { z } from 'zod'
import { regions } from '../common/regions.ts'
import {
  FairPage,
  type getMadeFair,
  type getMadeStand,
  MadeFair,
  MadeStand,
  type madeFairs,
  type weighChange,
} from '../fairs/contract.ts'
import { Stand } from '../fairs/fair.ts'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Found, Stamp, Start, Wrote } from '../kit/events.ts'
import { languages } from '../kit/words.ts'
import { LocalDate } from '../reminders/repeat.ts'

/** What is wrong with what was written. */
export const problems = ['empty', 'long', 'day', 'past', 'time', 'order', 'length', 'places'] as const
export type Problem = (typeof problems)[number]

const minute = z.int().min(0).max(1439)

/** A fair on its way: what is still null is asked for. Hours are minutes after midnight in Kazakhstan. */
const Draft = z.object({
  /** null for a new one. */
  id: z.string().nullable(),
  title: z.string().nullable(),
  region: z.enum(regions).nullable(),
  place: z.string().nullable(),
  day: LocalDate.nullable(),
  from: minute.nullable(),
  to: minute.nullable(),
  note: z.string().nullable(),
  /** The note may be left out, so it is remembered that it was asked for. */
  isNoteAsked: z.boolean(),
})
export type Draft = z.infer<typeof Draft>

/** A stand on its way. */
const StandDraft = z.object({
  id: z.string().nullable(),
  employer: z.string().nullable(),
  offers: z.string().nullable(),
  isOffersAsked: z.boolean(),
  minutes: z.int().nullable(),
  places: z.int().nullable(),
  vacancies: Stand.shape.vacancies,
})
export type StandDraft = z.infer<typeof StandDraft>

export const FairmakingContext = z.object({
  language: z.enum(languages),
  list: FairPage,
  /** The fair that is meant, and the page of its stands. */
  wanted: z.string().nullable(),
  page: z.int().min(0),
  made: MadeFair.nullable(),
  draft: Draft,
  /** The stand that is meant. */
  standId: z.string().nullable(),
  stand: MadeStand.nullable(),
  standDraft: StandDraft,
  /** How many lose a time by the change that is asked about. */
  losers: z.int().min(0).default(0),
  /** Why it is called off. */
  reason: z.string().nullable(),
  problem: z.enum(problems).nullable(),
  /** Month of the date picker. */
  month: z.object({ year: z.int(), month: z.int().min(1).max(12) }),
  now: z.int(),
})
export type FairmakingContext = z.infer<typeof FairmakingContext>

export const fields = ['title', 'region', 'place', 'day', 'from', 'to', 'note'] as const
export type Field = (typeof fields)[number]
export const standFields = ['employer', 'offers', 'minutes', 'places'] as const
export type StandField = (typeof standFields)[number]

export type FairmakingEvent =
  | (Stamp & { readonly type: 'ADD' | 'BACK' | 'SAVE' | 'CANCEL' | 'SKIP' | 'PASS' | 'YES' })
  | (Stamp & { readonly type: 'EDIT' | 'PUBLISH' | 'CALL_OFF' | 'DROP' | 'ADD_STAND' | 'SHEET' | 'VACANCIES' })
  | (Stamp & { readonly type: 'OPEN' | 'STAND' | 'TOGGLE'; readonly id: string })
  | (Stamp & { readonly type: 'PAGE'; readonly page: number })
  | (Stamp & { readonly type: 'FIELD'; readonly field: Field })
  | (Stamp & { readonly type: 'STAND_FIELD'; readonly field: StandField })
  | (Stamp & { readonly type: 'REGION'; readonly region: (typeof regions)[number] })
  | (Stamp & { readonly type: 'MONTH'; readonly year: number; readonly month: number })
  | (Stamp & { readonly type: 'DAY'; readonly day: number })
  | (Stamp & { readonly type: 'AT'; readonly count: number })
  | (Stamp & { readonly type: 'LENGTH' | 'PLACES'; readonly count: number })
  | Found<typeof madeFairs | typeof getMadeFair | typeof getMadeStand | typeof weighChange>
  | Wrote

export type Situation = { readonly context: FairmakingContext }
export type On<Type extends FairmakingEvent['type']> = Arguments<FairmakingContext, EventOf<FairmakingEvent, Type>>

/** A fair, or nothing for the list. */
export type FairmakingInput = { readonly id: string } | undefined

export const emptyDraft: Draft = {
  ...{ id: null, title: null, region: null, place: null, day: null, from: null, to: null, note: null },
  isNoteAsked: false,
}

export const emptyStand: StandDraft = {
  ...{ id: null, employer: null, offers: null, isOffersAsked: false, minutes: null, places: null, vacancies: [] },
}

export function emptyContext({ person, input, turn }: Start<FairmakingInput>): FairmakingContext {
  return {
    language: person.language,
    list: { items: [], page: 0, pages: 1, total: 0 },
    wanted: input?.id ?? null,
    page: 0,
    made: null,
    draft: emptyDraft,
    standId: null,
    stand: null,
    standDraft: emptyStand,
    losers: 0,
    reason: null,
    problem: null,
    month: { year: 1970, month: 1 },
    now: turn.at,
  }
}
