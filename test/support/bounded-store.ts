import { execFileSync } from 'node:child_process'
import { capabilities } from '../../src/capabilities/index.ts'
import { openStore } from '../../src/store/open.ts'
import { testKey } from './databases.ts'
import { turn } from './turns.ts'

// A process whose files may not grow without end. It writes turns until one is refused, says how that went, and whether
// it can write again once they may.
const store = await openStore({ capabilities, url: `file:${process.argv[2]}`, key: testKey, clock: { now: () => 1 } })
const said = await writeUntilRefused()
execFileSync('prlimit', ['--pid', String(process.pid), '--fsize=unlimited'])
const read = (await store.dialogues.load(1)).dialogue?.revision
const after = await store.dialogues.commit(turn(2, 1))
process.stdout.write(JSON.stringify({ ...said, read, after }))
await store.close()

async function writeUntilRefused() {
  for (let revision = 1; ; revision++) {
    const archived = Array.from({ length: 20 }, (_, at) => ({ frame: 'x'.repeat(4_000) + at, reason: 'large' }))
    try {
      await store.dialogues.commit(turn(1, revision, { archived }))
    } catch (error) {
      const { name, reason } = error as { name: string; reason?: string } // a StoreError, or what the test wants to see
      return { error: name, reason, written: revision - 1 }
    }
  }
}
