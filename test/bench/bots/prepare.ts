import { systemClock } from '../../../src/base/clock.ts'
import { capabilities } from '../../../src/capabilities/index.ts'
import { openStore } from '../../../src/store/open.ts'
import { seedPeople } from './seed.ts'

// Makes the database and fills it before the bot starts, as it is for every start but the very first.
const folder = process.env.BENCH_FOLDER
if (!folder) throw new Error('Started by test/bench/stage.ts only')
const store = await openStore({
  capabilities,
  url: `file:${folder}/serik.db`,
  key: Buffer.alloc(32, 7),
  clock: systemClock,
})
await seedPeople(store)
await store.close()
