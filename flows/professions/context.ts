import { z } from 'zod'
import type { Found, Stamp } from '../kit/events.ts'
import { languages } from '../kit/words.ts'

export const Words = z.record(z.enum(languages), z.string())

export const Shelf = z.object({ id: z.string(), name: Words, about: Words, count: z.int() })
export const Listed = z.object({ id: z.string(), name: Words })
export const Card = z.object({
  id: z.string(),
  family: z.string(),
  soc: z.string(),
  name: Words,
  about: Words,
  day: Words,
  entry: Words,
  ways: z.array(z.enum(['work', 'college', 'university'])),
  /** Scales in which the profession is strongest, strongest first. */
  strongest: z.array(z.string()),
  /** Those among the person's own two strongest; null without a result. */
  shared: z.array(z.string()).nullable(),
})
export type ProfessionCard = z.infer<typeof Card>
export type FamilyShelf = z.infer<typeof Shelf>

export const ProfessionsContext = z.object({
  families: z.array(Shelf),
  family: z.object({ id: z.string(), name: Words, about: Words, professions: z.array(Listed) }).nullable(),
  card: Card.nullable(),
  /** Show every profession, not only those that fit the person's plan. */
  all: z.boolean(),
  /** Opened for one card from elsewhere: back leads there. */
  direct: z.boolean(),
  wanted: z.string().nullable(),
})
export type ProfessionsContext = z.infer<typeof ProfessionsContext>

export type ProfessionsEvent =
  | (Stamp & { readonly type: 'FAMILY' | 'CARD'; readonly id: string })
  | (Stamp & { readonly type: 'BACK' | 'ALL' })
  | Found<'professions.families', FamilyShelf[]>
  | Found<'professions.family', NonNullable<ProfessionsContext['family']>>
  | Found<'professions.card', ProfessionCard | null>
