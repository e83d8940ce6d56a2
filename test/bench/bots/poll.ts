import type { Bot, Context } from 'grammy'

/** Hands updates over as they come, without waiting for one another: the quickest way grammY has (its runner's). */
export async function poll<C extends Context>(bot: Bot<C>): Promise<void> {
  await bot.init()
  let offset = 0
  for (;;) {
    const updates = await bot.api.getUpdates({ offset, timeout: 30, limit: 100 })
    offset = (updates.at(-1)?.update_id ?? offset - 1) + 1
    for (const update of updates) void bot.handleUpdate(update)
  }
}
