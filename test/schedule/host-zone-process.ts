import { zone } from '../../flows/common/regions.ts'
import { createLog } from '../../src/base/log.ts'
import { createSchedule } from '../../src/schedule/schedule.ts'

/** Runs the schedule through some time of its own and prints in which of the minutes it ran its job. */
const [from, minutes] = process.argv.slice(2, 4).map(Number) as [number, number] // what the test gives
const cron = process.argv[4] ?? '* * * * *'
const clock = { time: from, now: () => clock.time }
const stopping = new AbortController()
const runs: number[] = []
const schedule = createSchedule({
  jobs: [{ name: 'job', cron, run: async ({ now }) => ({ runs: runs.push(Math.floor((now - from) / 60_000)) }) }],
  runs: { last: async () => undefined, begin: async () => true, end: async () => {} },
  clock,
  sleep: async (milliseconds) => {
    await new Promise((resolve) => setImmediate(resolve))
    clock.time += milliseconds
    if (clock.time >= from + minutes * 60_000) stopping.abort()
  },
  zone,
  log: createLog('silent'),
})
await schedule.run('one', stopping.signal)
console.log(JSON.stringify({ zone: Intl.DateTimeFormat().resolvedOptions().timeZone, minutes: runs }))
