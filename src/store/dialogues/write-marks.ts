import type { Standing } from '../../engine/ports.ts'
import type { Core, Transaction } from '../core.ts'
import { Prisma } from '../generated/sqlite/client.ts'
import type { DialogueModel } from '../generated/sqlite/models.ts'
import { type Row, rowsOf } from '../rows.ts'
import { columnsOfMessage, readMessage } from './row.ts'
import type { Mark } from './turn.ts'

/** Writes what was shown where the row does not tell of something later. Gives where new messages' screens stood. */
export async function writeMarks(core: Core, transaction: Transaction, marks: readonly Mark[]) {
  const before = await readStandings(core, transaction, marks)
  const columns = { chatId: 'bigint', revision: 'int', messageId: 'int', messageKind: 'text' } as const
  const rows = marks.map(({ shown: { chatId, revision, message } }): Row => {
    return [chatId, revision, ...columnsOfMessage(message)]
  })
  await transaction.$executeRaw`
    UPDATE "Dialogue" SET "shown" = r."revision",
      "messageId" = COALESCE(r."messageId", "Dialogue"."messageId"),
      "messageKind" = COALESCE(r."messageKind", "Dialogue"."messageKind")
    FROM ${rowsOf(core.provider, columns, rows)} r
    WHERE "Dialogue"."chatId" = r."chatId" AND r."revision" BETWEEN "Dialogue"."shown" AND "Dialogue"."revision"`
  return before
}

/** Where the screens stood that a new message replaces. Nobody but this process can have moved them on SQLite. */
async function readStandings({ provider }: Core, transaction: Transaction, marks: readonly Mark[]) {
  const before = new Map<number, Standing>()
  const chats = marks.flatMap(({ shown }) => (shown.message === undefined ? [] : [BigInt(shown.chatId)]))
  if (provider === 'sqlite' || chats.length === 0) return before
  const rows = await transaction.$queryRaw<Pick<DialogueModel, 'chatId' | 'shown' | 'messageId' | 'messageKind'>[]>`
    SELECT "chatId", "shown", "messageId", "messageKind" FROM "Dialogue" WHERE "chatId" IN (${Prisma.join(chats)})
    ORDER BY "chatId" FOR UPDATE`
  for (const { chatId, shown, messageId, messageKind } of rows) {
    if (messageId === null) continue
    before.set(Number(chatId), { revision: shown, message: readMessage(messageId, messageKind) })
  }
  return before
}
