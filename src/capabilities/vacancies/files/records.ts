import { z } from 'zod'
import { foldText } from '../../../../flows/common/letters.ts'
import { isOfHeadHunter } from '../../../../flows/vacancies/normalise/headhunter.ts'
import type { ColumnMap, FieldOf, Fields } from './columns.ts'
import { fieldsOfHeadHunter, HeadHunterItem } from './headhunter.ts'
import { fieldsOfPosting, isPosting } from './posting.ts'

/** What one thing of a JSON file says, or why it is no vacancy. */
export type RecordReading =
  | { readonly type: 'fields'; readonly fields: Fields }
  | { readonly type: 'refused'; readonly why: string }

/** One thing of a JSON file. `where` is told behind the file's name. */
export type JsonRecord = { readonly where: string; read(fieldOf: FieldOf, map?: ColumnMap): RecordReading }

/**
 * The vacancies of a JSON text: a list, an object that holds a list (a page of HeadHunter's API has `items`), one
 * object, or one JSON object a line. Throws a SyntaxError where it is no JSON, and an Error where no list is in it.
 */
export function recordsOf(text: string): JsonRecord[] {
  const json = text.replace(/^\uFEFF/, '')
  try {
    return listIn(JSON.parse(json)).map((thing, index) => recordOf(`, item ${index + 1}`, thing))
  } catch (error) {
    const records = error instanceof SyntaxError ? recordsOfLines(json) : undefined
    if (records === undefined) throw error
    return records
  }
}

/** Those of one object a line; undefined where most lines are none. One that is broken costs no other. */
function recordsOfLines(json: string): JsonRecord[] | undefined {
  const lines = [...json.split('\n').entries()].filter(([, line]) => line.trim() !== '')
  const things = lines.map(([index, line]) => ({ where: `:${index + 1}`, thing: objectIn(line) }))
  if (things.filter(({ thing }) => thing !== undefined).length < things.length / 2) return undefined
  return things.map(({ where, thing }) => recordOf(where, thing, 'broken JSON'))
}

function objectIn(line: string): unknown {
  try {
    return Thing.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

function recordOf(where: string, thing: unknown, otherwise = 'not an object'): JsonRecord {
  return { where, read: (fieldOf, map) => fieldsIn(thing, otherwise, fieldOf, map) }
}

const Thing = z.record(z.string(), z.unknown())

/** The names under which lists of vacancies stand; any other name is taken where it is the only list. */
const listNames = ['items', 'vacancies', 'results', 'data', 'jobs', '@graph', 'itemListElement']

/** How deep a list may stand under `data`. */
const deepestList = 5

function listIn(value: unknown, depth = 0): unknown[] {
  if (Array.isArray(value)) return value
  const thing = Thing.safeParse(value).data
  if (thing === undefined) throw new Error('it holds no list of vacancies')
  const lists = Object.entries(thing).filter(([, inner]) => Array.isArray(inner))
  const [named] = listNames.flatMap((name) => lists.filter(([key]) => key === name))
  const list = named ?? (lists.length === 1 && !isVacancy(thing) ? lists[0] : undefined)
  if (list !== undefined) return list[1] as unknown[] // it was looked at above
  return 'data' in thing && depth < deepestList ? listIn(thing.data, depth + 1) : [thing]
}

function isVacancy(thing: Readonly<Record<string, unknown>>): boolean {
  return isPosting(thing) || 'title' in thing || 'name' in thing
}

function fieldsIn(thing: unknown, otherwise: string, fieldOf: FieldOf, map: ColumnMap | undefined): RecordReading {
  const headHunter = HeadHunterItem.safeParse(thing)
  if (headHunter.success && headHunter.data.archived) return { type: 'refused', why: 'archived' }
  if (headHunter.success) return { type: 'fields', fields: fieldsOfHeadHunter(headHunter.data) }
  const known = Thing.safeParse(thing).data
  if (known === undefined) return { type: 'refused', why: otherwise }
  return { type: 'fields', fields: isPosting(known) ? fieldsOfPosting(known) : fieldsOfAny(known, fieldOf, map) }
}

/** An object whose names are nobody's in particular: they are read as heads of columns are, `salary.from` as "salary from". */
function fieldsOfAny(thing: Readonly<Record<string, unknown>>, fieldOf: FieldOf, map?: ColumnMap): Fields {
  const fields: Fields = {}
  const entries = flatten(thing)
  // One in a form that is not HeadHunter's own, but from there.
  const isBare = entries.some(([, text]) => isOfHeadHunter(text))
  for (const [name, text] of entries) {
    const field = map?.get(foldText(name)) ?? fieldOf(name) ?? fieldOf(name.replace(/ (?:name|title|value|text)$/, ''))
    const isForbidden = isBare && (field === 'description' || field === 'requirements' || field === 'contact')
    if (field !== undefined && !isForbidden && !fields[field]) fields[field] = text
  }
  return fields
}

const deepest = 3

function flatten(thing: Readonly<Record<string, unknown>>, before = '', depth = 0): [string, string][] {
  return Object.entries(thing).flatMap(([key, inner]): [string, string][] => {
    const name = before === '' ? key : `${before} ${key}`
    if (typeof inner === 'string' || typeof inner === 'number' || typeof inner === 'boolean')
      return [[name, String(inner)]]
    if (Array.isArray(inner)) return [[name, inner.filter((one) => typeof one === 'string').join(', ')]]
    const object = Thing.safeParse(inner).data
    return object === undefined || depth === deepest ? [] : flatten(object, name, depth + 1)
  })
}
