import { setTimeout as wait } from 'node:timers/promises'
import * as z from 'zod'
import type { Frame } from '../../flows/kit/flow.ts'
import { group, type Outcome } from '../base/group.ts'
import {
  type ArchivedFrame,
  type Commit,
  type Dialogue,
  type DialogueStore,
  type Loaded,
  type Shown,
  type Standing,
  stackLimit,
} from '../engine/ports.ts'
import type { StoreError } from '../engine/store-error.ts'
import type { Core, FactEntry, FactTools, FactWriters, Transaction } from './core.ts'
import { readOr, small } from './damage.ts'
import { isConflict, mediumError, toStoreError } from './errors.ts'
import { Prisma } from './generated/sqlite/client.ts'
import type { DialogueModel, PersonModel } from './generated/sqlite/models.ts'
import { createMarks, type Marks } from './marks.ts'
import { isWell } from './medium.ts'
import { columnsOf, type PersonReading, personRow, readPerson, writePeople } from './people.ts'
import { type Columns, namesOf, type Row, rowsOf } from './rows.ts'
import { placeOf, type Seal } from './seal.ts'
import { sealedTables } from './sealed.ts'

/** Turns and marks in one transaction at most; more would make the first of them wait for too long. */
const batchLimit = 500
/** How long a mark waits for a commit to join, in ms. */
const markDelay = 5
/** How long a mark waits for the next turn of its chat, in ms. On PostgreSQL another process may wait for it. */
const markPatience = { sqlite: 1_000, postgresql: 100 }
/** How often, and how long between, in ms, another process's mark is looked for. */
const looks = { most: 40, pause: 50 }
/** How often a turn is tried when PostgreSQL ends a deadlock at its cost, or nobody knows why it failed. */
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

/** What came of a turn or a mark. */
type Done = {
  readonly isWritten: boolean
  /** What the row said of the screen until a mark with a message came; only where another process may have said it. */
  readonly before?: Standing | undefined
}

/** Dialogues in the database by group commit: see `group`. */
export function createDialogues(core: Core, writers: FactWriters): Dialogues {
  const writing = group<Work, Done>({
    run: (batch) => writeAll(core, writers, batch),
    // A turn and the mark of the one before may share a batch (marks are written first): even and odd keys.
    key: (work) => (work.type === 'turn' ? 2 * work.commit.dialogue.chatId : 2 * work.shown.chatId + 1),
    limit: batchLimit,
  })
  const write = async (shown: Shown) => (await writing.addLater({ type: 'mark', shown }, markDelay)).before
  const marks = createMarks(write, markPatience[core.provider])
  const idle = async () => {
    const marked = marks.flush()
    await writing.idle()
    await marked
  }
  const load = loader(core, marks)
  return {
    load,
    ...(core.provider === 'postgresql' && {
      whenShown: (chatId: number, revision: number) => whenShown(load, chatId, revision),
    }),
    async commit(commit) {
      const { isWritten } = await writing.add(toTurn(core, writers, commit))
      if (isWritten) marks.written(commit.dialogue)
      return isWritten
    },
    markShown: marks.mark,
    async unshown(limit, before) {
      await idle()
      return readUnshown(core, limit, before)
    },
    idle,
  }
}

/** Looks until the row tells that the revision was shown; a database in trouble is told of by the turns. */
async function whenShown(load: DialogueStore['load'], chatId: number, revision: number): Promise<Dialogue | undefined> {
  let dialogue: Dialogue | undefined
  for (let look = 0; look < looks.most; look++) {
    dialogue = (await load(chatId).catch(() => undefined))?.dialogue
    if (dialogue === undefined || dialogue.shown >= revision) break
    await wait(looks.pause)
  }
  return dialogue
}

type Rows = { readonly dialogue: DialogueModel | undefined; readonly person: PersonModel | undefined }

/** Each chat is made from its rows alone, so that one that cannot be read stands in nobody else's way. */
function loader(core: Core, marks: Marks): (chatId: number) => Promise<Loaded> {
  const read = together((chatIds: readonly number[]) => readRows(core, chatIds))
  return async (chatId) => {
    const [rows, withMarks] = await marks.during(chatId, () => read(chatId))
    const dialogue = rows?.dialogue && readDialogue(rows.dialogue, core.seal)
    const person = rows?.person && readPerson(rows.person, core.seal)
    const loaded = { dialogue: dialogue && withMarks(dialogue.dialogue), person: person?.person }
    const isWhole = (dialogue?.lost.length ?? 0) === 0 && (person?.lost.length ?? 0) === 0
    return isWhole ? loaded : { ...loaded, damage: await takeStock(core, chatId, dialogue, person) }
  }
}

/** A damaged chat goes on with what can be read; the rest is handed over, to be kept for whoever looks into it. */
async function takeStock(
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

async function readUnshown(core: Core, limit: number, before = Number.MAX_SAFE_INTEGER): Promise<readonly number[]> {
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
    throw new RefusedTurn(`No capability of the store writes the fact ${unknown.name}; see src/capabilities/index.ts.`)
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
  return [chatId, revision, sealed, JSON.stringify(recent), shown, ...columnsOfMessage(message), at]
}

/** A message whose number the column cannot hold is let go: the next screen is a new one. */
function columnsOfMessage(message: Dialogue['message']): Row {
  const id = message && readOr(undefined, () => small(message.id))
  return id === undefined ? [null, null] : [id, message?.kind ?? null]
}

/** A dialogue as far as the row can be read, and the columns that cannot. */
type DialogueReading = { readonly dialogue: Dialogue; readonly lost: readonly (keyof DialogueModel)[] }

const Recent = z.array(z.int())
/** Authenticated by the seal; each flow checks its own context. */
const Stack = z.array(z.custom<Frame>(isFrame, 'must be a frame'))

/** Never throws for what the row holds: what cannot be read is as for a chat just begun. */
function readDialogue(row: DialogueModel, seal: Seal): DialogueReading {
  const lost: (keyof DialogueModel)[] = []
  const column = <T>(name: keyof DialogueModel, otherwise: T, read: () => T): T => {
    const value = readOr(undefined, read)
    if (value === undefined) lost.push(name)
    return value ?? otherwise
  }
  const shown = column('shown', 0, () => count(row.shown))
  const revision = column('revision', Math.max(1, shown), () => count(row.revision, 1))
  const stack = column('stack', [], () =>
    Stack.parse(JSON.parse(seal.open(row.stack, placeOf('Dialogue', 'stack', row.chatId)))),
  )
  const recent = column('recent', [], () => Recent.parse(JSON.parse(row.recent)))
  const { messageKind } = row
  // A message nobody knows any more only means that the next screen is a new one.
  const messageId = row.messageId === null ? null : readOr(null, () => small(row.messageId ?? Number.NaN))
  return {
    dialogue: {
      chatId: Number(row.chatId),
      revision,
      stack,
      recent,
      shown: Math.min(shown, revision),
      ...(messageId !== null && { message: { id: messageId, kind: messageKind === 'picture' ? 'picture' : 'text' } }),
    },
    lost,
  }
}

/** A revision, which must leave room for the next. */
function count(value: number | bigint, least = 0): number {
  const number = small(Number(value) + 1) - 1
  if (number >= least) return number
  throw new RangeError(`A stored revision is below ${least}`)
}

function isFrame(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return 'flow' in value && typeof value.flow === 'string' && 'version' in value && Number.isInteger(value.version)
}

/**
 * One transaction for the batch. When it fails for what is in it, each turn is tried alone, so that only the one at
 * fault fails; when the database itself is in the way, all fail and nothing is written.
 */
async function writeAll(core: Core, writers: FactWriters, batch: readonly Work[]): Promise<Outcome<Done>[]> {
  try {
    const written = await core.prisma.$transaction((transaction) => writeBatch(core, writers, transaction, batch))
    return batch.map((work) => ({ type: 'done', value: doneOf(work, written) }))
  } catch (error) {
    const medium = mediumError(error, core.where)
    if (medium && medium.reason !== 'unknown' && !isConflict(error)) throw medium
    return oneByOne(core, writers, batch)
  }
}

async function oneByOne(core: Core, writers: FactWriters, batch: readonly Work[]): Promise<Outcome<Done>[]> {
  const outcomes: Outcome<Done>[] = []
  for (const work of batch) outcomes.push(await alone(core, writers, work))
  return outcomes
}

async function alone(core: Core, writers: FactWriters, work: Work): Promise<Outcome<Done>> {
  for (let attempt = 1; ; attempt++) {
    try {
      const written = await core.prisma.$transaction((transaction) => writeBatch(core, writers, transaction, [work]))
      return { type: 'done', value: doneOf(work, written) }
    } catch (error) {
      const medium = mediumError(error, core.where)
      if (attempt < tries && (isConflict(error) || medium?.reason === 'unknown')) continue
      return { type: 'failed', error: await failureOf(core, work, error, medium) }
    }
  }
}

async function failureOf(core: Core, work: Work, error: unknown, medium: StoreError | undefined): Promise<Error> {
  if (work.type === 'mark') return toStoreError(error, core.where)
  const isOfTurn = medium === undefined || (medium.reason === 'unknown' && (await isWell(core)))
  return isOfTurn ? refusal(work.commit, error, core.where) : medium
}

type Written = { readonly turns: ReadonlySet<number>; readonly before: ReadonlyMap<number, Standing> }

function doneOf(work: Work, { turns, before }: Written): Done {
  if (work.type === 'turn') return { isWritten: turns.has(work.commit.dialogue.chatId) }
  return { isWritten: true, before: before.get(work.shown.chatId) }
}

/** The chats whose turn was written; the others' revision had moved on, and nothing of theirs is. */
async function writeBatch(
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

async function writeMarks(core: Core, transaction: Transaction, marks: readonly Mark[]) {
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
    const kind = messageKind === 'picture' ? 'picture' : 'text'
    before.set(Number(chatId), { revision: shown, message: { id: messageId, kind } })
  }
  return before
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

/** A turn that could not be written for what it holds; the next may. Trying it again would not help. */
export class RefusedTurn extends Error {
  override readonly name = 'RefusedTurn'
}

function refusal(commit: Commit, error: unknown, where: string): Error {
  if (error instanceof RefusedTurn) return error
  const names = commit.facts.map((fact) => fact.name).join(', ') || 'none'
  return new RefusedTurn(
    `The turn ${commit.dialogue.revision} of chat ${commit.dialogue.chatId} could not be written to ${where} ` +
      `(facts: ${names}). Correct the flow that told them, or their writer.`,
    { cause: error },
  )
}
