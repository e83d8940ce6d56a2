import { standSheet } from '../../../flows/fairs/contract.ts'
import { document } from '../../telegram/ports.ts'
import { defineCapability } from '../capability.ts'
import type { CountFigures } from '../figures.ts'
import { figuresBy } from '../figures.ts'
import { readKnowledge } from '../vacancies/knowledge.ts'
import { seatsSection, visitsSection } from './export.ts'
import { findFairs } from './find.ts'
import { fairsJob, forgetVisitsJob } from './job.ts'
import { makingFacts } from './making.ts'
import { fairReplies, standFigures } from './replies.ts'
import { sheetName, sheetOf } from './sheet.ts'
import { visitFacts } from './visits.ts'

const countFairs: CountFigures = async ({ prisma }) => {
  const fairs = await prisma.fair.groupBy({ by: ['state'], _count: true })
  const people = [
    { name: 'signed up', count: await prisma.fairVisit.count() },
    { name: 'slots booked', count: await prisma.fairSeat.count() },
  ]
  return [
    { title: 'Fairs', rows: figuresBy(fairs, ({ state }) => state) },
    { title: 'Visits to fairs', rows: people },
  ]
}

/** Vacancy fairs: made, announced, signed up for, reminded of. */
export const fairs = defineCapability({
  name: 'fairs',
  load: async ({ read }) => ({ employerOf: (await read(readKnowledge)).employerOf }),
  facts: [...makingFacts, ...visitFacts],
  asks: ({ employerOf }, tools) => fairReplies({ ...tools, employerOf }),
  documents: (_, { core, words }) => [
    document(standSheet, async ({ fair, stand }, { person: { language } }) => {
      const figures = await standFigures(core, fair, stand)
      if (figures === null) return undefined
      const bytes = sheetOf(figures, words, language)
      return { name: sheetName(figures, words, language), bytes, caption: { key: 'fairs:sheet.caption' } }
    }),
  ],
  finds: (_, { words }) => findFairs(words),
  exports: () => [visitsSection, seatsSection],
  jobs: (_, { core }) => [fairsJob(core), forgetVisitsJob(core)],
  figures: countFairs,
  commands: async (program, operator) => (await import('./import.ts')).addFairImport(program, operator),
})
