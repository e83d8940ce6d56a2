import * as z from 'zod'
import type { Frame } from '../../flows/kit/flow.ts'
import { type Commit, type Dialogue, type DialogueStore, type Loaded, type Shown, stackLimit } from '../engine/ports.ts'
import { placeOf, type Seal } from '../security/seal.ts'
import type { Core, FactEntry, FactTools, FactWriters, Transaction } from './core.ts'
import { isConflict, mediumError, StoreError, toStoreError } from './errors.ts'
import { Prisma } from './generated/sqlite/client.ts'
import type { DialogueModel, PersonModel } from './generated/sqlite/models.ts'
import { group, type Outcome } from './group-commit.ts'
import { createMarks, type Marks } from './marks.ts'
import { personRow, toPerson, writePeople } from './people.ts'
import { type Columns, namesOf, type Row, rowsOf } from './rows.ts'

/** Turns and marks in one transaction at most; more would make the first of them wait for too long. */
const batchLimit = 500
/** How long a mark waits for a commit to join, in ms. */
const markDelay = 5
/** How often a turn is tried when PostgreSQL ends a deadlock at its cost. */
const tries = 3

export type Dialogues = DialogueStore & {
  /** Resolves when everything given so far is written. */
  idle(): Promise<void>
}

type Turn = {
  readonly type: 'turn'
  readonly commit: Commit
  readonly dialogue: Row
  readonly person: Row | undefined
  readonly archived: readonly Row[]
}
type Mark = { readonly type: 'mark'; readonly shown: Shown }
type Work = Turn | Mark

/** Dialogues in the database by group commit: see `group`. */
export function createDialogues(core: Core, writers: FactWriters): Dialogues {
  const writing = group<Work, boolean>({
    run: (batch) => write(core, writers, batch),
    // A turn and the mark of the one before may share a batch (marks are written first): even and odd keys.
    key: (work) => (work.type === 'turn' ? 2 * work.commit.dialogue.chatId : 2 * work.shown.chatId + 1),
    limit: batchLimit,
  })
  const marks = createMarks((shown) => writing.addLater({ type: 'mark', shown }, markDelay))
  const idle = async () => {
    const marked = marks.flush()
    await writing.idle()
    await marked
  }
  return {
    load: loader(core, marks),
    async commit(commit) {
      const written = await writing.add(toTurn(core, writers, commit))
      if (written) marks.written(commit.dialogue)
      return written
    },
    markShown: marks.mark,
    async unshown(limit) {
      await idle()
      return readUnshown(core, limit)
    },
    idle,
  }
}

type Rows = { readonly dialogue: DialogueModel | undefined; readonly person: PersonModel | undefined }

/** Each chat is made from its rows alone, so that one that cannot be read stands in nobody else's way. */
function loader(core: Core, marks: Marks): (chatId: number) => Promise<Loaded> {
  const read = together((chatIds: readonly number[]) => readRows(core, chatIds))
  return async (chatId) => {
    const rows = await read(chatId)
    try {
      return {
        dialogue: rows?.dialogue && marks.applyTo(toDialogue(rows.dialogue, core.seal)),
        person: rows?.person && toPerson(rows.person, core.seal),
      }
    } catch (error) {
      const where = `${core.where}, chat ${chatId}`
      throw mediumError(error, where) ?? new UnreadableChat(`The rows of ${where} cannot be read.`, { cause: error })
    }
  }
}

/** Everything asked for in one turn of the event loop is read together. */
function together<T>(readAll: (keys: readonly number[]) => Promise<Map<number, T>>) {
  let next: { keys: Set<number>; result: Promise<Map<number, T>> } | undefined
  const begin = () => {
    const keys = new Set<number>()
    const result = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      next = undefined
      return readAll([...keys])
    })
    return { keys, result }
  }
  return async (key: number): Promise<T | undefined> => {
    next ??= begin()
    next.keys.add(key)
    return (await next.result).get(key)
  }
}

/** One query for each table, however many chats. */
async function readRows(core: Core, chatIds: readonly number[]): Promise<Map<number, Rows>> {
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

async function readUnshown(core: Core, limit: number): Promise<readonly number[]> {
  try {
    const rows = await core.prisma.$queryRaw<{ chatId: bigint }[]>`
      SELECT "chatId" FROM "Dialogue" WHERE "shown" < "revision" ORDER BY "updatedAt", "chatId" LIMIT ${limit}`
    return rows.map((row) => Number(row.chatId))
  } catch (error) {
    throw toStoreError(error, core.where)
  }
}

const dialogueColumns = {
  chatId: 'bigint',
  revision: 'int',
  stack: 'bytes',
  recent: 'text',
  shown: 'int',
  messageId: 'int',
  messageKind: 'text',
  updatedAt: 'bigint',
} as const satisfies Columns

const archivedColumns = {
  id: 'text',
  chatId: 'bigint',
  frame: 'bytes',
  reason: 'text',
  at: 'bigint',
} as const satisfies Columns

/** Everything that can be made ready before the transaction, so that it is short. */
function toTurn({ seal, newId, where }: Core, writers: FactWriters, commit: Commit): Turn {
  const { dialogue, person, archived, facts, at } = commit
  const { chatId } = dialogue
  const unknown = facts.find((fact) => !Object.hasOwn(writers, fact.name))
  if (unknown) {
    throw new RefusedTurn(`No capability of the store writes the fact ${unknown.name}; see src/store/registry.ts.`)
  }
  try {
    return {
      type: 'turn',
      commit,
      dialogue: dialogueRow(dialogue, at, seal),
      person: person && personRow(chatId, person, at, seal),
      archived: archived.map(({ frame, reason }) => {
        const id = newId()
        const place = placeOf('ArchivedFrame', 'frame', id, chatId)
        return [id, chatId, seal.seal(JSON.stringify(frame ?? null), place), reason, at]
      }),
    }
  } catch (error) {
    throw refusal(commit, error, where)
  }
}

function dialogueRow(dialogue: Dialogue, at: number, seal: Seal): Row {
  const { chatId, revision, stack, recent, shown, message } = dialogue
  const json = JSON.stringify(stack)
  if (json.length > stackLimit) {
    throw new RefusedTurn(`The dialogue has grown to ${json.length} characters, more than ${stackLimit}`)
  }
  const sealed = seal.seal(json, placeOf('Dialogue', 'stack', chatId))
  return [chatId, revision, sealed, JSON.stringify(recent), shown, message?.id ?? null, message?.kind ?? null, at]
}

const Recent = z.array(z.number())

function toDialogue(row: DialogueModel, seal: Seal): Dialogue {
  const { messageId, messageKind } = row
  return {
    chatId: Number(row.chatId),
    revision: row.revision,
    // Written by dialogueRow and authenticated by the seal; each flow checks its own context.
    stack: JSON.parse(seal.open(row.stack, placeOf('Dialogue', 'stack', row.chatId))) as Frame[],
    recent: Recent.parse(JSON.parse(row.recent)),
    shown: row.shown,
    ...(messageId !== null && { message: { id: messageId, kind: messageKind === 'picture' ? 'picture' : 'text' } }),
  }
}

/**
 * One transaction for the batch. When it fails for what is in it, each turn is tried alone, so that only the one at
 * fault fails; when the database itself is in the way, all fail and nothing is written.
 */
async function write(core: Core, writers: FactWriters, batch: readonly Work[]): Promise<Outcome<boolean>[]> {
  try {
    const written = await core.prisma.$transaction((transaction) => writeBatch(core, writers, transaction, batch))
    return batch.map((work) => ({ value: work.type === 'mark' || written.has(work.commit.dialogue.chatId) }))
  } catch (error) {
    const medium = mediumError(error, core.where)
    if (medium) throw medium
    return oneByOne(core, writers, batch)
  }
}

async function oneByOne(core: Core, writers: FactWriters, batch: readonly Work[]): Promise<Outcome<boolean>[]> {
  const outcomes: Outcome<boolean>[] = []
  for (const work of batch) outcomes.push(await alone(core, writers, work))
  return outcomes
}

async function alone(core: Core, writers: FactWriters, work: Work): Promise<Outcome<boolean>> {
  for (let attempt = 1; ; attempt++) {
    try {
      const written = await core.prisma.$transaction((transaction) => writeBatch(core, writers, transaction, [work]))
      return { value: work.type === 'mark' || written.has(work.commit.dialogue.chatId) }
    } catch (error) {
      if (isConflict(error) && attempt < tries) continue
      return { error: work.type === 'turn' ? refusal(work.commit, error, core.where) : toStoreError(error, core.where) }
    }
  }
}

/** The chats whose turn was written; the others' revision had moved on, and nothing of theirs is. */
async function writeBatch(
  core: Core,
  writers: FactWriters,
  transaction: Transaction,
  batch: readonly Work[],
): Promise<Set<number>> {
  const marks = batch.filter((work) => work.type === 'mark').sort((a, b) => a.shown.chatId - b.shown.chatId)
  const turns = batch.filter((work) => work.type === 'turn').sort(byChat)
  if (marks.length > 0) await writeMarks(core, transaction, marks)
  const written = await writeDialogues(core, transaction, turns)
  const accepted = turns.filter((turn) => written.has(turn.commit.dialogue.chatId))
  const people = accepted.flatMap((turn) => (turn.person === undefined ? [] : [turn.person]))
  if (people.length > 0) await writePeople(transaction, core.provider, people)
  const archived = accepted.flatMap((turn) => turn.archived)
  if (archived.length > 0) await writeArchived(core, transaction, archived)
  await writeFacts(core, writers, transaction, accepted)
  return written
}

/** The same order everywhere, so that processes do not wait for each other crosswise. */
function byChat(a: Turn, b: Turn): number {
  return a.commit.dialogue.chatId - b.commit.dialogue.chatId
}

async function writeMarks(core: Core, transaction: Transaction, marks: readonly Mark[]): Promise<void> {
  const columns = { chatId: 'bigint', revision: 'int', messageId: 'int', messageKind: 'text' } as const
  const rows = marks.map(({ shown: { chatId, revision, message } }): Row => {
    return [chatId, revision, message?.id ?? null, message?.kind ?? null]
  })
  await transaction.$executeRaw`
    UPDATE "Dialogue" SET "shown" = r."revision",
      "messageId" = COALESCE(r."messageId", "Dialogue"."messageId"),
      "messageKind" = COALESCE(r."messageKind", "Dialogue"."messageKind")
    FROM ${rowsOf(core.provider, columns, rows)} r
    WHERE "Dialogue"."chatId" = r."chatId" AND r."revision" BETWEEN "Dialogue"."shown" AND "Dialogue"."revision"`
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

/** What was shown meanwhile stays: `shown` and the message belong to the newer of the two. */
function update(core: Core, turns: readonly Turn[]): Prisma.Sql {
  return Prisma.sql`
    UPDATE "Dialogue" SET "revision" = r."revision", "stack" = r."stack", "recent" = r."recent",
      "messageId" = CASE WHEN r."shown" >= "Dialogue"."shown" THEN r."messageId" ELSE "Dialogue"."messageId" END,
      "messageKind" = CASE WHEN r."shown" >= "Dialogue"."shown" THEN r."messageKind" ELSE "Dialogue"."messageKind" END,
      "shown" = CASE WHEN r."shown" >= "Dialogue"."shown" THEN r."shown" ELSE "Dialogue"."shown" END,
      "updatedAt" = r."updatedAt"
    FROM ${rowsOfTurns(core, turns)} r
    WHERE "Dialogue"."chatId" = r."chatId" AND "Dialogue"."revision" = r."revision" - 1
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
  const tools: FactTools = { seal: core.seal, newId: core.newId, provider: core.provider, now: core.clock.now() }
  for (const [name, writer] of Object.entries(writers)) {
    const mine = entries.get(name)
    if (mine) await writer(transaction, mine, tools)
  }
}

/** What is kept of one chat is damaged. No StoreError: taking its update again for ever would hold up everybody. */
export class UnreadableChat extends Error {
  override readonly name = 'UnreadableChat'
}

/** A turn that could not be written for what it holds; the next may. Trying it again would not help. */
export class RefusedTurn extends Error {
  override readonly name = 'RefusedTurn'
}

function refusal(commit: Commit, error: unknown, where: string): Error {
  if (error instanceof StoreError || error instanceof RefusedTurn) return error
  const names = commit.facts.map((fact) => fact.name).join(', ') || 'none'
  return new RefusedTurn(
    `The turn ${commit.dialogue.revision} of chat ${commit.dialogue.chatId} could not be written to ${where} ` +
      `(facts: ${names}). Correct the flow that told them, or their writer.`,
    { cause: error },
  )
}
