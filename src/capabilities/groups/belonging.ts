import { roleOf } from '../../../flows/common/person.ts'
import { hasPlace, type Membership, memberInvitation, myMembership, myPlaces } from '../../../flows/groups/contract.ts'
import type { Group } from '../../../flows/groups/group.ts'
import type { World } from '../../engine/ports.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import type { CardTools } from './card.ts'
import { shownOf } from './card.ts'
import { mentorsShown } from './leading.ts'
import { groupBehind } from './links.ts'
import { groupOf, groupsWhere, type Member, memberIn, mentorsIn } from './rows.ts'

/** What members look up of the groups they are in or are invited to. */
export function belongingReplies(tools: CardTools): readonly Reply[] {
  const { core } = tools
  const { prisma } = core
  return [
    reply(myPlaces, async (_, { chatId }) => {
      const rows = await prisma.groupMember.findMany({
        where: { chatId: BigInt(chatId), role: { in: ['member', 'invited'] } },
      })
      const groups = await groupsWhere(prisma, core, { id: { in: rows.map(({ groupId }) => groupId) } })
      return groups.map((group) => ({
        ...group,
        isIn: rows.some(({ groupId, role }) => groupId === group.id && role === 'member'),
      }))
    }),
    reply(hasPlace, async (_, { chatId, person }) => {
      if (roleOf(person.consent?.by) !== undefined) return { any: false }
      // Asked whenever somebody comes home: one look into an index.
      const rows = await prisma.$queryRaw<unknown[]>`
        SELECT 1 AS "any" FROM "GroupMember" WHERE "chatId" = ${BigInt(chatId)} LIMIT 1`
      return { any: rows.length > 0 }
    }),
    reply(myMembership, async ({ id }, world) => {
      const member = await memberIn(prisma, core, id, world.chatId)
      const group = await groupOf(prisma, core, id)
      if (group === undefined || member === undefined || member.role === 'mentor') return null
      return membershipOf(tools, group, member, world)
    }),
    reply(memberInvitation, async ({ code }, world) => {
      const group = await groupBehind(tools, code, 'member', world)
      if (group === undefined) return null
      const member = await memberIn(prisma, core, group.id, world.chatId)
      return member?.role === 'mentor' ? null : membershipOf(tools, group, member, world)
    }),
  ]
}

async function membershipOf(
  tools: CardTools,
  group: Group,
  member: Member | undefined,
  { chatId, person, now }: World,
): Promise<Membership> {
  const { core } = tools
  const shares = member?.role === 'member' ? member.shares : []
  const leading = await mentorsIn(core.prisma, core, group.id)
  const { name, card } = await shownOf(tools, { chatId, shares }, now)
  const mentors = await mentorsShown(core, group.id, leading, chatId)
  return {
    group,
    mentors: mentors.map((mentor) => ({ name: mentor.name, isCoordinator: mentor.isCoordinator })),
    isIn: member?.role === 'member',
    shares: [...shares],
    card,
    // What would be shown as a name is said before it is shared.
    name: name ?? person.name ?? null,
  }
}
