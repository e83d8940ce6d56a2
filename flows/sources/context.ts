import { z } from 'zod'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Found, Stamp } from '../kit/events.ts'
import { type listSources, mostSources, Name, SourceHealth } from './contract.ts'

/** What the dialogue keeps. */
export const SourcesContext = z.object({
  sources: z.array(SourceHealth).max(mostSources),
  /** The one that is looked at; null for the list. */
  name: Name.nullable(),
  page: z.int().nonnegative(),
  /** Time of the newest look, by which screens know what is past. */
  now: z.int(),
})
export type SourcesContext = z.infer<typeof SourcesContext>

export type SourcesEvent =
  | (Stamp & { readonly type: 'OPEN'; readonly name: string })
  | (Stamp & { readonly type: 'PAGE'; readonly page: number })
  | (Stamp & { readonly type: 'TRY' | 'LOOK' | 'BACK' })
  | Found<typeof listSources>
/** From a notice the source it speaks of. */
export type SourcesInput = { readonly name: string } | undefined

/** What is at hand where an event of the type leads. */
export type On<Type extends SourcesEvent['type']> = Arguments<SourcesContext, EventOf<SourcesEvent, Type>>
