import { type VacancyWords, wordFiles } from '../../../flows/vacancies/normalise/words.ts'
import { readChecked } from '../../base/content-files.ts'

/**
 * Reads the word lists that vacancies are read with. `files` is the folder of the project. Throws a ContentError that
 * names file, line and field of every fault.
 */
export async function readVacancyWords(files: URL): Promise<VacancyWords> {
  const folder = new URL('flows/vacancies/terms/', files)
  const [regions, towns] = await Promise.all([
    readChecked(new URL('regions.yaml', folder), wordFiles.regions),
    readChecked(new URL('towns.yaml', folder), wordFiles.towns),
  ])
  return { regions, towns }
}
