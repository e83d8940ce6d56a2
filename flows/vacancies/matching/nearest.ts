import { withNeighbours } from '../../common/neighbours.ts'
import type { Filter } from './filter.ts'
import type { VacancyIndex } from './search.ts'

/** What of a filter may be given up, in the order it is proposed: what costs a person least comes first. */
export const steps = [
  'words',
  'schedule',
  'employment',
  'format',
  'housing',
  'pay',
  'town',
  'neighbours',
  'anywhere',
  'family',
  'work',
] as const
export type Step = (typeof steps)[number]

/** A search that finds something: what is given up for it, the filter without it, and how many it finds. */
export type Nearer = { readonly step: Step; readonly filter: Filter; readonly total: number }

export type FamilyOf = (profession: string) => string | undefined

/** So many ways are proposed: more would be too much to choose from. */
export const mostNearer = 4

/**
 * What to give up of a filter that finds nothing, so that it finds something: one condition alone, the first that help.
 * Words to avoid, experience and age are never given up.
 */
export function nearest(
  filter: Filter,
  index: Pick<VacancyIndex, 'count'>,
  now: number,
  familyOf: FamilyOf,
): readonly Nearer[] {
  const helpful: Nearer[] = []
  for (const step of steps) {
    // Each count goes through all that the wider filter reaches.
    if (helpful.length === mostNearer) break
    const wider = widen[step](filter, familyOf)
    const total = wider === undefined ? 0 : index.count(wider, now)
    if (wider !== undefined && total > 0) helpful.push({ step, filter: wider, total })
  }
  return helpful
}

/** The filter without a condition; undefined where it has none of the kind. */
const widen: Readonly<Record<Step, (filter: Filter, familyOf: FamilyOf) => Filter | undefined>> = {
  words: (filter) => (filter.words.length === 0 ? undefined : { ...filter, words: [] }),
  schedule: (filter) => (filter.schedules.length === 0 ? undefined : { ...filter, schedules: [] }),
  employment: (filter) => (filter.employments.length === 0 ? undefined : { ...filter, employments: [] }),
  format: (filter) => (filter.formats.length === 0 ? undefined : { ...filter, formats: [] }),
  housing: (filter) => (filter.housing ? { ...filter, housing: false } : undefined),
  pay: (filter) =>
    filter.leastPay === null && filter.payMayBeUnknown
      ? undefined
      : { ...filter, leastPay: null, payMayBeUnknown: true },
  // Without a region it would be everywhere, which is another step.
  town: (filter) => (filter.towns.length === 0 || filter.regions.length === 0 ? undefined : { ...filter, towns: [] }),
  neighbours: (filter) =>
    filter.regions.length === 0 ? undefined : { ...filter, towns: [], regions: [...withNeighbours(filter.regions)] },
  anywhere: (filter) =>
    filter.regions.length === 0 && filter.towns.length === 0 ? undefined : { ...filter, towns: [], regions: [] },
  family: (filter, familyOf) => {
    const families = [...new Set([...filter.families, ...filter.professions.flatMap((id) => familyOf(id) ?? [])])]
    return families.length === filter.families.length ? undefined : { ...filter, families }
  },
  work: (filter) =>
    filter.professions.length + filter.families.length === 0 ? undefined : { ...filter, professions: [], families: [] },
}
