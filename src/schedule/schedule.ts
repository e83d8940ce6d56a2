import { createTask, type ScheduledTask } from 'node-cron'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { JobRuns } from '../store/jobs.ts'

/** What a job is given. */
export type JobTools = {
  /** Epoch ms of its start. */
  readonly now: number
  /** Aborts when another process may take over; a job with many steps looks at it between them. */
  readonly signal: AbortSignal
}

/** Work that time asks for. A run that was missed while nothing ran is made up for once. */
export type Job = {
  readonly name: string
  /** node-cron's pattern, in the zone of the schedule. */
  readonly cron: string
  /** Returns counts of what it did. */
  readonly run: (tools: JobTools) => Promise<Readonly<Record<string, number>>>
}

export type ScheduleOptions = {
  readonly jobs: readonly Job[]
  readonly runs: JobRuns
  readonly clock: Clock
  readonly zone: string
  readonly log: Log
  /** Makes a task that calls `fire` when the pattern says so; node-cron unless a test brings its own time. */
  readonly createTask?: (
    cron: string,
    fire: () => void,
    zone: string,
  ) => Pick<ScheduledTask, 'start' | 'destroy' | 'match'>
}

export type Schedule = {
  /** Runs jobs as `holder` until the signal aborts and the last of them has ended. */
  run(holder: string, signal: AbortSignal): Promise<void>
  /** Runs one job now; false when it is running already. */
  runNow(name: string, holder: string, signal: AbortSignal): Promise<boolean>
}

export function createSchedule(options: ScheduleOptions): Schedule {
  const { jobs, log } = options
  const make = options.createTask ?? cronTask
  return {
    async run(holder, signal) {
      const running = new Set<Promise<unknown>>()
      const begin = (job: Job) => {
        if (signal.aborted) return
        const work = runJob(job, holder, signal, options).finally(() => running.delete(work))
        running.add(work)
      }
      const tasks = jobs.map((job) => ({ job, task: make(job.cron, () => begin(job), options.zone) }))
      for (const { job, task } of tasks) {
        const missed = await wasMissed(job, task, options).catch((error: unknown) => {
          log.error({ error, job: job.name }, 'The last run of a job could not be read')
          return false
        })
        if (missed) begin(job)
        await task.start()
      }
      if (!signal.aborted) {
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
      }
      for (const { task } of tasks) await task.destroy()
      await Promise.all(running)
    },
    async runNow(name, holder, signal) {
      const job = jobs.find((one) => one.name === name)
      if (job === undefined)
        throw new Error(`No job is called "${name}"; known are ${jobs.map((one) => one.name).join(', ')}.`)
      return runJob(job, holder, signal, options)
    },
  }
}

function cronTask(cron: string, fire: () => void, zone: string) {
  return createTask(cron, fire, { timezone: zone, unref: true, suppressMissedWarning: true })
}

const minute = 60_000
/** So far back a missed run is looked for: the rarest job runs once a week. */
const lookBack = 8 * 24 * 60

/** Whether the pattern had a time since the last start, or the job never ran at all. */
async function wasMissed(
  job: Job,
  task: Pick<ScheduledTask, 'match'>,
  { runs, clock }: ScheduleOptions,
): Promise<boolean> {
  const last = await runs.last(job.name)
  if (last === undefined || last.finishedAt === undefined) return true
  const now = Math.floor(clock.now() / minute)
  const started = Math.floor(last.startedAt / minute)
  for (let at = now; at > Math.max(started, now - lookBack); at--) if (task.match(new Date(at * minute))) return true
  return now - started >= lookBack
}

async function runJob(
  job: Job,
  holder: string,
  signal: AbortSignal,
  { runs, clock, log }: ScheduleOptions,
): Promise<boolean> {
  const now = clock.now()
  try {
    if (!(await runs.begin(job.name, holder, now))) return false
    const report = await job.run({ now, signal }).catch((error: unknown) => {
      log.error({ error, job: job.name }, 'A job failed; it runs again at its next time')
      return { error: error instanceof Error ? error.name : 'unknown' }
    })
    await runs.end(job.name, holder, clock.now(), report)
    log.info({ job: job.name, report, milliseconds: clock.now() - now }, 'A job has run')
    return true
  } catch (error) {
    log.error({ error, job: job.name }, 'A run of a job could not be noted')
    return false
  }
}
