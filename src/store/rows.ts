import { Prisma } from './generated/sqlite/client.ts'
import type { Provider } from './models.ts'

/** The kinds of columns. `bigint` takes safe integers. */
export type ColumnKind = 'int' | 'bigint' | 'real' | 'text' | 'bytes'
export type Columns = Readonly<Record<string, ColumnKind>>
/** A row in the order of the columns. */
export type Row = readonly (string | number | null | Uint8Array)[]

/**
 * Any number of rows as a few bound parameters, to stand in a FROM: `SELECT r.* FROM ${rowsOf(…)} r`. One is a JSON
 * list that the database expands; each column of bytes is one long value, of which the list says where each begins.
 * So the statement is always the same, and no limit of parameters is near, however many rows there are. Texts lose what
 * PostgreSQL refuses in one: the sign NUL, and halves of signs.
 */
export function rowsOf(provider: Provider, columns: Columns, rows: readonly Row[]): Prisma.Sql {
  const kinds = Object.values(columns)
  const pieces = kinds.map((kind, index) => (kind === 'bytes' ? piecesOf(rows, index) : undefined))
  const places = placesOf(kinds)
  const list = Object.entries(columns).map(([name, kind], index) => {
    const value = columnOf(provider, kind, places[index] ?? 0, pieces[index]?.whole)
    return Prisma.sql`${value} AS ${Prisma.raw(`"${name}"`)}` // the callers' own constant
  })
  const json = JSON.stringify(
    rows.map((row, at) => row.flatMap((value, index) => pieces[index]?.where[at] ?? [storable(value)])),
  )
  return provider === 'sqlite'
    ? Prisma.sql`(SELECT ${Prisma.join(list)} FROM json_each(${json}))`
    : Prisma.sql`(SELECT ${Prisma.join(list)} FROM json_array_elements(${json}::json))`
}

/** The names of the columns, quoted, for the lists of INSERT and SELECT. */
export function namesOf(columns: Columns): Prisma.Sql {
  return Prisma.raw(
    Object.keys(columns)
      .map((name) => `"${name}"`)
      .join(', '),
  )
}

function storable(value: Row[number]): Row[number] {
  return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value
}

/** A column of bytes put together, and where each row's part of it begins (from 1) and how long it is. */
function piecesOf(rows: readonly Row[], index: number) {
  const parts: Uint8Array[] = []
  let begin = 1
  const where = rows.map((row) => {
    const value = row[index]
    if (!(value instanceof Uint8Array)) return [null, null]
    parts.push(value)
    begin += value.length
    return [begin - value.length, value.length]
  })
  return { whole: Buffer.concat(parts), where }
}

/** Where each column stands in a row of the JSON list: one of bytes takes two places there. */
function placesOf(kinds: readonly ColumnKind[]): number[] {
  let next = 0
  return kinds.map((kind) => {
    const place = next
    next += kind === 'bytes' ? 2 : 1
    return place
  })
}

const types = { int: 'integer', bigint: 'bigint', real: 'double precision', text: 'text' } as const

function columnOf(
  provider: Provider,
  kind: ColumnKind,
  place: number,
  whole: Uint8Array<ArrayBuffer> | undefined,
): Prisma.Sql {
  const part = (at: number, type: keyof typeof types) =>
    Prisma.raw(provider === 'sqlite' ? `value->>${at}` : `(value->>${at})::${types[type]}`)
  if (kind !== 'bytes') return part(place, kind)
  return provider === 'sqlite'
    ? Prisma.sql`substr(${whole}, ${part(place, 'int')}, ${part(place + 1, 'int')})`
    : Prisma.sql`substr(${whole}::bytea, ${part(place, 'int')}, ${part(place + 1, 'int')})`
}
