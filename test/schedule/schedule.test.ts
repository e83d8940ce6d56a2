import { createTask } from 'node-cron'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { zone } from '../../flows/regions.ts'
import { createLog } from '../../src/log.ts'
import { createSchedule, type Job } from '../../src/schedule/schedule.ts'
import { createJobRuns, type JobRuns } from '../../src/store/jobs.ts'
import { createSqlite, type TestDatabase, testTime } from '../support/databases.ts'

const hour = 60 * 60_000
const day = 24 * hour

let database: TestDatabase
let runs: JobRuns
beforeEach(async () => {
  database = await createSqlite()
  runs = createJobRuns(await database.open())
})
afterEach(() => database.drop())

/** A schedule whose jobs fire when the test says so; node-cron only answers what matches. */
function scheduleOf(...jobs: Job[]) {
  const fire = new Map<string, () => void>()
  const schedule = createSchedule({
    jobs,
    runs,
    clock: database.clock,
    zone,
    log: createLog('silent'),
    createTask: (cron, run, timezone) => {
      fire.set(cron, run)
      const task = createTask(cron, run, { timezone })
      return { start: () => {}, destroy: () => task.destroy(), match: (date) => task.match(date) }
    },
  })
  return { schedule, fire: (cron: string) => fire.get(cron)?.() }
}

/** A job that says when it began and ends when it is let. */
function heldJob(name: string, cron: string) {
  const begun: number[] = []
  let release = () => {}
  const job: Job = {
    name,
    cron,
    run: ({ now }) => {
      begun.push(now)
      return new Promise((resolve) => {
        release = () => resolve({ done: begun.length })
      })
    },
  }
  return { job, begun, release: () => release() }
}

const nightly = '40 3 * * *'

function countingJob(cron = nightly) {
  const times: number[] = []
  const job: Job = {
    name: 'count',
    cron,
    run: async ({ now }) => {
      times.push(now)
      return { counted: times.length }
    },
  }
  return { job, times }
}

/** Starts, lets everything that begins by itself finish, and stops. */
async function once(schedule: ReturnType<typeof createSchedule>, holder = 'one') {
  const stopping = new AbortController()
  const running = schedule.run(holder, stopping.signal)
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
  stopping.abort()
  await running
}

describe('jobs', () => {
  it('run at start when they never ran, and not again when nothing was missed', async () => {
    const { job, times } = countingJob()
    await once(scheduleOf(job).schedule)
    database.clock.time += hour
    await once(scheduleOf(job).schedule)
    expect(times).toEqual([testTime])
  })

  it('make up once for any number of runs missed while nothing ran', async () => {
    const { job, times } = countingJob()
    await once(scheduleOf(job).schedule)
    database.clock.time += 5 * day
    await once(scheduleOf(job).schedule)
    expect(times).toEqual([testTime, testTime + 5 * day])
    expect(await runs.last('count')).toMatchObject({ startedAt: testTime + 5 * day, report: '{"counted":2}' })
  })

  it('keep the wall-clock time of the zone', async () => {
    // 12:00 UTC is 17:00 there; 22:41 UTC is 03:41 the next morning.
    const { job, times } = countingJob()
    await once(scheduleOf(job).schedule)
    database.clock.time = testTime + 10 * hour
    await once(scheduleOf(job).schedule)
    expect(times).toHaveLength(1)
    database.clock.time = testTime + 10 * hour + 41 * 60_000
    await once(scheduleOf(job).schedule)
    expect(times).toHaveLength(2)
  })

  it('run again after a crash in the middle', async () => {
    await runs.begin('count', 'dead', testTime)
    const { job, times } = countingJob()
    await once(scheduleOf(job).schedule, 'alive')
    expect(times).toHaveLength(1)
  })

  it('never run two at a time', async () => {
    const { job, begun, release } = heldJob('held', nightly)
    const { schedule, fire } = scheduleOf(job)
    const stopping = new AbortController()
    const running = schedule.run('one', stopping.signal)
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
    fire(nightly)
    expect(await schedule.runNow('held', 'one', stopping.signal)).toBe(false)
    expect(begun).toHaveLength(1)
    release()
    stopping.abort()
    await running
    expect(await runs.last('held')).toMatchObject({ report: '{"done":1}' })
  })

  it('a stop waits for the job that runs', async () => {
    const { job, release } = heldJob('held', nightly)
    const stopping = new AbortController()
    let stopped = false
    const running = scheduleOf(job)
      .schedule.run('one', stopping.signal)
      .then(() => {
        stopped = true
      })
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
    stopping.abort()
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(stopped).toBe(false)
    release()
    await running
    expect(stopped).toBe(true)
  })

  it('a failure is noted and ends nothing else', async () => {
    const bad: Job = { name: 'bad', cron: nightly, run: () => Promise.reject(new RangeError('no')) }
    const { job, times } = countingJob('41 3 * * *')
    await once(scheduleOf(bad, job).schedule)
    expect(await runs.last('bad')).toMatchObject({ report: '{"error":"RangeError"}', finishedAt: testTime })
    expect(times).toHaveLength(1)
  })

  it('an unknown one is named together with the known', async () => {
    const { schedule } = scheduleOf(countingJob().job)
    await expect(schedule.runNow('cuont', 'one', new AbortController().signal)).rejects.toThrow(/known are count/)
  })
})
