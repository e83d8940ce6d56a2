import { defineCapability } from '../capability.ts'
import { type CountFigures, figuresBy } from '../figures.ts'
import { readCatalogue } from '../professions/seed.ts'
import { createReading } from '../vacancies/candidates.ts'
import { createFilterNames } from '../vacancies/filter-names.ts'
import { readKnowledge } from '../vacancies/knowledge.ts'
import { subscriptionsSection } from './export.ts'
import { alertsJob } from './job.ts'
import { ledgerFacts } from './ledger.ts'
import { subscriptionFacts, subscriptionReplies } from './rows.ts'

const countAlerts: CountFigures = async ({ prisma }) => {
  const subscriptions = await prisma.subscription.groupBy({ by: ['state'], _count: true })
  const [found, told] = await Promise.all([
    prisma.alert.count(),
    prisma.alert.count({ where: { toldAt: { not: null } } }),
  ])
  const alerts = [
    { name: 'found', count: found },
    { name: 'told', count: told },
  ]
  return [
    { title: 'Subscriptions', rows: figuresBy(subscriptions, ({ state }) => state) },
    { title: 'Alerts', rows: alerts.filter(({ count }) => count > 0) },
  ]
}

/** What people look for, and the job that tells them of new vacancies. */
export const alerts = defineCapability({
  name: 'alerts',
  load: async ({ files }) => {
    const [knowledge, catalogue] = await Promise.all([
      readKnowledge(files),
      readCatalogue(new URL('prisma/seed/', files)),
    ])
    return { reading: createReading(knowledge, catalogue), namesOf: createFilterNames(knowledge, catalogue) }
  },
  facts: [...subscriptionFacts, ...ledgerFacts],
  asks: ({ namesOf }, { core }) => subscriptionReplies(core, namesOf),
  exports: ({ namesOf }) => [subscriptionsSection(namesOf)],
  jobs: ({ reading, namesOf }, { core }) => [alertsJob({ core, reading, namesOf })],
  figures: countAlerts,
})
