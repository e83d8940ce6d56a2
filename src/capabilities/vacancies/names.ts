import type { FamilyOf } from '../../../flows/vacancies/matching/nearest.ts'
import type { Catalogue } from '../professions/seed.ts'
import { createFilterNames, type NamesOf } from './filter-names.ts'
import type { Knowledge } from './knowledge.ts'

/** What ids are called, and the family that a profession belongs to. */
export type Names = { readonly of: NamesOf; readonly familyOf: FamilyOf }

export function createNames(knowledge: Pick<Knowledge, 'townName'>, catalogue: Catalogue): Names {
  const families = new Map(catalogue.professions.map(({ id, family }) => [id, family]))
  return { of: createFilterNames(knowledge, catalogue), familyOf: (profession) => families.get(profession) }
}
