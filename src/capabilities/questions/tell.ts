import { asked, noticePrefix, type Occasion, urgent } from '../../../flows/answers/notices.ts'
import { notice } from '../../../flows/kit/notice.ts'
import { changed, type news, replied, repliedNow } from '../../../flows/questions/notices.ts'
import type { Said } from '../../../flows/questions/question.ts'
import { putNotices } from '../../delivery/notices/put.ts'
import type { FactTools } from '../../store/capability.ts'
import type { Transaction } from '../../store/core.ts'
import { mentorsIn } from '../groups/rows.ts'
import type { KeptQuestion, Reader } from './rows.ts'

type Tools = Pick<FactTools, 'seal' | 'newId' | 'provider' | 'now'>
type About = Pick<KeptQuestion, 'id' | 'chatId' | 'groupId' | 'asked' | 'isUrgent'>

/** Tells mentors or coordinators of a question, those of an urgent one at any hour. */
export async function tellMentors(
  transaction: Transaction,
  { id, asked: { topic }, isUrgent }: Pick<About, 'id' | 'asked' | 'isUrgent'>,
  { what, to, at }: { readonly what: Occasion; readonly to: readonly number[]; readonly at: number },
  tools: Tools,
): Promise<void> {
  const kind = isUrgent ? urgent : asked
  const notices = to.map((chatId) =>
    notice(kind, {
      chatId,
      key: `${noticePrefix(id)}${chatId}:${what}:${at}`,
      dueAt: at,
      values: { id, topic, what },
    }),
  )
  await putNotices(transaction, notices, tools)
}

/** Who hears of a word of danger: all mentors of the group, whoever sees it first; of any other the one who has the question. */
export async function hearersOf(
  transaction: Transaction,
  reader: Reader,
  { groupId, isUrgent }: Pick<About, 'groupId' | 'isUrgent'>,
  mentor: number | null,
): Promise<readonly number[]> {
  const own = mentor === null ? [] : [mentor]
  if (!isUrgent) return own
  return [...new Set([...own, ...(await mentorsIn(transaction, reader, groupId))])]
}

/** Tells whoever asked what a mentor answered. */
export async function tellReply(
  transaction: Transaction,
  { id, chatId, asked: { topic }, isUrgent }: About,
  { entry, said, at }: { readonly entry: string; readonly said: Said; readonly at: number },
  tools: Tools,
): Promise<void> {
  const key = `questions:${id}:reply:${entry}`
  const values = { id, topic, text: said.text, file: said.file }
  await putNotices(transaction, [notice(isUrgent ? repliedNow : replied, { chatId, key, dueAt: at, values })], tools)
}

/** Tells whoever asked what has become of their question. */
export async function tellAsker(
  transaction: Transaction,
  { id, chatId, asked: { topic } }: About,
  { what, at }: { readonly what: (typeof news)[number]; readonly at: number },
  tools: Tools,
): Promise<void> {
  const key = `questions:${id}:${what}:${at}`
  await putNotices(transaction, [notice(changed, { chatId, key, dueAt: at, values: { id, topic, what } })], tools)
}
