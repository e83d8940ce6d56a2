import { startBot } from '../../../src/app/bot.ts'
import { systemClock } from '../../../src/base/clock.ts'
import { createLog } from '../../../src/base/log.ts'
import { capabilities } from '../../../src/capabilities/index.ts'
import { openStore } from '../../../src/store/open.ts'
import { writeInstrument } from '../instrument.ts'
import { serve, surroundings } from './child.ts'

// The whole real bot: SQLite with `synchronous = FULL`, every check, every word from the locales.
const { token, apiRoot, folder } = surroundings()
const store = await openStore({
  capabilities,
  url: `file:${folder}/serik.db`,
  key: Buffer.alloc(32, 7),
  clock: systemClock,
})
const bot = await startBot({ token, apiRoot, store, log: createLog('warn'), ...writeInstrument(folder) })
const polling = bot.telegram.poller.run()

serve(async () => {
  await bot.telegram.poller.stop()
  await polling
  await bot.stop()
  await store.close()
})
