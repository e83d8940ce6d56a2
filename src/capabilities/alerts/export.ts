import { z } from 'zod'
import { Subscription } from '../../../flows/alerts/contract.ts'
import { rhythmLine } from '../../../flows/alerts/screens.ts'
import { zone } from '../../../flows/common/regions.ts'
import { translator } from '../../../flows/kit/words.ts'
import { filterLines, filterName } from '../../../flows/vacancies/filter-lines.ts'
import { fact, line, type Section, section, Time } from '../export.ts'
import type { NamesOf } from '../vacancies/filter-names.ts'

const t = translator('alerts')
const Row = z.object({ ...Subscription.omit({ since: true }).shape, createdAt: Time })

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
