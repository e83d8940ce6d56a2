import { toLocal } from '../../../flows/common/calendar.ts'
import {
  changeReminder,
  deleteReminder,
  getReminder,
  listReminders,
  pageSize,
  Reminder,
  reminderLimit,
  saveReminder,
} from '../../../flows/reminders/contract.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import { change, type FactEntry, type FactWriter } from '../../store/capability.ts'
import type { Core, Transaction } from '../../store/core.ts'
import { moment, readEach, whole } from '../../store/damage.ts'
import type { ReminderModel } from '../../store/generated/sqlite/models.ts'
import type { Provider } from '../../store/models.ts'
import { type Columns, namesOf, type Row, rowsOf } from '../../store/rows.ts'
import { placeOf, type Seal } from '../../store/seal.ts'

/** Kept in the list; what is done is out of it. */
const listed = { in: ['active', 'paused'] }

export const reminderFacts: readonly FactWriter[] = [
  change(saveReminder, async (transaction, entries, { provider, seal }) => {
    // Told twice in one turn, the later word counts; one statement cannot change a row twice.
    const rows = new Map(entries.map((entry) => toRow(entry, seal)).map((row) => [row[0], row]))
    const names = namesOf(columns)
    await transaction.$executeRaw`
      INSERT INTO "Reminder" (${names}) SELECT ${names} FROM ${rowsOf(provider, columns, [...rows.values()])} r WHERE true
      ON CONFLICT ("id") DO UPDATE SET "what" = excluded."what", "repeat" = excluded."repeat", "zone" = excluded."zone",
        "minute" = excluded."minute", "nextAt" = excluded."nextAt", "state" = excluded."state",
        "updatedAt" = excluded."updatedAt"
      WHERE "Reminder"."chatId" = excluded."chatId"`
  }),
  change(changeReminder, async (transaction, entries) => {
    for (const { chatId, data, at } of entries) {
      const { id, state, nextAt } = data
      await transaction.reminder.updateMany({
        where: { id, chatId: BigInt(chatId) },
        data: { state, nextAt, updatedAt: BigInt(at) },
      })
    }
  }),
  change(deleteReminder, async (transaction, entries) => {
    for (const { chatId, data } of entries) {
      await transaction.reminder.deleteMany({ where: { id: data.id, chatId: BigInt(chatId) } })
    }
  }),
]

export function reminderReplies({ prisma, seal, damaged }: Core): readonly Reply[] {
  return [
    reply(listReminders, async ({ page: wanted }, { chatId }) => {
      // All of them, since only those that can be read are counted; there is a limit to how many a person keeps.
      const rows = await prisma.reminder.findMany({
        where: { chatId: BigInt(chatId), state: listed },
        orderBy: [{ state: 'asc' }, { nextAt: 'asc' }, { id: 'asc' }],
      })
      const all = readEach('Reminder', rows, (row) => toReminder(row, seal), damaged)
      const pages = Math.max(1, Math.ceil(all.length / pageSize))
      const page = Math.min(wanted, pages - 1)
      return { items: all.slice(page * pageSize, (page + 1) * pageSize), total: all.length, page, pages }
    }),
    reply(getReminder, async ({ id }, { chatId }) => {
      const own = BigInt(chatId)
      const row = await prisma.reminder.findFirst({ where: { id, chatId: own } })
      const [reminder] = readEach('Reminder', row === null ? [] : [row], (one) => toReminder(one, seal), damaged)
      if (reminder === undefined) return null
      const total = await prisma.reminder.count({ where: { chatId: own, state: listed } })
      return { reminder, room: total < reminderLimit }
    }),
  ]
}

/** A reminder that is due, with its chat. */
export type DueReminder = {
  readonly id: string
  readonly chatId: number
  readonly nextAt: number
  readonly reminder: Reminder
}

/** `found` counts all rows, the ids of those that cannot be read stand in `unreadable`. */
export type DueReminders = {
  readonly found: number
  readonly due: readonly DueReminder[]
  readonly unreadable: readonly string[]
}

/** Active reminders due by `now` (epoch ms), the longest due first. */
export async function dueReminders(
  transaction: Transaction,
  { seal, damaged }: Pick<Core, 'seal' | 'damaged'>,
  now: number,
  limit: number,
): Promise<DueReminders> {
  const rows = await transaction.reminder.findMany({
    where: { state: 'active', nextAt: { lte: BigInt(now) } },
    // By nothing else: many are due in the same minute, and would all be read to find the first.
    orderBy: { nextAt: 'asc' },
    take: limit,
  })
  const due = readEach('Reminder', rows, (row) => toDue(row, seal), damaged)
  const readable = new Set(due.map(({ id }) => id))
  return { found: rows.length, due, unreadable: rows.map(({ id }) => id).filter((id) => !readable.has(id)) }
}

/** What cannot be read cannot be told either, nor may it be found due again every minute. */
export async function endReminders(
  transaction: Transaction,
  provider: Provider,
  ids: readonly string[],
  now: number,
): Promise<void> {
  if (ids.length === 0) return
  const rows = ids.map((id) => [id])
  await transaction.$executeRaw`
    UPDATE "Reminder" SET "nextAt" = NULL, "state" = 'done'
    WHERE "id" IN (SELECT "id" FROM ${rowsOf(provider, { id: 'text' }, rows)} r)
      AND "state" = 'active' AND "nextAt" <= ${BigInt(now)}`
}

/** Where a due reminder goes on; `was` is the time it was found with. */
export type Advance = {
  readonly id: string
  readonly was: number
  readonly nextAt: number | null
  readonly state: Reminder['state']
}

/**
 * Moves reminders on unless they were changed meanwhile; returns the ids of those it moved. SQLite may hold a fraction
 * of a millisecond, which is read without it.
 */
export async function advanceReminders(
  transaction: Transaction,
  provider: Provider,
  advances: readonly Advance[],
): Promise<ReadonlySet<string>> {
  if (advances.length === 0) return new Set()
  const rows = advances.map(({ id, was, nextAt, state }): Row => [id, was, nextAt, state])
  // The empty text keeps SQLite from the index of states: it would walk all active reminders, and all rows for each.
  const moved = await transaction.$queryRaw<{ id: string }[]>`
    UPDATE "Reminder" SET "nextAt" = r."nextAt", "state" = r."state"
    FROM ${rowsOf(provider, advanceColumns, rows)} r
    WHERE "Reminder"."id" = r."id" AND "Reminder"."state" || '' = 'active'
      AND "Reminder"."nextAt" >= r."was" AND "Reminder"."nextAt" < r."was" + 1
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

function toRow({ chatId, data, at }: FactEntry<Reminder>, seal: Seal): Row {
  const { id, what, repeat, zone, minute, nextAt, state } = data
  const sealed = seal.seal(what, placeOf('Reminder', 'what', id, chatId))
  return [id, chatId, sealed, JSON.stringify(repeat), zone, minute, nextAt, state, at, at]
}

function toDue(row: ReminderModel, seal: Seal): DueReminder {
  return { id: row.id, chatId: whole(row.chatId), nextAt: moment(row.nextAt), reminder: toReminder(row, seal) }
}

/** Throws when anything of the row cannot be read or be reckoned with. */
function toReminder(row: ReminderModel, seal: Seal): Reminder {
  toLocal(0, row.zone) // throws for a zone nobody knows
  return Reminder.parse({
    id: row.id,
    what: seal.open(row.what, placeOf('Reminder', 'what', row.id, row.chatId)),
    repeat: JSON.parse(row.repeat),
    zone: row.zone,
    minute: row.minute,
    nextAt: row.nextAt === null ? null : moment(row.nextAt),
    state: row.state,
  })
}
