import { Api } from 'grammy'
import * as z from 'zod'
import { zone } from '../../flows/common/regions.ts'
import { steadyClock, systemClock } from '../../src/base/clock.ts'
import { createLog } from '../../src/base/log.ts'
import { sleep } from '../../src/base/sleep.ts'
import { capabilities } from '../../src/capabilities/index.ts'
import { createTelegramCourier } from '../../src/delivery/courier.ts'
import { createDelivery } from '../../src/delivery/delivery.ts'
import { createPacing } from '../../src/delivery/pacing.ts'
import { openStore } from '../../src/store/open.ts'
import { createHttp } from '../../src/telegram/http.ts'
import { testKey } from '../support/databases.ts'
import { toyKinds, toyWords } from '../support/toy-notices.ts'

/** What the chaos gives a dispatcher's process as its only argument, in JSON. */
const Orders = z.object({
  url: z.string(),
  apiRoot: z.string(),
  token: z.string(),
  messagesPerSecond: z.number(),
  inFlight: z.number(),
})

const { url, apiRoot, token, messagesPerSecond, inFlight } = Orders.parse(JSON.parse(process.argv[2] ?? ''))
const store = await openStore({ capabilities, url, key: testKey, clock: systemClock, connections: 4 })
const pacing = createPacing({ clock: steadyClock, messagesPerSecond })
// grammY's type of fetch is that of node-fetch; it uses no more than MinimalFetch has.
const api = new Api(token, { apiRoot, fetch: createHttp().fetch as never, timeoutSeconds: 10 })
// Each call says when it left and what this process had been told of its chat by then; the Bot API records what it does
// not know.
const notBefore = new Map<unknown, number>()
api.config.use(async (prev, method, payload, signal) => {
  const sentAt = systemClock.now()
  const chat = 'chat_id' in payload ? payload.chat_id : undefined
  const before = notBefore.get(chat) ?? 0
  const outcome = await prev(method, Object.assign(payload, { sent_at: sentAt, not_before: before }), signal)
  if (!outcome.ok && outcome.error_code === 429) {
    notBefore.set(chat, Math.max(before, systemClock.now() + 1_000 * (outcome.parameters?.retry_after ?? 1)))
  }
  return outcome
})
api.config.use(pacing.notices)
const delivery = createDelivery({
  store,
  kinds: toyKinds,
  courier: createTelegramCourier({ api, words: toyWords }),
  pacing,
  clock: systemClock,
  steady: steadyClock,
  sleep,
  random: Math.random,
  log: createLog('silent'),
  zone,
  messagesPerSecond,
  limits: { inFlight, batch: 300, attempts: 40 },
})
await delivery.start()
let held = false
setInterval(() => {
  if (delivery.held() === held) return
  held = delivery.held()
  process.send?.(held ? 'held' : 'free')
}, 50)
process.send?.('ready')
process.on('message', async () => {
  await delivery.stop()
  await store.close()
  process.exit()
})
process.on('disconnect', () => process.exit())
