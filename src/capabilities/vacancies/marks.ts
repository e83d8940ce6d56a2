import type { DataOf } from '../../../flows/kit/contract.ts'
import { chooseFilter, markVacancy, reportVacancy, reviewVacancy } from '../../../flows/vacancies/contract.ts'
import { change, type FactWriter, OvertakenError } from '../../store/capability.ts'
import type { Transaction } from '../../store/core.ts'
import { placeOf } from '../../store/seal.ts'
import { wordingOf } from './candidates.ts'
import { readKept } from './rows.ts'

/** What people do with vacancies, and what mentors find of them. */
export const vacancyFacts: readonly FactWriter[] = [
  change(markVacancy, async (transaction, entries) => {
    for (const { chatId, data, at } of entries) {
      const key = { chatId: BigInt(chatId), vacancyId: data.id, mark: data.mark }
      if (data.on) {
        const row = { ...key, at: BigInt(at) }
        await transaction.vacancyMark.upsert({ where: { chatId_vacancyId_mark: key }, create: row, update: {} })
      } else await transaction.vacancyMark.deleteMany({ where: key })
    }
  }),
  change(reportVacancy, async (transaction, entries) => {
    for (const { chatId, data, at } of entries) {
      const key = { chatId: BigInt(chatId), vacancyId: data.id }
      const said = { reason: data.reason, at: BigInt(at) }
      const row = { ...key, ...said }
      await transaction.vacancyReport.upsert({ where: { chatId_vacancyId: key }, create: row, update: said })
      await touch(transaction, data.id, at)
    }
  }),
  change(reviewVacancy, async (transaction, entries) => {
    for (const { data, at } of entries) {
      // From here on the vacancy is this transaction's alone.
      await touch(transaction, data.id, at)
      await checkWording(transaction, data)
      await decide(transaction, data, at)
      // Whoever looks for such work hears of it only now.
      if (data.verdict === 'cleared')
        await transaction.vacancy.updateMany({ where: { id: data.id }, data: { newsAt: BigInt(at) } })
    }
  }),
  change(chooseFilter, async (transaction, entries, { seal }) => {
    for (const { chatId, data, at } of entries) {
      const key = BigInt(chatId)
      const filter = seal.seal(JSON.stringify(data.filter), placeOf('VacancySearch', 'filter', chatId))
      const said = { filter, at: BigInt(at) }
      await transaction.vacancySearch.upsert({ where: { chatId: key }, create: { chatId: key, ...said }, update: said })
    }
  }),
]

type Review = DataOf<typeof reviewVacancy>

/** What was looked at is what stands there. Throws where it was changed or closed since: the turn is played again. */
async function checkWording(transaction: Transaction, { id, wording }: Review): Promise<void> {
  const rows = await transaction.vacancy.findMany({ where: { id, state: 'open' } })
  const [one] = readKept(rows, () => undefined)
  if (one === undefined || wordingOf(one.body) !== wording) throw new OvertakenError('The vacancy is not as it was')
}

/** Throws where another mentor has found something of it since it was looked at: nothing of theirs is written over. */
async function decide(transaction: Transaction, { id, verdict, wording, reviewedAt }: Review, at: number) {
  const written =
    reviewedAt === null
      ? await transaction.$executeRaw`
          INSERT INTO "VacancyReview" ("vacancyId", "verdict", "wording", "at")
          VALUES (${id}, ${verdict}, ${wording}, ${BigInt(at)})
          ON CONFLICT ("vacancyId") DO UPDATE SET "verdict" = excluded."verdict", "wording" = excluded."wording", "at" = excluded."at"
          WHERE "VacancyReview"."verdict" NOT IN ('cleared', 'barred')`
      : await transaction.$executeRaw`
          UPDATE "VacancyReview" SET "verdict" = ${verdict}, "wording" = ${wording}, "at" = ${BigInt(at)}
          WHERE "vacancyId" = ${id} AND "at" = ${BigInt(reviewedAt)}`
  if (written === 0) throw new OvertakenError('Another mentor has decided')
}

/**
 * The board of every process sees it by the time of its change, which is another even where two are made in the same
 * millisecond.
 */
async function touch(transaction: Transaction, id: string, at: number): Promise<void> {
  await transaction.$executeRaw`
    UPDATE "Vacancy" SET "changedAt" = CASE WHEN "changedAt" >= ${BigInt(at)} THEN "changedAt" + 1 ELSE ${BigInt(at)} END
    WHERE "id" = ${id}`
}
