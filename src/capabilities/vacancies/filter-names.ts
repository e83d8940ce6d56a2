import type { Words } from '../../../flows/kit/words.ts'
import type { FilterNames } from '../../../flows/vacancies/filter-lines.ts'
import type { Filter } from '../../../flows/vacancies/matching/filter.ts'
import type { Catalogue } from '../professions/seed.ts'
import type { Knowledge } from './knowledge.ts'

/** Names in words what a filter names by ids. */
export type NamesOf = (filter: Pick<Filter, 'professions' | 'families' | 'towns'>) => FilterNames

export function createFilterNames({ townName }: Pick<Knowledge, 'townName'>, catalogue: Catalogue): NamesOf {
  const professions = new Map(catalogue.professions.map(({ id, name }) => [id, name]))
  const families = new Map(catalogue.families.map(({ id, name }) => [id, name]))
  const town = (id: string) => {
    const name = townName(id)
    return typeof name === 'string' ? undefined : name
  }
  return (filter) => ({
    professions: known(filter.professions, (id) => professions.get(id)),
    families: known(filter.families, (id) => families.get(id)),
    towns: known(filter.towns, town),
  })
}

function known(ids: readonly string[], nameOf: (id: string) => Words | undefined): FilterNames['towns'] {
  return ids.flatMap((id) => {
    const name = nameOf(id)
    return name === undefined ? [] : [{ id, name }]
  })
}
