import { deleteForGood } from '../store/deletions.ts'
import type { Store } from '../store/open.ts'

/** Deletes all that the bot keeps of a chat, a refusal too: in the playground somebody begins anew as another person. */
export async function forgetChat(store: Store, chatId: number): Promise<void> {
  const tools = { ...store, now: store.clock.now() }
  await store.prisma.$transaction(async (transaction) => {
    await deleteForGood(transaction, [chatId], tools)
    await transaction.person.deleteMany({ where: { chatId } })
  })
}
