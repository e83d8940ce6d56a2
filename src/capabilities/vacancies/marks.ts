import { chooseFilter, markVacancy, reportVacancy, reviewVacancy } from '../../../flows/vacancies/contract.ts'
import { change, type FactWriter } from '../../store/capability.ts'
import type { Transaction } from '../../store/core.ts'
import { placeOf } from '../../store/seal.ts'

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
      const found = { verdict: data.verdict, wording: data.wording, at: BigInt(at) }
      const row = { vacancyId: data.id, ...found }
      await transaction.vacancyReview.upsert({ where: { vacancyId: data.id }, create: row, update: found })
      await touch(transaction, data.id, at)
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

/**
 * The board of every process sees it by the time of its change, which is another even where two are made in the same
 * millisecond.
 */
async function touch(transaction: Transaction, id: string, at: number): Promise<void> {
  await transaction.$executeRaw`
    UPDATE "Vacancy" SET "changedAt" = CASE WHEN "changedAt" >= ${BigInt(at)} THEN "changedAt" + 1 ELSE ${BigInt(at)} END
    WHERE "id" = ${id}`
}
