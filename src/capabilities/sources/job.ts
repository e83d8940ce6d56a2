import type { Job } from '../../schedule/schedule.ts'
import type { Core } from '../../store/core.ts'
import type { SourceMetrics } from './metrics.ts'
import type { PlannedSource } from './planned.ts'
import type { ReadingTools } from './reading.ts'
import { runSource } from './run.ts'
import { readState, type SourceState } from './states.ts'

/** A source that is due before the next look is read at this one, ms: an end some seconds late would cost a minute. */
const leeway = 30_000
const prefix = 'source-'

/**
 * A job for each source that is on, so that none holds up another: every minute it is looked whether it is due. It reads
 * for some minutes at most; what is left comes in the next ones.
 */
export function sourceJobs(
  plans: readonly PlannedSource[],
  given: { readonly core: Core; readonly tools: () => Promise<ReadingTools>; readonly metrics: SourceMetrics },
): readonly Job[] {
  return plans.filter(({ on }) => on).map((plan) => sourceJob(plan, given))
}

function sourceJob(plan: PlannedSource, { core, tools, metrics }: Parameters<typeof sourceJobs>[1]): Job {
  const { name } = plan.source
  return {
    name: `${prefix}${name}`,
    cron: '* * * * *',
    run: async ({ now, signal }) => {
      const state = await readState(core, name)
      if (state !== undefined && !isDue(state, now)) return {}
      const { fetcherOf, ...rest } = await tools()
      const report = await runSource(plan, { ...rest, fetcher: fetcherOf(plan), signal })
      metrics.ran(name, report)
      return { ...report.counts, failed: Number(report.type === 'failed') }
    },
  }
}

/** Whether a job of this name reads a source. */
export function isSourceJob(name: string): boolean {
  return name.startsWith(prefix)
}

/** After trouble nobody is asked a moment before they may be. */
function isDue({ nextAt, trouble }: SourceState, now: number): boolean {
  return now >= nextAt - (trouble === undefined ? leeway : 0)
}
