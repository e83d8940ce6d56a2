import type { Filter } from '../../../flows/vacancies/matching/filter.ts'
import type { Fit } from '../../../flows/vacancies/matching/rank.ts'
import { createVacancyIndex } from '../../../flows/vacancies/matching/search.ts'
import type { Core } from '../../store/core.ts'
import { noFindings, type Reading } from './candidates.ts'
import type { FindingsOf } from './findings.ts'
import type { Gists } from './gists.ts'
import { readKept } from './rows.ts'

/** Ids compared at once, rows read at once, and how many of these are put in their places before others have their turn. */
const compared = 1_000
const slice = 200
const placed = 50
/** How long the board is good before the database is asked again, ms: other processes change it, too. */
const freshFor = 1_000
/** How far it looks back each time, ms: clocks of processes differ, and transactions end later than they began. */
const overlap = 60_000
/** What was changed longer than this before the last look has been seen, however far apart the clocks are, ms. */
const settled = 5 * 60_000
/** How often all of it is compared with the database, ms. */
const wholeEvery = 60 * 60_000

/** A vacancy of the list, and what speaks for it. */
export type BoardHit = { readonly id: string; readonly fits: readonly Fit[] }

export type BoardQuery = {
  readonly filter: Filter
  /** Ids that are left out. */
  readonly without: ReadonlySet<string>
  /** Held ones are listed as well, behind all others. */
  readonly withHeld: boolean
}

type Known = { readonly changedAt: number; readonly publishedAt: number; readonly isHeld: boolean }

/**
 * All open vacancies, ready to be searched: read in slices at first use, and kept as the database is by the time of
 * their last change. Those a mentor barred are not on it; held ones stand apart.
 */
export function createBoard(
  { prisma, clock, damaged, breathe }: Pick<Core, 'prisma' | 'clock' | 'damaged' | 'breathe'>,
  reading: Pick<Reading, 'candidate'>,
  gistsOf: Gists,
  findingsOf: FindingsOf,
) {
  const open = createVacancyIndex()
  const held = createVacancyIndex()
  const known = new Map<string, Known>()
  let [checkedAt, seenUntil] = [Number.NEGATIVE_INFINITY, 0]
  let wholeAt: number | undefined
  let lastTrace: string | undefined
  let underWay: Promise<void> | undefined
  let isComparing = false
  let lastTaken: Promise<void> = Promise.resolve()

  function forget(id: string): void {
    open.remove(id)
    held.remove(id)
    known.delete(id)
  }

  /** Reads the bodies of those that are new or have changed, and puts them where they belong. */
  async function take(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    const [rows, findings] = await Promise.all([
      prisma.vacancy.findMany({ where: { id: { in: [...ids] } } }),
      findingsOf(ids),
    ])
    const listed = readKept(rows, damaged).filter(
      ({ id, state }) => state === 'open' && findings.get(id)?.verdict !== 'barred',
    )
    const gists = await gistsOf(listed)
    const kept = new Map(listed.map((one) => [one.id, one]))
    for (const [at, { id, changedAt }] of rows.entries()) {
      if (at > 0 && at % placed === 0) await breathe()
      const one = kept.get(id)
      forget(id)
      if (one === undefined) {
        // Known all the same, so that it is not read again before it changes.
        known.set(id, { changedAt: Number(changedAt), publishedAt: 0, isHeld: false })
        continue
      }
      const candidate = reading.candidate({ ...one, gist: gists.get(id) }, findings.get(id) ?? noFindings)
      if (candidate.isHeld) held.put({ ...candidate, isHeld: false })
      else open.put(candidate)
      const { publishedAt } = candidate
      known.set(id, { changedAt: one.changedAt, publishedAt, isHeld: candidate.isHeld })
    }
  }

  /** Whatever was changed since; all that is open, where it is compared as a whole. */
  async function* changes(since: number | undefined, now: number) {
    let after: { changedAt: bigint; id: string } | undefined
    for (;;) {
      const next = after && { OR: [{ changedAt: { gt: after.changedAt } }, { ...after, id: { gt: after.id } }] }
      const rows = await prisma.vacancy.findMany({
        select: { id: true, changedAt: true },
        where: {
          ...(since === undefined
            ? { state: 'open', validThrough: { gte: BigInt(now) } }
            : { changedAt: { gte: BigInt(since) } }),
          ...next,
        },
        orderBy: [{ changedAt: 'asc' }, { id: 'asc' }],
        take: compared,
      })
      if (rows.length > 0) yield rows
      after = rows.at(-1)
      if (rows.length < compared) return
    }
  }

  /** Another one where anything was changed at `since` or later: the tens of thousands of an import are not compared again. */
  async function traceOf(since: number): Promise<string> {
    const [row] = await prisma.$queryRaw<{ count: string; sum: string | null }[]>`
      SELECT CAST(COUNT(*) AS TEXT) AS "count", CAST(SUM("changedAt" - ${BigInt(since)}) AS TEXT) AS "sum"
      FROM "Vacancy" WHERE "changedAt" >= ${BigInt(since)}`
    return `${since} ${row?.count} ${row?.sum}`
  }

  async function refresh(now: number): Promise<void> {
    if (wholeAt === undefined) await compareWhole(now)
    else if (now - wholeAt >= wholeEvery) void compareBeside(now)
    const since = Math.max(seenUntil - overlap, checkedAt - settled)
    const trace = await traceOf(since)
    if (trace !== lastTrace) for await (const rows of changes(since, now)) await takeStale(rows)
    // What came while it was compared is another trace the next time.
    lastTrace = trace
    checkedAt = now
  }

  /** One after the other: of two that read the same vacancy, the older reading must not be the last. */
  function takeInTurn(ids: readonly string[]): Promise<void> {
    const turn = lastTaken.catch(() => {}).then(() => take(ids))
    lastTaken = turn
    return turn
  }

  type Change = { readonly id: string; readonly changedAt: bigint }

  async function takeStale(rows: readonly Change[]): Promise<void> {
    const stale = rows.filter(({ id, changedAt }) => known.get(id)?.changedAt !== Number(changedAt))
    for (let from = 0; from < stale.length; from += slice) {
      await takeInTurn(stale.slice(from, from + slice).map(({ id }) => id))
      await breathe()
    }
    seenUntil = Math.max(seenUntil, Number(rows.at(-1)?.changedAt ?? 0))
    await breathe()
  }

  async function compareWhole(now: number): Promise<void> {
    // What comes meanwhile may stand behind what was read, and is no more gone than it was there before.
    const gone = new Set(known.keys())
    for await (const rows of changes(undefined, now)) {
      for (const { id } of rows) gone.delete(id)
      await takeStale(rows)
    }
    for (const id of gone) forget(id)
    wholeAt = now
  }

  /** Nobody who searches waits for it. */
  async function compareBeside(now: number): Promise<void> {
    if (isComparing) return
    isComparing = true
    // A database that does not answer is told of by the searches themselves; the next of them compares again.
    await compareWhole(now).catch(() => {})
    isComparing = false
  }

  /** Waits until the board is as the database was a moment ago. */
  async function ready(): Promise<void> {
    const now = clock.now()
    if (now - checkedAt < freshFor && now >= checkedAt) return
    underWay ??= refresh(now).finally(() => {
      underWay = undefined
    })
    await underWay
  }

  function count({ filter, without, withHeld }: BoardQuery): number {
    const now = clock.now()
    return open.count(filter, now, without) + (withHeld ? held.count(filter, now, without) : 0)
  }

  /** The best ones, `limit` at most, and how many there are in all. */
  function search({ filter, without, withHeld }: BoardQuery, limit: number) {
    const now = clock.now()
    const first = open.search(filter, limit, now, without)
    if (!withHeld) return first
    const last = held.search(filter, limit - first.hits.length, now, without)
    return { hits: [...first.hits, ...last.hits], total: first.total + last.total }
  }

  /** Ids of all that are held, the newest first. */
  function heldIds(): readonly string[] {
    return [...known]
      .filter(([, { isHeld }]) => isHeld)
      .sort(([one, a], [other, b]) => b.publishedAt - a.publishedAt || (one < other ? -1 : 1))
      .map(([id]) => id)
  }

  return { ready, search, count, heldIds }
}
export type Board = ReturnType<typeof createBoard>
