import type { Core } from '../store/core.ts'

/** A count of people or of what they did. */
export type Figure = { readonly name: string; readonly count: number }

/** Counts that belong together: of how many, and of which kinds. */
export type Figures = { readonly title: string; readonly rows: readonly Figure[] }

/** Counts for `stats`; `now` is epoch ms. Nothing in them may name anybody. */
export type CountFigures = (core: Core, now: number) => Promise<readonly Figures[]>

/** Counts by the values of one column, the largest first; `undefined` values are named by `unknown`. */
export function figuresBy<Row extends { readonly _count: number }>(
  rows: readonly Row[],
  nameOf: (row: Row) => string | null,
  unknown = 'not said',
): readonly Figure[] {
  const figures = rows.map((row) => ({ name: nameOf(row) ?? unknown, count: row._count }))
  return figures.sort((a, b) => b.count - a.count || a.name.localeCompare(b.name))
}
