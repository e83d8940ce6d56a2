import { type Options, parse } from 'csv-parse/sync'

/** The names over a table. */
export type Header = {
  /** The line of the file on which it stands, from 1. */
  readonly line: number
  readonly delimiter: string
  readonly names: readonly string[]
}

/** A row under the header: `line` is where it begins, from 1; no cells when its quotation marks do not close. */
export type Row = { readonly line: number; readonly cells: readonly string[] | undefined }

/** A table as it is read: the header first, then the rows, while the lines come. */
export type Table = { readonly header: Header; readonly rows: AsyncIterable<Row> }

/** `loose` takes quotation marks for a name's own where a row of the right width comes of it: `LLP "Nan"`. */
export type ReadingOptions = { readonly loose?: boolean }

/**
 * Reads the lines of a CSV: a byte order mark, a first line `sep=;`, blank lines and line breaks inside quotation marks
 * are understood, and so are titles over the names; `isKnown` says of which names a header is made. Undefined when there is no line with anything in it.
 */
export async function readTable(
  lines: AsyncIterable<string>,
  isKnown: (name: string) => boolean,
  { loose = false }: ReadingOptions = {},
): Promise<Table | undefined> {
  const ahead = createAhead(lines)
  const first = await nextRecord(ahead)
  if (first === undefined) return undefined
  const delimiter = /^"?sep=(.)"?\1*$/i.exec(first.text.trim())?.[1]
  const second = delimiter === undefined ? first : await nextRecord(ahead)
  if (second === undefined) return undefined
  const header = await findHeader(second, ahead, (text) => readHeader(text, isKnown, delimiter))
  return { header, rows: rowsUnder(header, ahead, loose) }
}

/** How many records over the names may tell what the table is of. */
const mostTitles = 10

/** The first record that holds a name we know; where none of the first ones does, the first of all. */
async function findHeader(first: Joined, ahead: Ahead, read: (text: string) => NamedColumns): Promise<Header> {
  const begin = { line: first.line, ...read(first.text) }
  if (begin.found > 0) return begin
  for (let taken = 0, titles = 0; titles < mostTitles; titles++) {
    const record = await peekRecord(ahead, taken)
    if (record === undefined) break
    taken += record.count
    const header = { line: record.line, ...read(record.text) }
    if (header.found === 0) continue
    ahead.drop(taken)
    return header
  }
  return begin
}

type NamedColumns = Omit<Header, 'line'> & { readonly found: number }

/** Reads the record of names: unless it was told, the delimiter is the one of , ; and tab that makes the most known names. */
function readHeader(text: string, isKnown: (name: string) => boolean, told: string | undefined): NamedColumns {
  const [best] = (told === undefined ? [',', ';', '\t'] : [told])
    .map((delimiter) => ({ delimiter, names: (cellsOf(text, delimiter) ?? []).map((name) => name.trim()) }))
    .map((reading) => ({ ...reading, found: reading.names.filter(isKnown).length }))
    .sort((a, b) => b.found - a.found)
  return best ?? { delimiter: ',', names: [], found: 0 }
}

/**
 * A quotation mark that is never closed would take all rows behind it: lines are joined only where they make a row of
 * the right width, otherwise the first of them is wrong and the next begins anew.
 */
async function* rowsUnder({ delimiter, names }: Header, ahead: Ahead, loose: boolean): AsyncGenerator<Row> {
  for (let record = await peekRecord(ahead); record !== undefined; record = await peekRecord(ahead)) {
    const strict = cellsOf(record.text, delimiter)
    const cells = strict ?? (loose ? looseCellsOf(record.text, delimiter, names.length) : undefined)
    const isWhole = record.count === 1 || cells?.length === names.length
    ahead.drop(isWhole ? record.count : 1)
    yield { line: record.line, cells: isWhole ? cells : undefined }
  }
}

/** The cells of one record, or undefined when its quotation marks do not close. */
function cellsOf(text: string, delimiter: string): string[] | undefined {
  return text.includes('"') ? parsed(text, { delimiter }) : text.split(delimiter)
}

function looseCellsOf(text: string, delimiter: string, width: number): string[] | undefined {
  const cells = parsed(text, { delimiter, relax_quotes: true })
  return cells?.length === width ? cells : undefined
}

function parsed(text: string, options: Options): string[] | undefined {
  try {
    const records: string[][] = parse(text, options)
    return records.length === 1 ? records[0] : undefined
  } catch {
    return undefined
  }
}

/** Lines that go together by their quotation marks; `count` of them, from `line` on. */
type Joined = { readonly line: number; readonly count: number; readonly text: string }

async function nextRecord(ahead: Ahead): Promise<Joined | undefined> {
  const record = await peekRecord(ahead)
  ahead.drop(record?.count ?? 0)
  return record
}

/** A cell with more lines than this is a quotation mark too many. */
const mostLines = 1000

/** The record that comes next; where its quotation marks never close, its first line alone. */
async function peekRecord(ahead: Ahead, from = 0): Promise<Joined | undefined> {
  let first = await ahead.at(from)
  for (; first?.text.trim() === ''; first = await ahead.at(from)) ahead.drop(1, from)
  if (first === undefined) return undefined
  const texts: string[] = []
  let marks = 0
  for (let line: Line | undefined = first; line !== undefined && texts.length < mostLines; ) {
    texts.push(line.text)
    marks += line.text.split('"').length - 1
    if (marks % 2 === 0) return { line: first.number, count: texts.length, text: texts.join('\n') }
    line = await ahead.at(from + texts.length)
  }
  return { line: first.number, count: 1, text: first.text }
}

type Line = { readonly number: number; readonly text: string }

/** Lines that can be looked at before they are taken. */
type Ahead = { at(place: number): Promise<Line | undefined>; drop(count: number, from?: number): void }

function createAhead(lines: AsyncIterable<string>): Ahead {
  const coming = lines[Symbol.asyncIterator]()
  const ahead: Line[] = []
  let number = 0
  return {
    async at(place) {
      while (ahead.length <= place) {
        const next = await coming.next()
        if (next.done === true) return undefined
        number++
        ahead.push({ number, text: number === 1 ? next.value.replace(/^\uFEFF/, '') : next.value })
      }
      return ahead[place]
    },
    drop: (count, from = 0) => void ahead.splice(from, count),
  }
}
