import type { ArchivedFrame, Dialogue } from '../../engine/ports.ts'
import type { Core } from '../core.ts'
import { toStoreError } from '../errors.ts'
import { Prisma } from '../generated/sqlite/client.ts'
import { columnsOf, type PersonReading } from '../people.ts'
import { sealedTables } from '../sealed.ts'
import type { DialogueReading } from './row.ts'

/** A damaged chat goes on with what can be read; the rest is handed over, to be kept for whoever looks into it. */
export async function takeStock(
  core: Core,
  chatId: number,
  dialogue: DialogueReading | undefined,
  person: PersonReading | undefined,
) {
  const [ofDialogue, ofPerson] = [dialogue?.lost ?? [], person?.lost ?? []]
  const personColumns = ofPerson.flatMap((name) => columnsOf[name])
  if (ofDialogue.length > 0) core.damaged('Dialogue', [chatId])
  if (ofPerson.length > 0) core.damaged('Person', [chatId])
  const archived = [
    ...(await archive(core, 'Dialogue', chatId, ofDialogue)),
    ...(await archive(core, 'Person', chatId, personColumns)),
  ]
  if (dialogue !== undefined && ofDialogue.some((column) => column === 'revision' || column === 'shown')) {
    await mendNumbers(core, dialogue.dialogue)
  }
  return { archived, language: ofPerson.includes('language') }
}

/** The stored bytes of columns that could not be read, as base64; SQLite may hold any kind of value there. */
async function archive(
  { prisma, provider, where }: Core,
  table: 'Dialogue' | 'Person',
  chatId: number,
  columns: readonly string[],
): Promise<ArchivedFrame[]> {
  if (columns.length === 0) return []
  const list = columns.map((column) => `${hexOf(provider, column)} AS "${column}"`).join(', ') // names of our models
  try {
    const [row] = await prisma.$queryRaw<Record<string, string | null>[]>`
      SELECT ${Prisma.raw(list)} FROM ${Prisma.raw(`"${table}"`)} WHERE "chatId" = ${BigInt(chatId)}`
    const base64 = Object.fromEntries(Object.entries(row ?? {}).map(([name, hex]) => [name, ofHex(hex)]))
    return [{ frame: { table, base64 }, reason: `cannot be read: ${columns.join(', ')}` }]
  } catch (error) {
    throw toStoreError(error, where)
  }
}

function hexOf(provider: Core['provider'], column: string): string {
  if (provider === 'sqlite') return `hex(CAST("${column}" AS BLOB))`
  const isSealed = sealedTables.some(({ columns }) => columns.includes(column))
  return `encode(${isSealed ? `"${column}"` : `convert_to("${column}"::text, 'UTF8')`}, 'hex')`
}

function ofHex(hex: string | null): string | null {
  return hex === null ? null : Buffer.from(hex, 'hex').toString('base64')
}

/** The compare-and-swap of the next turn needs numbers; nothing else can be written over a row without them. */
async function mendNumbers({ prisma, where }: Core, { chatId, revision, shown }: Dialogue): Promise<void> {
  try {
    await prisma.$executeRaw`
      UPDATE "Dialogue" SET "revision" = ${revision}, "shown" = ${shown} WHERE "chatId" = ${BigInt(chatId)}`
  } catch (error) {
    throw toStoreError(error, where)
  }
}
