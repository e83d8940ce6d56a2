import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { backupJob } from '../../src/app/housekeeping.ts'
import { type Crowd, seedCrowd } from '../support/crowd.ts'
import { createPostgresql, createSqlite, type TestDatabase, testKey } from '../support/databases.ts'
import { recurringWorks } from '../support/recurring.ts'

// node --import tsx test/bench/jobs.ts: how long each job and each recurring statement holds the event loop.
const { values } = parseArgs({
  options: {
    postgresql: { type: 'boolean', default: false },
    people: { type: 'string', default: '200000' },
    finished: { type: 'string', default: '1000000' },
    due: { type: 'string', default: '100000' },
    reminders: { type: 'string', default: '5000' },
  },
})
const crowd: Crowd = {
  people: Number(values.people),
  finished: Number(values.finished),
  due: Number(values.due),
  expired: 10_000,
  reminders: Number(values.reminders),
}
const now = Date.now()
const mainThread = '/proc/self/schedstat'
const database = await (values.postgresql ? createPostgresql() : createSqlite())
try {
  await measureAll(database)
} finally {
  await database.drop()
}

async function measureAll(database: TestDatabase): Promise<void> {
  const store = await database.open({ clock: { now: Date.now } })
  const begun = performance.now()
  await seedCrowd(store, crowd, now)
  if (database.provider === 'postgresql') await store.prisma.$executeRaw`VACUUM ANALYZE`
  const seconds = Math.round((performance.now() - begun) / 1_000)
  console.log(`${database.provider}, ${JSON.stringify(crowd)}, made in ${seconds} s. In ms:`)
  print('', ['longest', 'of it CPU', 'in all', 'of it CPU'])
  for (const [name, work] of Object.entries(await recurringWorks(store, now))) await measure(name, work)
  if (database.provider === 'sqlite') await measure('backup', () => backUp(database))
}

async function backUp(database: TestDatabase): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'serik-bench-'))
  const job = backupJob({ databaseUrl: database.url, dataKey: testKey, folder })
  await job.run({ now, signal: new AbortController().signal })
  await rm(folder, { recursive: true })
}

/** Prints the longest time between two ticks, by the wall and by the processor, and the times of the whole; in ms. */
async function measure(name: string, work: () => Promise<unknown>): Promise<void> {
  const heart = startHeart()
  await wait(20)
  const [began, cpu] = [performance.now(), cpuTime()]
  const result = await work()
  const [took, used] = [performance.now() - began, cpuTime() - cpu]
  await wait(20)
  const { wall, processor } = heart.stop()
  const said = typeof result === 'object' && !Array.isArray(result) ? JSON.stringify(result) : ''
  const figures = [wall, processor, took, used].map((ms) => ms.toFixed(1))
  print(name, [...figures, said])
}

function print(name: string, columns: readonly string[]): void {
  console.log(name.padEnd(30), ...columns.map((column) => column.padStart(10)))
}

/** A tick every millisecond: what comes late shows how long the event loop was held. */
function startHeart() {
  let [at, cpu] = [performance.now(), cpuTime()]
  const longest = { wall: 0, processor: 0 }
  const timer = setInterval(() => {
    const [nowAt, nowCpu] = [performance.now(), cpuTime()]
    longest.wall = Math.max(longest.wall, nowAt - at)
    longest.processor = Math.max(longest.processor, nowCpu - cpu)
    ;[at, cpu] = [nowAt, nowCpu]
  }, 1)
  return {
    stop: () => {
      clearInterval(timer)
      return longest
    },
  }
}

/** Of the main thread, where Linux tells it; elsewhere of all threads. */
function cpuTime(): number {
  if (existsSync(mainThread)) return Number(readFileSync(mainThread, 'utf8').split(' ')[0]) / 1e6
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e3
}
