import { z } from 'zod'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Found, Returned, Stamp, Wrote } from '../kit/events.ts'
import type { countVacancies, defaultFilter, nameFilter, readSearch } from '../vacancies/contract.ts'
import { Filter } from '../vacancies/matching/filter.ts'
import { type listSubscriptions, ShownSubscription } from './contract.ts'
import type { rhythms } from './rhythm.ts'

export const AlertsContext = z.object({
  list: z.array(ShownSubscription),
  /** Id of the subscription to look at. */
  wanted: z.string().nullable(),
  /** A filter that is given: for a new subscription, or for the one that is looked at. */
  given: Filter.nullable(),
  /** What is looked at, or is on its way; told apart by `isNew`. */
  chosen: ShownSubscription.nullable(),
  isNew: z.boolean(),
  /** How many vacancies are there for it at present; null while that is not known. */
  present: z.int().nullable(),
  /** Rhythm whose hour is asked for, and its weekday. */
  rhythm: z.enum(['daily', 'weekly']),
  weekday: z.int().min(1).max(7),
  /** Opened for one thing: the way back leads out. */
  passing: z.boolean(),
  /** What was written last where a new one is made. */
  said: z.string().default(''),
})
export type AlertsContext = z.infer<typeof AlertsContext>

export type AlertsEvent =
  | (Stamp & { readonly type: 'ADD' | 'BACK' | 'SAVE' | 'EDIT' | 'PAUSE' | 'RESUME' | 'DELETE' | 'UNDO' })
  | (Stamp & { readonly type: 'HOW' | 'MOST' })
  | (Stamp & { readonly type: 'OPEN'; readonly id: string })
  | (Stamp & { readonly type: 'RHYTHM'; readonly rhythm: (typeof rhythms)[number] })
  | (Stamp & { readonly type: 'WEEKDAY'; readonly weekday: number })
  | (Stamp & { readonly type: 'HOUR'; readonly hour: number })
  | (Stamp & { readonly type: 'PER_DAY'; readonly perDay: number })
  | Found<typeof listSubscriptions | typeof nameFilter | typeof countVacancies | typeof defaultFilter>
  | Found<typeof readSearch>
  | Returned
  | Wrote

/** What is at hand wherever the dialogue stands. */
export type Situation = { readonly context: AlertsContext }
/** What is at hand where an event of the type leads. */
export type On<Type extends AlertsEvent['type']> = Arguments<AlertsContext, EventOf<AlertsEvent, Type>>

/** What the flow opens with: nothing for the list, a filter for a new subscription, or the id of one that is kept. */
export type AlertsInput = { readonly filter: Filter } | { readonly id: string } | undefined

export function emptyContext(): AlertsContext {
  return {
    ...{ list: [], wanted: null, given: null, chosen: null, isNew: false, present: null },
    ...{ rhythm: 'daily', weekday: 1, passing: false, said: '' },
  }
}
