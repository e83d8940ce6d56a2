import { z } from 'zod'
import { Audience, announcementStates, Body } from '../../../flows/announcements/announcement.ts'
import { noticePrefix } from '../../../flows/announcements/notices.ts'
import type { Core, Transaction } from '../../store/core.ts'
import { moment, readEach, small, whole } from '../../store/damage.ts'
import type { Prisma } from '../../store/generated/sqlite/client.ts'
import type { AnnouncementModel } from '../../store/generated/sqlite/models.ts'
import type { Provider } from '../../store/models.ts'
import { placeOf, type Seal } from '../../store/seal.ts'

/** What the job has still to do with an announcement: tell people, see when all have it, hold back what waits. */
export const works = ['tell', 'watch', 'hold'] as const

/** An announcement as it is kept. */
export type KeptAnnouncement = {
  readonly id: string
  readonly chatId: number
  readonly state: (typeof announcementStates)[number]
  readonly body: Body
  readonly audience: Audience
  readonly expected: number
  readonly people: number
  readonly at: number
  readonly work: (typeof works)[number] | null
  /** The chat after which people are told further. */
  readonly reached: number | null
}

/** What reading needs of the store. */
export type Reader = Pick<Core, 'damaged' | 'seal'>

/** Those that fulfil the condition, the newest first. */
export async function announcementsWhere(
  source: Pick<Transaction, 'announcement'>,
  { damaged, seal }: Reader,
  where: Prisma.AnnouncementWhereInput,
  page: { readonly skip?: number; readonly take?: number } = {},
): Promise<KeptAnnouncement[]> {
  const rows = await source.announcement.findMany({
    where,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    ...page,
  })
  return readEach('Announcement', rows, (row) => opened(row, seal), damaged)
}

/** The announcement, which nobody changes until the transaction has ended. SQLite has one writer at a time. */
export async function heldAnnouncement(
  transaction: Transaction,
  tools: Reader & { readonly provider: Provider },
  id: string,
): Promise<KeptAnnouncement | undefined> {
  if (tools.provider === 'postgresql') {
    await transaction.$queryRaw`SELECT 1 AS "held" FROM "Announcement" WHERE "id" = ${id} FOR UPDATE`
  }
  const [found] = await announcementsWhere(transaction, tools, { id })
  return found
}

/** The sealed column of an announcement. */
export function sealedBody(seal: Seal, id: string, chatId: number, body: Body): Uint8Array<ArrayBuffer> {
  return new Uint8Array(seal.seal(JSON.stringify(Body.parse(body)), placeOf('Announcement', 'body', id, chatId)))
}

/** Signs of the words that stand for an announcement in a list. */
const longestStart = 60

/** How its words begin. */
export function startOf({ texts }: Pick<Body, 'texts'>): string {
  const letters = [...(texts.kk ?? texts.ru ?? texts.en ?? '').replaceAll('\n', ' ')]
  return letters.length <= longestStart ? letters.join('') : `${letters.slice(0, longestStart).join('').trimEnd()}…`
}

/**
 * The keys of its notices lie between these, and no others: after the prefix come digits, which every collation has
 * before letters.
 */
export function keysOf(id: string): { readonly after: string; readonly before: string } {
  const prefix = noticePrefix(id)
  return { after: prefix, before: `${prefix}z` }
}

/** Throws when anything of the row cannot be read. */
function opened(row: AnnouncementModel, seal: Seal): KeptAnnouncement {
  const { id, chatId, reached } = row
  return {
    id,
    chatId: whole(chatId),
    state: z.enum(announcementStates).parse(row.state),
    body: Body.parse(JSON.parse(seal.open(row.body, placeOf('Announcement', 'body', id, chatId)))),
    audience: Audience.parse(JSON.parse(row.audience)),
    expected: small(row.expected),
    people: small(row.people),
    at: moment(row.at),
    work: z.enum(works).nullable().parse(row.work),
    reached: reached === null ? null : whole(reached),
  }
}
