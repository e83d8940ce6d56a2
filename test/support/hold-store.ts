import { capabilities } from '../../src/capabilities/index.ts'
import { openStore } from '../../src/store/open.ts'
import { testKey } from './databases.ts'
import { turn } from './turns.ts'

// A process of its own that writes a turn, says so, and holds the database until it is killed.
const store = await openStore({ capabilities, url: `file:${process.argv[2]}`, key: testKey, clock: { now: () => 1 } })
await store.dialogues.commit(turn(1, 1))
process.on('disconnect', () => process.exit()) // listening keeps it alive
setImmediate(() => {
  globalThis.gc?.() // what nothing names any more is collected, as it may be at any moment
  process.send?.('ready')
})
