import type { Core, Transaction } from '../../store/core.ts'
import type { KnownSighting, PageMarks, Source } from './readers/source.ts'

/** What was seen of a sighting when it was looked at again, by its number in the source. */
export type Looked = Map<string, PageMarks & Pick<KnownSighting, 'missed'>>

/** What is open of a source and is to be looked at again, that of longest ago first. */
export async function knownSightings({ prisma, clock }: Pick<Core, 'prisma' | 'clock'>, { name, again }: Source) {
  if (again === undefined) return []
  const rows = await prisma.$queryRaw<(Omit<KnownSighting, 'missed'> & { readonly missed: number | bigint })[]>`
    SELECT s."sourceId" AS "id", s."url", s."etag", s."modified", s."missed"
    FROM "VacancySighting" s JOIN "Vacancy" v ON v."id" = s."vacancyId"
    WHERE s."source" = ${name} AND s."lookedAt" <= ${BigInt(clock.now() - again.after)} AND v."state" = 'open'
    ORDER BY s."lookedAt", s."sourceId" LIMIT ${again.most}`
  return rows.map((row): KnownSighting => ({ ...row, missed: Number(row.missed) }))
}

/** Notes when they were looked at, and what was seen; those that are not kept any more are left out. */
export async function noteLooked(transaction: Transaction, source: string, looked: Looked, now: number): Promise<void> {
  for (const [sourceId, { etag, modified, missed }] of looked) {
    const data = { lookedAt: BigInt(now), etag, modified, missed }
    await transaction.vacancySighting.updateMany({ where: { source, sourceId }, data })
  }
}
