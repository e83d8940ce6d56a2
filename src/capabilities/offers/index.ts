import { defineCapability } from '../capability.ts'
import { type CountFigures, figuresBy } from '../figures.ts'
import { readSeed } from '../professions/seed.ts'
import { readKnowledge } from '../vacancies/knowledge.ts'
import { offersSection } from './export.ts'
import { offerFacts } from './facts.ts'
import { reviewsJob } from './job.ts'
import { createOfferReading } from './reading.ts'
import { offerReplies } from './replies.ts'

const countOffers: CountFigures = async ({ prisma }) => {
  const rows = await prisma.offer.groupBy({ by: ['state'], _count: true })
  return [{ title: 'Offers', rows: figuresBy(rows, ({ state }) => state) }]
}

/** Work that employers and mentors offer in the chat, and what mentors are told of. */
export const offers = defineCapability({
  name: 'offers',
  load: async ({ read, words }) => {
    const [knowledge, catalogue] = await Promise.all([read(readKnowledge), read(readSeed)])
    return createOfferReading(knowledge, catalogue, words)
  },
  facts: offerFacts,
  asks: (reading, { core }) => offerReplies(core, reading),
  exports: () => [offersSection],
  jobs: (_, { core, ask }) => [reviewsJob(core, ask)],
  figures: countOffers,
})
