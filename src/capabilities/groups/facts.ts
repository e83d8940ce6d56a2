import {
  closeGroup,
  closeInstitution,
  foundInstitution,
  giveLink,
  joinGroup,
  leadByLink,
  leadGroup,
  leaveGroup,
  makeGroup,
  removeMember,
  renameGroup,
  renameInstitution,
  revokeLink,
  shareInGroup,
  unleadGroup,
} from '../../../flows/groups/contract.ts'
import type { AuditDetail, GroupDeed } from '../../../flows/groups/group.ts'
import { closedNotice, removedNotice } from '../../../flows/groups/notices.ts'
import { notice } from '../../../flows/kit/notice.ts'
import { putNotices } from '../../delivery/notices/put.ts'
import { change, type FactEntry, type FactTools, type FactWriter, OvertakenError } from '../../store/capability.ts'
import type { Transaction } from '../../store/core.ts'
import { arrive } from './arrive.ts'
import { followLink, keepLink, mayLink, revokeLinks } from './links.ts'
import { mayMakeIn } from './places.ts'
import { refOf } from './refs.ts'
import { groupOf, type Member, mayLead, memberIn, roleNow, writeAudit } from './rows.ts'

/**
 * What is done in groups. Whether somebody may is looked at in the transaction that does it; where they may not any more,
 * or what it stands on has changed, the turn is played again on what stands there now, and says so.
 */
export const groupFacts: readonly FactWriter[] = [
  change(foundInstitution, async (transaction, entries, tools) => {
    for (const entry of entries) {
      const { id, name, region } = entry.data
      await asCoordinator(transaction, entry)
      await transaction.institution.create({ data: { id, name, region, createdAt: BigInt(entry.at) } })
      await audit(transaction, tools, entry, 'founded')
    }
  }),
  change(renameInstitution, async (transaction, entries, tools) => {
    for (const entry of entries) {
      const { id, name } = entry.data
      await asCoordinator(transaction, entry)
      await transaction.institution.updateMany({ where: { id, closedAt: null }, data: { name } })
      await audit(transaction, tools, entry, 'placeRenamed')
    }
  }),
  change(closeInstitution, async (transaction, entries, tools) => {
    for (const entry of entries) {
      const { id } = entry.data
      await asCoordinator(transaction, entry)
      const groups = await transaction.mentorGroup.count({ where: { institutionId: id, closedAt: null } })
      if (groups > 0) throw new OvertakenError('The institution has open groups')
      await transaction.institution.updateMany({ where: { id }, data: { closedAt: BigInt(entry.at) } })
      await audit(transaction, tools, entry, 'placeClosed')
    }
  }),
  change(makeGroup, async (transaction, entries, tools) => {
    for (const entry of entries) {
      const { id, institution, name } = entry.data
      const role = await mayMakeIn(transaction, institution, entry.chatId)
      if (role === undefined) throw new OvertakenError('No group can be made there')
      await transaction.mentorGroup.create({
        data: { id, institutionId: institution, name, createdAt: BigInt(entry.at) },
      })
      if (role === 'mentor') await arrive(transaction, { groupId: id, chatId: entry.chatId, role, at: entry.at })
      await audit(transaction, tools, entry, 'made', { groupId: id })
    }
  }),
  change(renameGroup, async (transaction, entries, tools) => {
    for (const entry of entries) {
      const { id, name } = entry.data
      await asLeader(transaction, id, entry)
      await transaction.mentorGroup.update({ where: { id }, data: { name } })
      await audit(transaction, tools, entry, 'renamed', { groupId: id })
    }
  }),
  change(closeGroup, async (transaction, entries, tools) => {
    for (const entry of entries) await close(transaction, entry.data.id, entry, tools)
  }),
  change(giveLink, async (transaction, entries, tools) => {
    for (const entry of entries) {
      const { group, kind, uses, days } = entry.data
      if (!(await mayLink(transaction, group, kind, entry.chatId))) throw new OvertakenError('No link can be given')
      await keepLink(transaction, entry.data, entry.chatId, entry.at)
      await audit(transaction, tools, entry, 'linked', { groupId: group, detail: { kind, uses, days } })
    }
  }),
  change(revokeLink, async (transaction, entries, tools) => {
    for (const entry of entries) {
      const { group, id } = entry.data
      await asLeader(transaction, group, entry)
      const count = await revokeLinks(transaction, { group, hash: id }, entry.at)
      if (count > 0) await audit(transaction, tools, entry, 'revoked', { groupId: group })
    }
  }),
  change(removeMember, async (transaction, entries, tools) => {
    for (const entry of entries) await remove(transaction, entry, tools)
  }),
  change(leadGroup, async (transaction, entries, tools) => {
    for (const entry of entries) {
      const { group } = entry.data
      await asCoordinator(transaction, entry)
      await asLeader(transaction, group, entry)
      await arrive(transaction, { groupId: group, chatId: entry.chatId, role: 'mentor', at: entry.at })
      await audit(transaction, tools, entry, 'led', { groupId: group })
    }
  }),
  change(leadByLink, async (transaction, entries, tools) => {
    for (const entry of entries) {
      if ((await roleNow(transaction, entry.chatId)) === undefined) throw new OvertakenError('Only mentors lead groups')
      const groupId = await followLink(transaction, entry.data.code, 'mentor', { now: entry.at })
      await arrive(transaction, { groupId, chatId: entry.chatId, role: 'mentor', at: entry.at })
      await audit(transaction, tools, entry, 'led', { groupId })
    }
  }),
  change(unleadGroup, async (transaction, entries, tools) => {
    for (const entry of entries) {
      const { group } = entry.data
      const member = await memberIn(transaction, passing, group, entry.chatId)
      if (member?.role !== 'mentor') continue
      await takeOut(transaction, member, entry.at)
      await audit(transaction, tools, entry, 'unled', { groupId: group })
    }
  }),
  change(joinGroup, async (transaction, entries) => {
    for (const entry of entries) await join(transaction, entry)
  }),
  change(shareInGroup, async (transaction, entries) => {
    for (const { chatId, data } of entries) {
      await transaction.groupMember.updateMany({
        where: { groupId: data.group, chatId: BigInt(chatId), role: 'member' },
        data: { shares: JSON.stringify(data.shares) },
      })
    }
  }),
  change(leaveGroup, async (transaction, entries) => {
    for (const { chatId, data } of entries) {
      const where = { groupId: data.group, chatId: BigInt(chatId), role: { in: ['member', 'invited'] } }
      await transaction.groupMember.deleteMany({ where })
    }
  }),
]

type Entry<Data = unknown> = FactEntry<Data>

/** Nobody is there to hear of damage within a turn; the look-ups report it. */
const passing = { damaged: () => undefined }

async function asCoordinator(transaction: Transaction, { chatId }: Entry): Promise<void> {
  if ((await roleNow(transaction, chatId)) !== 'coordinator') throw new OvertakenError('Only for coordinators')
}

async function asLeader(transaction: Transaction, group: string, { chatId }: Entry): Promise<void> {
  if (!(await mayLead(transaction, group, chatId))) throw new OvertakenError('The group is not led by them')
}

type About = { readonly groupId?: string; readonly about?: number; readonly detail?: AuditDetail }

function audit(transaction: Transaction, tools: FactTools, { chatId, at }: Entry, what: GroupDeed, about: About = {}) {
  return writeAudit(transaction, tools, { chatId, at, action: `groups.${what}`, ...about })
}

/** Its members hear of it; who they were is not kept. */
async function close(transaction: Transaction, id: string, entry: Entry, tools: FactTools): Promise<void> {
  await asLeader(transaction, id, entry)
  const group = await groupOf(transaction, passing, id)
  const rows = await transaction.groupMember.findMany({ where: { groupId: id, role: 'member' } })
  await transaction.mentorGroup.update({ where: { id }, data: { closedAt: BigInt(entry.at) } })
  await transaction.groupMember.deleteMany({ where: { groupId: id } })
  await revokeLinks(transaction, { group: id }, entry.at)
  const told = rows.map(({ chatId }) =>
    notice(closedNotice, {
      chatId: Number(chatId),
      key: `groups:closed:${id}:${chatId}`,
      dueAt: entry.at,
      values: { group: group?.name ?? '' },
    }),
  )
  await putNotices(transaction, told, tools)
  await audit(transaction, tools, entry, 'closed', { groupId: id, detail: { members: rows.length } })
}

/** Only coordinators take a mentor out. The member hears of it; why is not told to others. */
async function remove(
  transaction: Transaction,
  entry: Entry<{ readonly group: string; readonly member: string; readonly reason: string }>,
  tools: FactTools,
): Promise<void> {
  const { group: id, member: ref, reason } = entry.data
  await asLeader(transaction, id, entry)
  const rows = await transaction.groupMember.findMany({ where: { groupId: id }, select: { chatId: true } })
  const found = rows.find(({ chatId }) => refOf(id, Number(chatId)) === ref)
  const member = found && (await memberIn(transaction, passing, id, Number(found.chatId)))
  // Whoever has left already is out, too.
  if (member === undefined) return
  if (member.role === 'mentor') await asCoordinator(transaction, entry)
  await takeOut(transaction, member, entry.at)
  const group = await groupOf(transaction, passing, id)
  const told = notice(removedNotice, {
    chatId: member.chatId,
    key: `groups:removed:${id}:${member.chatId}:${entry.at}`,
    dueAt: entry.at,
    values: { group: group?.name ?? '', wasMentor: member.role === 'mentor' },
  })
  await putNotices(transaction, [told], tools)
  const what = member.role === 'mentor' ? 'mentorRemoved' : 'removed'
  await audit(transaction, tools, entry, what, { groupId: id, about: member.chatId, detail: { reason } })
}

/** The links of a mentor who goes are good no more. */
async function takeOut(transaction: Transaction, { groupId, chatId, role }: Member, at: number): Promise<void> {
  await transaction.groupMember.deleteMany({ where: { groupId, chatId: BigInt(chatId) } })
  if (role === 'mentor') await revokeLinks(transaction, { group: groupId, chatId: BigInt(chatId) }, at)
}

/** By an invitation that waits, or by a link; whoever is in already only shares what they choose now. */
async function join(
  transaction: Transaction,
  {
    chatId,
    data,
    at,
  }: Entry<{ readonly group: string; readonly code: string | null; readonly shares: readonly string[] }>,
): Promise<void> {
  const present = await memberIn(transaction, passing, data.group, chatId)
  if (present?.role === 'mentor') return
  if ((await groupOf(transaction, passing, data.group)) === undefined) throw new OvertakenError('The group is closed')
  if (present === undefined) {
    if (data.code === null) throw new OvertakenError('Nobody has invited them')
    const group = await followLink(transaction, data.code, 'member', { now: at })
    if (group !== data.group) throw new OvertakenError('The link leads into another group')
  }
  const own = { role: 'member', shares: JSON.stringify(data.shares) }
  await transaction.groupMember.upsert({
    where: { groupId_chatId: { groupId: data.group, chatId: BigInt(chatId) } },
    create: { groupId: data.group, chatId: BigInt(chatId), joinedAt: BigInt(at), ...own },
    update: present?.role === 'invited' ? { ...own, joinedAt: BigInt(at) } : own,
  })
}
