import { z } from 'zod'
import { zone } from '../../../flows/common/regions.ts'
import { GroupRole, Shares } from '../../../flows/groups/group.ts'
import type { Message } from '../../../flows/kit/words.ts'
import type { Core } from '../../store/core.ts'
import { fact, line, type Section, section, Time } from '../export.ts'

const Membership = z.object({ groupId: z.string(), role: GroupRole, shares: Shares, joinedAt: Time })
const Entry = z.object({ at: Time, action: z.string() })
const roles: Readonly<Record<GroupRole, Message>> = {
  member: { key: 'groups:export.role.member' },
  mentor: { key: 'groups:export.role.mentor' },
  invited: { key: 'groups:export.role.invited' },
}
const Code = z.object({ createdAt: Time, expiresAt: Time })

/** The groups somebody is in, with what they share there. */
export function membershipsSection({ prisma }: Pick<Core, 'prisma'>): Section {
  return section('GroupMember', {
    title: { key: 'groups:export.memberships' },
    row: Membership,
    tell: async ({ groupId, role, shares, joinedAt }) => {
      const group = await prisma.mentorGroup.findUnique({ where: { id: groupId } })
      return {
        title: { key: 'common:value', values: { value: group?.name ?? groupId } },
        order: -joinedAt,
        lines: [
          line(roles[role]),
          ...(role === 'member'
            ? [
                fact(
                  { key: 'groups:export.shares' },
                  shares.length === 0
                    ? { key: 'groups:export.nothing' }
                    : shares.map((kind) => ({ key: `groups:share.${kind}` })),
                ),
              ]
            : []),
          fact({ key: 'groups:export.since' }, { moment: joinedAt, zone, style: 'date' }),
        ],
      }
    },
  })
}

/** What somebody did as a mentor or coordinator. */
export const deedsSection = section('AuditEntry', {
  title: { key: 'groups:export.deeds' },
  row: Entry,
  tell: ({ at, action }) => ({
    title: { key: action.replace('.', ':audit.') },
    order: -at,
    lines: [fact({ key: 'groups:export.at' }, { moment: at, zone, style: 'datetime' })],
  }),
})

/** Links somebody gave. */
export const linksSection = section('ConsentCode', {
  title: { key: 'groups:export.links' },
  row: Code,
  tell: ({ createdAt, expiresAt }) => ({
    title: { key: 'groups:export.link' },
    order: -createdAt,
    lines: [fact({ key: 'groups:export.until' }, { moment: expiresAt, zone, style: 'date' })],
  }),
})
