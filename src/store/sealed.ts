import { sealedTables as generated } from './generated/sealed.ts'
import { type OwnedTable, type Place, placeOf, type UnownedTable } from './seal.ts'

/** A table with sealed columns: its key, and whether the row's chat is authenticated besides. */
export type SealedTable = { readonly key: string; readonly columns: readonly string[] } & (
  | { readonly table: UnownedTable; readonly isOwned: false }
  | { readonly table: OwnedTable; readonly isOwned: true }
)

/** Everything of people that is sealed, found in the models when the clients are generated. */
export const sealedTables: readonly SealedTable[] = generated

/** The place of a column of a row as the database gives it; undefined for a table in which nothing is sealed. */
export function placeIn(table: string, column: string, row: Readonly<Record<string, unknown>>): Place | undefined {
  const found = sealedTables.find((sealed) => sealed.table === table)
  if (found === undefined) return undefined
  const key = String(row[found.key])
  return found.isOwned ? placeOf(found.table, column, key, String(row.chatId)) : placeOf(found.table, column, key)
}
