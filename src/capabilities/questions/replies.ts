import type { DataOf } from '../../../flows/kit/contract.ts'
import {
  colleagues,
  type Entry,
  hasMentor,
  type LedEntry,
  type LedThread,
  ledQuestion,
  ledQuestions,
  type OwnEntry,
  type OwnThread,
  ownQuestion,
  pageSize,
  type questionFile,
  questionsOverview,
  type Standing,
} from '../../../flows/questions/contract.ts'
import type { Said } from '../../../flows/questions/question.ts'
import type { World } from '../../engine/ports.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import type { Core } from '../../store/core.ts'
import { readPerson } from '../../store/people.ts'
import type { Document } from '../../telegram/ports.ts'
import { groupOf, groupsOf, groupsWhere, mentorsIn, mentorsOf, roleNow } from '../groups/rows.ts'
import { desksOf, mayWrite, paceOfMentor, roomOf } from './given.ts'
import { come, isMemberIn, mayAct, mayRead } from './rights.ts'
import { entriesOf, type KeptEntry, type KeptQuestion, questionOf, questionsWhere } from './rows.ts'

/** Other mentors that are offered at most. */
const mostColleagues = 30

/** What those who ask and those who answer look up. */
export function questionReplies(core: Core): readonly Reply[] {
  const { prisma } = core
  return [
    reply(hasMentor, async (_, { chatId }) => ({ has: (await mentorsOf(prisma, core, chatId)).length > 0 })),
    reply(questionsOverview, async ({ page: wanted }, { chatId, now }) => {
      const where = { chatId: BigInt(chatId) }
      const [found, room, total] = await Promise.all([
        desksOf(prisma, core, chatId),
        roomOf(prisma, chatId, now),
        prisma.question.count({ where }),
      ])
      const { page, pages, skip } = pageOf(wanted, total)
      const own = await questionsWhere(prisma, core, {
        where,
        orderBy: [{ askedAt: 'desc' }, { id: 'asc' }],
        ...{ skip, take: pageSize },
      })
      const desks = []
      for (const { id, name, mentor } of found) desks.push({ id, name, pace: await paceOfMentor(prisma, mentor) })
      return { desks, room, list: { items: own.map(ownEntry), page, pages, total } }
    }),
    reply(ownQuestion, async ({ id }, { chatId, now }) => {
      const question = await questionOf(prisma, core, id)
      return question?.chatId === chatId ? ownThread(core, question, now) : null
    }),
    reply(ledQuestions, async ({ page: wanted }, { chatId }) => {
      const [groups, role] = await Promise.all([groupsOf(prisma, core, chatId), roleNow(prisma, chatId)])
      const theirs = { OR: [{ told: { in: [...come] } }, { mentorId: BigInt(chatId) }] }
      const where = {
        state: { not: 'closed' },
        OR: [{ groupId: { in: groups.map(({ id }) => id) } }, ...(role === 'coordinator' ? [theirs] : [])],
      }
      const total = await prisma.question.count({ where })
      const { page, pages, skip } = pageOf(wanted, total)
      const found = await questionsWhere(prisma, core, {
        where,
        // "urgent" comes before "usual".
        orderBy: [{ urgency: 'asc' }, { pendingAt: { sort: 'asc', nulls: 'last' } }, { id: 'asc' }],
        ...{ skip, take: pageSize },
      })
      const all = await groupsWhere(prisma, core, { id: { in: found.map(({ groupId }) => groupId) } })
      const names = new Map(all.map(({ id, name }) => [id, name]))
      const items = found.map((question) => ledEntry(question, chatId, names.get(question.groupId)))
      return { items, page, pages, total }
    }),
    reply(ledQuestion, async ({ id }, { chatId }) => {
      const question = await questionOf(prisma, core, id)
      if (question === undefined || !(await mayRead(prisma, core, question, chatId))) return null
      return ledThread(core, question, chatId)
    }),
    reply(colleagues, async ({ id }, { chatId }) => {
      const question = await questionOf(prisma, core, id)
      if (question === undefined || !(await mayAct(prisma, core, question, chatId))) return { items: [] }
      return { items: await colleaguesOf(core, question, chatId) }
    }),
  ]
}

/** The file of one word of a thread, where the chat may read it. */
export async function fileOf(
  core: Core,
  { id, entry }: DataOf<typeof questionFile>,
  { chatId }: World,
): Promise<Document | undefined> {
  const question = await questionOf(core.prisma, core, id)
  if (question === undefined) return undefined
  const isOwn = question.chatId === chatId
  if (!isOwn && !(await mayRead(core.prisma, core, question, chatId))) return undefined
  const word = entry === id ? question.asked : await wordOf(core, id, entry, isOwn)
  const file = word?.said.file
  return file ? { fileId: file.fileId, kind: file.kind } : undefined
}

async function wordOf(core: Core, id: string, entry: string, isOwn: boolean): Promise<KeptEntry | undefined> {
  const words = await entriesOf(core.prisma, core, id)
  return words.find((word) => word.id === entry && !(isOwn && word.kind === 'note'))
}

function pageOf(wanted: number, total: number) {
  const pages = Math.max(1, Math.ceil(total / pageSize))
  const page = Math.min(wanted, pages - 1)
  return { page, pages, skip: page * pageSize }
}

function ownEntry(question: KeptQuestion): OwnEntry {
  const { id, asked, askedAt } = question
  return { id, topic: asked.topic, standing: standingOf(question), askedAt }
}

function standingOf({ state, pendingAt, readAt, saidAt }: KeptQuestion): Standing {
  if (state === 'closed') return 'closed'
  if (pendingAt === null) return 'answered'
  return readAt !== null && readAt >= saidAt ? 'read' : 'sent'
}

async function ownThread(core: Core, question: KeptQuestion, now: number): Promise<OwnThread> {
  const { prisma } = core
  const { id, chatId, groupId, state, mentorId, readAt, told, isUrgent } = question
  const words = (await entriesOf(prisma, core, id)).filter(({ kind }) => kind !== 'note')
  const names = await namesOf(core, [mentorId, ...words.map((word) => word.mentorId)])
  const isTaken = state === 'taken' && mentorId !== null
  const entry = ownEntry(question)
  const mayAsk = (await isMemberIn(prisma, core, groupId, chatId)) && (await roomOf(prisma, chatId, now)) === 'free'
  return {
    ...entry,
    readAt: entry.standing === 'read' ? readAt : null,
    mentor: isTaken ? (names.get(mentorId) ?? null) : null,
    isTaken,
    pace: mentorId === null ? null : await paceOfMentor(prisma, mentorId),
    ...{ told, isUrgent },
    entries: threadOf(question, words, names),
    maySay: state !== 'closed' && (await mayWrite(prisma, chatId, now)),
    mayReopen: state === 'closed' && mayAsk && (await mentorsIn(prisma, core, groupId)).length > 0,
  }
}

function ledEntry(question: KeptQuestion, chatId: number, group: string | undefined): LedEntry {
  const { id, asked, isUrgent, state, mentorId, pendingAt } = question
  return {
    ...{ id, topic: asked.topic, group: group ?? '…', name: asked.name, isUrgent, state, pendingAt },
    holder: mentorId === null ? 'nobody' : mentorId === chatId ? 'mine' : 'other',
  }
}

async function ledThread(core: Core, question: KeptQuestion, chatId: number): Promise<LedThread> {
  const { prisma } = core
  const { id, groupId, mentorId, askedAt, told, readAt, saidAt } = question
  const words = await entriesOf(prisma, core, id)
  const [names, group, asker] = await Promise.all([
    namesOf(core, [mentorId, ...words.map((word) => word.mentorId)]),
    groupOf(prisma, core, groupId),
    prisma.person.findUnique({ where: { chatId: BigInt(question.chatId) } }),
  ])
  return {
    ...ledEntry(question, chatId, group?.name),
    language: asker === null ? 'kk' : readPerson(asker, core.seal).person.language,
    askedAt,
    mentor: mentorId === null ? null : (names.get(mentorId) ?? null),
    told,
    entries: threadOf(question, words, names),
    isUnread: readAt === null || readAt < saidAt,
    mayAct: await mayAct(prisma, core, question, chatId),
  }
}

type Names = ReadonlyMap<number, string>

/** Names of mentors, as far as they have given one. */
async function namesOf(core: Core, mentors: readonly (number | null)[]): Promise<Names> {
  const chats = [...new Set(mentors.filter((chatId) => chatId !== null))]
  const rows = await core.prisma.person.findMany({ where: { chatId: { in: chats.map(BigInt) } } })
  return new Map(
    rows.flatMap((row) => {
      const { name } = readPerson(row, core.seal).person
      return name === undefined ? [] : [[Number(row.chatId), name] as const]
    }),
  )
}

function threadOf({ id, asked, askedAt }: KeptQuestion, words: readonly KeptEntry[], names: Names): Entry[] {
  const first: Entry = { id, from: 'member', by: null, at: askedAt, said: shown(asked.said) }
  const others = words.map(({ id: entry, kind, mentorId, at, said }): Entry => {
    const by = mentorId === null ? null : (names.get(mentorId) ?? null)
    return { id: entry, from: sides[kind], by, at, said: shown(said) }
  })
  return [first, ...others]
}

const sides = { more: 'member', reply: 'mentor', note: 'note' } as const

function shown({ text, file }: Said): Entry['said'] {
  return { text, file: file?.kind ?? null }
}

async function colleaguesOf(core: Core, { groupId }: KeptQuestion, chatId: number) {
  const mentors = await mentorsIn(core.prisma, core, groupId)
  const rows = await core.prisma.groupMember.findMany({
    where: { groupId, role: 'mentor', chatId: { in: mentors.map(BigInt) } },
    orderBy: [{ joinedAt: 'asc' }, { chatId: 'asc' }],
  })
  const names = await namesOf(core, mentors)
  return rows
    .map(({ chatId: mentor, joinedAt }, index) => ({ mentor: Number(mentor), joinedAt, place: index + 1 }))
    .filter(({ mentor }) => mentor !== chatId)
    .slice(0, mostColleagues)
    .map(({ mentor, joinedAt, place }) => ({ joinedAt: Number(joinedAt), name: names.get(mentor) ?? null, place }))
}
