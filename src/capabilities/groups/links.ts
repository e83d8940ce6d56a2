import {
  type giveLink,
  groupLinks,
  type Link,
  type LinkKind,
  mentorInvitation,
  mostLinks,
  newLink,
} from '../../../flows/groups/contract.ts'
import type { Group } from '../../../flows/groups/group.ts'
import type { DataOf } from '../../../flows/kit/contract.ts'
import { checkCode } from '../../../flows/onboarding/contract.ts'
import type { World } from '../../engine/ports.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import { type FactTools, OvertakenError } from '../../store/capability.ts'
import type { Core, Transaction } from '../../store/core.ts'
import { moment, readEach, small } from '../../store/damage.ts'
import type { ConsentCodeModel } from '../../store/generated/sqlite/models.ts'
import type { Tools } from '../capability.ts'
import { hashOf, isGood, keepCode, randomCode } from '../consent/codes.ts'
import { groupOf, mayLead, memberIn, roleNow } from './rows.ts'

/** Links of groups: those who lead them look at them, and somebody follows one. */
export function linkReplies({ core, ask, botName }: Pick<Tools, 'core' | 'ask' | 'botName'>): readonly Reply[] {
  const { prisma } = core
  return [
    reply(groupLinks, async ({ group }, { chatId, now }) => {
      if (!(await mayLead(prisma, group, chatId))) return null
      const links = await goodLinks(prisma, core, group, now)
      return { links, room: links.length < mostLinks }
    }),
    reply(newLink, async ({ group, kind }, { chatId }) => {
      if (!(await mayLink(prisma, group, kind, chatId))) return null
      const code = randomCode()
      return { code, link: `https://t.me/${botName}?start=${code}` }
    }),
    reply(mentorInvitation, async ({ code }, world) => {
      const group = await groupBehind({ core, ask }, code, 'mentor', world)
      if (group === undefined) return null
      const own = await memberIn(prisma, core, group.id, world.chatId)
      return { group, isMine: own?.role === 'mentor' }
    }),
  ]
}

/** The open group that a good code of this kind leads into. Codes nobody made are counted as guesses. */
export async function groupBehind(
  { core, ask }: Pick<Tools, 'core' | 'ask'>,
  code: string,
  kind: LinkKind,
  world: World,
): Promise<Group | undefined> {
  const found = await ask(checkCode, { code }, world)
  if (!found.valid || !found.group || (found.role === 'mentor') !== (kind === 'mentor')) return undefined
  const row = await core.prisma.consentCode.findUnique({ where: { hash: hashOf(code) } })
  return row?.groupId ? groupOf(core.prisma, core, row.groupId) : undefined
}

/** Members are invited by whoever leads the group, mentors by coordinators. */
export async function mayLink(source: Transaction, group: string, kind: LinkKind, chatId: number): Promise<boolean> {
  if (!(await mayLead(source, group, chatId))) return false
  return kind === 'member' || (await roleNow(source, chatId)) === 'coordinator'
}

/** Makes a link good, unless there are enough of them. */
export async function keepLink(
  transaction: Transaction,
  { group, kind, code, uses, days }: DataOf<typeof giveLink>,
  chatId: number,
  at: number,
): Promise<void> {
  const count = await transaction.consentCode.count({ where: goodOf(group, at) })
  if (count >= mostLinks) throw new OvertakenError('The group has links enough')
  const wanted = { kind: kind === 'mentor' ? ('mentor' as const) : ('group' as const), uses, days }
  await keepCode(transaction, code, { ...wanted, into: { groupId: group, chatId } }, at)
}

/** Links of a group are good no more: all, one by its hash, or those of one who gave them. */
export async function revokeLinks(
  transaction: Transaction,
  { group, ...which }: { readonly group: string; readonly hash?: string; readonly chatId?: bigint },
  at: number,
): Promise<number> {
  const where = { groupId: group, revokedAt: null, ...which }
  const { count } = await transaction.consentCode.updateMany({ where, data: { revokedAt: BigInt(at) } })
  return count
}

/**
 * Takes one use of a code that leads into a group and returns which. Throws where it is not good any more: the turn is
 * played again and says so.
 */
export async function followLink(
  transaction: Transaction,
  code: string,
  kind: LinkKind,
  { now }: Pick<FactTools, 'now'>,
): Promise<string> {
  const hash = hashOf(code)
  const { count } = await transaction.consentCode.updateMany({
    where: { hash, kind: kind === 'mentor' ? 'mentor' : 'group', ...good(now), groupId: { not: null } },
    data: { usesLeft: { decrement: 1 } },
  })
  const row = count === 0 ? null : await transaction.consentCode.findUnique({ where: { hash } })
  if (row?.groupId) return row.groupId
  throw new OvertakenError('The link is not good any more')
}

async function goodLinks(
  source: Pick<Transaction, 'consentCode'>,
  { damaged }: Pick<Core, 'damaged'>,
  group: string,
  now: number,
): Promise<Link[]> {
  const rows = await source.consentCode.findMany({
    where: goodOf(group, now),
    orderBy: [{ createdAt: 'desc' }, { hash: 'asc' }],
    take: mostLinks,
  })
  const keyed = rows.filter((row) => isGood(row, now)).map((row) => ({ ...row, id: row.hash }))
  return readEach('ConsentCode', keyed, linkOf, damaged)
}

function linkOf({ hash, kind, usesLeft, expiresAt }: ConsentCodeModel): Link {
  return {
    id: hash,
    kind: kind === 'mentor' ? 'mentor' : 'member',
    usesLeft: small(usesLeft),
    expiresAt: moment(expiresAt),
  }
}

function goodOf(groupId: string, now: number) {
  return { groupId, ...good(now) }
}

function good(now: number) {
  return { usesLeft: { gt: 0 }, expiresAt: { gt: BigInt(now) }, revokedAt: null }
}
