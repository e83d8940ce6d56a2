import type { Core, Transaction } from './core.ts'
import { moment, readOr, whole } from './damage.ts'
import { Prisma } from './generated/sqlite/client.ts'
import type { Place, Seal } from './seal.ts'
import { placeIn } from './sealed.ts'

/**
 * Every table that holds something about a chat: those with a column `chatId`, found in the models themselves. Dialogues
 * and people come first, as in every turn, so that two transactions do not wait for each other crosswise.
 */
export const chatTables: readonly string[] = [
  'Dialogue',
  'Person',
  ...Object.values(Prisma.ModelName)
    .filter((model) => hasChat(model) && model !== 'Dialogue' && model !== 'Person')
    .sort(),
]

function hasChat(model: Prisma.ModelName): boolean {
  // The generated client has an enum of columns beside each model, under this name.
  return 'chatId' in Prisma[`${model}ScalarFieldEnum` as 'PersonScalarFieldEnum']
}

/** Deletes everything about the chats, from every table of this database; `deleteForGood` also from its older copies. */
export async function forgetChats(
  transaction: Transaction,
  chatIds: readonly number[],
  tables: readonly string[] = chatTables,
): Promise<void> {
  const list = Prisma.join(chatIds.map(BigInt))
  for (const table of tables) {
    await transaction.$executeRaw`DELETE FROM ${Prisma.raw(`"${table}"`)} WHERE "chatId" IN (${list})`
  }
}

export type ExportedRow = Readonly<Record<string, unknown>>

/** All that is kept of a chat: rows by table. */
export type ExportedChat = Readonly<Record<string, readonly ExportedRow[]>>

/** Rows made readable at a stretch. */
const slice = 200

/** Everything about a chat: rows by table, sealed columns opened, JSON as JSON, times in ISO 8601. */
export async function exportChat(core: Core, chatId: number): Promise<ExportedChat> {
  const chat: [string, readonly ExportedRow[]][] = []
  for (const table of chatTables) chat.push([table, await exportTable(core, table, chatId)])
  return Object.fromEntries(chat)
}

async function exportTable(
  { prisma, seal, breathe }: Core,
  table: string,
  chatId: number,
): Promise<readonly ExportedRow[]> {
  const rows = await prisma.$queryRaw<Record<string, unknown>[]>`
    SELECT * FROM ${Prisma.raw(`"${table}"`)} WHERE "chatId" = ${BigInt(chatId)}`
  const exported: ExportedRow[] = []
  for (const row of rows) {
    exported.push(readable(table, row, seal))
    if (exported.length % slice === 0) await breathe()
  }
  return exported
}

function readable(table: string, row: Readonly<Record<string, unknown>>, seal: Seal): ExportedRow {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value instanceof Uint8Array ? opened(value, placeIn(table, column, row), seal) : readableValue(column, value),
    ]),
  )
}

function readableValue(column: string, value: unknown): unknown {
  if (typeof value === 'bigint') return readOr(null, () => (isTime(column) ? timeOf(value) : whole(value)))
  return typeof value === 'string' ? parsed(value) : value
}

/** One damaged value must not keep back everything else; null stands for it. */
function opened(value: Uint8Array, place: Place | undefined, seal: Seal): unknown {
  if (place === undefined) return null
  return readOr(null, () => parsed(seal.open(value, place)))
}

function timeOf(value: bigint): string {
  return new Date(moment(value)).toISOString()
}

/** Times are named so everywhere: at, createdAt, claimedUntil. */
function isTime(column: string): boolean {
  return /^at$|At$|^until$|Until$/.test(column)
}

/** Lists and objects are kept as JSON; everything else is text as it stands. */
function parsed(text: string): unknown {
  if (!/^[[{]/.test(text)) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
