import {
  deleteSubscription,
  listSubscriptions,
  Subscription,
  saveSubscription,
  subscriptionLimit,
} from '../../../flows/alerts/contract.ts'
import { nextDigest } from '../../../flows/alerts/rhythm.ts'
import { dayLength } from '../../../flows/common/calendar.ts'
import { ageBands } from '../../../flows/common/person.ts'
import { Filter } from '../../../flows/vacancies/matching/filter.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import { change, type FactEntry, type FactWriter } from '../../store/capability.ts'
import type { Core } from '../../store/core.ts'
import { moment, readEach, readOr } from '../../store/damage.ts'
import type { SubscriptionModel } from '../../store/generated/sqlite/models.ts'
import { type Columns, namesOf, type Row, rowsOf } from '../../store/rows.ts'
import { placeOf, type Seal } from '../../store/seal.ts'
import type { NamesOf } from '../vacancies/filter-names.ts'

/** So far back what was told is counted. */
const toldFor = 7 * dayLength

const columns = {
  id: 'text',
  chatId: 'bigint',
  filter: 'bytes',
  rhythm: 'text',
  hour: 'int',
  weekday: 'int',
  perDay: 'int',
  state: 'text',
  nextAt: 'bigint',
  createdAt: 'bigint',
  updatedAt: 'bigint',
} as const satisfies Columns

export const subscriptionFacts: readonly FactWriter[] = [
  change(saveSubscription, async (transaction, entries, { provider, seal }) => {
    // Told twice in one turn, the later word counts; one statement cannot change a row twice.
    const rows = new Map(entries.map((entry) => toRow(entry, seal)).map((row) => [row[0], row]))
    const names = namesOf(columns)
    await transaction.$executeRaw`
      INSERT INTO "Subscription" (${names})
      SELECT ${names} FROM ${rowsOf(provider, columns, [...rows.values()])} r WHERE true
      ON CONFLICT ("id") DO UPDATE SET "filter" = excluded."filter", "rhythm" = excluded."rhythm",
        "hour" = excluded."hour", "weekday" = excluded."weekday", "perDay" = excluded."perDay",
        "state" = excluded."state", "nextAt" = excluded."nextAt", "updatedAt" = excluded."updatedAt"
      WHERE "Subscription"."chatId" = excluded."chatId"`
  }),
  change(deleteSubscription, async (transaction, entries) => {
    for (const { chatId, data } of entries) {
      await transaction.subscription.deleteMany({ where: { id: data.id, chatId: BigInt(chatId) } })
    }
  }),
]

/** What is told at once is looked at in the next round, since something may wait already. */
function toRow({ chatId, data, at }: FactEntry<Subscription>, seal: Seal): Row {
  const { id, filter, rhythm, hour, weekday, perDay, state, since } = data
  const nextAt = state === 'paused' ? null : (nextDigest(at, data) ?? at)
  const sealed = seal.seal(JSON.stringify(filter), filterPlace(id, chatId))
  return [id, chatId, sealed, rhythm, hour, weekday, perDay, state, nextAt, since, at]
}

export function subscriptionReplies({ prisma, seal, damaged, clock }: Core, namesOf: NamesOf): readonly Reply[] {
  return [
    reply(listSubscriptions, async (_, { chatId }) => {
      const own = BigInt(chatId)
      const rows = await prisma.subscription.findMany({
        where: { chatId: own },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        take: subscriptionLimit,
      })
      const told = await prisma.alert.groupBy({
        by: ['subscriptionId'],
        where: { chatId: own, toldAt: { gte: BigInt(clock.now() - toldFor) } },
        _count: true,
      })
      const counts = new Map(told.map(({ subscriptionId, _count }) => [subscriptionId, _count]))
      return readEach('Subscription', rows, (row) => toSubscription(row, seal), damaged).map((one) => {
        return { ...one, names: namesOf(one.filter), told: counts.get(one.id) ?? 0 }
      })
    }),
  ]
}

/** Throws when anything of the row cannot be read. */
export function toSubscription(row: SubscriptionModel, seal: Seal): Subscription {
  const { id, rhythm, hour, weekday, perDay, state } = row
  return Subscription.parse({
    ...{ id, rhythm, hour, weekday, perDay, state },
    filter: openFilter(row, seal),
    since: moment(row.createdAt),
  })
}

type Sealed = Pick<SubscriptionModel, 'id' | 'chatId' | 'filter'>

/** Throws when it cannot be opened. */
function openFilter({ id, chatId, filter }: Sealed, seal: Seal): Filter {
  return Filter.parse(JSON.parse(seal.open(filter, filterPlace(id, chatId))))
}

function filterPlace(id: string, chatId: number | bigint) {
  return placeOf('Subscription', 'filter', id, chatId)
}

/** A subscription as it is watched for: with the age its person has now. Without a filter it is watched for no more. */
export type WatchedRow = { readonly id: string; readonly filter: Filter | undefined; readonly updatedAt: number }

type WatchedColumns = Sealed & Pick<SubscriptionModel, 'state' | 'updatedAt'> & { readonly ageBand: string | null }

/** All subscriptions that were changed at `from` (epoch ms) or later, slice by slice. */
export async function* watchedRows(
  { prisma, seal, damaged }: Pick<Core, 'prisma' | 'seal' | 'damaged'>,
  { from, slice }: { readonly from: number; readonly slice: number },
): AsyncGenerator<readonly WatchedRow[]> {
  let [at, after] = [BigInt(Math.max(0, from)), '']
  for (;;) {
    const rows = await prisma.$queryRaw<WatchedColumns[]>`
      SELECT s."id", s."chatId", s."filter", s."state", s."updatedAt", p."ageBand"
      FROM "Subscription" s LEFT JOIN "Person" p ON p."chatId" = s."chatId"
      WHERE s."updatedAt" >= ${at} AND (s."updatedAt", s."id") > (${at}, ${after})
      ORDER BY s."updatedAt", s."id" LIMIT ${slice}`
    const filters = new Map(
      readEach('Subscription', rows.filter(isActive), (row) => watched(row, seal), damaged).map((one) => [one.id, one]),
    )
    if (rows.length > 0) {
      yield rows.map(({ id, updatedAt }) => {
        return { id, filter: filters.get(id)?.filter, updatedAt: readOr(0, () => moment(updatedAt)) }
      })
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < slice) return
    at = BigInt(last.updatedAt)
    after = last.id
  }
}

function isActive({ state }: WatchedColumns): boolean {
  return state === 'active'
}

function watched(row: WatchedColumns, seal: Seal) {
  return { id: row.id, filter: asAged(openFilter(row, seal), row.ageBand) }
}

/** The filter for the age its person has now, whatever it was when it was made. */
export function asAged(filter: Filter, ageBand: string | null): Filter {
  return { ...filter, ageBand: ageBands.find((one) => one === ageBand) ?? filter.ageBand }
}
