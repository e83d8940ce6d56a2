import { defineCapability } from '../capability.ts'
import { readKnowledge } from './knowledge.ts'

/** Vacancies: what sources say of them, in one form, each once. */
export const vacancies = defineCapability({
  name: 'vacancies',
  check: async (files) => {
    await readKnowledge(files)
    return 'words for vacancies: read'
  },
  commands: async (program, operator) => (await import('./import.ts')).addVacancyImport(program, operator),
})
