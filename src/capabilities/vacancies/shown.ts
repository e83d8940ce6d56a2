import type { Person } from '../../../flows/common/person.ts'
import type { Filter } from '../../../flows/vacancies/matching/filter.ts'
import type { Core } from '../../store/core.ts'
import type { Board } from './board.ts'
import type { Reading } from './candidates.ts'
import type { FindingsOf } from './findings.ts'
import type { Lookers } from './lookers.ts'
import type { Names } from './names.ts'
import { type KeptVacancy, readKept } from './rows.ts'
import type { ReadSought } from './said.ts'

/** What the look-ups behind lists and cards work with. */
export type ReplyTools = {
  readonly core: Core
  readonly board: Board
  readonly reading: Reading
  readonly findingsOf: FindingsOf
  readonly lookers: Lookers
  readonly names: Names
  readonly readSought: ReadSought
}

/** Whatever a filter says of an age: it is the person's own that counts. Who has not said it is shown nothing. */
export function forPerson(filter: Filter, person: Person): Filter {
  return { ...filter, ageBand: ageOf(person) }
}

export function ageOf({ ageBand }: Person): Filter['ageBand'] {
  return ageBand ?? '12-13'
}

export function isOpen({ state, body }: Pick<KeptVacancy, 'state' | 'body'>, now: number): boolean {
  return state === 'open' && body.validThrough >= now
}

/** Vacancies by their ids; those that cannot be read are left out, and reported. */
export async function keptIn({ prisma, damaged }: Pick<Core, 'prisma' | 'damaged'>, ids: readonly string[]) {
  const rows = ids.length === 0 ? [] : await prisma.vacancy.findMany({ where: { id: { in: [...ids] } } })
  return new Map(readKept(rows, damaged).map((one) => [one.id, one]))
}
