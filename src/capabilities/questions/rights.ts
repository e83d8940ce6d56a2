import { mayLead, memberIn, mentorsIn, roleNow } from '../groups/rows.ts'
import type { KeptQuestion, Reader, Source } from './rows.ts'

/** What of a question lets coordinators read it: also those who came when there had been none. */
export const come: readonly KeptQuestion['told'][] = ['told', 'alone']

type About = Pick<KeptQuestion, 'chatId' | 'groupId' | 'state' | 'mentorId' | 'told'>

/** Whether the chat is one of the mentors of this open group now. */
export async function isMentorIn(source: Source, reader: Reader, groupId: string, chatId: number): Promise<boolean> {
  const row = await memberIn(source, reader, groupId, chatId)
  return row?.role === 'mentor' && (await mayLead(source, groupId, chatId))
}

/** Whether the chat is a member of this group now. */
export async function isMemberIn(source: Source, reader: Reader, groupId: string, chatId: number): Promise<boolean> {
  return (await memberIn(source, reader, groupId, chatId))?.role === 'member'
}

/**
 * Whether a mentor or coordinator may read it now: the mentors of its group, when it is closed only as long as whoever asked
 * belongs to the group; coordinators as long as it is open, once they were told of it or have
 * taken it. To be asked at the moment of
 * acting, within the transaction that acts.
 */
export async function mayRead(source: Source, reader: Reader, question: About, chatId: number): Promise<boolean> {
  const isOpen = question.state !== 'closed'
  if (await isMentorIn(source, reader, question.groupId, chatId))
    return isOpen || (await isMemberIn(source, reader, question.groupId, question.chatId))
  const hasCome = isOpen && (come.includes(question.told) || question.mentorId === chatId)
  return hasCome && (await roleNow(source, chatId)) === 'coordinator'
}

/** Whether they may answer it as well: nobody else has taken it, or whoever has is no mentor of the group any more. */
export async function mayAct(source: Source, reader: Reader, question: About, chatId: number): Promise<boolean> {
  if (question.state === 'closed' || !(await mayRead(source, reader, question, chatId))) return false
  const { mentorId } = question
  if (question.state === 'waiting' || mentorId === null || mentorId === chatId) return true
  return !(await isHolding(source, reader, question.groupId, mentorId))
}

/** Whether whoever has it can still answer it: a mentor of the group, or a coordinator who took it. */
export async function isHolding(source: Source, reader: Reader, groupId: string, mentorId: number): Promise<boolean> {
  if ((await mentorsIn(source, reader, groupId)).includes(mentorId)) return true
  return (await roleNow(source, mentorId)) === 'coordinator'
}
