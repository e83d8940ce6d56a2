import { z } from 'zod'
import {
  type institutionList,
  JournalEntry,
  type journal,
  ListedGroup,
  ListedPlace,
  type oneInstitution,
} from '../groups/contract.ts'
import { Id, Institution } from '../groups/group.ts'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Found, Returned, Stamp, Wrote } from '../kit/events.ts'

const paging = { page: z.int(), pages: z.int(), total: z.int() }

/** What was done last. */
export const outcomes = ['founded', 'renamed', 'closed'] as const

export const InstitutionsContext = z.object({
  list: z.object({ items: z.array(ListedPlace), ...paging, groups: z.int(), members: z.int() }),
  /** The institution that is looked at, with a page of its groups. */
  wanted: Id.nullable(),
  place: Institution.nullable(),
  groups: z.object({ items: z.array(ListedGroup), ...paging }),
  /** How a new one is called. */
  name: z.string(),
  outcome: z.enum(outcomes).nullable(),
  journal: z.object({ items: z.array(JournalEntry), ...paging }),
})
export type InstitutionsContext = z.infer<typeof InstitutionsContext>

export type InstitutionsEvent =
  | (Stamp & { readonly type: 'ADD' | 'RENAME' | 'CLOSE' | 'YES' | 'JOURNAL' | 'SKIP' | 'BACK' })
  | (Stamp & { readonly type: 'OPEN'; readonly id: string })
  | (Stamp & { readonly type: 'REGION'; readonly region: string })
  | (Stamp & { readonly type: 'PAGE'; readonly page: number })
  | Found<typeof institutionList | typeof oneInstitution | typeof journal>
  | Returned
  | Wrote

export type Situation = { readonly context: InstitutionsContext }
/** What is at hand where an event of the type leads. */
export type On<Type extends InstitutionsEvent['type']> = Arguments<
  InstitutionsContext,
  EventOf<InstitutionsEvent, Type>
>

const noPage = { items: [], page: 0, pages: 1, total: 0 }

export const blank: InstitutionsContext = {
  list: { ...noPage, groups: 0, members: 0 },
  ...{ wanted: null, place: null, groups: noPage, name: '', outcome: null, journal: noPage },
}
