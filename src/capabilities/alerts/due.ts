import type { Subscription } from '../../../flows/alerts/contract.ts'
import { found } from '../../../flows/alerts/notices.ts'
import { type AgeBand, ageBands, consentVersion } from '../../../flows/common/person.ts'
import type { Core, Transaction } from '../../store/core.ts'
import { readEach, whole } from '../../store/damage.ts'
import type { PersonModel, SubscriptionModel } from '../../store/generated/sqlite/models.ts'
import type { Provider } from '../../store/models.ts'
import { type Columns, type Row, rowsOf } from '../../store/rows.ts'
import { asAged, toSubscription } from './rows.ts'

/** A subscription that is due, as it was found. */
export type DueSubscription = { readonly was: Was; readonly subscription: Subscription }

/** By which it is known that a subscription was not changed meanwhile. */
export type Was = { readonly id: string; readonly nextAt: bigint; readonly updatedAt: bigint }

/** Somebody with subscriptions that are due. */
export type DuePerson = {
  readonly chatId: number
  /** Null for somebody to whom nothing can be told at present: who has not agreed, has switched it off, or is away. */
  readonly person: { readonly ageBand: AgeBand; readonly quiet: { readonly from: number; readonly to: number } } | null
  readonly due: readonly DueSubscription[]
  /** What cannot be read cannot be told either, nor may it be found due again every minute. */
  readonly unreadable: readonly Was[]
}

/** People with something due by `now` (epoch ms), each with all that is due for them; the longest due first. */
export async function duePeople(core: Core, now: number, limit: number): Promise<DuePerson[]> {
  const isDue = { state: 'active', nextAt: { lte: BigInt(now) } }
  const first = await core.prisma.subscription.findMany({
    where: isDue,
    select: { chatId: true },
    // By nothing else: many are due in the same minute, and would all be read to find the first.
    orderBy: { nextAt: 'asc' },
    take: limit,
  })
  if (first.length === 0) return []
  const chatIds = [...new Set(first.map(({ chatId }) => chatId))]
  const [rows, people] = await Promise.all([
    core.prisma.subscription.findMany({ where: { chatId: { in: chatIds } }, orderBy: { id: 'asc' } }),
    core.prisma.person.findMany({ where: { chatId: { in: chatIds } }, select: personColumns }),
  ])
  const byChat = new Map(people.map((row) => [row.chatId, row]))
  return chatIds.map((chatId) => {
    const own = rows.filter((row) => row.chatId === chatId && isDueBy(row, now))
    const row = byChat.get(chatId)
    const read = readEach('Subscription', own, (one) => toDue(one, row?.ageBand ?? null, core), core.damaged)
    const readable = new Set(read.map(({ was }) => was.id))
    return {
      chatId: whole(chatId),
      person: row === undefined ? null : tellable(row),
      due: read,
      unreadable: own.filter(({ id }) => !readable.has(id)).map(wasOf),
    }
  })
}

const personColumns = {
  chatId: true,
  ageBand: true,
  consentAt: true,
  consentVersion: true,
  quietFrom: true,
  quietTo: true,
  muted: true,
  unreachable: true,
} as const

function isDueBy({ state, nextAt }: SubscriptionModel, now: number): boolean {
  return state === 'active' && nextAt !== null && nextAt <= now
}

function wasOf({ id, nextAt, updatedAt }: SubscriptionModel): Was {
  return { id, nextAt: nextAt ?? 0n, updatedAt }
}

function toDue(
  row: SubscriptionModel,
  ageBand: string | null,
  { seal }: Pick<Core, 'seal'>,
): DueSubscription & { id: string } {
  const subscription = toSubscription(row, seal)
  return {
    id: row.id,
    was: wasOf(row),
    subscription: { ...subscription, filter: asAged(subscription.filter, ageBand) },
  }
}

function tellable(row: Pick<PersonModel, keyof typeof personColumns>): DuePerson['person'] {
  const ageBand = ageBands.find((one) => one === row.ageBand)
  const hasAgreed = row.consentAt !== null && row.consentVersion === consentVersion
  if (ageBand === undefined || !hasAgreed || row.unreachable !== null) return null
  if (row.muted.includes(JSON.stringify(found.kind))) return null
  return { ageBand, quiet: { from: row.quietFrom, to: row.quietTo } }
}

/** Where a subscription goes on. */
export type Advance = Was & { readonly next: number | null }

const advanceColumns = {
  id: 'text',
  was: 'bigint',
  changed: 'bigint',
  next: 'bigint',
} as const satisfies Columns

/** Moves subscriptions on. Throws `Changed` when one was changed meanwhile: nothing of the transaction may stay. */
export async function advance(
  transaction: Transaction,
  provider: Provider,
  advances: readonly Advance[],
): Promise<void> {
  if (advances.length === 0) return
  const rows = advances.map(({ id, nextAt, updatedAt, next }): Row => [id, Number(nextAt), Number(updatedAt), next])
  // The empty text keeps SQLite from the index of states: it would walk all active ones.
  const moved = await transaction.$executeRaw`
    UPDATE "Subscription" SET "nextAt" = r."next" FROM ${rowsOf(provider, advanceColumns, rows)} r
    WHERE "Subscription"."id" = r."id" AND "Subscription"."state" || '' = 'active'
      AND "Subscription"."nextAt" = r."was" AND "Subscription"."updatedAt" = r."changed"`
  if (moved !== advances.length) throw new Changed()
}

/** A person changed what they look for while it was looked through: it is looked at once more. */
export class Changed extends Error {
  override name = 'Changed'
}
