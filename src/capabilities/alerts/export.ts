import { z } from 'zod'
import { Subscription } from '../../../flows/alerts/contract.ts'
import { rhythmLine } from '../../../flows/alerts/screens.ts'
import { zone } from '../../../flows/common/regions.ts'
import { translator } from '../../../flows/kit/words.ts'
import { filterLines, filterName } from '../../../flows/vacancies/filter-lines.ts'
import { fact, line, type Section, section, Time } from '../export.ts'
import type { VacancyNameOf } from '../vacancies/export.ts'
import type { NamesOf } from '../vacancies/filter-names.ts'

const t = translator('alerts')
const Row = z.object({ ...Subscription.omit({ since: true }).shape, createdAt: Time })

/** What was found for them by it, the newest first. */
export function alertsSection(nameOf: VacancyNameOf): Section {
  return section('Alert', {
    title: { key: 'alerts:export.found' },
    row: z.object({ vacancyId: z.string(), foundAt: Time, toldAt: Time.nullable() }),
    tell: async ({ vacancyId, foundAt, toldAt }) => ({
      title: await nameOf(vacancyId),
      order: -foundAt,
      lines: [
        fact({ key: 'alerts:export.foundAt' }, { moment: foundAt, zone, style: 'date' }),
        ...(toldAt === null ? [] : [fact({ key: 'alerts:export.toldAt' }, { moment: toldAt, zone, style: 'date' })]),
      ],
    }),
  })
}

/** What somebody looks for, in words; the oldest first. */
export function subscriptionsSection(namesOf: NamesOf): Section {
  return section('Subscription', {
    title: { key: 'alerts:menu' },
    row: Row,
    tell: (subscription) => {
      const { filter, createdAt } = subscription
      const names = namesOf(filter)
      return {
        title: filterName(t, filter, names),
        order: createdAt,
        lines: [
          ...filterLines(t, filter, names).map(line),
          line(rhythmLine(t, subscription)),
          fact({ key: 'alerts:export.made' }, { moment: createdAt, zone, style: 'date' }),
        ],
      }
    },
  })
}
