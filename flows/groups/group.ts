import { z } from 'zod'
import { longestName } from '../common/names.ts'
import { regions } from '../common/regions.ts'

/** What a member may show the mentors of a group; each is chosen by itself, and none is asked for. */
export const shareKinds = ['name', 'plan', 'interests', 'goals', 'applications', 'active'] as const
export const ShareKind = z.enum(shareKinds)
export type ShareKind = z.infer<typeof ShareKind>

export const Shares = z.array(ShareKind).max(shareKinds.length)

/** Whoever was `invited` came by a link and has not said yet whether they join and what they share. */
export const groupRoles = ['mentor', 'member', 'invited'] as const
export const GroupRole = z.enum(groupRoles)
export type GroupRole = z.infer<typeof GroupRole>

/** Ids as the bot makes them. */
export const Id = z.string().min(1).max(64)

/** How an institution or a group is called: one line. */
export const GroupName = z.string().min(1).max(longestName)

export const Institution = z.object({ id: Id, name: GroupName, region: z.enum(regions).nullable() })
export type Institution = z.infer<typeof Institution>

export const Group = z.object({ id: Id, name: GroupName, institution: Institution })
export type Group = z.infer<typeof Group>

/**
 * What somebody did as a mentor or coordinator, `<subject>.<what>`; said to coordinators in the words that stand under
 * `<subject>:audit.<what>`.
 */
export const AuditAction = z.string().regex(/^[a-z]+\.[a-zA-Z]+$/)

/** Codes and numbers that say more of it; never what somebody wrote. */
export const AuditDetail = z.record(z.string().max(32), z.union([z.string().max(64), z.int(), z.boolean()]))
export type AuditDetail = z.infer<typeof AuditDetail>
