import type { Pay } from '../vacancies/vacancy.ts'
import { type FoundItem, mostOthers, mostTold } from './notices.ts'

/** A vacancy that waits to be told for a subscription. */
export type Waiting = {
  readonly subscriptionId: string
  readonly vacancyId: string
  readonly edition: number
  /** How well it fits; more is better. */
  readonly score: number
  readonly publishedAt: number
}

/** A subscription that is due, with what waits for it: the best of all that do. */
export type Due = {
  readonly id: string
  /** How many may be told for it today still. */
  readonly room: number
  readonly waiting: readonly Waiting[]
  /** How many wait in all. */
  readonly total: number
}

/** What is told to one person, the best first, and what is left for each subscription. */
export type Digest = {
  readonly told: readonly { readonly vacancyId: string; readonly edition: number; readonly rows: readonly Waiting[] }[]
  /** Subscriptions all else of which is only counted in the notice: it does not wait any longer. */
  readonly others: readonly { readonly id: string; readonly count: number }[]
}

/**
 * Chooses what one person is told for all subscriptions that are due: each vacancy once, whoever found it, the best
 * first, and for no subscription more than it has room for.
 */
export function chooseDigest(due: readonly Due[]): Digest {
  const room = new Map(due.map((one) => [one.id, one.room]))
  const most = Math.min(mostTold, Math.max(0, ...room.values()))
  const told = new Map<string, Waiting[]>()
  for (const [vacancyId, rows] of byVacancy(due.flatMap(({ waiting }) => waiting))) {
    const roomy = rows.filter(({ subscriptionId }) => (room.get(subscriptionId) ?? 0) > 0)
    if (told.size >= most) break
    if (roomy.length === 0) continue
    told.set(vacancyId, rows)
    for (const { subscriptionId } of roomy) room.set(subscriptionId, (room.get(subscriptionId) ?? 0) - 1)
  }
  return {
    told: [...told].map(([vacancyId, rows]) => ({
      vacancyId,
      edition: Math.max(...rows.map(({ edition }) => edition)),
      rows,
    })),
    others: told.size === 0 ? [] : restOf(due, told),
  }
}

/** The rows of each vacancy, the best vacancy first. */
function byVacancy(waiting: readonly Waiting[]): Map<string, Waiting[]> {
  const grouped = new Map<string, Waiting[]>()
  for (const one of [...waiting].sort(compareWaiting)) {
    const rows = grouped.get(one.vacancyId)
    if (rows === undefined) grouped.set(one.vacancyId, [one])
    else rows.push(one)
  }
  return grouped
}

/** What fits better comes first, of these the newer, of these by id. */
function compareWaiting(one: Waiting, other: Waiting): number {
  if (one.score !== other.score) return other.score - one.score
  if (one.publishedAt !== other.publishedAt) return other.publishedAt - one.publishedAt
  return one.vacancyId < other.vacancyId ? -1 : one.vacancyId > other.vacancyId ? 1 : 0
}

/** Those with the most left first. What is told for another subscription is not left for this one. */
function restOf(due: readonly Due[], told: ReadonlyMap<string, readonly Waiting[]>): Digest['others'] {
  const rows = [...told.values()].flat()
  return due
    .filter(({ room }) => room > 0)
    .map(({ id, total }) => ({ id, count: total - rows.filter(({ subscriptionId }) => subscriptionId === id).length }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count)
    .slice(0, mostOthers)
}

/** What was told of a vacancy before: the edition, and what it paid at most then. */
export type ToldBefore = { readonly edition: number; readonly pay: number | null }

/** Why a vacancy is told, or undefined where the person has heard of it as it is. */
export function newsOf(
  edition: number,
  pay: Pay | null,
  before: ToldBefore | undefined,
): FoundItem['news'] | undefined {
  if (before === undefined) return 'new'
  if (before.edition >= edition) return undefined
  const most = mostPaid(pay)
  return most !== null && before.pay !== null && most > before.pay ? 'morePay' : 'again'
}

/** What is promised at most, in whole units of its currency; null where nothing is named. */
export function mostPaid(pay: Pay | null): number | null {
  return pay === null ? null : (pay.max ?? pay.min)
}
