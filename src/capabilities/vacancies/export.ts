import { z } from 'zod'
import { zone } from '../../../flows/common/regions.ts'
import { type Message, translator } from '../../../flows/kit/words.ts'
import { marks, reportReasons } from '../../../flows/vacancies/contract.ts'
import { filterLines, filterName } from '../../../flows/vacancies/filter-lines.ts'
import { Filter } from '../../../flows/vacancies/matching/filter.ts'
import type { Core } from '../../store/core.ts'
import { fact, line, type Section, section, Time } from '../export.ts'
import type { NamesOf } from './filter-names.ts'
import { keptIn } from './shown.ts'

const t = translator('vacancies')

/** What a vacancy is called; those that are long over are gone, and only their number is left. */
export type VacancyNameOf = (id: string) => Promise<Message>

export function vacancyNameOf(core: Pick<Core, 'prisma' | 'damaged'>): VacancyNameOf {
  return async (id) => {
    const title = (await keptIn(core, [id])).get(id)?.body.title
    return title === undefined
      ? { key: 'vacancies:export.gone', values: { id } }
      : { key: 'common:value', values: { value: title } }
  }
}

const Mark = z.object({ vacancyId: z.string(), mark: z.enum(marks), at: Time })
const Report = z.object({ vacancyId: z.string(), reason: z.enum(reportReasons), at: Time })
const Search = z.object({ filter: Filter, at: Time })

const did: Readonly<Record<(typeof marks)[number], Message>> = {
  saved: { key: 'vacancies:export.saved' },
  hidden: { key: 'vacancies:export.hidden' },
}

/** What somebody saved, hid and reported, the newest first, and what they last looked for. */
export function vacancySections(nameOf: VacancyNameOf, namesOf: NamesOf): readonly Section[] {
  return [
    section('VacancyMark', {
      title: { key: 'vacancies:export.marks' },
      row: Mark,
      tell: async ({ vacancyId, mark, at }) => ({
        title: await nameOf(vacancyId),
        order: -at,
        lines: [line(did[mark]), fact({ key: 'vacancies:export.at' }, { moment: at, zone, style: 'date' })],
      }),
    }),
    section('VacancyReport', {
      title: { key: 'vacancies:export.reports' },
      row: Report,
      tell: async ({ vacancyId, reason, at }) => ({
        title: await nameOf(vacancyId),
        order: -at,
        lines: [
          line(t(`reporting.${reason}`)),
          fact({ key: 'vacancies:export.at' }, { moment: at, zone, style: 'date' }),
        ],
      }),
    }),
    section('VacancySearch', {
      title: { key: 'vacancies:export.search' },
      row: Search,
      tell: ({ filter, at }) => {
        const names = namesOf(filter)
        return {
          title: filterName(t, filter, names),
          order: 0,
          lines: [
            ...filterLines(t, filter, names).map(line),
            fact({ key: 'vacancies:export.at' }, { moment: at, zone, style: 'date' }),
          ],
        }
      },
    }),
  ]
}
