import { countVacancies } from '../../../flows/vacancies/contract.ts'
import { fillersIn, workWordsIn } from '../../i18n/lists.ts'
import { defineCapability } from '../capability.ts'
import { createProfessionsByTitle } from '../professions/by-title.ts'
import { readSeed } from '../professions/seed.ts'
import { createBoard } from './board.ts'
import { createReading } from './candidates.ts'
import { defaultsReply } from './defaults.ts'
import { expiryJob, forgettingJob } from './expiry.ts'
import { vacancyNameOf, vacancySections } from './export.ts'
import { vacancyFigures, vacancyGauges } from './figures.ts'
import { findVacancies, seekingWordsIn } from './find.ts'
import { createFindings } from './findings.ts'
import { createGists, gistsJob } from './gists.ts'
import { readKnowledge } from './knowledge.ts'
import { createLookers } from './lookers.ts'
import { vacancyFacts } from './marks.ts'
import { createNames } from './names.ts'
import { vacancyReplies } from './replies.ts'
import { createReadSought } from './said.ts'

/** Vacancies: what sources say of them, in one form, each once; searched, kept, hidden, reported. */
export const vacancies = defineCapability({
  name: 'vacancies',
  load: async ({ core, read, words }) => {
    const [knowledge, catalogue] = await Promise.all([read(readKnowledge), read(readSeed)])
    const reading = createReading(knowledge, catalogue)
    const findingsOf = createFindings(core)
    const idle = new Set([...fillersIn(words), ...workWordsIn(words)])
    return {
      ...{ core, reading, findingsOf, lookers: createLookers(core) },
      board: createBoard(core, reading, createGists(core, reading), findingsOf),
      names: createNames(knowledge, catalogue),
      readSought: createReadSought(
        knowledge.words,
        createProfessionsByTitle(catalogue),
        idle,
        seekingWordsIn(words).beside,
      ),
    }
  },
  facts: vacancyFacts,
  asks: (own, tools) => [...vacancyReplies(own), defaultsReply(tools, own.names)],
  jobs: ({ core, reading }) => [expiryJob(core), forgettingJob(core), gistsJob(core, reading)],
  finds: ({ readSought, names }, { words, ask }) =>
    findVacancies(
      readSought,
      names.of,
      seekingWordsIn(words),
      async (filter, world) => (await ask(countVacancies, { filter }, world)).total,
    ),
  exports: ({ core, names }) => vacancySections(vacancyNameOf(core), names.of),
  metrics: ({ core, board }) => vacancyGauges(core, board),
  figures: vacancyFigures,
  check: async (read) => {
    await read(readKnowledge)
    return 'words for vacancies: read'
  },
  commands: async (program, operator) => (await import('./import.ts')).addVacancyImport(program, operator),
})
