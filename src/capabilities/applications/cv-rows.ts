import { answerCv, cvAnswers, deleteCv } from '../../../flows/applications/contract.ts'
import { CvAnswers } from '../../../flows/applications/cv.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import { change, type FactWriter } from '../../store/capability.ts'
import type { Core, Transaction } from '../../store/core.ts'
import { readOr } from '../../store/damage.ts'
import { placeOf, type Seal } from '../../store/seal.ts'

export const cvFacts: readonly FactWriter[] = [
  change(deleteCv, async (transaction, entries) => {
    const chats = entries.map(({ chatId }) => BigInt(chatId))
    await transaction.cv.deleteMany({ where: { chatId: { in: chats } } })
  }),
  change(answerCv, async (transaction, entries, { seal }) => {
    for (const { chatId, data, at } of entries) {
      const { [data.question]: _, ...others } = await storedCv(transaction, seal, chatId)
      const answers = data.answer === null ? others : { ...others, [data.question]: data.answer }
      const sealed = seal.seal(JSON.stringify(answers), placeOf('Cv', 'answers', chatId))
      const row = { answers: sealed, updatedAt: BigInt(at) }
      const key = { chatId: BigInt(chatId) }
      await transaction.cv.upsert({ where: key, create: { ...key, ...row }, update: row })
    }
  }),
]

export function cvReplies({ prisma, seal }: Core): readonly Reply[] {
  return [reply(cvAnswers, async (_, { chatId }) => ({ answers: await storedCv(prisma, seal, chatId) }))]
}

/** What the person has said; nothing where there is nothing, or nothing that can be read. */
export async function storedCv({ cv }: Pick<Transaction, 'cv'>, seal: Seal, chatId: number): Promise<CvAnswers> {
  const row = await cv.findUnique({ where: { chatId: BigInt(chatId) } })
  if (row === null) return {}
  return readOr({}, () => CvAnswers.parse(JSON.parse(seal.open(row.answers, placeOf('Cv', 'answers', chatId)))))
}
