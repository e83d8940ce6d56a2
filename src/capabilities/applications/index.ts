import { cvPage, cvText } from '../../../flows/applications/contract.ts'
import { reply } from '../../engine/reply.ts'
import { document } from '../../telegram/ports.ts'
import { defineCapability } from '../capability.ts'
import { countedGauge } from '../counted-gauge.ts'
import { type CountFigures, figuresBy } from '../figures.ts'
import { fileNameOf, sheetOf, textOf } from './cv.ts'
import { cvFacts, cvReplies, storedCv } from './cv-rows.ts'
import { applicationSections } from './export.ts'
import { newsReply } from './news.ts'
import { paperFacts, paperReplies } from './papers.ts'
import { applicationFacts, applicationReplies } from './rows.ts'

const countApplications: CountFigures = async ({ prisma }) => {
  const rows = await prisma.application.groupBy({ by: ['state'], _count: true })
  return [
    { title: 'Applications', rows: figuresBy(rows, ({ state }) => state) },
    { title: 'CVs', rows: [{ name: 'begun', count: await prisma.cv.count() }] },
  ]
}

/** What came of the jobs that people went for, and what they prepare for them. */
export const applications = defineCapability({
  name: 'applications',
  facts: [...applicationFacts, ...cvFacts, ...paperFacts],
  asks: (_, { core, words }) => [
    ...applicationReplies(core),
    ...cvReplies(core),
    ...paperReplies(core),
    newsReply(words),
    reply(cvText, async ({ language }, { chatId }) => {
      const text = textOf(sheetOf(await storedCv(core.prisma, core.seal, chatId), language, words))
      return text === null ? null : { text }
    }),
  ],
  documents: (_, { core, words }) => [
    document(cvPage, async ({ language }, { chatId }) => {
      const sheet = sheetOf(await storedCv(core.prisma, core.seal, chatId), language, words)
      if (textOf(sheet) === null) return undefined
      // Its library takes memory that most days need not.
      const { pdfOf } = await import('./pdf.ts')
      return { name: fileNameOf(sheet), bytes: await pdfOf(sheet), caption: { key: 'applications:cv.caption' } }
    }),
  ],
  exports: () => applicationSections,
  metrics: (_, { core: { prisma, clock } }) => {
    const count = async () => {
      const rows = await prisma.application.groupBy({ by: ['state'], _count: true })
      return Object.fromEntries(rows.map(({ state, _count }) => [state, _count]))
    }
    return [countedGauge({ name: 'serik_applications', help: 'Jobs people went for', label: 'state', count }, clock)]
  },
  figures: countApplications,
})
