import type { PlannedSource } from '../../src/capabilities/sources/planned.ts'
import type { SourceEvent } from '../../src/capabilities/sources/readers/source.ts'

const hour = 3_600_000

/** How a run of a source ends: well, or with trouble of a kind. */
export const ends = ['well', 'broken', 'blocked', 'changedLayout'] as const
export type End = (typeof ends)[number]

/** Sources that ask nobody: their runs, an hour apart, end as the lists say, and all later ones as the last. */
export function madeSources(lists: Readonly<Record<string, readonly End[]>>): readonly PlannedSource[] {
  return Object.entries(lists).map(([name, [...left]]) => {
    const read = () => runOf(left.length > 1 ? left.shift() : left[0])
    return { source: { name, kind: 'pages', language: null, read }, on: true, every: hour, privateHosts: [] }
  })
}

async function* runOf(end: End = 'well'): AsyncGenerator<SourceEvent> {
  if (end === 'well') yield { type: 'checkpoint', checkpoint: '1' }
  else yield { type: 'trouble', trouble: end, until: null, why: 'https://jobs.example.org/ is not as it was' }
}
