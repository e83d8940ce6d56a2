import { z } from 'zod'
import { DateWords } from './dates.ts'
import { PayWords } from './pay.ts'
import { RegionWords, TownList } from './places.ts'

/** The word lists that vacancies are read with; they stand in `flows/vacancies/terms`, a file each. */
export const wordFiles = {
  regions: RegionWords,
  towns: TownList,
  pay: PayWords,
  dates: DateWords,
} as const

export const VacancyWords = z.strictObject(wordFiles)
export type VacancyWords = z.infer<typeof VacancyWords>
