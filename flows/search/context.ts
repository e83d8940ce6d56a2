import { z } from 'zod'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Found, Stamp, Wrote } from '../kit/events.ts'
import { SignShown } from '../vacancies/contract.ts'
import { Answer, type find, type findAnswer, Hit, type listSubjects, Subject } from './contract.ts'
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
  /** Id of the answer to show, and the answer. */
  wanted: z.string().nullable(),
  answer: Answer.nullable(),
  /** Of a text that is an offer: the signs of a scam in it, which the answer names. */
  signs: z.array(SignShown),
  /** It was passed on from somebody else: only a warning is worth a word about it. */
  forwarded: z.boolean(),
  /** What there are answers for, once that was looked at: the way back from an answer leads there. */
  subjects: z.array(Subject),
})
export type SearchContext = z.infer<typeof SearchContext>

export type SearchEvent =
  | Wrote
  | (Stamp & { readonly type: 'SUBJECT'; readonly id: string })
  | (Stamp & { readonly type: 'SUBJECTS' })
  | Found<typeof find | typeof findAnswer | typeof listSubjects>

/** What is at hand where an event of the type leads. */
export type On<Type extends SearchEvent['type']> = Arguments<SearchContext, EventOf<SearchEvent, Type>>

export type SearchInput =
  | { readonly text: string; readonly command?: boolean; readonly worry?: boolean; readonly forwarded?: boolean }
  | Talk
  | Asked
  | undefined

/** An answer, by its id; to an offer with the signs of a scam in it. */
export const Asked = z.object({ answer: z.string(), signs: z.array(SignShown).optional() })
export type Asked = z.infer<typeof Asked>
