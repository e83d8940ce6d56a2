import type { FilterNames } from '../../../flows/vacancies/contract.ts'
import type { Filter } from '../../../flows/vacancies/matching/filter.ts'
import type { FamilyOf } from '../../../flows/vacancies/matching/nearest.ts'
import type { Catalogue } from '../professions/seed.ts'
import type { Knowledge } from './knowledge.ts'

/** What ids of professions, families and towns are called; ids that are not known are left out. */
export type Names = {
  readonly familyOf: FamilyOf
  readonly of: (filter: Pick<Filter, 'professions' | 'families' | 'towns'>) => FilterNames
  readonly professions: (ids: readonly string[]) => FilterNames['professions']
}

export function createNames(
  { professions, families }: Pick<Catalogue, 'professions' | 'families'>,
  { townName }: Pick<Knowledge, 'townName'>,
): Names {
  const familyByProfession = new Map(professions.map(({ id, family }) => [id, family]))
  const named = (things: Catalogue['professions'] | Catalogue['families']) => {
    const names = new Map(things.map(({ id, name }) => [id, name]))
    return (ids: readonly string[]) =>
      [...new Set(ids)].flatMap((id) => {
        const name = names.get(id)
        return name === undefined ? [] : [{ id, name }]
      })
  }
  const [professionNames, familyNames] = [named(professions), named(families)]
  return {
    familyOf: (profession) => familyByProfession.get(profession),
    professions: professionNames,
    of: (filter) => ({
      professions: professionNames(filter.professions),
      families: familyNames(filter.families),
      towns: filter.towns.map((id) => ({ id, name: townName(id) })),
    }),
  }
}
