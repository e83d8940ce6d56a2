import { appendFileSync } from 'node:fs'
import * as z from 'zod'
import { createFlows } from '../../flows/index.ts'
import { steadyClock, systemClock } from '../../src/base/clock.ts'
import { createLog } from '../../src/base/log.ts'
import { sleep } from '../../src/base/sleep.ts'
import { announcementsJob } from '../../src/capabilities/announcements/job.ts'
import { capabilities } from '../../src/capabilities/index.ts'
import { createDispatcher } from '../../src/delivery/dispatcher.ts'
import { noticeKinds } from '../../src/delivery/kinds.ts'
import { createNotices } from '../../src/delivery/notices/notices.ts'
import { createPacing } from '../../src/delivery/pacing.ts'
import { createPauses } from '../../src/store/leases.ts'
import { openStore } from '../../src/store/open.ts'
import { testKey } from '../support/databases.ts'
import { smallInstrument } from '../support/instruments.ts'

/** What the chaos gives the process as its only argument, in JSON: `heard` is where each message that arrives is noted. */
const Orders = z.object({ url: z.string(), heard: z.string(), inFlight: z.number() })

const { url, heard, inFlight } = Orders.parse(JSON.parse(process.argv[2] ?? ''))
const store = await openStore({ capabilities, url, key: testKey, clock: systemClock, connections: 4 })
const flows = createFlows({ instruments: [smallInstrument] })
let sent = 0
const dispatcher = createDispatcher({
  notices: createNotices(store),
  pauses: createPauses(store),
  kinds: noticeKinds({ all: flows }),
  courier: {
    // What is written here has arrived, whatever becomes of this process a moment later.
    deliver: async ({ chatId }) => {
      appendFileSync(heard, `${chatId}\n`)
      if (++sent % 100 === 0) process.send?.({ sent })
      return { type: 'sent', messageId: sent }
    },
    fits: () => true,
  },
  pacing: createPacing({ clock: steadyClock, messagesPerSecond: Number.POSITIVE_INFINITY, perChat: 0 }),
  setUnreachable: async () => {},
  clock: systemClock,
  steady: steadyClock,
  sleep,
  random: Math.random,
  log: createLog('silent'),
  zone: 'Asia/Almaty',
  mayWork: () => true,
  limits: { inFlight },
})
const stopping = new AbortController()
const sending = dispatcher.run(stopping.signal, store.newId())
let slices = 0
const breathe = async () => {
  process.send?.({ slices: ++slices })
  await store.breathe()
}
const job = announcementsJob({ ...store, breathe })
for (;;) {
  await job.run({ now: Date.now(), signal: stopping.signal })
  const left = await store.prisma.announcement.count({ where: { work: { not: null } } })
  if (left === 0) break
  await sleep(100)
}
stopping.abort()
await sending
await store.close()
process.exit()
