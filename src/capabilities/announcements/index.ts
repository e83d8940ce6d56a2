import { announcementSheet } from '../../../flows/announcements/contract.ts'
import { document } from '../../telegram/ports.ts'
import { defineCapability } from '../capability.ts'
import { type CountFigures, figuresBy } from '../figures.ts'
import { announcementsSection } from './export.ts'
import { announcementFacts } from './facts.ts'
import { figuresOf } from './figures.ts'
import { announcementsJob, forgetAnnouncementsJob } from './job.ts'
import { announcementOf, announcementReplies } from './replies.ts'
import { sheetName, sheetOf } from './sheet.ts'

const countAnnouncements: CountFigures = async ({ prisma }) => {
  const rows = await prisma.announcement.groupBy({ by: ['state'], _count: true })
  return [{ title: 'Announcements', rows: figuresBy(rows, ({ state }) => state) }]
}

/** What mentors and coordinators tell many people at once: planned, sent in slices, held back, counted. */
export const announcements = defineCapability({
  name: 'announcements',
  facts: announcementFacts,
  asks: (_, tools) => announcementReplies(tools),
  documents: (_, { core, words }) => [
    document(announcementSheet, async ({ id }, world) => {
      const kept = await announcementOf(core, id, world)
      if (kept === undefined) return undefined
      const { language } = world.person
      const bytes = sheetOf(kept, await figuresOf(core, kept), words, language)
      return { name: sheetName(kept, words, language), bytes, caption: { key: 'announcements:sheet.caption' } }
    }),
  ],
  exports: () => [announcementsSection],
  jobs: (_, { core }) => [announcementsJob(core), forgetAnnouncementsJob(core)],
  figures: countAnnouncements,
})
