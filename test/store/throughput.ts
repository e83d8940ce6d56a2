import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newcomer } from '../../flows/common/person.ts'
import { systemClock } from '../../src/base/clock.ts'
import { capabilities } from '../../src/capabilities/index.ts'
import { openStore } from '../../src/store/open.ts'
import { testKey } from '../support/databases.ts'

// How many turns the store alone can keep, each chat beginning its next turn when the last is written (closed loop):
// node --import tsx test/store/throughput.ts [--facts] [chats] [seconds] [postgresql://…]
const given = process.argv.slice(2)
const withFacts = given.includes('--facts')
const [chats = 200, seconds = 4] = given.filter((word) => /^\d+$/.test(word)).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'serik-throughput-'))
const url = given.find((word) => word.startsWith('postgresql:')) ?? `file:${join(folder, 'serik.db')}`

const store = await openStore({ capabilities, url, key: testKey, clock: systemClock })
const stack = [{ flow: 'survey', version: 1, value: 'asking', context: { filler: 'x'.repeat(520) } }]
const answers = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`item-${index}`, 3]))
let turns = 0
const begun = performance.now()
const used = process.cpuUsage()
await Promise.all(Array.from({ length: chats }, (_, index) => talk(index + 1)))
const elapsed = (performance.now() - begun) / 1000
const { user, system } = process.cpuUsage(used)
console.log(
  `${store.provider}: ${(turns / elapsed).toFixed(0)} turns/s, ${chats} chats, mean ${((elapsed * 1000 * chats) / turns).toFixed(1)} ms, ` +
    `${((user + system) / turns).toFixed(0)} µs of processor a turn`,
)
await store.close()
rmSync(folder, { recursive: true, force: true })

async function talk(chatId: number): Promise<void> {
  while (performance.now() - begun < seconds * 1000) {
    const { dialogue, person } = await store.dialogues.load(chatId)
    const revision = (dialogue?.revision ?? 0) + 1
    const data = { attempt: `attempt-${chatId}`, instrument: 'riasec', form: 'quick', answers }
    const message = { id: 1, kind: 'text' } as const
    const written = await store.dialogues.commit({
      dialogue: {
        chatId,
        revision,
        stack,
        recent: [...(dialogue?.recent ?? []), revision].slice(-16),
        shown: revision - 1,
        message,
      },
      ...(person === undefined && { person: newcomer('kk') }),
      facts: withFacts ? [{ name: 'survey.answer', data }] : [],
      archived: [],
      at: systemClock.now(),
    })
    if (!written) throw new Error(`turn ${revision} of chat ${chatId} was refused; empty the database first`)
    void store.dialogues.markShown({ chatId, revision, message })
    turns++
  }
}
