import { z } from 'zod'
import { Membership, MyPlace, type memberInvitation, type myMembership, type myPlaces } from '../groups/contract.ts'
import { Id, type ShareKind, Shares } from '../groups/group.ts'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Found, Stamp } from '../kit/events.ts'

export const MygroupContext = z.object({
  begin: z.enum(['looking', 'code', 'one']),
  places: z.array(MyPlace),
  wanted: Id.nullable(),
  code: z.string().nullable(),
  membership: Membership.nullable(),
  /** What is chosen to be shared, before it is agreed to or as it stands. */
  shares: Shares,
})
export type MygroupContext = z.infer<typeof MygroupContext>

export type MygroupEvent =
  | (Stamp & { readonly type: 'SHARING' | 'SEEN' | 'LEAVE' | 'YES' | 'AGREE' | 'DECLINE' | 'BACK' })
  | (Stamp & { readonly type: 'OPEN'; readonly id: string })
  | (Stamp & { readonly type: 'SWITCH'; readonly kind: ShareKind })
  | Found<typeof myPlaces | typeof myMembership | typeof memberInvitation>

export type Situation = { readonly context: MygroupContext }
/** What is at hand where an event of the type leads. */
export type On<Type extends MygroupEvent['type']> = Arguments<MygroupContext, EventOf<MygroupEvent, Type>>

/** Nothing for one's own group; one of them; the code of a link. */
export type MygroupInput = { readonly id: string } | { readonly code: string } | undefined

export const blank: MygroupContext = {
  ...{ begin: 'looking', places: [], wanted: null, code: null, membership: null, shares: [] },
}
