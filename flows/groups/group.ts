import { z } from 'zod'
import { longestName } from '../common/names.ts'
import { regions } from '../common/regions.ts'
import { tidyLine } from '../common/tidy.ts'

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

/** A name as it was written, on one line; of more than a name takes enough is read to see that it is too long. */
export function nameIn(text: string): string {
  return tidyLine(text.slice(0, 4 * longestName))
}

export const Institution = z.object({ id: Id, name: GroupName, region: z.enum(regions).nullable() })
export type Institution = z.infer<typeof Institution>

export const Group = z.object({ id: Id, name: GroupName, institution: Institution })
export type Group = z.infer<typeof Group>

/**
 * What somebody did as a mentor or coordinator, `<subject>.<what>`; said to coordinators in the words that stand under
 * `<subject>:audit.<what>`.
 */
export const AuditAction = z.string().regex(/^[a-z]+\.[a-zA-Z]+$/)

/** What is done with groups themselves. */
export const groupDeeds = [
  'founded',
  'placeRenamed',
  'placeClosed',
  'made',
  'renamed',
  'closed',
  'linked',
  'revoked',
  'removed',
  'mentorRemoved',
  'led',
  'unled',
] as const
export type GroupDeed = (typeof groupDeeds)[number]

/** Codes and numbers that say more of it; never what somebody wrote. */
export const AuditDetail = z.record(z.string().max(32), z.union([z.string().max(64), z.int(), z.boolean()]))
export type AuditDetail = z.infer<typeof AuditDetail>

/** Why somebody is taken out of a group: left the home, was in the wrong group, harmed others; anything else. */
export const removals = ['left', 'mistake', 'rules', 'other'] as const
export type Removal = (typeof removals)[number]

/** People who may use one link, and how many days it is good for: what may be chosen. */
export const useChoices = [1, 5, 15, 30, 100] as const
export const dayChoices = [1, 7, 30, 90] as const
export const mostUses = 300
