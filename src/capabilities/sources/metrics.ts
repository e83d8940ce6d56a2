import { Counter, Gauge, type Metric } from 'prom-client'
import type { Core } from '../../store/core.ts'
import type { PlannedSource } from './planned.ts'
import type { RunReport } from './run.ts'
import { outcomes, readStates, type SourceState } from './states.ts'

export type SourceMetrics = {
  readonly metrics: readonly Metric[]
  /** Counts a run, without what was counted when it was paused. */
  ran(source: string, report: Pick<RunReport, 'type' | 'counts' | 'before'>): void
}

/** Figures of the sources that are on, by their names; how they stand is read when it is asked for. */
export function createSourceMetrics(
  core: Pick<Core, 'prisma' | 'clock'>,
  plans: readonly PlannedSource[],
): SourceMetrics {
  const names = plans.filter(({ on }) => on).map(({ source }) => source.name)
  const registers: [] = []
  const vacancies = new Counter({
    name: 'serik_source_vacancies_total',
    help: 'Vacancies that sources gave to this process, by what became of them',
    labelNames: ['source', 'outcome'],
    registers,
  })
  const runs = new Counter({
    name: 'serik_source_runs_total',
    help: 'Runs of sources in this process, by how they ended',
    labelNames: ['source', 'end'],
    registers,
  })
  const age = new Gauge({
    name: 'serik_source_good_age_seconds',
    help: 'Time since a source was last read to its end without trouble; absent for one that never was',
    labelNames: ['source'],
    registers,
    async collect() {
      const found = await statesOf(core, names)
      this.reset()
      for (const { name, goodAt } of found)
        if (goodAt !== undefined) this.set({ source: name }, (core.clock.now() - goodAt) / 1_000)
    },
  })
  const failures = new Gauge({
    name: 'serik_source_failures',
    help: 'Runs of a source in a row that ended with trouble',
    labelNames: ['source'],
    registers,
    async collect() {
      const found = await statesOf(core, names)
      this.reset()
      for (const state of found) this.set({ source: state.name }, state.failures)
    },
  })
  return {
    metrics: [vacancies, runs, age, failures],
    ran(source, { type, counts, before }) {
      runs.inc({ source, end: type })
      for (const outcome of outcomes) vacancies.inc({ source, outcome }, counts[outcome] - before[outcome])
    },
  }
}

/** How long a scrape waits for the database, ms. */
const patience = 5_000

/** Nothing where the database does not answer: all else is told all the same. */
async function statesOf(core: Pick<Core, 'prisma'>, names: readonly string[]): Promise<readonly SourceState[]> {
  if (names.length === 0) return []
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), patience).unref())
  const states = await Promise.race([readStates(core), late]).catch(() => undefined)
  return names.flatMap((name) => states?.get(name) ?? [])
}
