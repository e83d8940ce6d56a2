import { dayLength } from '../../../flows/common/calendar.ts'
import { most, type Pace, paceOf } from '../../../flows/questions/question.ts'
import { groupsWhere, mentorsIn } from '../groups/rows.ts'
import type { Reader, Source } from './rows.ts'

/** Answers by which it is judged how soon somebody usually answers: the newest. */
const judged = 50

/**
 * The mentor of the group whose turn it is: of those who can be reached, whoever was given a question least recently.
 * Undefined where the group has no mentor.
 */
export async function nextMentor(source: Source, reader: Reader, groupId: string): Promise<number | undefined> {
  const all = await mentorsIn(source, reader, groupId)
  const reached = await reachable(source, all)
  const mentors = reached.length > 0 ? reached : all
  const rows = await source.question.groupBy({
    by: ['mentorId'],
    where: { groupId, mentorId: { in: mentors.map(BigInt) } },
    _max: { givenAt: true },
  })
  const given = new Map(rows.map(({ mentorId, _max }) => [Number(mentorId), Number(_max.givenAt ?? 0)]))
  return mentors.toSorted((one, other) => (given.get(one) ?? 0) - (given.get(other) ?? 0))[0]
}

/** Those of the chats that can be written to, in the order given. */
export async function reachable(source: Source, chatIds: readonly number[]): Promise<number[]> {
  const rows = await source.person.findMany({
    select: { chatId: true },
    where: { chatId: { in: chatIds.map(BigInt) }, unreachable: null },
  })
  const known = new Set(rows.map(({ chatId }) => Number(chatId)))
  return chatIds.filter((chatId) => known.has(chatId))
}

/** How soon a mentor usually answers; null where too few answers of theirs are known. */
export async function paceOfMentor(source: Source, mentorId: number): Promise<Pace | null> {
  const rows = await source.questionEntry.findMany({
    select: { waited: true },
    where: { mentorId: BigInt(mentorId), kind: 'reply', waited: { not: null } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: judged,
  })
  return paceOf(rows.map(({ waited }) => Number(waited)))
}

/** The open groups in which the chat may ask: those that have a mentor, with the one whose turn it is. */
export async function desksOf(source: Source, reader: Reader, chatId: number) {
  const own = await source.groupMember.findMany({ where: { chatId: BigInt(chatId), role: 'member' } })
  const groups = await groupsWhere(source, reader, { id: { in: own.map(({ groupId }) => groupId) } })
  const desks = []
  for (const { id, name } of groups) {
    const mentor = await nextMentor(source, reader, id)
    if (mentor !== undefined) desks.push({ id, name, mentor })
  }
  return desks
}

/** Whether the chat may ask one thing more at this moment, or why not. */
export async function roomOf(source: Source, chatId: number, at: number): Promise<'free' | 'open' | 'day'> {
  const own = { chatId: BigInt(chatId) }
  if (!(await mayWrite(source, chatId, at))) return 'day'
  const open = await source.question.count({ where: { ...own, state: { not: 'closed' } } })
  return open >= most.open ? 'open' : 'free'
}

/** Whether the chat has not sent as much as one may within a day. */
export async function mayWrite(source: Source, chatId: number, at: number): Promise<boolean> {
  const own = { chatId: BigInt(chatId) }
  const since = { gt: BigInt(at - dayLength) }
  const [asked, added] = await Promise.all([
    source.question.count({ where: { ...own, askedAt: since } }),
    source.questionEntry.count({ where: { ...own, kind: 'more', at: since } }),
  ])
  return asked + added < most.aDay
}
