import { unzipSync, zipSync } from 'fflate'
import { readSheet } from 'read-excel-file/node'

/**
 * The first sheet of a workbook, row by row; dates come as days of the calendar, numbers as they would be written.
 * Throws an Error where it is no workbook, or one that is far larger than a list can be.
 */
export async function rowsOfWorkbook(data: Uint8Array): Promise<string[][]> {
  const parts = unpacked(data)
  for (const [name, part] of Object.entries(parts)) if (/worksheets\/[^/]+\.xml$/.test(name)) checkSize(part)
  // What was unpacked within bounds is packed anew without pressing: the reader of sheets knows no bounds.
  const rows = await readSheet(Buffer.from(zipSync(parts, { level: 0 })))
  return rows.map((cells) => cells.map(textOf))
}

/** Bytes of all parts together. */
const mostBytes = 300_000_000

/** Those parts that hold words. Each gets the room that the archive says it needs, and no more. */
function unpacked(data: Uint8Array): ReturnType<typeof unzipSync> {
  let bytes = 0
  return unzipSync(data, {
    filter: ({ name, originalSize }) => {
      if (!/\.(?:xml|rels)$/.test(name)) return false
      bytes += originalSize
      if (bytes > mostBytes) throw new Error(`it unpacks to more than ${mostBytes} bytes`)
      return true
    },
  })
}

const mostCells = 20_000_000

/** One cell far away makes a table of millions. */
function checkSize(sheet: Uint8Array): void {
  let [columns, rows] = [0, 0]
  for (const [, column = '', row] of Buffer.from(sheet)
    .toString('latin1')
    .matchAll(/<c [^>]*?\br="([A-Z]+)(\d+)"/g)) {
    columns = Math.max(columns, column.length > 3 ? Number.POSITIVE_INFINITY : numberOf(column))
    rows = Math.max(rows, Number(row))
  }
  if (columns * rows > mostCells) throw new Error(`a sheet reaches over more than ${mostCells} cells`)
}

function numberOf(column: string): number {
  return [...column].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
}

/** The library's types say "Date" where it means one. */
function textOf(cell: unknown): string {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10)
  return cell === null || cell === undefined ? '' : String(cell)
}
