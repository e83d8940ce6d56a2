import { z } from 'zod'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Found, Stamp, Wrote } from '../kit/events.ts'
import {
  bands,
  OwnOffer,
  OwnPage,
  type ownOffer,
  type ownOffers,
  Reading,
  type readDay,
  type readOffer,
  type renewedOffer,
  states,
} from './contract.ts'
import { Draft, type Field, fields } from './offer.ts'

export const OffersContext = z.object({
  list: OwnPage,
  /** Id of the offer to look at. */
  wanted: z.string().nullable(),
  own: OwnOffer.nullable(),
  /** What this turn changes: the store does not list it so yet. */
  changed: z.object({ id: z.string(), state: z.enum(states) }).nullable(),
  /** null for a new one. */
  id: z.string().nullable(),
  draft: Draft,
  touched: z.boolean(),
  /** What is asked next; null leads to the whole of it. */
  next: z.enum(fields).nullable(),
  /** One line is being mended: the way leads back to the whole. */
  mending: z.boolean(),
  reading: Reading.nullable(),
  /** Page of its text. */
  page: z.int(),
  band: z.enum(bands).nullable(),
  /** What was written and is looked at before it is taken. */
  said: z.string(),
  begin: z.enum(['listing', 'new', 'one', 'waiting', 'held']),
  /** The vacancy a mentor came to look at. */
  vacancy: z.string().nullable(),
})
export type OffersContext = z.infer<typeof OffersContext>

export type OffersEvent =
  | (Stamp & { readonly type: 'ADD' | 'BACK' | 'SKIP' | 'SEND' | 'MENDING' | 'MEND' | 'CLOSE' | 'RENEW' | 'RIGHT' })
  | (Stamp & { readonly type: 'CHOOSE'; readonly field: Field; readonly value: string | number | boolean })
  | (Stamp & { readonly type: 'DAYS'; readonly days: number })
  | (Stamp & { readonly type: 'EDIT'; readonly field: Field })
  | (Stamp & { readonly type: 'LAW'; readonly band: (typeof bands)[number] })
  | (Stamp & { readonly type: 'OPEN'; readonly id: string })
  | (Stamp & { readonly type: 'PAGE'; readonly page: number })
  | Found<typeof ownOffers | typeof ownOffer | typeof readOffer | typeof readDay | typeof renewedOffer>
  | Wrote

/** What is at hand wherever the dialogue stands. */
export type Situation = { readonly context: OffersContext }
export type On<Type extends OffersEvent['type']> = Arguments<OffersContext, EventOf<OffersEvent, Type>>

/**
 * What the flow opens with: nothing for the list, a new offer, one of one's own, what waits for a mentor; vacancies that
 * are held back, or one of them.
 */
export type OffersInput =
  | { readonly new: true }
  | { readonly id: string }
  | { readonly waiting: true }
  | { readonly review: true }
  | { readonly vacancy: string }
  | undefined
