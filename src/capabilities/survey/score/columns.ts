import type { Header } from '../../../base/table.ts'

/** Where the items of a survey stand in a table of answers. */
export type ItemColumns = {
  /** The line of the file on which their names stand, from 1. */
  readonly line: number
  readonly width: number
  /** Column number by item id. */
  readonly columns: ReadonlyMap<string, number>
  /** Names that no item has. */
  readonly ignored: readonly string[]
  /** Item ids that head more than one column. */
  readonly twice: readonly string[]
}

/** Finds the items among the names over a table. */
export function itemColumnsOf({ line, names }: Header, known: readonly string[]): ItemColumns {
  const items = new Set(known)
  return {
    line,
    width: names.length,
    columns: new Map(names.map((name, index) => [name, index] as const).filter(([name]) => items.has(name))),
    ignored: names.filter((name) => !items.has(name)),
    twice: names.filter((name, index) => items.has(name) && names.indexOf(name) !== index),
  }
}
