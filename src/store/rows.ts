import { Prisma } from './generated/sqlite/client.ts'
import type { Provider } from './models.ts'

/** The kinds of columns; `bytes` are handed over in hexadecimal, which both databases can read. */
export type ColumnKind = 'int' | 'bigint' | 'real' | 'text' | 'bytes'
export type Columns = Readonly<Record<string, ColumnKind>>
/** A row in the order of the columns. bigint columns take safe integers. */
export type Row = readonly (string | number | null | Uint8Array)[]

/**
 * Many rows as ONE bound parameter, to stand in a FROM: `SELECT r.* FROM ${rowsOf(…)} r`. A JSON list expanded by the
 * database, because Prisma prepares each bound value on its own: 200 dialogues as 1,800 parameters take several times
 * as long, and statements have a limit of parameters while this one has none.
 */
export function rowsOf(provider: Provider, columns: Columns, rows: readonly Row[]): Prisma.Sql {
  const expand = provider === 'sqlite' ? sqliteColumn : postgresqlColumn
  const list = Object.entries(columns).map(([name, kind], index) => `${expand(kind, index)} AS "${name}"`)
  const json = JSON.stringify(rows.map((row) => row.map(toJson)))
  // The column names are the callers' own constants.
  const select = Prisma.raw(list.join(', '))
  return provider === 'sqlite'
    ? Prisma.sql`(SELECT ${select} FROM json_each(${json}))`
    : Prisma.sql`(SELECT ${select} FROM json_array_elements(${json}::json))`
}

/** The names of the columns, quoted, for the lists of INSERT and SELECT. */
export function namesOf(columns: Columns): Prisma.Sql {
  return Prisma.raw(
    Object.keys(columns)
      .map((name) => `"${name}"`)
      .join(', '),
  )
}

function toJson(value: Row[number]): string | number | null {
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex') : value
}

function sqliteColumn(kind: ColumnKind, index: number): string {
  const value = `value->>${index}`
  return kind === 'bytes' ? `unhex(${value})` : value
}

const types = { int: 'integer', bigint: 'bigint', real: 'double precision', text: 'text' } as const

function postgresqlColumn(kind: ColumnKind, index: number): string {
  const value = `value->>${index}`
  return kind === 'bytes' ? `decode(${value}, 'hex')` : `(${value})::${types[kind]}`
}
