import type { Core } from '../../store/core.ts'
import { type Cursor, overlap, type Seen } from './cursor.ts'
import { type Entry, writeEntries } from './ledger.ts'
import type { Shelf } from './shelf.ts'
import type { Watch } from './watch.ts'

/** News looked through at once, and rows of the ledger written in one transaction: some milliseconds on SQLite each. */
const slice = 200
const written = 100

export type NewsTools = {
  readonly core: Core
  readonly shelf: Shelf
  readonly watch: Watch
  readonly cursor: Cursor
  readonly seen: Seen
}

/**
 * What is new since the last round goes into the ledger of everybody who looks for it. The cursor moves behind the
 * ledger, so that a kill between the two only repeats what changes nothing. Returns news and rows written.
 */
export async function takeNews(
  { core, shelf, watch, cursor, seen }: NewsTools,
  now: number,
  signal: AbortSignal,
): Promise<{ readonly news: number; readonly found: number }> {
  const report = { news: 0, found: 0 }
  const reached = (await cursor.get()) ?? (await firstMoment(core, now))
  seen.forget(reached - 2 * overlap)
  for await (const rows of newsBetween(core, reached - overlap, now)) {
    const fresh = rows.filter(({ id, newsAt, edition }) => !seen.has(id, `${newsAt} ${edition}`))
    const vacancies = watch.size === 0 ? new Map() : await shelf.take(fresh.map(({ id }) => id))
    for (const { id, newsAt } of fresh) {
      const vacancy = vacancies.get(id)
      if (vacancy === undefined || !vacancy.isGood(now)) continue
      for (const matches of watch.matches(vacancy.candidate, written)) {
        const { edition } = vacancy
        const entries = matches.map((match): Entry => {
          return { subscriptionId: match.id, vacancyId: id, edition, score: match.score, newsAt }
        })
        report.found += await writeEntries(core, entries, now)
        await core.breathe()
      }
    }
    for (const { id, newsAt, edition } of fresh) seen.add(id, `${newsAt} ${edition}`, newsAt)
    report.news += fresh.length
    const last = rows.at(-1)
    if (last !== undefined) await cursor.move(last.newsAt)
    if (signal.aborted) return report
    await core.breathe()
  }
  await cursor.move(now - overlap)
  return report
}

/** Nothing before the oldest subscription is news to anybody. */
async function firstMoment({ prisma }: Core, now: number): Promise<number> {
  const oldest = await prisma.subscription.findFirst({
    where: { updatedAt: { gte: 0n } },
    orderBy: { updatedAt: 'asc' },
    select: { createdAt: true },
  })
  return oldest === null ? now : Math.min(now, Number(oldest.createdAt))
}

type News = { readonly id: string; readonly newsAt: number; readonly edition: number }

/** What came after the round began is left for the next: whoever began to look for it since is not watched for yet. */
async function* newsBetween({ prisma }: Core, from: number, until: number): AsyncGenerator<readonly News[]> {
  let [at, after] = [BigInt(Math.max(0, from)), '']
  for (;;) {
    const rows = await prisma.$queryRaw<{ id: string; newsAt: bigint; edition: number | bigint }[]>`
      SELECT "id", "newsAt", "edition" FROM "Vacancy"
      WHERE "newsAt" >= ${at} AND ("newsAt", "id") > (${at}, ${after}) AND "newsAt" <= ${BigInt(until)}
      ORDER BY "newsAt", "id" LIMIT ${slice}`
    if (rows.length > 0) {
      yield rows.map(({ id, newsAt, edition }) => ({ id, newsAt: Number(newsAt), edition: Number(edition) }))
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < slice) return
    at = last.newsAt
    after = last.id
  }
}
