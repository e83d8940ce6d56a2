import { createTask } from 'node-cron'
import { type Clock, remaining } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { backOff, type Sleep, sleep } from '../base/sleep.ts'
import type { JobRuns } from './runs.ts'

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
  /** Also runs as soon as a job of such a name has ended that had something to do: what waits for that need not wait longer. */
  readonly follows?: (name: string) => boolean
  /** Returns counts of what it did. */
  readonly run: (tools: JobTools) => Promise<Readonly<Record<string, number>>>
}

export type ScheduleOptions = {
  readonly jobs: readonly Job[]
  readonly runs: JobRuns
  /** The time of day: what is due. */
  readonly clock: Clock
  /** Ticks evenly: intervals. `clock` unless given. */
  readonly steady?: Clock
  readonly sleep?: Sleep
  /** Numbers in [0, 1). */
  readonly random?: () => number
  readonly zone: string
  readonly log: Log
}

export type Schedule = {
  /** Runs jobs as `holder` until the signal aborts and the last of them has ended. */
  run(holder: string, signal: AbortSignal): Promise<void>
  /** Runs one job now; false when it is running already. */
  runNow(name: string, holder: string, signal: AbortSignal): Promise<boolean>
  /** Jobs that should have ended long ago: at work for ten minutes at least, and still so at their next time. */
  late(): readonly string[]
}

/** Between two looks at the clock, ms: it may have been set. */
const tick = 1_000
/** A job that failed runs again after so long, ms, if its next time does not come before. */
const again = 10 * 60_000
const lateAfter = 10 * 60_000

/**
 * Looks at the clock every second and begins what the patterns ask for, each minute of the zone having come once. The
 * patterns are node-cron's; its timer is not used, since that reckons in the zone of the host and stands still, at full
 * load, in the hour that a summer there ends with. What runs in this process is known here; the rows only keep other
 * processes out.
 */
export function createSchedule(given: ScheduleOptions): Schedule {
  const options = { sleep, random: Math.random, ...given, steady: given.steady ?? given.clock }
  const planned = given.jobs.map((job) => ({ job, matches: matcher(job.cron, given.zone) }))
  const running: Running = new Map()
  const begin = (job: Job, holder: string, signal: AbortSignal) => {
    const state = { since: options.steady.now(), isLate: false }
    running.set(job.name, state)
    return runJob(job, holder, signal, options).finally(() => running.delete(job.name))
  }
  return {
    async run(holder, signal) {
      const work = new Set<Promise<unknown>>()
      const owed = createOwed(planned, running, options)
      while (!signal.aborted) {
        for (const job of await owed.take()) {
          const run = begin(job, holder, signal).then((outcome) => {
            work.delete(run)
            if (outcome === 'failed') owed.failed(job)
            if (outcome === 'done') owed.follow(job)
          })
          work.add(run)
        }
        await options.sleep(tick, signal)
      }
      await Promise.all(work)
    },
    async runNow(name, holder, signal) {
      const job = given.jobs.find((one) => one.name === name)
      if (job === undefined)
        throw new Error(`No job is called "${name}"; known are ${given.jobs.map((one) => one.name).join(', ')}.`)
      return !running.has(name) && (await begin(job, holder, signal)) !== 'refused'
    },
    late: () => [...running].filter(([, { isLate }]) => isLate).map(([name]) => name),
  }
}

type Options = Required<ScheduleOptions>
type Planned = { readonly job: Job; readonly matches: (minute: number) => boolean }
/** The jobs at work in this process, and since when. */
type Running = Map<string, { readonly since: number; isLate: boolean }>

/** Whether a minute, counted from the epoch, is one of the pattern's. */
function matcher(cron: string, timezone: string): Planned['matches'] {
  const task = createTask(cron, () => {}, { timezone })
  void task.destroy() // out of node-cron's list; it answers all the same
  return (at) => task.match(new Date(at * minute))
}

const minute = 60_000
/** So far back a missed run is looked for: the rarest job runs once a week. */
const lookBack = 8 * 24 * 60

/** Which jobs are to run: missed at first, by their pattern after that, or since they failed; each until it can. */
function createOwed(planned: readonly Planned[], running: Running, options: Options) {
  const { clock, steady, log } = options
  const unread = new Set(planned)
  const owed = new Set<Job>()
  const failures = new Map<Job, number>()
  let looked = Math.floor(clock.now() / minute)

  const readMissed = async () => {
    for (const one of unread) {
      if (await wasMissed(one, options)) owed.add(one.job)
      unread.delete(one)
    }
  }
  const readClock = () => {
    const now = Math.floor(clock.now() / minute)
    for (const { job, matches } of planned) {
      if (!hasCome(matches, looked, now)) continue
      owed.add(job)
      tellLate(job, running, options)
    }
    looked = now
  }
  return {
    /** Those that begin now. */
    async take(): Promise<readonly Job[]> {
      if (unread.size > 0) {
        await readMissed().catch((error: unknown) => log.error({ error }, 'The last run of a job could not be read'))
      }
      readClock()
      for (const [job, at] of failures) if (remaining(again, at, steady.now()) === 0) owed.add(job)
      const taken = [...owed].filter(({ name }) => !running.has(name))
      for (const job of taken) {
        owed.delete(job)
        failures.delete(job)
      }
      return taken
    },
    failed: (job: Job) => failures.set(job, steady.now()),
    /** Its run has done something. */
    follow: ({ name }: Job) => {
      for (const { job } of planned) if (job.follows?.(name)) owed.add(job)
    },
  }
}

/** Whether one of the minutes after `before` up to `now` is the pattern's; a clock that was set back begins anew. */
function hasCome(matches: Planned['matches'], before: number, now: number): boolean {
  for (let at = now; at > Math.max(before, now - lookBack); at--) if (matches(at)) return true
  return false
}

/** Whether the pattern had a time since the last start, or the job never ran to its end. */
async function wasMissed({ job, matches }: Planned, { runs, clock }: Options): Promise<boolean> {
  const last = await runs.last(job.name)
  if (last === undefined || last.finishedAt === undefined) return true
  const now = Math.floor(clock.now() / minute)
  const started = Math.floor(last.startedAt / minute)
  return hasCome(matches, started, now) || now - started >= lookBack
}

function tellLate({ name }: Job, running: Running, { steady, log }: Options): void {
  const state = running.get(name)
  if (state === undefined || state.isLate || steady.now() - state.since < lateAfter) return
  state.isLate = true
  const seconds = Math.round((steady.now() - state.since) / 1_000)
  log.error({ job: name, seconds }, 'A job is still at work at its next time; it does not run again before it ends')
}

async function runJob(
  job: Job,
  holder: string,
  signal: AbortSignal,
  options: Options,
): Promise<'done' | 'idle' | 'failed' | 'open' | 'refused'> {
  const { runs, clock, steady, log } = options
  const now = clock.now()
  const begun = steady.now()
  const isOurs = await persistently(() => runs.begin(job.name, holder, now), job, signal, options)
  if (isOurs !== true) {
    if (isOurs === false)
      log.warn({ job: job.name, holder }, 'A job runs in the process that holds the lease; left to it')
    return 'refused'
  }
  const result = await job.run({ now, signal }).then(
    (report) => ({ report, isSound: true }),
    (error: unknown) => {
      log.error({ error, job: job.name }, 'A job failed; it runs again at its next time, or in ten minutes')
      return { report: { error: error instanceof Error ? error.name : 'unknown' }, isSound: false }
    },
  )
  // What its signal cut short has not run to its end: the next holder begins it anew.
  if (signal.aborted) return 'open'
  await persistently(() => runs.end(job.name, holder, clock.now(), result.report), job, signal, options)
  const isIdle = Object.values(result.report).every((count) => count === 0)
  const words = { job: job.name, report: result.report, milliseconds: steady.now() - begun }
  log[isIdle ? 'debug' : 'info'](words, 'A job has run')
  return result.isSound ? (isIdle ? 'idle' : 'done') : 'failed'
}

/** Tries until it is written, or the signal aborts; undefined then. */
async function persistently<T>(
  write: () => Promise<T>,
  { name }: Job,
  signal: AbortSignal,
  { sleep, random, log }: Options,
): Promise<T | undefined> {
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      return await write()
    } catch (error) {
      if (attempt === 0) log.error({ error, job: name }, 'A run of a job could not be noted; trying again')
      await sleep(backOff(attempt, random), signal)
    }
  }
  return undefined
}
