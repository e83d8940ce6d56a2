import { type OwnedTable, type Place, placeOf } from './seal.ts'

/** A table with sealed columns: its key, and whether the row's chat is authenticated besides. */
export type SealedTable = { readonly key: 'chatId' | 'id'; readonly columns: readonly string[] } & (
  | { readonly table: 'Dialogue' | 'Person'; readonly isOwned: false }
  | { readonly table: OwnedTable; readonly isOwned: true }
)

/** Everything of people that is sealed: every column of bytes in the models but Meta's (a test compares). */
export const sealedTables: readonly SealedTable[] = [
  { table: 'Person', key: 'chatId', columns: ['name'], isOwned: false },
  { table: 'Dialogue', key: 'chatId', columns: ['stack'], isOwned: false },
  { table: 'ArchivedFrame', key: 'id', columns: ['frame'], isOwned: true },
  { table: 'SurveyAttempt', key: 'id', columns: ['answers', 'result'], isOwned: true },
  { table: 'Reminder', key: 'id', columns: ['what'], isOwned: true },
  { table: 'Notice', key: 'id', columns: ['values'], isOwned: true },
]

/** The place of a column of a row as the database gives it; undefined for a table in which nothing is sealed. */
export function placeIn(table: string, column: string, row: Readonly<Record<string, unknown>>): Place | undefined {
  const found = sealedTables.find((sealed) => sealed.table === table)
  if (found === undefined) return undefined
  const key = String(row[found.key])
  return found.isOwned ? placeOf(found.table, column, key, String(row.chatId)) : placeOf(found.table, column, key)
}
