import { z } from 'zod'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Found, Wrote } from '../kit/events.ts'
import { type find, Hit } from './contract.ts'
import { Talk } from './talk.ts'

export const SearchContext = z.object({
  text: z.string(),
  hits: z.array(Hit),
  /** It was written as a command that there is none of. */
  command: z.boolean(),
  /** The text speaks of sadness, and nobody wants to read that nothing was found for it. */
  worry: z.boolean(),
  /** What it was opened for, if not for a text. */
  talk: Talk.shape.talk.nullable(),
})
export type SearchContext = z.infer<typeof SearchContext>

export type SearchEvent = Wrote | Found<typeof find>

/** What is at hand where an event of the type leads. */
export type On<Type extends SearchEvent['type']> = Arguments<SearchContext, EventOf<SearchEvent, Type>>

export type SearchInput =
  | { readonly text: string; readonly command?: boolean; readonly worry?: boolean }
  | Talk
  | undefined
