import { z } from 'zod'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Found, Stamp, Wrote } from '../kit/events.ts'
import { MemberCard } from './card.ts'
import {
  GroupView,
  type groupLinks,
  type groupMembers,
  Link,
  LinkKind,
  ListedGroup,
  ListedMember,
  type mentorInvitation,
  type myGroups,
  type newLink,
  type oneGroup,
  type oneMember,
} from './contract.ts'
import { Group, Id, Institution, type Removal, removals } from './group.ts'

const paging = { page: z.int(), pages: z.int(), total: z.int() }

/** What is done once the group has been looked at again. */
export const deeds = ['rename', 'close', 'remove', 'lead', 'unlead', 'revoke', 'give'] as const
export type Deed = (typeof deeds)[number]
/** What was done last. */
export const outcomes = ['made', 'renamed', 'closed', 'removed', 'led', 'unled', 'revoked'] as const

export const GroupsContext = z.object({
  begin: z.enum(['listing', 'one', 'making', 'invited']),
  list: z.object({ items: z.array(ListedGroup), ...paging, places: z.array(Institution) }),
  /** The group that is looked at. */
  wanted: Id.nullable(),
  view: GroupView.nullable(),
  members: z.object({ items: z.array(ListedMember), ...paging }),
  member: z.object({ member: ListedMember, joinedAt: z.int(), card: MemberCard }).nullable(),
  /** The member or mentor that is looked at or taken out, and why. */
  ref: z.string().nullable(),
  reason: z.enum(removals).nullable(),
  links: z.array(Link),
  room: z.boolean(),
  /** The link that is made, shown once; its code is gone when it is left. */
  kind: LinkKind,
  uses: z.int(),
  days: z.int(),
  link: z.object({ code: z.string(), link: z.string() }).nullable(),
  revoked: z.string().nullable(),
  /** Where a group is made, and what one is called from now on. */
  place: Id.nullable(),
  name: z.string(),
  deed: z.enum(deeds).nullable(),
  outcome: z.enum(outcomes).nullable(),
  /** The code by which somebody is invited to be a mentor, and where. */
  code: z.string().nullable(),
  invitation: z.object({ group: Group, isMine: z.boolean() }).nullable(),
})
export type GroupsContext = z.infer<typeof GroupsContext>

export type GroupsEvent =
  | (Stamp & {
      readonly type:
        | 'ADD'
        | 'MEMBERS'
        | 'MENTORS'
        | 'LINKS'
        | 'RENAME'
        | 'CLOSE'
        | 'REMOVE'
        | 'LEAD'
        | 'UNLEAD'
        | 'AGREE'
        | 'YES'
        | 'BACK'
    })
  | (Stamp & { readonly type: 'OPEN' | 'PLACE' | 'MEMBER' | 'REVOKE' | 'TAKE_OUT'; readonly id: string })
  | (Stamp & { readonly type: 'PAGE'; readonly page: number })
  | (Stamp & { readonly type: 'INVITE'; readonly kind: LinkKind })
  | (Stamp & { readonly type: 'USES' | 'DAYS'; readonly number: number })
  | (Stamp & { readonly type: 'REASON'; readonly reason: Removal })
  | Found<
      | typeof myGroups
      | typeof oneGroup
      | typeof groupMembers
      | typeof oneMember
      | typeof groupLinks
      | typeof newLink
      | typeof mentorInvitation
    >
  | Wrote

export type Situation = { readonly context: GroupsContext }
/** What is at hand where an event of the type leads. */
export type On<Type extends GroupsEvent['type']> = Arguments<GroupsContext, EventOf<GroupsEvent, Type>>

/** Nothing for one's own groups; one of them; a new one of an institution; a link that invites a mentor. */
export type GroupsInput = { readonly id: string } | { readonly place: string } | { readonly code: string } | undefined

export const blank: GroupsContext = {
  begin: 'listing',
  list: { items: [], page: 0, pages: 1, total: 0, places: [] },
  ...{ wanted: null, view: null, member: null, ref: null, reason: null, links: [], room: true },
  members: { items: [], page: 0, pages: 1, total: 0 },
  ...{ kind: 'member', uses: 1, days: 7, link: null, revoked: null, place: null, name: '', deed: null, outcome: null },
  ...{ code: null, invitation: null },
}
