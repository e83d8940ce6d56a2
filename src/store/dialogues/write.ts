import type { Standing } from '../../engine/ports.ts'
import type { FactEntry, FactTools, FactWriters } from '../capability.ts'
import type { Core, Transaction } from '../core.ts'
import { Prisma } from '../generated/sqlite/client.ts'
import { writePeople } from '../people.ts'
import { namesOf, type Row, rowsOf } from '../rows.ts'
import { dialogueColumns } from './row.ts'
import { archivedColumns, type Turn, type Work } from './turn.ts'
import { writeMarks } from './write-marks.ts'

export type Written = { readonly turns: ReadonlySet<number>; readonly before: ReadonlyMap<number, Standing> }

/** The chats whose turn was written; the others' revision had moved on, and nothing of theirs is. */
export async function writeBatch(
  core: Core,
  writers: FactWriters,
  transaction: Transaction,
  batch: readonly Work[],
): Promise<Written> {
  const marks = batch.filter((work) => work.type === 'mark').sort((a, b) => a.shown.chatId - b.shown.chatId)
  const turns = batch.filter((work) => work.type === 'turn').sort(byChat)
  const before = marks.length > 0 ? await writeMarks(core, transaction, marks) : new Map()
  const written = await writeDialogues(core, transaction, turns)
  const accepted = turns.filter((turn) => written.has(turn.commit.dialogue.chatId))
  const people = accepted.flatMap((turn) => (turn.person === undefined ? [] : [turn.person]))
  if (people.length > 0) await writePeople(transaction, core.provider, people)
  const archived = accepted.flatMap((turn) => turn.archived)
  if (archived.length > 0) await writeArchived(core, transaction, archived)
  await writeFacts(core, writers, transaction, accepted)
  return { turns: written, before }
}

/** The same order everywhere, so that processes do not wait for each other crosswise. */
function byChat(a: Turn, b: Turn): number {
  return a.commit.dialogue.chatId - b.commit.dialogue.chatId
}

/**
 * Compare-and-swap for all. New chats and known ones are two statements: a single upsert could bring back a row that
 * another process has just deleted for a person who wanted to be forgotten.
 */
async function writeDialogues(core: Core, transaction: Transaction, turns: readonly Turn[]): Promise<Set<number>> {
  const [fresh, known] = [turns.filter(isFirst), turns.filter((turn) => !isFirst(turn))]
  const inserted = fresh.length === 0 ? [] : await transaction.$queryRaw<{ chatId: bigint }[]>(insertion(core, fresh))
  const updated = known.length === 0 ? [] : await transaction.$queryRaw<{ chatId: bigint }[]>(update(core, known))
  return new Set([...inserted, ...updated].map((row) => Number(row.chatId)))
}

function isFirst(turn: Turn): boolean {
  return turn.commit.dialogue.revision === 1
}

function rowsOfTurns({ provider }: Core, turns: readonly Turn[]): Prisma.Sql {
  return rowsOf(
    provider,
    dialogueColumns,
    turns.map((turn) => turn.dialogue),
  )
}

function insertion(core: Core, turns: readonly Turn[]): Prisma.Sql {
  const names = namesOf(dialogueColumns)
  return Prisma.sql`
    INSERT INTO "Dialogue" (${names}) SELECT ${names} FROM ${rowsOfTurns(core, turns)} r WHERE true
    ON CONFLICT ("chatId") DO NOTHING RETURNING "chatId"`
}

/**
 * What was shown meanwhile stays: the row tells of the later revision and, for one revision, of the later message.
 * SQLite may hold a fraction of a revision, which is read without it.
 */
function update(core: Core, turns: readonly Turn[]): Prisma.Sql {
  const isLater = Prisma.sql`(r."shown" > "Dialogue"."shown" OR r."shown" = "Dialogue"."shown"
    AND COALESCE(r."messageId", 0) >= COALESCE("Dialogue"."messageId", 0))`
  return Prisma.sql`
    UPDATE "Dialogue" SET "revision" = r."revision", "stack" = r."stack", "recent" = r."recent",
      "messageId" = CASE WHEN ${isLater} THEN r."messageId" ELSE "Dialogue"."messageId" END,
      "messageKind" = CASE WHEN ${isLater} THEN r."messageKind" ELSE "Dialogue"."messageKind" END,
      "shown" = CASE WHEN ${isLater} THEN r."shown" ELSE "Dialogue"."shown" END,
      "updatedAt" = r."updatedAt"
    FROM ${rowsOfTurns(core, turns)} r
    WHERE "Dialogue"."chatId" = r."chatId"
      AND "Dialogue"."revision" >= r."revision" - 1 AND "Dialogue"."revision" < r."revision"
    RETURNING "Dialogue"."chatId"`
}

async function writeArchived(core: Core, transaction: Transaction, rows: readonly Row[]): Promise<void> {
  const names = namesOf(archivedColumns)
  await transaction.$executeRaw`
    INSERT INTO "ArchivedFrame" (${names}) SELECT ${names} FROM ${rowsOf(core.provider, archivedColumns, rows)} r`
}

async function writeFacts(
  core: Core,
  writers: FactWriters,
  transaction: Transaction,
  turns: readonly Turn[],
): Promise<void> {
  const entries = new Map<string, FactEntry[]>()
  for (const { commit } of turns) {
    for (const { name, data } of commit.facts) {
      const list = entries.get(name) ?? []
      list.push({ chatId: commit.dialogue.chatId, data, at: commit.at })
      entries.set(name, list)
    }
  }
  if (entries.size === 0) return
  const { seal, newId, provider, deletions, clock } = core
  const tools: FactTools = { seal, newId, provider, deletions, now: clock.now() }
  for (const [name, writer] of Object.entries(writers)) {
    const mine = entries.get(name)
    if (mine) await writer(transaction, mine, tools)
  }
}
