import { type FileHandle, open } from 'node:fs/promises'
import { RawVacancy } from '../../../../flows/vacancies/vacancy.ts'
import { type ColumnMap, type Columns, columnsOf, type FieldOf, type Fields, missingHeads } from './columns.ts'
import { decode, type Writing, writingOf } from './lines.ts'
import { type JsonRecord, recordsOf } from './records.ts'
import { readCsv, readXlsx, type Table } from './tables.ts'

/** A row of a file: a vacancy in the words of the file, or why it is none. `where` is told behind the file's name. */
export type FileRow = { readonly where: string } & Reading

type Reading = { readonly type: 'read'; readonly raw: RawVacancy } | { readonly type: 'refused'; readonly why: string }

/** A file of vacancies, its rows coming as they are read. */
export type VacancyFile = {
  readonly kind: 'csv' | 'xlsx' | 'json'
  /** Heads of columns that hold nothing we keep. */
  readonly ignored: readonly string[]
  readonly rows: AsyncIterable<FileRow>
  close(): Promise<void>
}

/** A file that cannot be read at all; its message says what to do. */
export class UnreadableFile extends Error {}

export type ReadOptions = { readonly fieldOf: FieldOf; readonly map?: ColumnMap | undefined }

/** Files of more bytes are refused: such a thing is no list of vacancies, or should be cut. */
const largest = { csv: 1_000_000_000, xlsx: 50_000_000, json: 200_000_000 } as const

/**
 * Opens a list of vacancies: CSV with commas, semicolons or tabs (UTF-8, UTF-16, Windows-1251), XLSX, or JSON. What it
 * is, its contents say and not its name. Throws an UnreadableFile.
 */
export async function openVacancyFile(path: string, options: ReadOptions): Promise<VacancyFile> {
  const file = await open(path).catch((cause: Error) => {
    throw new UnreadableFile(`${path} cannot be opened: ${cause.message}. Look at its name and place.`, { cause })
  })
  try {
    return await readOpened(file, path, options)
  } catch (error) {
    await file.close()
    throw error
  }
}

async function readOpened(file: FileHandle, path: string, options: ReadOptions): Promise<VacancyFile> {
  const stat = await file.stat()
  if (!stat.isFile()) throw new UnreadableFile(`${path} is no file. Name the list itself.`)
  if (stat.size === 0) throw new UnreadableFile(`${path} is empty.`)
  const begin = await beginOf(file)
  const writing = writingOf(begin)
  const kind = kindOf(begin, writing)
  if (kind === undefined)
    throw new UnreadableFile(`${path} is neither CSV, XLSX nor JSON. Save the list as one of these.`)
  if (stat.size > largest[kind])
    throw new UnreadableFile(
      `${path} has ${stat.size} bytes; a file of this kind may have ${largest[kind]}. Cut it into several.`,
    )
  const close = () => file.close()
  if (kind === 'json')
    return { kind, ignored: [], rows: rowsOfRecords(await recordsIn(file, path, writing), options), close }
  const table =
    kind === 'xlsx'
      ? await readXlsx(file, options).catch((cause: Error) => {
          throw new UnreadableFile(
            `${path} is no workbook that can be read: ${cause.message}. Save it anew as XLSX or CSV.`,
            { cause },
          )
        })
      : await readCsv(file, writing, options)
  if (table === undefined) throw new UnreadableFile(`${path} has no line with anything in it.`)
  const columns = checkedColumns(table, path, options)
  const ignored = table.heads.filter((head, place) => head !== '' && !columns.has(place))
  return { kind, ignored, rows: rowsOfTable(table, columns), close }
}

/** How much of a file tells what it is. */
const beginning = 64 * 1024

async function beginOf(file: FileHandle): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(beginning), 0, beginning, 0)
  return buffer.subarray(0, bytesRead)
}

function kindOf(begin: Buffer, writing: Writing): VacancyFile['kind'] | undefined {
  if (begin.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) return 'xlsx'
  const text = decode(begin, writing)
  if (/^\s*[[{]/.test(text)) return 'json'
  // The old format of Excel, pictures, archives: signs that a text has by mistake at most.
  const strange = text.match(/[^\P{Cc}\s]/gu)?.length ?? 0
  return strange > text.length / 20 ? undefined : 'csv'
}

async function recordsIn(file: FileHandle, path: string, writing: Writing): Promise<JsonRecord[]> {
  try {
    return recordsOf(decode(await file.readFile(), writing))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new UnreadableFile(`${path} is broken JSON: ${reason}.`, { cause })
  }
}

function checkedColumns(table: Table, path: string, { fieldOf, map = new Map() }: ReadOptions): Columns {
  const missing = missingHeads(table.heads, map)
  if (missing.length > 0)
    throw new UnreadableFile(
      `${path} has no column for ${missing.join(', ')} as --map says. Its columns: ${table.heads.join(', ')}.`,
    )
  const columns = columnsOf(table.heads, fieldOf, map)
  if (columns === undefined)
    throw new UnreadableFile(
      `${path} has no column with titles. Its columns: ${table.heads.join(', ').slice(0, 500)}. Name it: --map title=…`,
    )
  return columns
}

async function* rowsOfTable({ heads, rows }: Table, columns: Columns): AsyncGenerator<FileRow> {
  for await (const row of rows) {
    const where = `:${row.line}`
    if ('why' in row) yield { where, ...refused(row.why) }
    else if (row.cells.some((cell) => cell.trim() !== ''))
      yield { where, ...readCells(row.cells, heads.length, columns) }
  }
}

function readCells(cells: readonly string[], width: number, columns: Columns): Reading {
  if (cells.slice(width).some((cell) => cell.trim() !== ''))
    return refused(`${cells.length} cells where the first line has ${width}`)
  const fields = [...columns].map(([place, field]) => [field, cells[place]?.trim() || null] as const)
  return rawOf(Object.fromEntries(fields))
}

async function* rowsOfRecords(records: readonly JsonRecord[], options: ReadOptions): AsyncGenerator<FileRow> {
  for (const { where, read } of records) {
    const reading = read(options.fieldOf, options.map)
    yield { where, ...(reading.type === 'refused' ? reading : rawOf(reading.fields)) }
  }
}

function rawOf(fields: Fields): Reading {
  if (!fields.title) return refused('no title')
  return { type: 'read', raw: RawVacancy.parse(fields) }
}

function refused(why: string): Reading {
  return { type: 'refused', why }
}
