import { z } from 'zod'
import { mostGroups } from '../../../flows/announcements/announcement.ts'
import {
  announcerReach,
  countAudience,
  findTargets,
  getAnnouncement,
  listAnnouncements,
  pageSize,
  type Reach,
  type Reached,
  type Target,
} from '../../../flows/announcements/contract.ts'
import { isCoordinator } from '../../../flows/common/person.ts'
import type { DataOf } from '../../../flows/kit/contract.ts'
import { languages, value } from '../../../flows/kit/words.ts'
import { emptyFilter, searchVacancies } from '../../../flows/vacancies/contract.ts'
import type { World } from '../../engine/ports.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import type { Core } from '../../store/core.ts'
import type { Tools } from '../capability.ts'
import { fairsWhere } from '../fairs/rows.ts'
import { groupsOf, groupsWhere } from '../groups/rows.ts'
import { type Aim, countAfter, hearersAfter, isTold, type Stretch } from './audience.ts'
import { figuresOf } from './figures.ts'
import { announcementsWhere, type KeptAnnouncement, startOf } from './rows.ts'

/** People looked at in one go while they are counted, where the database counts them, and counted at most. */
const [counted, rowsCounted, mostCounted] = [500, 4_000, 50_000]
/** Announcements looked through for the newest that asked something. */
const lookedBack = 20
/** Things a button can lead to that are offered at once, and letters of what is looked for. */
const [mostTargets, longestSought] = [8, 60]

export function announcementReplies(tools: Tools): readonly Reply[] {
  const { core } = tools
  const { prisma } = core
  return [
    reply(announcerReach, (_, world) => reachOf(core, world)),
    reply(countAudience, (data, { chatId }) => countReached(core, data, chatId)),
    reply(listAnnouncements, async ({ page: wanted }, world) => {
      const where = seenBy(world)
      const total = await prisma.announcement.count({ where })
      const pages = Math.max(1, Math.ceil(total / pageSize))
      const page = Math.min(wanted, pages - 1)
      const kept = await announcementsWhere(prisma, core, where, { skip: page * pageSize, take: pageSize })
      const items = kept.map(({ id, state, at, body, chatId }) => {
        return { id, state, at, start: startOf(body), isMine: chatId === world.chatId }
      })
      return { items, page, pages, total }
    }),
    reply(getAnnouncement, async ({ id }, world) => {
      const kept = await announcementOf(core, id, world)
      if (kept === undefined) return null
      const { state, at, body, audience, chatId } = kept
      return { id, state, at, isMine: chatId === world.chatId, body, audience, figures: await figuresOf(core, kept) }
    }),
    reply(findTargets, (data, world) => targetsOf(tools, data, world)),
  ]
}

/** The announcement, where the person may see it. */
export async function announcementOf(core: Core, id: string, world: World): Promise<KeptAnnouncement | undefined> {
  const [kept] = await announcementsWhere(core.prisma, core, { id, ...seenBy(world) })
  return kept
}

/** A mentor sees their own, a coordinator those of all. */
function seenBy({ chatId, person }: Pick<World, 'chatId' | 'person'>) {
  return isCoordinator(person) ? {} : { chatId: BigInt(chatId) }
}

async function reachOf(core: Core, { chatId, person }: World): Promise<Reach> {
  const { prisma } = core
  const mayAll = isCoordinator(person)
  const groups = mayAll ? await groupsWhere(prisma, core, {}) : await groupsOf(prisma, core, chatId)
  const gone = { chatId: BigInt(chatId), state: { in: ['going', 'paused', 'stopped', 'done'] } }
  const own = await announcementsWhere(prisma, core, gone, { take: lookedBack })
  const last = own.find(({ body }) => body.action?.type === 'ask')
  return { groups: groups.slice(0, mostGroups), mayAll, last: last ? { id: last.id, start: startOf(last.body) } : null }
}

async function countReached(
  core: Core,
  { audience, isUrgent }: DataOf<typeof countAudience>,
  author: number,
): Promise<Reached> {
  const sums = { kk: 0, ru: 0, en: 0 }
  const aim = { audience, author, isUrgent }
  const look = isTold(audience) ? countByRows : countByHearers
  let after = Number.MIN_SAFE_INTEGER
  for (; ; await core.breathe()) {
    const { counts, last } = await look(core, aim, after)
    for (const language of languages) sums[language] += counts.get(language) ?? 0
    const count = sums.kk + sums.ru + sums.en
    if (last === undefined || count >= mostCounted) return { count, isMore: last !== undefined, languages: sums }
    after = last
  }
}

function countByRows({ prisma }: Core, aim: Aim, after: number): Promise<Stretch> {
  return countAfter(prisma, aim, after, rowsCounted)
}

async function countByHearers(core: Core, aim: Aim, after: number): Promise<Stretch> {
  const { hearers, last } = await hearersAfter(core.prisma, core, aim, after, counted)
  const counts = new Map<string, number>()
  for (const { language } of hearers) counts.set(language, (counts.get(language) ?? 0) + 1)
  return { counts, last }
}

async function targetsOf(tools: Tools, { type, text }: DataOf<typeof findTargets>, world: World): Promise<Target[]> {
  const sought = text.trim().slice(0, longestSought).trim()
  switch (type) {
    case 'fair': {
      const coming = { state: 'published', endsAt: { gt: BigInt(world.now) } }
      const fairs = await fairsWhere(tools.core.prisma, tools.core, coming)
      return fairs.slice(0, mostTargets).map(({ fair: { id, title } }) => ({ id, label: value(title) }))
    }
    case 'profession': {
      const hits = sought === '' ? [] : await tools.find(sought, world)
      return hits
        .flatMap(({ flow, input, label }) => {
          const { data } = OfProfession.safeParse(input)
          return flow === 'professions' && data !== undefined ? [{ id: data.id, label }] : []
        })
        .slice(0, mostTargets)
    }
    case 'vacancy': {
      if (sought === '') return []
      const filter = { ...emptyFilter, words: [sought] }
      const { items } = await tools.ask(searchVacancies, { filter, page: 0 }, world)
      return items.slice(0, mostTargets).map(({ id, title }) => ({ id, label: value(title) }))
    }
  }
}

const OfProfession = z.object({ id: z.string().min(1).max(100) })
