import { z } from 'zod'
import { foldText } from '../../../../flows/common/letters.ts'
import { RawVacancy } from '../../../../flows/vacancies/vacancy.ts'

/** A field of a vacancy that a column of a file can hold. */
export type Field = keyof RawVacancy

/** What a vacancy of a file says, field by field. */
export type Fields = Partial<Record<Field, string | null>>

const someNames = z.array(z.string().trim().min(1)).min(1)

/** What the columns of each field are called, and the units that may stand after a name. */
export const ColumnNames = z.strictObject({ fields: z.record(RawVacancy.keyof(), someNames), units: someNames })
export type ColumnNames = z.infer<typeof ColumnNames>

/** Which field a column holds, by what its head says; undefined where nobody calls one so. */
export type FieldOf = (head: string) => Field | undefined

/** Makes the reader of heads: letters, signs and case do not matter, nor a unit after the name ("Pay, KZT"). */
export function createFieldOf(names: ColumnNames): FieldOf {
  const fields = new Map(
    RawVacancy.keyof().options.flatMap((field) =>
      [spaced(field), ...names.fields[field]].map((name) => [foldText(name), field] as const),
    ),
  )
  const units = names.units.map((unit) => ` ${foldText(unit)}`)
  return (head) => {
    const folded = foldText(head.slice(0, longestHead))
    const unit = units.find((one) => folded.endsWith(one))
    return fields.get(folded) ?? (unit === undefined ? undefined : fields.get(folded.slice(0, -unit.length)))
  }
}

const longestHead = 80

/** "salaryFrom" as "salary From". */
function spaced(field: string): string {
  return field.replace(/[A-Z]/g, ' $&')
}

/** Columns that the operator names: field → head of the column, folded. */
export type ColumnMap = ReadonlyMap<string, Field>

/** What is wrong with `--map`; its message says how it is written. */
export class WrongMap extends Error {}

/**
 * Reads `title=Position,salary_from=Pay from`. Throws a WrongMap that names the part that cannot be understood.
 */
export function readColumnMap(text: string): ColumnMap {
  return new Map(
    text.split(',').map((part) => {
      const [field = '', ...head] = part.split('=')
      const known = fieldNames.get(field.trim())
      const column = head.join('=').trim()
      if (known === undefined || column === '')
        throw new WrongMap(
          `"${part.trim()}" in --map is not understood. Write field=Column, several with commas between them, for example title=Position,salary_from="Pay from". Fields: ${[...fieldNames.keys()].join(', ')}.`,
        )
      return [foldText(column), known] as const
    }),
  )
}

const fieldNames: ReadonlyMap<string, Field> = new Map(
  RawVacancy.keyof().options.map((field) => [spaced(field).replace(' ', '_').toLowerCase(), field]),
)

/** The columns of a file: which cell of a row holds which field. The first column of a field counts. */
export type Columns = ReadonlyMap<number, Field>

/**
 * Finds the columns in a head line; the operator's own come first. Returns undefined where no column holds a title,
 * without which nothing is a vacancy.
 */
export function columnsOf(heads: readonly string[], fieldOf: FieldOf, map: ColumnMap = new Map()): Columns | undefined {
  const columns = new Map<number, Field>()
  const named = heads.map((head, place) => ({ place, field: map.get(foldText(head)) }))
  const known = heads.map((head, place) => ({ place, field: fieldOf(head) }))
  for (const { place, field } of [...named, ...known]) {
    if (field === undefined || columns.has(place) || [...columns.values()].includes(field)) continue
    columns.set(place, field)
  }
  return [...columns.values()].includes('title') ? columns : undefined
}

/** Heads of the operator's map that no column has. */
export function missingHeads(heads: readonly string[], map: ColumnMap): Field[] {
  const present = new Set(heads.map((head) => foldText(head)))
  return [...map].flatMap(([head, field]) => (present.has(head) ? [] : [field]))
}
