import type { Bot, Context } from 'grammy'

/** Hands updates over as they come, in order for each chat and else without waiting: what grammY's runner does. */
export async function poll<C extends Context>(bot: Bot<C>): Promise<void> {
  await bot.init()
  let offset = 0
  const tails = new Map<number, Promise<void>>()
  for (;;) {
    const updates = await bot.api.getUpdates({ offset, timeout: 30, limit: 100 })
    offset = (updates.at(-1)?.update_id ?? offset - 1) + 1
    for (const update of updates) {
      const chat = (update.message ?? update.callback_query?.message)?.chat.id ?? 0
      const tail = (tails.get(chat) ?? Promise.resolve()).then(() => bot.handleUpdate(update))
      tails.set(chat, tail.catch(console.error))
    }
  }
}
