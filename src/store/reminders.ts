import * as z from 'zod'
import { pageSize, Reminder, type ReminderPage, reminderLimit, states } from '../../flows/reminders/context.ts'
import { placeOf, type Seal, SealError } from '../security/seal.ts'
import type { Asks, Core, FactEntry, FactWriters, Transaction } from './core.ts'
import type { ReminderModel } from './generated/sqlite/models.ts'
import type { Provider } from './models.ts'
import { type Columns, namesOf, type Row, rowsOf } from './rows.ts'

const Id = z.object({ id: z.string() })
const Page = z.object({ page: z.int().min(0).optional() })
const Change = z.object({ id: z.string(), state: z.enum(states), nextAt: z.int().nullable() })

/** Kept in the list; what is done is out of it. */
const listed = { in: ['active', 'paused'] }

export const facts: FactWriters = {
  /** A reminder as a whole, new or changed. */
  'reminder.save': async (transaction, entries, { provider, seal }) => {
    // Told twice in one turn, the later word counts; one statement cannot change a row twice.
    const rows = new Map(entries.map((entry) => toRow(entry, seal)).map((row) => [row[0], row]))
    const names = namesOf(columns)
    await transaction.$executeRaw`
      INSERT INTO "Reminder" (${names}) SELECT ${names} FROM ${rowsOf(provider, columns, [...rows.values()])} r WHERE true
      ON CONFLICT ("id") DO UPDATE SET "what" = excluded."what", "repeat" = excluded."repeat", "zone" = excluded."zone",
        "minute" = excluded."minute", "nextAt" = excluded."nextAt", "state" = excluded."state",
        "updatedAt" = excluded."updatedAt"
      WHERE "Reminder"."chatId" = excluded."chatId"`
  },
  /** `{ id, state, nextAt }`: paused, put off, taken up again, done. */
  'reminder.state': async (transaction, entries) => {
    for (const { chatId, data, at } of entries) {
      const { id, state, nextAt } = Change.parse(data)
      await transaction.reminder.updateMany({
        where: { id, chatId: BigInt(chatId) },
        data: { state, nextAt, updatedAt: BigInt(at) },
      })
    }
  },
  /** `{ id }` */
  'reminder.delete': async (transaction, entries) => {
    for (const { chatId, data } of entries) {
      await transaction.reminder.deleteMany({ where: { id: Id.parse(data).id, chatId: BigInt(chatId) } })
    }
  },
}

export const asks: Asks = ({ prisma, seal }) => ({
  /** `{ page? }` → a page of the chat's reminders, those that come soonest first, paused ones last. */
  'reminder.list': async (data, { chatId }): Promise<ReminderPage> => {
    const where = { chatId: BigInt(chatId), state: listed }
    const total = await prisma.reminder.count({ where })
    const pages = Math.max(1, Math.ceil(total / pageSize))
    const page = Math.min(Page.parse(data).page ?? 0, pages - 1)
    const rows = await prisma.reminder.findMany({
      where,
      orderBy: [{ state: 'asc' }, { nextAt: 'asc' }, { id: 'asc' }],
      skip: page * pageSize,
      take: pageSize,
    })
    return { items: rows.map((row) => toReminder(row, seal)), total, page, pages }
  },
  /** `{ id }` → the chat's own reminder and whether there is room for one more; null when there is none. */
  'reminder.get': async (data, { chatId }) => {
    const own = BigInt(chatId)
    const row = await prisma.reminder.findFirst({ where: { id: Id.parse(data).id, chatId: own } })
    if (row === null) return null
    const total = await prisma.reminder.count({ where: { chatId: own, state: listed } })
    return { reminder: toReminder(row, seal), room: total < reminderLimit }
  },
})

/** A reminder that is due, with its chat; `reminder` is undefined when what it says cannot be opened any more. */
export type DueReminder = {
  readonly id: string
  readonly chatId: number
  readonly nextAt: number
  readonly reminder: Reminder | undefined
}

/** Active reminders due by `now` (epoch ms), the longest due first. */
export async function dueReminders(
  transaction: Transaction,
  { seal }: Pick<Core, 'seal'>,
  now: number,
  limit: number,
): Promise<DueReminder[]> {
  const rows = await transaction.reminder.findMany({
    where: { state: 'active', nextAt: { lte: BigInt(now) } },
    orderBy: [{ nextAt: 'asc' }, { id: 'asc' }],
    take: limit,
  })
  return rows.map((row) => ({
    id: row.id,
    chatId: Number(row.chatId),
    nextAt: Number(row.nextAt),
    reminder: readable(row, seal),
  }))
}

/** Where a due reminder goes on; `was` is the time it was found with. */
export type Advance = {
  readonly id: string
  readonly was: number
  readonly nextAt: number | null
  readonly state: Reminder['state']
}

/** Moves reminders on unless they were changed meanwhile; returns the ids of those it moved. */
export async function advanceReminders(
  transaction: Transaction,
  provider: Provider,
  advances: readonly Advance[],
): Promise<ReadonlySet<string>> {
  if (advances.length === 0) return new Set()
  const rows = advances.map(({ id, was, nextAt, state }): Row => [id, was, nextAt, state])
  const moved = await transaction.$queryRaw<{ id: string }[]>`
    UPDATE "Reminder" SET "nextAt" = r."nextAt", "state" = r."state"
    FROM ${rowsOf(provider, advanceColumns, rows)} r
    WHERE "Reminder"."id" = r."id" AND "Reminder"."nextAt" = r."was" AND "Reminder"."state" = 'active'
    RETURNING "Reminder"."id"`
  return new Set(moved.map((row) => row.id))
}

const advanceColumns = { id: 'text', was: 'bigint', nextAt: 'bigint', state: 'text' } as const satisfies Columns

const columns = {
  id: 'text',
  chatId: 'bigint',
  what: 'bytes',
  repeat: 'text',
  zone: 'text',
  minute: 'int',
  nextAt: 'bigint',
  state: 'text',
  createdAt: 'bigint',
  updatedAt: 'bigint',
} as const satisfies Columns

function toRow({ chatId, data, at }: FactEntry, seal: Seal): Row {
  const { id, what, repeat, zone, minute, nextAt, state } = Reminder.parse(data)
  const sealed = seal.seal(what, placeOf('Reminder', 'what', id, chatId))
  return [id, chatId, sealed, JSON.stringify(repeat), zone, minute, nextAt, state, at, at]
}

function toReminder(row: ReminderModel, seal: Seal): Reminder {
  return Reminder.parse({
    id: row.id,
    what: seal.open(row.what, placeOf('Reminder', 'what', row.id, row.chatId)),
    repeat: JSON.parse(row.repeat),
    zone: row.zone,
    minute: row.minute,
    nextAt: row.nextAt === null ? null : Number(row.nextAt),
    state: row.state,
  })
}

/** One row that cannot be read must not keep everybody else's reminders back. */
function readable(row: ReminderModel, seal: Seal): Reminder | undefined {
  try {
    return toReminder(row, seal)
  } catch (error) {
    if (error instanceof SealError || error instanceof z.ZodError || error instanceof SyntaxError) return undefined
    throw error
  }
}
