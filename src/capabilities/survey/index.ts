import { defineCapability } from '../capability.ts'
import type { CountFigures } from '../figures.ts'
import { attemptFacts, attemptReplies } from './attempts.ts'
import { surveySection } from './export.ts'
import { ownInstruments } from './instruments.ts'
import { typedReply } from './typed.ts'

const countAttempts: CountFigures = async ({ prisma }) => {
  const finished = { finishedAt: { not: null } }
  return [
    {
      title: 'Surveys',
      rows: [
        { name: 'begun', count: await prisma.surveyAttempt.count() },
        { name: 'finished', count: await prisma.surveyAttempt.count({ where: finished }) },
      ],
    },
  ]
}

/** Fillings-in of instruments, and the instruments themselves. */
export const survey = defineCapability({
  name: 'survey',
  facts: attemptFacts,
  asks: (_, { core, content, words, find }) => [
    ...attemptReplies(core, content.instruments),
    typedReply(content.instruments, words, find),
  ],
  exports: (_, { content }) => [surveySection(content.instruments)],
  check: async (read) => `instruments: ${(await read(ownInstruments)).length}`,
  figures: countAttempts,
  commands: async (program, operator) => (await import('./score.ts')).addScore(program, operator),
})
