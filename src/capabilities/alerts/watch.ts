import type { Candidate } from '../../../flows/vacancies/matching/candidate.ts'
import { type Criteria, criteriaOf } from '../../../flows/vacancies/matching/filter.ts'
import { createMatcher } from '../../../flows/vacancies/matching/matcher.ts'
import { scoreOf } from '../../../flows/vacancies/matching/rank.ts'
import type { Core } from '../../store/core.ts'
import { type WatchedRow, watchedRows } from './rows.ts'

/** A subscription that a vacancy is for, and how well it fits. */
export type Match = { readonly id: string; readonly score: number }

/** How far it looks back each time, ms: transactions end later than they began. */
const overlap = 60_000
/** How often all of it is compared with the database, ms: people grow older, and are deleted. */
const wholeEvery = 60 * 60_000
const slice = 100

/** A subscription that is watched for, and the last round that saw it in the database. */
type Watched = { readonly id: string; readonly criteria: Criteria; seen: number }

/** Subscriptions that are active, as the database has them: kept in memory, since each new vacancy is held against all. */
export function createWatch(core: Core) {
  const matcher = createMatcher<Watched>()
  /** Many look for exactly the same, and are held in memory once; `before` is of the time before all were read anew. */
  let [alike, before] = [new Map<string, Criteria>(), new Map<string, Criteria>()]
  let [seenUntil, wholeAt, round] = [0, Number.NEGATIVE_INFINITY, 0]

  function take({ id, filter, updatedAt }: WatchedRow): void {
    seenUntil = Math.max(seenUntil, updatedAt)
    if (filter === undefined) matcher.remove(id)
    else watchFor(id, shared(criteriaOf(filter)))
  }

  function watchFor(id: string, criteria: Criteria): void {
    const known = matcher.get(id)
    if (known?.criteria === criteria) known.seen = round
    else matcher.put({ id, criteria, seen: round })
  }

  function shared(criteria: Criteria): Criteria {
    const key = JSON.stringify(criteria)
    const same = alike.get(key) ?? before.get(key) ?? criteria
    alike.set(key, same)
    return same
  }

  /** Reads what was changed since the last time, or all. False where it was ended before: then some are missing. */
  async function refresh(now: number, signal: AbortSignal): Promise<boolean> {
    const isWhole = now - wholeAt >= wholeEvery || now < wholeAt
    if (isWhole) [alike, before] = [new Map(), alike]
    round++
    const from = isWhole ? 0 : seenUntil - overlap
    for await (const rows of watchedRows(core, { from, slice })) {
      if (signal.aborted) return false
      for (const row of rows) take(row)
      await core.breathe()
    }
    if (isWhole) {
      for (const { id, seen } of matcher.all()) if (seen !== round) matcher.remove(id)
      before = new Map()
      wholeAt = now
    }
    return true
  }

  /** The subscriptions a vacancy is for, in slices; what is new today is no merit here, since it may be told days later. */
  function* matches(candidate: Candidate, size: number): Generator<Match[]> {
    let found: Match[] = []
    for (const list of matcher.find(candidate)) {
      for (const { id, criteria } of list) {
        found.push({ id, score: scoreOf(criteria, candidate, Number.POSITIVE_INFINITY) })
        if (found.length < size) continue
        yield found
        found = []
      }
    }
    if (found.length > 0) yield found
  }

  return {
    refresh,
    matches,
    get size() {
      return matcher.size
    },
  }
}
export type Watch = ReturnType<typeof createWatch>
