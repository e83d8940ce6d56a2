import { z } from 'zod'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Found, Stamp } from '../kit/events.ts'
import type { openingsOf } from '../vacancies/contract.ts'
import {
  FamilyShelf,
  Listed,
  OpenFamily,
  ProfessionCard,
  type professionCard,
  type professionFamilies,
  type professionFamily,
  type savedProfessions,
} from './contract.ts'

const places = ['families', 'family', 'card', 'saved'] as const

export const ProfessionsContext = z.object({
  families: z.array(FamilyShelf),
  family: OpenFamily.nullable(),
  card: ProfessionCard.nullable(),
  /** Vacancies of it that the person may be shown. */
  openings: z.int().min(0),
  /** What the person has put by, the newest first. */
  saved: z.array(Listed),
  /** Show every profession, not only those that fit the person's plan. */
  all: z.boolean(),
  /** Where it was opened: the way back from there leads out. */
  entry: z.enum(places),
  /** The list that the way back from a card leads to, where it is not the entry. */
  list: z.enum(['family', 'saved']),
  /** Cards underneath the present one, each opened as similar to the one before. */
  trail: z.array(z.string()),
  /** Id of the family or card to show. */
  wanted: z.string().nullable(),
})
export type ProfessionsContext = z.infer<typeof ProfessionsContext>

export type ProfessionsEvent =
  | (Stamp & { readonly type: 'FAMILY' | 'CARD' | 'SIMILAR'; readonly id: string })
  | (Stamp & { readonly type: 'BACK' | 'ALL' | 'SAVED' | 'SAVE' | 'UNSAVE' | 'REMIND' | 'SIMILARS' })
  | Found<typeof professionFamilies | typeof professionFamily | typeof professionCard | typeof savedProfessions>
  | Found<typeof openingsOf>

/** What is at hand where an event of the type leads. */
export type On<Type extends ProfessionsEvent['type']> = Arguments<ProfessionsContext, EventOf<ProfessionsEvent, Type>>

/** A card, a family, what has been put by, or all families whatever the plan. */
export type ProfessionsInput =
  | { readonly id: string }
  | { readonly family: string }
  | { readonly saved: true }
  | { readonly all: true }
  | undefined
