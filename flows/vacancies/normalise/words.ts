import { z } from 'zod'
import { RegionWords, TownList } from './places.ts'

/** The word lists that vacancies are read with; they stand in `flows/vacancies/terms`, a file each. */
export const wordFiles = {
  regions: RegionWords,
  towns: TownList,
} as const

export const VacancyWords = z.strictObject(wordFiles)
export type VacancyWords = z.infer<typeof VacancyWords>
