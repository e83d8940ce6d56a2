import { parse } from 'csv-parse/sync'

/** Where the known columns of a table stand. */
export type Header = {
  delimiter: string
  width: number
  /** Column number by item id. */
  columns: Map<string, number>
  /** Names that no item has. */
  ignored: string[]
  /** Item ids that head more than one column. */
  twice: string[]
}

/** Reads the first line of a CSV: the delimiter is the one of , ; and tab that makes the most known column names. */
export function readHeader(line: string, known: readonly string[]): Header {
  const items = new Set(known)
  const text = line.replace(/^\uFEFF/, '')
  const [best] = [',', ';', '\t']
    .map((delimiter) => ({ delimiter, names: (cells(text, delimiter) ?? []).map((name) => name.trim()) }))
    .map((reading) => ({ ...reading, found: reading.names.filter((name) => items.has(name)).length }))
    .sort((a, b) => b.found - a.found)
  const names = best?.names ?? []
  return {
    delimiter: best?.delimiter ?? ',',
    width: names.length,
    columns: new Map(names.map((name, index) => [name, index] as const).filter(([name]) => items.has(name))),
    ignored: names.filter((name) => !items.has(name)),
    twice: names.filter((name, index) => items.has(name) && names.indexOf(name) !== index),
  }
}

/** The cells of one line, or undefined when its quotation marks do not close. */
export function cells(line: string, delimiter: string): string[] | undefined {
  if (!line.includes('"')) return line.split(delimiter)
  try {
    const rows: string[][] = parse(line, { delimiter })
    return rows[0] ?? []
  } catch {
    return undefined
  }
}
