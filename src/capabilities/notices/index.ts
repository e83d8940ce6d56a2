import { dayLength } from '../../../flows/common/calendar.ts'
import { noticeFacts } from '../../delivery/notices/put.ts'
import { defineCapability } from '../capability.ts'
import { type CountFigures, figuresBy } from '../figures.ts'
import { noticesSection } from './export.ts'

const daysCounted = 30

const countNotices: CountFigures = async ({ prisma }, now) => {
  const rows = await prisma.notice.groupBy({
    by: ['kind', 'outcome'],
    where: { createdAt: { gte: BigInt(now - daysCounted * dayLength) } },
    _count: true,
  })
  const named = figuresBy(rows, ({ kind, outcome }) => `${kind}, ${outcome ?? 'waiting'}`)
  return [{ title: `Notices of the last ${daysCounted} days`, rows: named }]
}

/** What turns say of notices; the dispatcher does the rest. */
export const notices = defineCapability({
  name: 'notices',
  facts: noticeFacts,
  exports: (_, { flows }) => [noticesSection(flows)],
  figures: countNotices,
})
