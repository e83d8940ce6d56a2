import { readyPapers, tickPaper } from '../../../flows/applications/contract.ts'
import { Paper } from '../../../flows/applications/papers.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import { change, type FactWriter } from '../../store/capability.ts'
import type { Core } from '../../store/core.ts'

export const paperFacts: readonly FactWriter[] = [
  change(tickPaper, async (transaction, entries) => {
    for (const { chatId, data, at } of entries) {
      const key = { chatId: BigInt(chatId), paper: data.paper }
      if (data.on) {
        const row = { ...key, at: BigInt(at) }
        await transaction.readyPaper.upsert({ where: { chatId_paper: key }, create: row, update: {} })
      } else await transaction.readyPaper.deleteMany({ where: key })
    }
  }),
]

export function paperReplies({ prisma }: Core): readonly Reply[] {
  return [
    reply(readyPapers, async (_, { chatId }) => {
      const rows = await prisma.readyPaper.findMany({ where: { chatId: BigInt(chatId) }, orderBy: { paper: 'asc' } })
      // A paper of another version of the list is no paper any more.
      return { ready: rows.flatMap(({ paper }) => Paper.safeParse(paper).data ?? []) }
    }),
  ]
}
