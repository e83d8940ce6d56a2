import { hash } from 'node:crypto'
import { dayLength } from '../../../flows/common/calendar.ts'
import { aloneNotice } from '../../../flows/groups/notices.ts'
import { notice } from '../../../flows/kit/notice.ts'
import { putNotices } from '../../delivery/notices/put.ts'
import type { Job } from '../../schedule/schedule.ts'
import type { Core } from '../../store/core.ts'
import { inSlices } from '../../store/slices.ts'
import { coordinators, groupsWhere, mentorsIn } from './rows.ts'

/** How long what was done is remembered, ms. */
const journalKept = 365 * dayLength
/** Groups that are named in one notice. */
const named = 5

/** Every hour of the day: coordinators hear of groups that have members and no mentor. What was done a year ago goes. */
export function groupsJob(core: Core): Job {
  return {
    name: 'groups',
    cron: '25 9-20 * * *',
    run: async ({ now, signal }) => {
      const forgotten = await inSlices(core, (limit) => forgetEntries(core, BigInt(now - journalKept), limit), {
        signal,
      })
      return { alone: await tellOfAlone(core, now), forgotten }
    },
  }
}

function forgetEntries({ prisma }: Core, before: bigint, limit: number): Promise<number> {
  return prisma.$executeRaw`
    DELETE FROM "AuditEntry" WHERE "id" IN (
      SELECT "id" FROM "AuditEntry" WHERE "at" <= ${before} ORDER BY "at" LIMIT ${limit}
    )`
}

async function hasMembers({ prisma }: Core, groupId: string): Promise<boolean> {
  return (await prisma.groupMember.findFirst({ where: { groupId, role: 'member' }, select: { chatId: true } })) !== null
}

/** Told once a week, and at once when there is another one. */
async function tellOfAlone(core: Core, now: number): Promise<number> {
  const { prisma } = core
  const alone = []
  // Group by group: there are few of them, and many people in them.
  for (const group of await groupsWhere(prisma, core, { closedAt: null })) {
    const isLed = (await mentorsIn(prisma, core, group.id)).length > 0
    if (!isLed && (await hasMembers(core, group.id))) alone.push(group)
    await core.breathe()
  }
  if (alone.length === 0) return 0
  const which = hash(
    'sha256',
    alone
      .map(({ id }) => id)
      .sort()
      .join(' '),
    'hex',
  ).slice(0, 16)
  const week = Math.floor(now / (7 * dayLength))
  const values = { groups: alone.slice(0, named).map(({ name }) => name), total: alone.length }
  const notices = (await coordinators(prisma)).map((chatId) =>
    notice(aloneNotice, {
      chatId,
      key: `groups:alone:${chatId}:${week}:${which}`,
      dueAt: now,
      expiresAt: now + 7 * dayLength,
      values,
    }),
  )
  await prisma.$transaction((transaction) => putNotices(transaction, notices, { ...core, now }))
  return alone.length
}
