import type { Core } from '../../store/core.ts'
import { defineCapability } from '../capability.ts'
import { countedGauge } from '../counted-gauge.ts'
import { type CountFigures, figuresBy } from '../figures.ts'
import { readSeed } from '../professions/seed.ts'
import { createReading } from '../vacancies/candidates.ts'
import { vacancyNameOf } from '../vacancies/export.ts'
import { createFilterNames } from '../vacancies/filter-names.ts'
import { readKnowledge } from '../vacancies/knowledge.ts'
import { alertsSection, subscriptionsSection } from './export.ts'
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

/** Subscriptions by state, and vacancies in the ledger: found for somebody, and told them. */
function alertGauges({ prisma, clock }: Pick<Core, 'prisma' | 'clock'>) {
  const subscriptions = async () => {
    const rows = await prisma.subscription.groupBy({ by: ['state'], _count: true })
    return Object.fromEntries(rows.map(({ state, _count }) => [state, _count]))
  }
  const alerts = async () => ({
    found: await prisma.alert.count(),
    told: await prisma.alert.count({ where: { toldAt: { not: null } } }),
  })
  return [
    countedGauge(
      { name: 'serik_subscriptions', help: 'What people look for', label: 'state', count: subscriptions },
      clock,
    ),
    countedGauge(
      {
        name: 'serik_alerts',
        help: 'Vacancies found for a subscription, and those of them that stood in a notice',
        label: 'state',
        count: alerts,
      },
      clock,
    ),
  ]
}

/** What people look for, and the job that tells them of new vacancies. */
export const alerts = defineCapability({
  name: 'alerts',
  load: async ({ read }) => {
    const [knowledge, catalogue] = await Promise.all([read(readKnowledge), read(readSeed)])
    return { reading: createReading(knowledge, catalogue), namesOf: createFilterNames(knowledge, catalogue) }
  },
  facts: [...subscriptionFacts, ...ledgerFacts],
  asks: ({ namesOf }, { core }) => subscriptionReplies(core, namesOf),
  exports: ({ namesOf }, { core }) => [subscriptionsSection(namesOf), alertsSection(vacancyNameOf(core))],
  jobs: ({ reading, namesOf }, { core }) => [alertsJob({ core, reading, namesOf })],
  metrics: (_, { core }) => alertGauges(core),
  figures: countAlerts,
})
