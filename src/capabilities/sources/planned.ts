import type { Source } from './readers/source.ts'

/** A source, and how it is read. */
export type PlannedSource = {
  readonly source: Source
  readonly on: boolean
  /** Ms between two runs. */
  readonly every: number
  /** Vacancies and what is none that one run reads at most; no limit without it. */
  readonly most?: number | undefined
  /** Hosts that may have addresses of a private network. */
  readonly privateHosts: readonly string[]
  /** Least pause between two requests to a host, ms; two seconds unless given. */
  readonly pause?: number | undefined
}
