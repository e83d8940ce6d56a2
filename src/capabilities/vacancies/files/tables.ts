import type { FileHandle } from 'node:fs/promises'
import { foldText } from '../../../../flows/common/letters.ts'
import { readTable } from '../../../base/table.ts'
import type { FieldOf } from './columns.ts'
import { linesOf, longestLine, type Writing } from './lines.ts'
import { rowsOfWorkbook } from './workbook.ts'

/** A row of a table, or why it is none. */
export type TableRow = { readonly line: number } & ({ readonly cells: readonly string[] } | { readonly why: string })

/** A table: the heads of its columns, and its rows as they come. */
export type Table = { readonly heads: readonly string[]; readonly rows: AsyncIterable<TableRow> }

type Known = { readonly fieldOf: FieldOf; readonly map?: ReadonlyMap<string, unknown> | undefined }

/** Reads a CSV while it comes. Undefined where there is no line with anything in it. */
export async function readCsv(file: FileHandle, writing: Writing, known: Known): Promise<Table | undefined> {
  const cut = new Set<number>()
  const lines = linesOf(file, writing, (line) => cut.add(line))
  const table = await readTable(lines, isKnownOf(known), { loose: true })
  return table && { heads: table.header.names, rows: wholeRows(table.rows, cut) }
}

type Row = { readonly line: number; readonly cells: readonly string[] | undefined }

async function* wholeRows(rows: AsyncIterable<Row>, cut: ReadonlySet<number>): AsyncGenerator<TableRow> {
  for await (const { line, cells } of rows) {
    if (cut.has(line)) yield { line, why: `longer than ${longestLine} bytes` }
    else yield cells === undefined ? { line, why: 'its quotation marks do not close' } : { line, cells }
  }
}

/** How many rows over the heads may tell what the table is of. */
const mostTitles = 10

/**
 * Reads the first sheet of a workbook. Throws an Error where it is no workbook. Undefined where there is no row with
 * anything in it.
 */
export async function readXlsx(file: FileHandle, known: Known): Promise<Table | undefined> {
  const rows = await rowsOfWorkbook(await file.readFile())
  const isKnown = isKnownOf(known)
  const found = rows.slice(0, mostTitles + 1).map((cells) => cells.filter(isKnown).length)
  const best = found.indexOf(Math.max(...found))
  const heads = rows[best]
  if (heads === undefined || rows.every((cells) => cells.every((cell) => cell === ''))) return undefined
  return { heads, rows: rowsAfter(rows, best) }
}

async function* rowsAfter(rows: readonly (readonly string[])[], head: number): AsyncGenerator<TableRow> {
  for (const [index, cells] of rows.entries()) if (index > head) yield { line: index + 1, cells }
}

function isKnownOf({ fieldOf, map }: Known) {
  return (name: string) => fieldOf(name) !== undefined || map?.has(foldText(name)) === true
}
