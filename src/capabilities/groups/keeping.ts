import { isCoordinator } from '../../../flows/common/person.ts'
import {
  institutionList,
  type JournalEntry,
  journal,
  oneInstitution,
  pageSize,
} from '../../../flows/groups/contract.ts'
import { AuditDetail } from '../../../flows/groups/group.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import { gone } from '../../store/audit.ts'
import type { Core } from '../../store/core.ts'
import { moment, readEach, whole } from '../../store/damage.ts'
import type { AuditEntryModel } from '../../store/generated/sqlite/models.ts'
import { loadPerson } from '../../store/people.ts'
import { countedGroups, inTurn } from './leading.ts'
import { paged } from './pages.ts'
import { placesWhere } from './places.ts'
import { groupsWhere } from './rows.ts'

/** Entries on one page: each takes two lines. */
const entriesOnPage = 6

/** What coordinators look up: institutions, their groups, and what was done in them. */
export function keepingReplies(core: Core): readonly Reply[] {
  const { prisma, damaged } = core
  return [
    reply(institutionList, async ({ page }) => {
      const places = await placesWhere(prisma, core, {})
      const { skip, paging } = paged(places.length, page, pageSize)
      const shown = places.slice(skip, skip + pageSize)
      const counts = await prisma.mentorGroup.groupBy({
        by: ['institutionId'],
        where: { institutionId: { in: shown.map(({ id }) => id) }, closedAt: null },
        _count: true,
      })
      const items = shown.map((place) => ({
        ...place,
        groups: counts.find(({ institutionId }) => institutionId === place.id)?._count ?? 0,
      }))
      return {
        items,
        ...paging,
        groups: await prisma.mentorGroup.count({ where: { closedAt: null } }),
        members: await prisma.groupMember.count({ where: { role: 'member' } }),
      }
    }),
    reply(oneInstitution, async ({ id, page }) => {
      const [place] = await placesWhere(prisma, core, { id })
      if (place === undefined) return null
      const groups = await groupsWhere(prisma, core, { institutionId: id })
      const { skip, paging } = paged(groups.length, page, pageSize)
      return { place, items: await countedGroups(core, groups.slice(skip, skip + pageSize)), ...paging }
    }),
    reply(journal, async ({ page }) => {
      const { skip, paging } = paged(await prisma.auditEntry.count(), page, entriesOnPage)
      const rows = await prisma.auditEntry.findMany({
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        skip,
        take: entriesOnPage,
      })
      const entries = readEach('AuditEntry', rows, read, damaged)
      const ids = entries.flatMap(({ groupId }) => groupId ?? [])
      const named = await prisma.mentorGroup.findMany({ where: { id: { in: ids } } })
      const items = await inTurn(entries, async ({ groupId, chatId, ...entry }) => ({
        ...entry,
        actor: await actorOf(core, chatId),
        group: named.find(({ id }) => id === groupId)?.name ?? null,
      }))
      return { items, ...paging }
    }),
  ]
}

function read({ at, chatId, action, groupId, detail }: AuditEntryModel) {
  return {
    at: moment(at),
    chatId: whole(chatId),
    action,
    groupId,
    detail: detail === null ? {} : AuditDetail.parse(JSON.parse(detail)),
  }
}

/** Whoever is no mentor any more is told of as one; who is deleted, as nobody. */
async function actorOf(core: Core, chatId: number): Promise<JournalEntry['actor']> {
  if (BigInt(chatId) === gone) return null
  const person = await loadPerson(core, chatId)
  return person === undefined ? null : { name: person.name ?? null, isCoordinator: isCoordinator(person) }
}
