import { startService } from '../../../src/app/service.ts'
import { systemClock } from '../../../src/base/clock.ts'
import { createLog } from '../../../src/base/log.ts'
import { sleep } from '../../../src/base/sleep.ts'
import { capabilities } from '../../../src/capabilities/index.ts'
import { createNotices } from '../../../src/delivery/notices/notices.ts'
import { openStore } from '../../../src/store/open.ts'
import { recipients } from '../plan.ts'
import { serve, surroundings } from './child.ts'
import { seedPeople } from './seed.ts'

// The whole service as in production, its dispatcher and jobs too, with a broadcast that the bench turns on and off.
const { token, apiRoot, folder } = surroundings()
const messagesPerSecond = 30
const databaseUrl = `file:${folder}/serik.db`
const dataKey = Buffer.alloc(32, 7)
const store = await openStore({ capabilities, url: databaseUrl, key: dataKey, clock: systemClock })
await seedPeople(store, recipients.firstId, recipients.people)
const config = { databaseUrl, dataKey, backupFolder: `${folder}/backups`, deletionLog: undefined, messagesPerSecond }
const service = await startService({ token, apiRoot, store, log: createLog('warn'), config })
const polling = service.bot.telegram.poller.run()
const notices = createNotices(store)

process.on('message', async (message) => {
  if (message === 'broadcast') process.send?.(await broadcast())
  if (message === 'sent') process.send?.(await sent())
  if (message === 'hush') process.send?.(await hush())
})

serve(async () => {
  await service.bot.telegram.poller.stop()
  await polling
  await service.stop()
  await store.close()
})

/** Puts one notice for every recipient, due now; resolves with their number once the first have gone out. */
async function broadcast(): Promise<number> {
  const now = systemClock.now()
  const all = Array.from({ length: recipients.people }, (_, at) => {
    const chatId = recipients.firstId + at
    return { key: `bench:${chatId}`, chatId, kind: 'campaigns.age', dueAt: now, priority: 40, values: {} }
  })
  for (let from = 0; from < all.length; from += 1_000) await notices.put(all.slice(from, from + 1_000))
  while ((await sent()) < messagesPerSecond) await sleep(100)
  return all.length
}

function sent(): Promise<number> {
  return store.prisma.notice.count({ where: { outcome: 'sent' } })
}

/** Ends the broadcast; resolves with the number withdrawn once those under claim have gone out, too. */
async function hush(): Promise<number> {
  const over = { outcome: 'withdrawn', finishedAt: BigInt(systemClock.now()) }
  const { count } = await store.prisma.notice.updateMany({ where: { outcome: null }, data: over })
  for (let before = -1, now = await sent(); now !== before; before = now, now = await sent()) await sleep(1_000)
  return count
}
