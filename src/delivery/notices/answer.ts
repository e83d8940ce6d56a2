import type { DataOf } from '../../../flows/kit/contract.ts'
import type { answerNotices } from '../../../flows/kit/notice.ts'
import type { FactEntry } from '../../store/capability.ts'
import type { Core, Transaction } from '../../store/core.ts'
import { readEach } from '../../store/damage.ts'
import { asStoreError } from '../../store/medium.ts'
import type { FoundNotice } from './notice.ts'
import { opened } from './rows.ts'

/** Whatever their outcome is as yet: one may have reached its person before that is written. */
export async function answer(
  transaction: Transaction,
  entries: readonly FactEntry<DataOf<typeof answerNotices>>[],
): Promise<void> {
  for (const { chatId, data, at } of entries) {
    const { keyPrefix, answer: given } = data
    await transaction.$executeRaw`
      UPDATE "Notice" SET "answer" = ${JSON.stringify(given ?? null)}, "answeredAt" = ${BigInt(at)}
      WHERE "chatId" = ${BigInt(chatId)} AND "answer" IS NULL AND substr("key", 1, ${keyPrefix.length}) = ${keyPrefix}`
  }
}

/** The newest that was sent under keys that begin so, if it has been answered. */
export async function newestAnswered(core: Core, chatId: number, keyPrefix: string): Promise<FoundNotice | undefined> {
  const { prisma, seal, damaged } = core
  const row = await asStoreError(core, () =>
    prisma.notice.findFirst({
      where: { chatId: BigInt(chatId), outcome: 'sent', key: { startsWith: keyPrefix } },
      orderBy: { finishedAt: 'desc' },
    }),
  )
  const [notice] = readEach('Notice', row === null ? [] : [row], (one) => opened(one, seal), damaged)
  return notice?.answer === undefined ? undefined : notice
}
