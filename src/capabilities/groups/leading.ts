import { isCoordinator } from '../../../flows/common/person.ts'
import {
  groupMembers,
  type ListedGroup,
  type Mentor,
  myGroups,
  oneGroup,
  oneMember,
  pageSize,
} from '../../../flows/groups/contract.ts'
import type { Group } from '../../../flows/groups/group.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import type { Core } from '../../store/core.ts'
import { loadPerson } from '../../store/people.ts'
import { type CardTools, nameOf, shownOf } from './card.ts'
import { paged } from './pages.ts'
import { placesOf } from './places.ts'
import { refOf } from './refs.ts'
import { groupOf, groupsOf, mayLead, membersOf, mentorsIn, type Source } from './rows.ts'

/** What mentors and coordinators look up of groups and their members: nothing of groups that they may not lead. */
export function leadingReplies(tools: CardTools): readonly Reply[] {
  const { core } = tools
  const { prisma } = core
  return [
    reply(myGroups, async ({ page }, { chatId }) => {
      const own = await groupsOf(prisma, core, chatId)
      const shown = paged(own.length, page, pageSize)
      const items = await countedGroups(core, own.slice(shown.skip, shown.skip + pageSize))
      return { items, ...shown.paging, places: await placesOf(prisma, core, chatId) }
    }),
    reply(oneGroup, async ({ id }, { chatId, person }) => {
      if (!(await mayLead(prisma, id, chatId))) return null
      const group = await groupOf(prisma, core, id)
      if (group === undefined) return null
      const [members, invited, leading] = [
        await prisma.groupMember.count({ where: { groupId: id, role: 'member' } }),
        await prisma.groupMember.count({ where: { groupId: id, role: 'invited' } }),
        await mentorsIn(prisma, core, id),
      ]
      const mentors = await mentorsShown(core, id, leading, chatId)
      return {
        group,
        members,
        invited,
        mentors,
        isMine: leading.includes(chatId),
        isCoordinator: isCoordinator(person),
      }
    }),
    reply(groupMembers, async ({ group, page }, { chatId }) => {
      if (!(await mayLead(prisma, group, chatId))) return null
      const total = await prisma.groupMember.count({ where: { groupId: group, role: 'member' } })
      const { skip, paging } = paged(total, page, pageSize)
      const members = await membersOf(prisma, core, group, { skip, take: pageSize })
      const items = await inTurn(members, async (member, at) => ({
        ref: refOf(group, member.chatId),
        number: skip + at + 1,
        name: await nameOf(tools, member),
      }))
      return { items, ...paging }
    }),
    reply(oneMember, async ({ group, member: ref }, { chatId, now }) => {
      if (!(await mayLead(prisma, group, chatId))) return null
      const members = await membersOf(prisma, core, group)
      const at = members.findIndex((one) => refOf(group, one.chatId) === ref)
      const member = members[at]
      if (member === undefined) return null
      const { name, card } = await shownOf(tools, member, now)
      return { member: { ref, number: at + 1, name }, joinedAt: member.joinedAt, card }
    }),
  ]
}

/** Groups with how many are in them. */
export async function countedGroups(
  { prisma }: { readonly prisma: Source },
  groups: readonly Group[],
): Promise<ListedGroup[]> {
  const counts = await prisma.groupMember.groupBy({
    by: ['groupId', 'role'],
    where: { groupId: { in: groups.map(({ id }) => id) } },
    _count: true,
  })
  const countOf = (id: string, role: string) =>
    counts.find((row) => row.groupId === id && row.role === role)?._count ?? 0
  return groups.map((group) => ({
    ...group,
    members: countOf(group.id, 'member'),
    mentors: countOf(group.id, 'mentor'),
  }))
}

/** Mentors by the names that they have set. */
export function mentorsShown(core: Core, groupId: string, chatIds: readonly number[], own: number): Promise<Mentor[]> {
  return inTurn(chatIds, async (chatId) => {
    const person = await loadPerson(core, chatId)
    return {
      ref: refOf(groupId, chatId),
      name: person?.name ?? null,
      isCoordinator: person !== undefined && isCoordinator(person),
      isMe: chatId === own,
    }
  })
}

/** One after another: the look-ups of one person do not take the whole line to the database. */
export async function inTurn<From, To>(
  all: readonly From[],
  make: (one: From, at: number) => Promise<To>,
): Promise<To[]> {
  const made: To[] = []
  for (const [at, one] of all.entries()) made.push(await make(one, at))
  return made
}
