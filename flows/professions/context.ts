import { z } from 'zod'
import type { Found, Stamp } from '../kit/events.ts'
import {
  FamilyShelf,
  OpenFamily,
  ProfessionCard,
  type professionCard,
  type professionFamilies,
  type professionFamily,
} from './contract.ts'

export const ProfessionsContext = z.object({
  families: z.array(FamilyShelf),
  family: OpenFamily.nullable(),
  card: ProfessionCard.nullable(),
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
  | Found<typeof professionFamilies | typeof professionFamily | typeof professionCard>

export type ProfessionsInput = { readonly id?: string } | undefined
