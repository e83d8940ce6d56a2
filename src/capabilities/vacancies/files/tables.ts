import type { FileHandle } from 'node:fs/promises'
import { readSheet } from 'read-excel-file/node'
import { foldText } from '../../../../flows/common/letters.ts'
import { readTable } from '../../../base/table.ts'
import type { FieldOf } from './columns.ts'

/** A row of a table; no cells when its quotation marks do not close. */
export type TableRow = { readonly line: number; readonly cells: readonly string[] | undefined }

/** A table: the heads of its columns, and its rows as they come. */
export type Table = { readonly heads: readonly string[]; readonly rows: AsyncIterable<TableRow> }

type Known = { readonly fieldOf: FieldOf; readonly map?: ReadonlyMap<string, unknown> | undefined }

/** Reads a CSV while it comes. Undefined where there is no line with anything in it. */
export async function readCsv(file: FileHandle, encoding: string, { fieldOf, map }: Known): Promise<Table | undefined> {
  const table = await readTable(
    linesOf(file, encoding),
    (name) => fieldOf(name) !== undefined || map?.has(foldText(name)) === true,
    { loose: true },
  )
  return table && { heads: table.header.names, rows: table.rows }
}

/** Longest line, in signs; a longer one is cut in two, and neither part makes a row. */
const longestLine = 4_000_000

async function* linesOf(file: FileHandle, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  let rest = ''
  for await (const chunk of file.createReadStream({ start: 0, autoClose: false })) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield line.replace(/\r$/, '')
    if (rest.length < longestLine) continue
    yield rest
    rest = ''
  }
  yield rest + decoder.decode()
}

/** How many rows over the heads may tell what the table is of. */
const mostTitles = 10

/**
 * Reads the first sheet of a workbook; dates come as days of the calendar, numbers as they would be written. Throws an
 * Error where it is no workbook. Undefined where there is no row with anything in it.
 */
export async function readXlsx(file: FileHandle, { fieldOf, map }: Known): Promise<Table | undefined> {
  const rows = (await readSheet(await file.readFile())).map((cells) => cells.map(textOf))
  const known = rows
    .slice(0, mostTitles + 1)
    .map((cells) => cells.filter((cell) => fieldOf(cell) !== undefined || map?.has(foldText(cell)) === true).length)
  const best = known.indexOf(Math.max(...known))
  const heads = rows[best]
  if (heads === undefined || rows.every((cells) => cells.every((cell) => cell === ''))) return undefined
  return { heads, rows: rowsAfter(rows, best) }
}

async function* rowsAfter(rows: readonly (readonly string[])[], head: number): AsyncGenerator<TableRow> {
  for (const [index, cells] of rows.entries()) if (index > head) yield { line: index + 1, cells }
}

/** The library's types say "Date" where it means one. */
function textOf(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  return cell === null || cell === undefined ? '' : String(cell)
}
