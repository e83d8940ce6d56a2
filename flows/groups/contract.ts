import { z } from 'zod'
import { regions } from '../common/regions.ts'
import { defineAsk, defineTell } from '../kit/contract.ts'
import { emptyCard, exampleCard, MemberCard } from './card.ts'
import { AuditDetail, Group, GroupName, groupDeeds, Id, Institution, mostUses, removals, Shares } from './group.ts'

/** Groups, members or entries on one page. */
export const pageSize = 8

const count = z.int().min(0)
const paged = { page: count, pages: z.int().min(1), total: count }
const Page = z.object({ page: count })
/** Names somebody in a group to those who lead it, without their chat. */
const Ref = z.string().regex(/^[0-9a-f]{16}$/)
const exampleRef = '0123456789abcdef'

const exampleInstitution: Institution = { id: 'home', name: 'Example', region: '75' }
export const exampleGroup: Group = { id: 'group', name: 'Example', institution: exampleInstitution }

/** A group in a list, with how many members it has. */
export const ListedGroup = Group.extend({ members: count, mentors: count })
export type ListedGroup = z.infer<typeof ListedGroup>
const listed: ListedGroup = { ...exampleGroup, members: 12, mentors: 1 }
const noPage = { items: [], page: 0, pages: 1, total: 0 }

/** The groups that one is a mentor of, and the institutions in which one may make another. */
export const myGroups = defineAsk('groups.list', {
  who: 'mentor',
  data: Page,
  reply: z.object({ items: z.array(ListedGroup), ...paged, places: z.array(Institution) }),
  examples: [
    { ...noPage, places: [] },
    { ...noPage, places: [exampleInstitution] },
    {
      items: [listed],
      page: 0,
      pages: 2,
      total: 9,
      places: [exampleInstitution, { ...exampleInstitution, id: 'other' }],
    },
    { items: [listed], page: 1, pages: 2, total: 9, places: [exampleInstitution] },
  ],
})

/** A mentor as others see them: the name only where they have set one. */
export const Mentor = z.object({ ref: Ref, name: z.string().nullable(), isCoordinator: z.boolean(), isMe: z.boolean() })
export type Mentor = z.infer<typeof Mentor>
const exampleMentor: Mentor = { ref: exampleRef, name: 'Example', isCoordinator: false, isMe: false }

/** A group for those who lead it. */
export const GroupView = z.object({
  group: Group,
  members: count,
  /** Those who came by a link and have not agreed yet. */
  invited: count,
  mentors: z.array(Mentor),
  isMine: z.boolean(),
  isCoordinator: z.boolean(),
})
export type GroupView = z.infer<typeof GroupView>

/** null where there is no such group, or it is not for the one who asks. */
export const oneGroup = defineAsk('groups.one', {
  who: 'mentor',
  data: z.object({ id: Id }),
  reply: GroupView.nullable(),
  examples: [
    { group: exampleGroup, members: 0, invited: 0, mentors: [], isMine: false, isCoordinator: true },
    {
      group: exampleGroup,
      ...{ members: 12, invited: 2, isMine: true, isCoordinator: false },
      mentors: [
        { ...exampleMentor, isMe: true },
        { ...exampleMentor, name: null, isCoordinator: true },
      ],
    },
    { group: exampleGroup, members: 1, invited: 0, mentors: [exampleMentor], isMine: false, isCoordinator: true },
    null,
  ],
})

/** A member in a list: by the name they show, or by the number in which they came. */
export const ListedMember = z.object({ ref: Ref, number: z.int().min(1), name: z.string().nullable() })
export type ListedMember = z.infer<typeof ListedMember>
export const exampleMember: ListedMember = { ref: exampleRef, number: 1, name: null }

export const groupMembers = defineAsk('groups.members', {
  who: 'mentor',
  data: z.object({ group: Id, page: count }),
  reply: z.object({ items: z.array(ListedMember), ...paged }).nullable(),
  examples: [
    noPage,
    { items: [exampleMember, { ...exampleMember, name: 'Example', number: 2 }], page: 0, pages: 2, total: 9 },
    { items: [exampleMember], page: 1, pages: 2, total: 9 },
    null,
  ],
})

/** What a member shows, and nothing else of them. */
export const oneMember = defineAsk('groups.member', {
  who: 'mentor',
  data: z.object({ group: Id, member: Ref }),
  reply: z.object({ member: ListedMember, joinedAt: z.int(), card: MemberCard }).nullable(),
  examples: [
    { member: exampleMember, joinedAt: 0, card: exampleCard },
    {
      member: { ...exampleMember, name: 'Example' },
      joinedAt: 0,
      card: { ...exampleCard, interests: null, goals: { names: [], total: 0 }, applications: null, active: null },
    },
    { member: exampleMember, joinedAt: 0, card: emptyCard },
    null,
  ],
})

/** Whom a link brings in. */
export const LinkKind = z.enum(['member', 'mentor'])
export type LinkKind = z.infer<typeof LinkKind>

/** A link that is still good. Of its code only the hash is known, which names it here. */
export const Link = z.object({
  id: z.string().regex(/^[0-9a-f]{64}$/),
  kind: LinkKind,
  usesLeft: count,
  expiresAt: z.int(),
})
export type Link = z.infer<typeof Link>
const exampleLink: Link = { id: 'a'.repeat(64), kind: 'member', usesLeft: 12, expiresAt: Date.UTC(2026, 1, 1) }
/** Links of one group that are good at once. */
export const mostLinks = 8

export const groupLinks = defineAsk('groups.links', {
  who: 'mentor',
  data: z.object({ group: Id }),
  reply: z.object({ links: z.array(Link), room: z.boolean() }).nullable(),
  examples: [
    { links: [], room: true },
    { links: [exampleLink, { ...exampleLink, id: 'b'.repeat(64), kind: 'mentor', usesLeft: 1 }], room: false },
    null,
  ],
})

const Code = z.string().regex(/^[\w-]{1,64}$/)

export const exampleNewLink = { code: 'kod-example', link: 'https://t.me/example_bot?start=kod-example' }

/** A code nobody has had before, and the link with it; nothing is good before it is given. */
export const newLink = defineAsk('groups.newLink', {
  who: 'mentor',
  data: z.object({ group: Id, kind: LinkKind }),
  reply: z.object({ code: Code, link: z.string().max(200) }).nullable(),
  examples: [exampleNewLink, null],
})

/** Makes a link good. Only the hash of its code is kept. */
export const giveLink = defineTell('groups.giveLink', {
  who: 'mentor',
  data: z.object({
    group: Id,
    kind: LinkKind,
    code: Code,
    uses: z.int().min(1).max(mostUses),
    days: z.int().min(1).max(90),
  }),
})
export const revokeLink = defineTell('groups.revoke', {
  who: 'mentor',
  data: z.object({ group: Id, id: z.string().max(64) }),
})

/** A group of an institution; whoever makes it is its mentor, unless they are a coordinator. */
export const makeGroup = defineTell('groups.make', {
  who: 'mentor',
  data: z.object({ id: Id, institution: Id, name: GroupName }),
})
export const renameGroup = defineTell('groups.rename', { who: 'mentor', data: z.object({ id: Id, name: GroupName }) })
/** Its members are told, its links are good no more, and nothing of them is shown to anybody there. */
export const closeGroup = defineTell('groups.close', { who: 'mentor', data: z.object({ id: Id }) })

/** Takes a member out of a group; a coordinator a mentor, too. */
export const removeMember = defineTell('groups.remove', {
  who: 'mentor',
  data: z.object({ group: Id, member: Ref, reason: z.enum(removals) }),
})

/** A coordinator is a mentor of the group from then on. */
export const leadGroup = defineTell('groups.lead', { who: 'mentor', data: z.object({ group: Id }) })
/** A mentor of a link's group from then on. */
export const leadByLink = defineTell('groups.leadByLink', { who: 'mentor', data: z.object({ code: Code }) })
/** Is no mentor of the group any more. */
export const unleadGroup = defineTell('groups.unlead', { who: 'mentor', data: z.object({ group: Id }) })

/** What stands behind a mentor's link: null for one that is not good, or is for members. */
export const mentorInvitation = defineAsk('groups.mentorInvitation', {
  who: 'mentor',
  data: z.object({ code: Code }),
  reply: z.object({ group: Group, isMine: z.boolean() }).nullable(),
  examples: [{ group: exampleGroup, isMine: false }, { group: exampleGroup, isMine: true }, null],
})

/** An institution in the list of coordinators. */
export const ListedPlace = Institution.extend({ groups: count })
export type ListedPlace = z.infer<typeof ListedPlace>

export const institutionList = defineAsk('groups.places', {
  who: 'coordinator',
  data: Page,
  reply: z.object({ items: z.array(ListedPlace), ...paged, groups: count, members: count }),
  examples: [
    { ...noPage, groups: 0, members: 0 },
    {
      items: [
        { ...exampleInstitution, groups: 2 },
        { ...exampleInstitution, id: 'b', region: null, groups: 0 },
      ],
      page: 0,
      pages: 2,
      total: 9,
      groups: 2,
      members: 24,
    },
    { items: [{ ...exampleInstitution, groups: 1 }], page: 1, pages: 2, total: 9, groups: 2, members: 24 },
  ],
})

export const oneInstitution = defineAsk('groups.place', {
  who: 'coordinator',
  data: z.object({ id: Id, page: count }),
  reply: z.object({ place: Institution, items: z.array(ListedGroup), ...paged }).nullable(),
  examples: [
    { place: exampleInstitution, ...noPage },
    {
      place: { ...exampleInstitution, region: null },
      items: [listed, { ...listed, id: 'alone', mentors: 0 }],
      page: 0,
      pages: 2,
      total: 9,
    },
    { place: exampleInstitution, items: [listed], page: 1, pages: 2, total: 9 },
    null,
  ],
})

export const foundInstitution = defineTell('groups.found', {
  who: 'coordinator',
  data: z.object({ id: Id, name: GroupName, region: z.enum(regions).nullable() }),
})
export const renameInstitution = defineTell('groups.renamePlace', {
  who: 'coordinator',
  data: z.object({ id: Id, name: GroupName }),
})
/** Only one without open groups. */
export const closeInstitution = defineTell('groups.closePlace', { who: 'coordinator', data: z.object({ id: Id }) })

/** What a mentor or coordinator did; `actor` is null for somebody who is deleted, its name for whoever set none. */
export const JournalEntry = z.object({
  at: z.int(),
  actor: z.object({ name: z.string().nullable(), isCoordinator: z.boolean() }).nullable(),
  action: z.string(),
  group: z.string().nullable(),
  detail: AuditDetail,
})
export type JournalEntry = z.infer<typeof JournalEntry>
const entry: JournalEntry = {
  at: Date.UTC(2026, 0, 15),
  actor: { name: 'Example', isCoordinator: false },
  action: 'groups.removed',
  group: 'Example',
  detail: { reason: 'left' },
}

/** What was done, the newest first. */
export const journal = defineAsk('groups.journal', {
  who: 'coordinator',
  data: Page,
  reply: z.object({ items: z.array(JournalEntry), ...paged }),
  examples: [
    noPage,
    ...[groupDeeds.slice(0, 3), groupDeeds.slice(3, 7), groupDeeds.slice(7)].map((deeds, page) => ({
      items: deeds.map((deed, at) => ({
        ...entry,
        action: `groups.${deed}`,
        ...(at === 1 && { actor: null, group: null, detail: {} }),
        ...(at === 2 && { actor: { name: null, isCoordinator: true }, detail: {} }),
      })),
      ...{ page, pages: 3, total: 12 },
    })),
    ...removals.map((reason) => ({ items: [{ ...entry, detail: { reason } }], page: 0, pages: 1, total: 1 })),
  ],
})

/** A group that one is in, or is invited to. */
export const MyPlace = Group.extend({ isIn: z.boolean() })

export const myPlaces = defineAsk('groups.mine', {
  who: 'met',
  data: z.null(),
  reply: z.array(MyPlace),
  examples: [
    [],
    [{ ...exampleGroup, isIn: true }],
    [
      { ...exampleGroup, isIn: true },
      { ...exampleGroup, id: 'other', isIn: false },
    ],
  ],
})

/** Whether one is in a group, or invited to one; mentors are asked elsewhere. */
export const hasPlace = defineAsk('groups.any', {
  who: 'arrived',
  data: z.null(),
  reply: z.object({ any: z.boolean() }),
  examples: [{ any: false }, { any: true }],
})

/** One's own place in a group: who its mentors are, what is shared, and what they see by it. */
export const Membership = z.object({
  group: Group,
  mentors: z.array(Mentor.omit({ ref: true, isMe: true })),
  isIn: z.boolean(),
  shares: Shares,
  card: MemberCard,
  name: z.string().nullable(),
})
export type Membership = z.infer<typeof Membership>
const mentors = [
  { name: 'Example', isCoordinator: false },
  { name: null, isCoordinator: true },
]
const membership: Membership = {
  group: exampleGroup,
  mentors,
  isIn: true,
  shares: exampleCard.shares,
  card: exampleCard,
  name: 'Example',
}
const invitation: Membership = {
  ...membership,
  ...{ isIn: false, shares: [], name: null },
  card: emptyCard,
}

/** null where one is neither in the group nor invited. */
export const myMembership = defineAsk('groups.membership', {
  who: 'met',
  data: z.object({ id: Id }),
  reply: Membership.nullable(),
  examples: [membership, { ...invitation, isIn: true }, { ...membership, mentors: [] }, invitation, null],
})

/** What stands behind a link for members: null for one that is not good. */
export const memberInvitation = defineAsk('groups.invitation', {
  who: 'met',
  data: z.object({ code: Code }),
  reply: Membership.nullable(),
  examples: [invitation, membership, null],
})

/** Joins by an invitation that waits, or by a link, of which it takes one use. */
export const joinGroup = defineTell('groups.join', {
  who: 'met',
  data: z.object({ group: Id, code: Code.nullable(), shares: Shares }),
})
export const shareInGroup = defineTell('groups.share', { who: 'met', data: z.object({ group: Id, shares: Shares }) })
/** Is not in the group any more, or does not follow an invitation. */
export const leaveGroup = defineTell('groups.leave', { who: 'met', data: z.object({ group: Id }) })
