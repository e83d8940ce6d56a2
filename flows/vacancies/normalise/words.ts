import { z } from 'zod'

/** The word lists that vacancies are read with; they stand in `flows/vacancies/terms`. */
export const VacancyWords = z.strictObject({})
export type VacancyWords = z.infer<typeof VacancyWords>
