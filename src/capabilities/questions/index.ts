import { questionFile } from '../../../flows/questions/contract.ts'
import { document } from '../../telegram/ports.ts'
import { defineCapability } from '../capability.ts'
import { type CountFigures, figuresBy } from '../figures.ts'
import { answeringFacts } from './answering.ts'
import { askingFacts } from './asking.ts'
import { entriesSection, questionsSection } from './export.ts'
import { forgetQuestionsJob, questionsJob } from './job.ts'
import { fileOf, questionReplies } from './replies.ts'

const countQuestions: CountFigures = async ({ prisma }) => {
  const rows = await prisma.question.groupBy({ by: ['state'], _count: true })
  return [{ title: 'Questions to mentors', rows: figuresBy(rows, ({ state }) => state) }]
}

/** Questions of members to the mentors of their group, and what is answered. */
export const questions = defineCapability({
  name: 'questions',
  facts: [...askingFacts, ...answeringFacts],
  asks: (_, { core }) => questionReplies(core),
  documents: (_, { core }) => [document(questionFile, (data, world) => fileOf(core, data, world))],
  exports: () => [questionsSection, entriesSection],
  jobs: (_, { core }) => [questionsJob(core), forgetQuestionsJob(core)],
  figures: countQuestions,
})
