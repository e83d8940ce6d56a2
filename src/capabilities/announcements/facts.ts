import type { AnnouncementState } from '../../../flows/announcements/announcement.ts'
import {
  pauseAnnouncement,
  resumeAnnouncement,
  sendAnnouncement,
  stopAnnouncement,
  takeAnnouncementBack,
} from '../../../flows/announcements/contract.ts'
import { noticePrefix, told, urgent } from '../../../flows/announcements/notices.ts'
import type { DataOf } from '../../../flows/kit/contract.ts'
import { priorities } from '../../../flows/kit/notice.ts'
import { takeBack } from '../../delivery/notices/put.ts'
import { change, type FactEntry, type FactTools, type FactWriter, type WriteFacts } from '../../store/capability.ts'
import type { Transaction } from '../../store/core.ts'
import { mayLead, roleNow, writeAudit } from '../groups/rows.ts'
import { heldAnnouncement, type KeptAnnouncement, sealedBody } from './rows.ts'

/** What goes next is held back at once, so many notices; the job does the rest within a minute. */
const heldAtOnce = 2_000

type Meant = FactEntry<DataOf<typeof pauseAnnouncement>>

/** What those do who make announcements. Whether they may is looked at as it is written. */
export const announcementFacts: readonly FactWriter[] = [
  change(sendAnnouncement, async (transaction, entries, tools) => {
    for (const entry of entries) await keep(transaction, entry, tools)
  }),
  change(takeAnnouncementBack, async (transaction, entries, tools) => {
    for (const entry of entries) {
      const kept = await ofActor(transaction, entry, tools)
      if (kept?.state !== 'scheduled' || kept.chatId !== entry.chatId) continue
      await transaction.announcement.deleteMany({ where: { id: kept.id } })
      await audit(transaction, entry, tools, 'takenBack', kept)
    }
  }),
  change(
    pauseAnnouncement,
    moving('paused', ['going'], async (transaction, kept, tools) => {
      await transaction.announcement.update({ where: { id: kept.id }, data: { state: 'paused', work: 'hold' } })
      await holdNext(transaction, kept, tools)
    }),
  ),
  change(
    resumeAnnouncement,
    // From the first on: who has it already is not told twice, by the key of the notice.
    moving('resumed', ['paused'], async (transaction, { id }) => {
      const begin = { reached: BigInt(Number.MIN_SAFE_INTEGER), people: 0 }
      await transaction.announcement.update({ where: { id }, data: { state: 'going', work: 'tell', ...begin } })
    }),
  ),
  change(
    stopAnnouncement,
    moving('stopped', ['going', 'paused'], async (transaction, kept, tools) => {
      const end = { reached: null, finishedAt: BigInt(tools.now) }
      await transaction.announcement.update({
        where: { id: kept.id },
        data: { state: 'stopped', work: 'hold', ...end },
      })
      await holdNext(transaction, kept, tools)
    }),
  ),
]

/** A new one, or another wording of one that has not gone yet. */
async function keep(
  transaction: Transaction,
  { chatId, data, at: now }: FactEntry<DataOf<typeof sendAnnouncement>>,
  tools: FactTools,
): Promise<void> {
  const { id, body, audience, expected } = data
  if (!(await mayTell(transaction, chatId, audience.groups))) return
  const before = await heldAnnouncement(transaction, { ...tools, damaged }, id)
  if (before !== undefined && (before.chatId !== chatId || before.state !== 'scheduled')) return
  const columns = {
    body: sealedBody(tools.seal, id, chatId, body),
    audience: JSON.stringify(audience),
    expected,
    at: BigInt(Math.max(data.at, now)),
  }
  const fresh = { id, chatId: BigInt(chatId), state: 'scheduled', people: 0, createdAt: BigInt(now), work: 'tell' }
  await transaction.announcement.upsert({ where: { id }, create: { ...fresh, ...columns }, update: columns })
  const what = before !== undefined ? 'changed' : body.why === null ? 'sent' : 'sentUrgent'
  await audit(transaction, { chatId, at: now, data: { id } }, tools, what, { body, audience, expected })
}

/** Nobody is there to hear of damage within a turn. */
const damaged = () => undefined

/** A coordinator everybody, a mentor the groups they lead. */
async function mayTell(transaction: Transaction, chatId: number, groups: readonly string[]): Promise<boolean> {
  const role = await roleNow(transaction, chatId)
  if (role !== 'mentor') return role === 'coordinator'
  for (const group of groups) if (!(await mayLead(transaction, group, chatId))) return false
  return groups.length > 0
}

/** Their own, and for a coordinator those of all. */
async function ofActor(transaction: Transaction, { chatId, data }: Meant, tools: FactTools) {
  const role = await roleNow(transaction, chatId)
  const kept = await heldAnnouncement(transaction, { ...tools, damaged }, data.id)
  return role === 'coordinator' || (role === 'mentor' && kept?.chatId === chatId) ? kept : undefined
}

type Move = (transaction: Transaction, kept: KeptAnnouncement, tools: FactTools) => Promise<void>

/** Does it with those that are in one of the states, and writes it down. */
function moving(
  what: string,
  from: readonly AnnouncementState[],
  move: Move,
): WriteFacts<DataOf<typeof stopAnnouncement>> {
  return async (transaction, entries, tools) => {
    for (const entry of entries) {
      const kept = await ofActor(transaction, entry, tools)
      if (kept === undefined || !from.includes(kept.state)) continue
      await move(transaction, kept, tools)
      await audit(transaction, entry, tools, what, kept)
    }
  }
}

/** In the order in which the dispatcher takes them. */
async function holdNext(transaction: Transaction, { id, body }: KeptAnnouncement, tools: FactTools): Promise<void> {
  const prefix = noticePrefix(id)
  const { priority } = body.why === null ? told : urgent
  const rows = await transaction.$queryRaw<{ key: string }[]>`
    SELECT "key" FROM "Notice"
    WHERE "outcome" IS NULL AND "priority" = ${priorities[priority]}
      AND substr("key", 1, ${prefix.length}) = ${prefix}
    ORDER BY "dueAt" LIMIT ${heldAtOnce}`
  const keys = rows.map(({ key }) => key)
  if (keys.length > 0) await takeBack(transaction, tools.provider, keys, tools.now)
}

/** Which announcement, for how many, and whether it was urgent; in the log of its group where it is for one alone. */
async function audit(
  transaction: Transaction,
  { chatId, at, data }: Meant,
  tools: FactTools,
  what: string,
  { body, audience, expected }: Pick<KeptAnnouncement, 'body' | 'audience' | 'expected'>,
): Promise<void> {
  const [group, ...more] = audience.groups
  await writeAudit(transaction, tools, {
    ...{ at, chatId, action: `announcements.${what}` },
    ...(group !== undefined && more.length === 0 && { groupId: group }),
    detail: { announcement: data.id, people: expected, urgent: body.why !== null },
  })
}
