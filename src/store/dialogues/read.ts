import type { Core } from '../core.ts'
import { toStoreError } from '../errors.ts'
import { Prisma } from '../generated/sqlite/client.ts'
import type { DialogueModel, PersonModel } from '../generated/sqlite/models.ts'
import { rowsOf } from '../rows.ts'

type Rows = { readonly dialogue: DialogueModel | undefined; readonly person: PersonModel | undefined }

/** One query for each table, however many chats. */
export async function readRows(core: Core, chatIds: readonly number[]): Promise<Map<number, Rows>> {
  const keys = rowsOf(
    core.provider,
    { chatId: 'bigint' },
    chatIds.map((chatId) => [chatId]),
  )
  const asked = Prisma.sql`IN (SELECT "chatId" FROM ${keys} r)`
  try {
    // The dialogue first: a person older than their dialogue would pass the compare-and-swap and be written back.
    const dialogues = await core.prisma.$queryRaw<DialogueModel[]>`SELECT * FROM "Dialogue" WHERE "chatId" ${asked}`
    const people = await core.prisma.$queryRaw<PersonModel[]>`SELECT * FROM "Person" WHERE "chatId" ${asked}`
    const dialogueOf = new Map(dialogues.map((row) => [Number(row.chatId), row]))
    const personOf = new Map(people.map((row) => [Number(row.chatId), row]))
    return new Map(chatIds.map((id) => [id, { dialogue: dialogueOf.get(id), person: personOf.get(id) }]))
  } catch (error) {
    throw toStoreError(error, core.where)
  }
}

/** Chats whose last revision was not shown, written before `before` (epoch ms): the longest waiting first. */
export async function readUnshown(
  core: Core,
  limit: number,
  before = Number.MAX_SAFE_INTEGER,
): Promise<readonly number[]> {
  try {
    const rows = await core.prisma.$queryRaw<{ chatId: bigint }[]>`
      SELECT "chatId" FROM "Dialogue" WHERE "shown" < "revision" AND "updatedAt" < ${BigInt(before)}
      ORDER BY "updatedAt", "chatId" LIMIT ${limit}`
    const chats = rows.map((row) => Number(row.chatId))
    core.damaged(
      'Dialogue',
      chats.filter((chatId) => !Number.isSafeInteger(chatId)),
    )
    return chats.filter(Number.isSafeInteger)
  } catch (error) {
    throw toStoreError(error, core.where)
  }
}
