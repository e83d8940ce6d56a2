import { z } from 'zod'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Found, Stamp, Wrote } from '../kit/events.ts'
import { bands, type madeOffer, reasons, Waiting, type waitingOffer } from '../offers/contract.ts'
import { HeldVacancy, type heldVacancies, type heldVacancy, verdicts } from '../vacancies/contract.ts'
import { Listing } from '../vacancies/listing.ts'

export const ReviewsContext = z.object({
  begin: z.enum(['choosing', 'waiting', 'held', 'one']),
  /** The offer that is looked at, how many wait, and those put off. */
  item: Waiting.nullable(),
  total: z.int(),
  without: z.array(z.string()),
  band: z.enum(bands).nullable(),
  reason: z.enum(reasons).nullable(),
  /** What the author is told besides the reason. */
  words: z.string().nullable(),
  /** Page of the text of what is looked at. */
  page: z.int(),
  /** When it was looked at, epoch ms. */
  now: z.int(),
  /** Vacancies that are held back, and the one that is looked at. */
  held: z.object({ items: z.array(Listing), total: z.int(), page: z.int(), pages: z.int() }),
  wanted: z.string().nullable(),
  one: HeldVacancy.nullable(),
  verdict: z.enum(verdicts).nullable(),
  /** Those decided on in this sitting: the list does not know of the last one yet. */
  decided: z.array(z.string()),
})
export type ReviewsContext = z.infer<typeof ReviewsContext>

export type ReviewsEvent =
  | (Stamp & {
      readonly type: 'WAITING' | 'HELD' | 'NEXT' | 'APPROVE' | 'SEND_BACK' | 'BACK' | 'SKIP'
    })
  | (Stamp & { readonly type: 'REASON'; readonly reason: (typeof reasons)[number] })
  | (Stamp & { readonly type: 'DECIDE'; readonly verdict: (typeof verdicts)[number] })
  | (Stamp & { readonly type: 'LAW'; readonly band: (typeof bands)[number] })
  | (Stamp & { readonly type: 'OPEN'; readonly id: string })
  | (Stamp & { readonly type: 'PAGE'; readonly page: number })
  | Found<typeof waitingOffer | typeof madeOffer | typeof heldVacancies | typeof heldVacancy>
  | Wrote

export type Situation = { readonly context: ReviewsContext }
export type On<Type extends ReviewsEvent['type']> = Arguments<ReviewsContext, EventOf<ReviewsEvent, Type>>

/** What the flow opens with: nothing for both lists; offers that wait; vacancies that are held back, or one vacancy. */
export type ReviewsInput =
  | { readonly waiting: true }
  | { readonly review: true }
  | { readonly vacancy: string }
  | undefined
