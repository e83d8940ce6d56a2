import { dayLength } from '../../flows/common/calendar.ts'
import { copiesKept, refusalLasts } from '../../flows/common/person.ts'
import { forgetActor } from './audit.ts'
import type { FactTools } from './capability.ts'
import { chatTables, forgetChats } from './chats.ts'
import type { Core, Transaction } from './core.ts'
import type { Deletion } from './deletion-line.ts'
import { Prisma } from './generated/sqlite/client.ts'
import type { Provider } from './models.ts'
import { forgetOffered } from './offered.ts'
import { rowsOf } from './rows.ts'
import { forgetThreads } from './threads.ts'

/** How long a deletion is remembered, in ms: no copy of the database is kept for so long. */
export const deletionsKept = copiesKept * dayLength
/** The database remembers them for longer: a line it does not know would be carried out once more. */
const rowsKept = 2 * deletionsKept

/**
 * Deletes everything about the chats, also from every older copy of the database once it is put back. Everything that
 * promises a person to be forgotten goes through here. Throws StoreError when the log cannot be written; then the
 * transaction must not be committed.
 */
export async function deleteForGood(
  transaction: Transaction,
  chatIds: readonly number[],
  tools: DeletionTools,
): Promise<void> {
  await log(transaction, chatIds, tools)
  await forgetOffered(transaction, chatIds, tools.now)
  await forgetActor(transaction, chatIds)
  await forgetThreads(transaction, chatIds, tools.now)
  await forgetChats(transaction, chatIds, chatTables.filter(isNotPerson))
  // Deleting does not make anybody older: a refusal that still holds stays, in a row that says nothing else.
  const list = Prisma.join(chatIds.map(BigInt))
  await transaction.$executeRaw`
    DELETE FROM "Person" WHERE "chatId" IN (${list})
      AND ("refusedAt" IS NULL OR "consentVersion" IS NOT NULL OR "refusedAt" <= ${BigInt(tools.now - refusalLasts)})`
}

/**
 * Deletes what stood on a consent, from older copies, too; the dialogue and the person, of whom the turn has left
 * nothing but what a refusal needs, stay. Throws as `deleteForGood`.
 */
export async function deleteWhatWasSaid(
  transaction: Transaction,
  withdrawals: readonly { readonly chatId: number; readonly hadSaid: boolean }[],
  tools: DeletionTools,
): Promise<void> {
  const logged = withdrawals.filter(({ hadSaid }) => hadSaid).map(({ chatId }) => chatId)
  if (logged.length > 0) await log(transaction, logged, tools)
  const chatIds = withdrawals.map(({ chatId }) => chatId)
  const tables = chatTables.filter((table) => isNotPerson(table) && table !== 'Dialogue')
  await forgetOffered(transaction, chatIds, tools.now)
  await forgetActor(transaction, chatIds)
  await forgetThreads(transaction, chatIds, tools.now)
  await forgetChats(transaction, chatIds, tables)
  const list = Prisma.join(chatIds.map(BigInt))
  await transaction.$executeRaw`UPDATE "Person" SET "createdAt" = "updatedAt" WHERE "chatId" IN (${list})`
}

type DeletionTools = Pick<FactTools, 'deletions' | 'now' | 'provider'>

const isNotPerson = (table: string) => table !== 'Person'

/** The log first: what a copy could bring back must be known to it before it is gone here. */
async function log(transaction: Transaction, chatIds: readonly number[], tools: DeletionTools): Promise<void> {
  await remember(transaction, tools.provider, await tools.deletions.append(chatIds))
}

/** How many deletions were carried out once more, and how many lines of the log cannot be read. */
export type DeletedAgain = { readonly chats: number; readonly unreadable: number }

/** Chats deleted in one transaction. */
const slice = 500

/**
 * Deletes once more what the log says and this database does not know: it was put back from a copy made before. Safe
 * for several processes at once. Also seals the log with the present key. Throws StoreError.
 */
export async function carryOutDeletions(core: Core): Promise<DeletedAgain> {
  await core.deletions.check()
  await core.deletions.reseal()
  const { deletions, unreadable } = await core.deletions.read()
  const since = core.clock.now() - deletionsKept
  const known = new Set((await core.prisma.deletion.findMany({ select: { id: true } })).map(({ id }) => id))
  const unknown = deletions.filter(({ id, at }) => !known.has(id) && at >= since)
  const due = new Set(dueOf(deletions, known))
  let chats = 0
  for (let begin = 0; begin < unknown.length; begin += slice) {
    chats += await carryOut(core, unknown.slice(begin, begin + slice), due)
  }
  return { chats, unreadable }
}

/** Forgets deletions that no copy can undo any more; returns how many lines and rows went. */
export async function pruneDeletions({ prisma, deletions, clock }: Core): Promise<{ lines: number; rows: number }> {
  const lines = await deletions.prune(clock.now() - deletionsKept)
  const { count } = await prisma.deletion.deleteMany({ where: { at: { lt: BigInt(clock.now() - rowsKept) } } })
  return { lines, rows: count }
}

/**
 * The unknown ones, except before a known one of the same chat: there the transaction failed after its line was
 * written, and the person was deleted with the next try. Whoever came back after that stays.
 */
function dueOf(deletions: readonly Deletion[], known: ReadonlySet<string>): readonly Deletion[] {
  const deletedLater = new Set<number>()
  const due: Deletion[] = []
  for (const deletion of [...deletions].reverse()) {
    if (known.has(deletion.id)) deletedLater.add(deletion.chatId)
    else if (!deletedLater.has(deletion.chatId)) due.push(deletion)
  }
  return due
}

/** Only what nobody else has remembered meanwhile. */
function carryOut({ prisma, provider, clock }: Core, unknown: readonly Deletion[], due: ReadonlySet<Deletion>) {
  return prisma.$transaction(async (transaction) => {
    const fresh = await remember(transaction, provider, unknown)
    const mine = unknown.filter((deletion) => due.has(deletion) && fresh.has(deletion.id))
    const chatIds = mine.map(({ chatId }) => chatId)
    if (chatIds.length > 0) {
      await forgetOffered(transaction, chatIds, clock.now())
      await forgetActor(transaction, chatIds)
      await forgetThreads(transaction, chatIds, clock.now())
      await forgetChats(transaction, chatIds)
    }
    return mine.length
  })
}

/** Returns the ids that were not known before. */
async function remember(transaction: Transaction, provider: Provider, deletions: readonly Deletion[]) {
  const rows = rowsOf(
    provider,
    { id: 'text', at: 'bigint' },
    deletions.map(({ id, at }) => [id, at]),
  )
  const fresh = await transaction.$queryRaw<{ id: string }[]>`
    INSERT INTO "Deletion" ("id", "at") SELECT "id", "at" FROM ${rows} r WHERE true
    ON CONFLICT ("id") DO NOTHING RETURNING "id"`
  return new Set(fresh.map(({ id }) => id))
}
