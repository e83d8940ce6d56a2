import { type VacancyWords, wordFiles } from '../../../flows/vacancies/normalise/words.ts'
import { readChecked } from '../../base/content-files.ts'

/**
 * Reads the word lists that vacancies are read with. `files` is the folder of the project. Throws a ContentError that
 * names file, line and field of every fault.
 */
export async function readVacancyWords(files: URL): Promise<VacancyWords> {
  const place = (name: keyof typeof wordFiles) => new URL(`flows/vacancies/terms/${name}.yaml`, files)
  return {
    regions: await readChecked(place('regions'), wordFiles.regions),
    towns: await readChecked(place('towns'), wordFiles.towns),
    pay: await readChecked(place('pay'), wordFiles.pay),
    conditions: await readChecked(place('conditions'), wordFiles.conditions),
    titles: await readChecked(place('titles'), wordFiles.titles),
    dates: await readChecked(place('dates'), wordFiles.dates),
  }
}
