import { z } from 'zod'
import { consentVersion } from '../../../flows/common/person.ts'
import { AuditAction, AuditDetail, Group, GroupRole, type ShareKind, Shares } from '../../../flows/groups/group.ts'
import type { Core, Transaction } from '../../store/core.ts'
import { moment, readEach, readOr, whole } from '../../store/damage.ts'
import type { Prisma } from '../../store/generated/sqlite/client.ts'
import type { GroupMemberModel } from '../../store/generated/sqlite/models.ts'

/** What a statement is given with: the store, or a transaction on it. */
export type Source = Pick<
  Transaction,
  'institution' | 'mentorGroup' | 'groupMember' | 'auditEntry' | 'person' | '$queryRaw'
>
/** What reading needs of the store. */
export type Reader = Pick<Core, 'damaged'>

/** Somebody in a group. */
export type Member = {
  readonly groupId: string
  readonly chatId: number
  readonly role: GroupRole
  readonly shares: readonly ShareKind[]
  readonly joinedAt: number
}

/** The open groups in which the chat is a mentor, by their names. */
export async function groupsOf(source: Source, reader: Reader, chatId: number): Promise<Group[]> {
  const own = await source.groupMember.findMany({ where: { chatId: BigInt(chatId), role: 'mentor' } })
  return groupsWhere(source, reader, { id: { in: own.map(({ groupId }) => groupId) } })
}

/** The open group of this id. */
export async function groupOf(source: Source, reader: Reader, groupId: string): Promise<Group | undefined> {
  return (await groupsWhere(source, reader, { id: groupId }))[0]
}

/** Open groups of open institutions, by the names of both. */
export async function groupsWhere(
  source: Source,
  { damaged }: Reader,
  where: Prisma.MentorGroupWhereInput,
): Promise<Group[]> {
  const rows = await source.mentorGroup.findMany({ where: { ...where, closedAt: null } })
  const ids = [...new Set(rows.map(({ institutionId }) => institutionId))]
  const places = await source.institution.findMany({ where: { id: { in: ids }, closedAt: null } })
  const byId = new Map(places.map((place) => [place.id, place]))
  const open = rows.flatMap((row) => {
    const institution = byId.get(row.institutionId)
    return institution === undefined ? [] : [{ id: row.id, name: row.name, institution }]
  })
  return readEach('MentorGroup', open, (row) => Group.parse(row), damaged).sort(
    (one, other) =>
      one.institution.name.localeCompare(other.institution.name) ||
      one.name.localeCompare(other.name) ||
      (one.id < other.id ? -1 : 1),
  )
}

/**
 * The members of a group in the order in which they came, `take` of them behind the first `skip`. Whoever is only invited
 * is none.
 */
export async function membersOf(
  source: Source,
  reader: Reader,
  groupId: string,
  { skip = 0, take }: { readonly skip?: number; readonly take?: number } = {},
): Promise<Member[]> {
  const rows = await source.groupMember.findMany({
    where: { groupId, role: 'member' },
    orderBy: [{ joinedAt: 'asc' }, { chatId: 'asc' }],
    skip,
    ...(take !== undefined && { take }),
  })
  return members(rows, reader)
}

/** The mentors of a group, in the order in which they came: those who still are mentors. */
export async function mentorsIn(source: Source, reader: Reader, groupId: string): Promise<number[]> {
  return mentorsWhere(source, reader, { groupId })
}

/** The mentors of all open groups in which the chat is a member, each once. */
export async function mentorsOf(source: Source, reader: Reader, chatId: number): Promise<number[]> {
  const own = await source.groupMember.findMany({ where: { chatId: BigInt(chatId), role: 'member' } })
  const open = await groupsWhere(source, reader, { id: { in: own.map(({ groupId }) => groupId) } })
  return mentorsWhere(source, reader, { groupId: { in: open.map(({ id }) => id) } })
}

/** What the chat shows the mentors of the group; undefined where it is no member of it. */
export async function shareOf(
  source: Source,
  groupId: string,
  chatId: number,
): Promise<readonly ShareKind[] | undefined> {
  const row = await source.groupMember.findUnique({ where: { groupId_chatId: { groupId, chatId: BigInt(chatId) } } })
  return row?.role === 'member' ? sharesIn(row.shares) : undefined
}

/** The chat in the group, as whatever it is there. */
export async function memberIn(
  source: Source,
  reader: Reader,
  groupId: string,
  chatId: number,
): Promise<Member | undefined> {
  const row = await source.groupMember.findUnique({ where: { groupId_chatId: { groupId, chatId: BigInt(chatId) } } })
  return row === null ? undefined : members([row], reader)[0]
}

/**
 * Whether the chat may lead this open group now: as one of its mentors, or as a coordinator, who leads all. To be asked
 * at the moment of acting, within the transaction that acts.
 */
export async function mayLead(source: Source, groupId: string, chatId: number): Promise<boolean> {
  const group = await source.mentorGroup.findUnique({ where: { id: groupId } })
  if (group === null || group.closedAt !== null) return false
  const kind = await roleNow(source, chatId)
  if (kind !== 'mentor') return kind === 'coordinator'
  const row = await source.groupMember.findUnique({ where: { groupId_chatId: { groupId, chatId: BigInt(chatId) } } })
  return row?.role === 'mentor'
}

/** Whether the chat is a mentor or coordinator who has agreed to the present terms; undefined for everybody else. */
export async function roleNow(source: Source, chatId: number): Promise<'mentor' | 'coordinator' | undefined> {
  const person = await source.person.findUnique({
    where: { chatId: BigInt(chatId) },
    select: { consentBy: true, consentVersion: true },
  })
  if (person === null || person.consentVersion !== consentVersion) return undefined
  return LeaderRole.safeParse(person.consentBy).data
}

/** Coordinators who have agreed to the present terms and can be reached. */
export async function coordinators(source: Source): Promise<number[]> {
  const rows = await source.person.findMany({
    where: { consentBy: 'coordinator', consentVersion, unreachable: null },
    select: { chatId: true },
    orderBy: { chatId: 'asc' },
    take: mostCoordinators,
  })
  return rows.map(({ chatId }) => Number(chatId))
}

/** What a mentor or coordinator did, on its way into its table. */
export type NewAudit = {
  readonly at: number
  /** Who did it. */
  readonly chatId: number
  /** `<subject>.<what>`; its words stand under `<subject>:audit.<what>`. */
  readonly action: string
  readonly groupId?: string
  /** The chat it was done to. */
  readonly about?: number
  readonly detail?: AuditDetail
}

/** Writes down what a mentor or coordinator did, in the transaction that does it. */
export async function writeAudit(
  transaction: Pick<Transaction, 'auditEntry'>,
  { newId }: Pick<Core, 'newId'>,
  { at, chatId, action, groupId, about, detail }: NewAudit,
): Promise<void> {
  await transaction.auditEntry.create({
    data: {
      id: newId(),
      at: BigInt(at),
      chatId: BigInt(chatId),
      action: AuditAction.parse(action),
      groupId: groupId ?? null,
      about: about === undefined ? null : BigInt(about),
      detail: detail === undefined ? null : JSON.stringify(AuditDetail.parse(detail)),
    },
  })
}

/** More of them are told of nothing: they would only wait for one another. */
const mostCoordinators = 50
const LeaderRole = z.enum(['mentor', 'coordinator'])

/** Mentors who have taken their consent back, or have not agreed to the present terms, are none. */
async function mentorsWhere(source: Source, reader: Reader, where: Prisma.GroupMemberWhereInput): Promise<number[]> {
  const rows = await source.groupMember.findMany({
    where: { ...where, role: 'mentor' },
    orderBy: [{ joinedAt: 'asc' }, { chatId: 'asc' }],
  })
  const chatIds = [...new Set(members(rows, reader).map(({ chatId }) => chatId))]
  const present = await source.person.findMany({
    where: { chatId: { in: chatIds.map(BigInt) }, consentBy: { in: LeaderRole.options }, consentVersion },
    select: { chatId: true },
  })
  const known = new Set(present.map(({ chatId }) => Number(chatId)))
  return chatIds.filter((chatId) => known.has(chatId))
}

function members(rows: readonly GroupMemberModel[], { damaged }: Reader): Member[] {
  const keyed = rows.map((row) => ({ ...row, id: `${row.groupId} ${row.chatId}` }))
  return readEach(
    'GroupMember',
    keyed,
    ({ groupId, chatId, role, shares, joinedAt }) => ({
      groupId,
      chatId: whole(chatId),
      role: GroupRole.parse(role),
      shares: sharesIn(shares),
      joinedAt: moment(joinedAt),
    }),
    damaged,
  )
}

/** What cannot be read is not shared. */
function sharesIn(text: string): readonly ShareKind[] {
  return readOr([], () => Shares.parse(JSON.parse(text)))
}
