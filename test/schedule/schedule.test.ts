import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { zone } from '../../flows/common/regions.ts'
import { createJobRuns, type JobRuns } from '../../src/schedule/runs.ts'
import { createSchedule, type Job } from '../../src/schedule/schedule.ts'
import { createLeaseRows, deliveryLease } from '../../src/store/leases.ts'
import type { Store } from '../../src/store/open.ts'
import { createSqlite, type TestDatabase, testTime } from '../support/databases.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

let database: TestDatabase
let store: Store
let runs: JobRuns
beforeEach(async () => {
  database = await createSqlite()
  store = await database.open()
  runs = createJobRuns(store)
})
afterEach(() => database.drop())

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

/**
 * A schedule in a time of its own: whenever it sleeps, and no row is being read or written, the clocks jump to the
 * moment it wants to wake at. `pass` lets so much time go by, `later` does something when so much has.
 */
function scheduleOf(...jobs: Job[]) {
  const steady = { time: 0, now: () => steady.time }
  const plans: { at: number; act: () => unknown }[] = []
  const lines: { level: string; msg: string }[] = []
  const broken = new Set<keyof JobRuns>()
  let [end, busy] = [0, 0]
  let [holder, stopping] = ['one', new AbortController()]
  let running = Promise.resolve()
  const counted = <A extends unknown[], R>(name: keyof JobRuns, call: (...given: A) => Promise<R>) => {
    return async (...given: A): Promise<R> => {
      if (broken.has(name)) throw new Error(`no ${name}`)
      busy++
      return call(...given).finally(() => busy--)
    }
  }
  const quiet = async () => {
    for (let still = 0; still < 6; still++) {
      await nextTurn()
      if (busy > 0) still = 0
    }
  }
  const sleep = async (milliseconds: number, signal?: AbortSignal) => {
    await quiet()
    if (signal?.aborted) return
    steady.time += milliseconds
    database.clock.time += milliseconds
    for (const plan of plans.filter(({ at }) => at <= steady.time)) {
      plans.splice(plans.indexOf(plan), 1)
      await plan.act()
    }
    if (steady.time >= end) stopping.abort()
  }
  const line = (level: string) => (_: unknown, msg: string) => lines.push({ level, msg })
  const schedule = createSchedule({
    jobs,
    runs: { last: counted('last', runs.last), begin: counted('begin', runs.begin), end: counted('end', runs.end) },
    clock: database.clock,
    steady,
    sleep,
    random: () => 0.5,
    zone,
    log: { error: line('error'), warn: line('warn'), info: line('info'), debug: line('debug') } as never, // what is used
  })
  const start = (milliseconds: number) => {
    end = steady.time + milliseconds
    stopping = new AbortController()
    running = schedule.run(holder, stopping.signal)
  }
  return {
    schedule,
    lines,
    broken,
    quiet,
    start,
    later: (milliseconds: number, act: () => unknown) => plans.push({ at: steady.time + milliseconds, act }),
    /** A term of holding the lease that lasts so long. */
    pass: async (milliseconds: number, name = holder) => {
      holder = name
      start(milliseconds)
      await running
    },
    ended: () => running,
    signal: () => stopping.signal,
  }
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

describe('jobs', () => {
  test('run at start when they never ran, and not again when nothing was missed', async () => {
    const { job, times } = countingJob()
    await scheduleOf(job).pass(minute)
    database.clock.time += hour
    await scheduleOf(job).pass(minute)
    expect(times).toEqual([testTime])
  })

  test('make up once for any number of runs missed while nothing ran', async () => {
    const { job, times } = countingJob()
    await scheduleOf(job).pass(minute)
    database.clock.time = testTime + 5 * day
    await scheduleOf(job).pass(minute)
    expect(times).toEqual([testTime, testTime + 5 * day])
    expect(await runs.last('count')).toMatchObject({ startedAt: testTime + 5 * day, report: '{"counted":2}' })
  })

  test('keep the wall-clock time of the zone', async () => {
    // 12:00 UTC is 17:00 there; 22:40 UTC is 03:40 the next morning.
    const { job, times } = countingJob()
    const { pass } = scheduleOf(job)
    await pass(12 * hour)
    expect(times.map((at) => at - testTime)).toEqual([0, 10 * hour + 40 * minute])
  })

  test('each minute run each minute', async () => {
    const { job, times } = countingJob('* * * * *')
    await scheduleOf(job).pass(10 * minute)
    expect(times.map((at) => Math.floor((at - testTime) / minute))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  test('run again after a crash in the middle', async () => {
    await runs.begin('count', 'dead', testTime)
    const { job, times } = countingJob()
    await scheduleOf(job).pass(minute, 'alive')
    expect(times).toHaveLength(1)
  })

  test('that follow another run behind it at once, but only where it has done something', async () => {
    const done = [0, 3, 0]
    const followed: number[] = []
    const source: Job = { name: 'source', cron: '* * * * *', run: async () => ({ done: done.shift() ?? 0 }) }
    const follower: Job = {
      name: 'follower',
      cron: nightly,
      follows: (name) => name === 'source',
      run: async ({ now }) => {
        followed.push(now - testTime)
        return {}
      },
    }
    await scheduleOf(source, follower).pass(5 * minute)
    // Each job runs once at the start that never did.
    expect(followed).toEqual([0, minute + second])
  })

  test('never run two at a time', async () => {
    const { job, begun, release } = heldJob('held', '* * * * *')
    const { schedule, pass, later, signal } = scheduleOf(job)
    later(3 * minute, async () => {
      expect(await schedule.runNow('held', 'one', signal())).toBe(false)
      expect(begun).toHaveLength(1)
      release()
    })
    later(3 * minute + 10 * second, () => release())
    await pass(3 * minute + 20 * second)
    expect(begun).toHaveLength(2)
    expect(await runs.last('held')).toMatchObject({ report: '{"done":2}' })
  })

  test('a stop waits for the job that runs', async () => {
    const { job, begun, release } = heldJob('held', nightly)
    const { start, quiet, ended, signal } = scheduleOf(job)
    let stopped = false
    start(minute)
    void ended().then(() => {
      stopped = true
    })
    while (begun.length === 0 || !signal().aborted) await quiet()
    await quiet()
    expect(stopped).toBe(false)
    release()
    await ended()
    expect(stopped).toBe(true)
  })

  test('a failure is noted, ends nothing else, and is made good in ten minutes', async () => {
    let fails = 1
    const bad: Job = {
      name: 'bad',
      cron: nightly,
      run: async () => {
        if (fails-- > 0) throw new RangeError('no')
        return { done: 1 }
      },
    }
    const { job, times } = countingJob('41 3 * * *')
    const { pass } = scheduleOf(bad, job)
    await pass(minute)
    expect(await runs.last('bad')).toMatchObject({ report: '{"error":"RangeError"}' })
    expect(times).toHaveLength(1)
    fails = 1
    await runs.begin('bad', 'gone', testTime)
    await pass(12 * minute)
    expect(await runs.last('bad')).toMatchObject({ report: '{"done":1}' })
  })

  test('an unknown one is named together with the known', async () => {
    const { schedule } = scheduleOf(countingJob().job)
    await expect(schedule.runNow('cuont', 'one', new AbortController().signal)).rejects.toThrow(/known are count/)
  })

  test('say nothing at info while they have nothing to do', async () => {
    const idle: Job = { name: 'idle', cron: '* * * * *', run: async () => ({ shown: 0, failed: 0 }) }
    const { job } = countingJob('*/5 * * * *')
    const { pass, lines } = scheduleOf(idle, job)
    await pass(4 * minute)
    expect(lines.filter(({ level }) => level !== 'debug').map(({ level }) => level)).toEqual(['info'])
  })
})

describe('a job is not silenced', () => {
  test('by an end that could not be written: it is written later, and the job runs on', async () => {
    const { job, times } = countingJob('* * * * *')
    const { pass, broken, later, lines } = scheduleOf(job)
    broken.add('end')
    later(150 * second, () => broken.delete('end'))
    await pass(6 * minute)
    expect(times.length).toBeGreaterThanOrEqual(4)
    expect((await runs.last('count'))?.finishedAt).toBeDefined()
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1)
  })

  test('by an end that was never written: in the next term it runs again', async () => {
    const { job, times } = countingJob()
    const { pass, broken } = scheduleOf(job)
    broken.add('end')
    await pass(minute)
    broken.clear()
    await pass(minute, 'two')
    await pass(minute, 'two')
    expect(times).toHaveLength(2)
  })

  test('by a start that could not be written: a daily one does not wait for tomorrow', async () => {
    const { job, times } = countingJob()
    const { pass, broken, later } = scheduleOf(job)
    broken.add('begin')
    broken.add('last')
    later(5 * minute, () => broken.clear())
    await pass(8 * minute)
    expect(times).toHaveLength(1)
  })

  test('by a term that ended while it ran: the next one runs it whole', async () => {
    const { job, begun, release } = heldJob('held', nightly)
    const { pass, later } = scheduleOf(job)
    later(minute, () => setImmediate(release))
    await pass(minute)
    later(10 * second, release)
    await pass(minute, 'two')
    expect(begun).toHaveLength(2)
    expect(await runs.last('held')).toMatchObject({ report: '{"done":2}' })
  })

  test('by one that hangs: the others run, and it is told of', async () => {
    const hanging: Job = { name: 'hanging', cron: '* * * * *', run: () => new Promise(() => {}) }
    const { job, times } = countingJob('* * * * *')
    const { schedule, start, lines, signal, quiet } = scheduleOf(hanging, job)
    start(30 * minute)
    while (!signal().aborted) await quiet()
    expect(times.length).toBeGreaterThanOrEqual(30)
    expect(schedule.late()).toEqual(['hanging'])
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1)
  })

  test('by a row of this process’s own, only by one of a holder that lives', async () => {
    const { job, times } = countingJob('* * * * *')
    const { pass, lines } = scheduleOf(job)
    await runs.begin('count', 'one', testTime)
    await pass(minute)
    expect(times).toHaveLength(1)
    await runs.begin('count', 'other', testTime)
    await createLeaseRows(store, deliveryLease).swap(undefined, 'other', testTime)
    await pass(minute)
    expect(times).toHaveLength(1)
    expect(lines.some(({ level }) => level === 'warn')).toBe(true)
  })

  test.each([
    ['back', -hour],
    ['forward', hour],
  ])('by a clock that is set %s by an hour', async (_, step) => {
    const { job, times } = countingJob('* * * * *')
    const { pass, later } = scheduleOf(job)
    later(5 * minute + second, () => {
      database.clock.time += step
    })
    await pass(10 * minute)
    expect(times.length).toBeGreaterThanOrEqual(10)
  })

  test('by a process that was stopped when its minute came', async () => {
    const { job, times } = countingJob()
    const { pass, later } = scheduleOf(job)
    later(10 * hour + 39 * minute, () => {
      database.clock.time += 90 * second
    })
    await pass(11 * hour)
    expect(times).toHaveLength(2)
  })
})

describe('the zone of the host', () => {
  test.each([
    ['Europe/Vienna', Date.UTC(2026, 9, 25, 0, 30)],
    ['America/St_Johns', Date.UTC(2026, 10, 1, 3, 30)],
    ['America/New_York', Date.UTC(2026, 2, 8, 6, 30)],
    ['Asia/Almaty', Date.UTC(2026, 9, 25, 0, 30)],
  ])('plays no part: in %s each minute has its run where summer time begins or ends', async (TZ, from) => {
    const found = await minutesRun(TZ, from, 2 * 60)
    expect(found.zone).toBe(TZ)
    expect(found.minutes).toEqual(Array.from({ length: 2 * 60 }, (_, at) => at))
  })

  test.each(['Europe/Vienna', 'America/St_Johns', 'Pacific/Kiritimati'])(
    'plays no part: in %s a night has one backup',
    async (TZ) => {
      const found = await minutesRun(TZ, Date.UTC(2026, 9, 24, 12), 48 * 60, nightly)
      expect(found.minutes).toEqual([0, 10 * 60 + 40, 34 * 60 + 40])
    },
  )
})

/** In which minutes after `from` the real schedule runs a job, in a process whose host has that zone. */
async function minutesRun(TZ: string, from: number, minutes: number, cron = '* * * * *') {
  const script = fileURLToPath(new URL('host-zone-process.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', script, String(from), String(minutes), cron],
    { env: { ...process.env, TZ } },
  )
  return JSON.parse(stdout) as { zone: string; minutes: number[] } // written by the script
}
