import { createBotApi } from '../../../src/playground/bot-api/create-bot-api.ts'
import type { Opening, WalkPlan } from './walk.ts'
import { openChats, walkAll } from './walk.ts'

// The Bot API and everybody who uses the bot, in one process of its own, the same for all bots.
const api = createBotApi({ recordLimit: 1, historyLimit: 20 })
const { url } = await api.listen()

process.on('message', async (plan: WalkPlan | { open: Opening } | 'usage' | 'stop') => {
  if (plan === 'stop') process.exit()
  if (plan === 'usage') {
    const { user, system } = process.cpuUsage()
    return void process.send?.({ cpu: user + system })
  }
  if ('open' in plan) {
    openChats(api, plan.open)
    return void process.send?.('open')
  }
  try {
    process.send?.(await walkAll(api, plan))
  } catch (error) {
    process.send?.({ error: String(error) })
  }
})
process.on('disconnect', () => process.exit())
process.send?.({ url, token: api.token })
