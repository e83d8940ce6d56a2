import type { Job } from '../../schedule/schedule.ts'
import type { Core, Transaction } from '../../store/core.ts'
import type { VacancyModel } from '../../store/generated/sqlite/models.ts'
import { type Columns, rowsOf } from '../../store/rows.ts'
import { inSlices } from '../../store/slices.ts'
import type { Reading } from './candidates.ts'
import { type Gist, gistColumn, keptGist } from './gist.ts'
import { lockVacancies } from './ingest.ts'
import { type KeptVacancy, readKept } from './rows.ts'

/** Vacancies that are read before others have their turn: each takes some 2 ms. */
const understood = 10
/** Those that the job reads and writes at once. */
const slice = 50

type Tools = Pick<Core, 'prisma' | 'provider' | 'clock' | 'breathe'>
type Read = { readonly id: string; readonly gist: string; readonly isNews: boolean }

/** Gives vacancies their gists: as kept beside them, or read now and kept from now on. */
export type Gists = (vacancies: readonly KeptVacancy[]) => Promise<ReadonlyMap<string, Gist>>

export function createGists(core: Tools, reading: Pick<Reading, 'gist' | 'rules'>): Gists {
  return async (vacancies) => {
    const gists = new Map<string, Gist>()
    const read: Read[] = []
    for (const { id, body, gist: kept } of vacancies) {
      const gist = kept ?? reading.gist(body)
      gists.set(id, gist)
      if (kept !== undefined) continue
      read.push({ id, gist: gistColumn(gist, body), isNews: false })
      if (read.length % understood === 0) await core.breathe()
    }
    await writeGists(core, read, reading.rules)
    return gists
  }
}

/**
 * Every five minutes: open vacancies that were read by other rules, or by nobody yet, are read. Where that makes a
 * difference the vacancy counts as changed, and the boards of all processes see it.
 */
export function gistsJob(core: Tools & Pick<Core, 'damaged'>, reading: Pick<Reading, 'gist' | 'rules'>): Job {
  return {
    name: 'vacancies-reading',
    cron: '*/5 * * * *',
    run: async ({ signal }) => ({
      read: await inSlices(core, (limit) => readSome(core, reading, limit), { signal, size: slice }),
    }),
  }
}

async function readSome(
  core: Tools & Pick<Core, 'damaged'>,
  { gist, rules }: Pick<Reading, 'gist' | 'rules'>,
  limit: number,
): Promise<number> {
  const rows = await core.prisma.vacancy.findMany({
    where: { state: 'open', OR: [{ gistBy: null }, { gistBy: { not: rules } }] },
    take: limit,
  })
  const before = new Map(rows.map((row) => [row.id, row.gist]))
  const read: Read[] = []
  for (const { id, body } of readKept(rows, core.damaged)) {
    const column = gistColumn(gist(body), body)
    const old = before.get(id) ?? null
    // Nobody has seen what nobody has read.
    read.push({ id, gist: column, isNews: keptGist(old, body) !== undefined && old !== column })
    if (read.length % understood === 0) await core.breathe()
  }
  await writeGists(core, read, rules)
  await passOver(core, rows, read, rules)
  return rows.length
}

/** What cannot be read is not asked for again by these rules. */
async function passOver(core: Tools, rows: readonly VacancyModel[], read: readonly Read[], rules: string) {
  const readable = new Set(read.map(({ id }) => id))
  const ids = rows.flatMap(({ id }) => (readable.has(id) ? [] : [id]))
  if (ids.length > 0) await core.prisma.vacancy.updateMany({ where: { id: { in: ids } }, data: { gistBy: rules } })
}

const columns = { id: 'text', gist: 'text', isNews: 'int' } as const satisfies Columns

/** A vacancy whose words went meanwhile with their author gets none. */
async function writeGists({ prisma, provider, clock }: Tools, read: readonly Read[], rules: string): Promise<void> {
  if (read.length === 0) return
  const now = BigInt(clock.now())
  const rows = read.map(({ id, gist, isNews }) => [id, gist, isNews ? 1 : 0])
  await prisma.$transaction(async (transaction: Transaction) => {
    await lockVacancies(transaction, provider)
    await transaction.$executeRaw`
      UPDATE "Vacancy" SET "gist" = r."gist", "gistBy" = ${rules}, "changedAt" = CASE
        WHEN r."isNews" = 0 THEN "changedAt" WHEN "changedAt" >= ${now} THEN "changedAt" + 1 ELSE ${now} END
      FROM ${rowsOf(provider, columns, rows)} r
      WHERE "Vacancy"."id" = r."id" AND "Vacancy"."body" <> ''`
  })
}
