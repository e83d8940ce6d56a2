import { z } from 'zod'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Found, Stamp, Start, Wrote } from '../kit/events.ts'
import { languages } from '../kit/words.ts'
import {
  type comingFairs,
  FairPage,
  FairView,
  type getFair,
  type getStand,
  type ownFairs,
  StandView,
} from './contract.ts'

export const FairsContext = z.object({
  list: FairPage,
  /** What is wanted of the fair that one has signed up for. */
  own: z.enum(['plan', 'leave']).nullable().default(null),
  /** The fair that is meant, and the page of its stands. */
  wanted: z.string().nullable(),
  page: z.int().min(0),
  view: FairView.nullable(),
  /** The stand that is meant, and the page of its slots. */
  standId: z.string().nullable(),
  stand: StandView.nullable(),
  slotPage: z.int().min(0),
  /** The slot that is to be booked. */
  slot: z.int().nullable(),
  /** Fairs are for those who may begin to work. */
  isYoung: z.boolean(),
  /** In which an hour is read that stands in several. */
  language: z.enum(languages).default('kk'),
  now: z.int(),
})
export type FairsContext = z.infer<typeof FairsContext>

export type FairsEvent =
  | (Stamp & { readonly type: 'BACK' | 'VISIT' | 'MINE' | 'LEAVE' | 'YES' })
  | (Stamp & { readonly type: 'OPEN'; readonly id: string })
  | (Stamp & { readonly type: 'STAND'; readonly id: string })
  | (Stamp & { readonly type: 'PAGE'; readonly page: number })
  | (Stamp & { readonly type: 'SLOT'; readonly slot: number })
  | (Stamp & { readonly type: 'DROP'; readonly stand: string })
  | Wrote
  | Found<typeof comingFairs | typeof ownFairs | typeof getFair | typeof getStand>

export type Situation = { readonly context: FairsContext }
export type On<Type extends FairsEvent['type']> = Arguments<FairsContext, EventOf<FairsEvent, Type>>

/** A fair, what is wanted of one's own, or nothing for the list of those that are coming. */
export type FairsInput = { readonly id: string } | { readonly own: 'plan' | 'leave' } | undefined

export function emptyContext({ person, input, turn }: Start<FairsInput>): FairsContext {
  return {
    list: { items: [], page: 0, pages: 1, total: 0 },
    own: input !== undefined && 'own' in input ? input.own : null,
    wanted: input !== undefined && 'id' in input ? input.id : null,
    page: 0,
    view: null,
    standId: null,
    stand: null,
    slotPage: 0,
    slot: null,
    isYoung: person.ageBand === '12-13',
    language: person.language,
    now: turn.at,
  }
}
