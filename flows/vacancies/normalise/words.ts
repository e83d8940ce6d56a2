import { z } from 'zod'
import { ConditionWords } from './conditions.ts'
import { DateWords } from './dates.ts'
import { RegionWords } from './places.ts'
import { PayWords } from './sums.ts'
import { TitleWords } from './titles.ts'
import { TownList } from './towns.ts'

/** The word lists that vacancies are read with; they stand in `flows/vacancies/terms`, a file each. */
export const wordFiles = {
  regions: RegionWords,
  towns: TownList,
  pay: PayWords,
  dates: DateWords,
  conditions: ConditionWords,
  titles: TitleWords,
} as const

export const VacancyWords = z.strictObject(wordFiles)
export type VacancyWords = z.infer<typeof VacancyWords>
