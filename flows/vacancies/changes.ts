import { withNeighbours } from '../common/neighbours.ts'
import { regions } from '../common/regions.ts'
import type { Change, VacanciesContext as Context, On, Situation, Toggled } from './context.ts'
import { emptyFilter } from './contract.ts'
import { type Filter, mostNamed } from './matching/filter.ts'

/** Pure moves of choosing: what of the filter changes where an event leads. */

const longestPhrase = 60
/** So many entries each list of a filter takes. */
const room: Readonly<Record<Toggled, number>> = {
  ...{ professions: mostNamed.professions, families: mostNamed.families },
  ...{ words: mostNamed.words, avoid: mostNamed.words },
  ...{ schedules: 10, employments: 10, formats: 10 },
}

export function isFull({ context: { filter }, event: { part, value } }: On<'TOGGLE'>): boolean {
  const present: readonly string[] = filter[part]
  return !present.includes(value) && present.length >= room[part]
}

/** An entry of a list is chosen, or not any more. */
export function toggle({ context: { filter }, event: { part, value } }: On<'TOGGLE'>): Change {
  return changed(filter, { [part]: toggled<string>(filter[part], value) })
}

export function switchOver({ context: { filter }, event: { part } }: On<'SWITCH'>): Change {
  return changed(filter, { [part]: !filter[part] })
}

export function setPay({ context: { filter }, event: { pay } }: On<'LEAST'>): Change {
  return changed(filter, { leastPay: pay })
}

export function switchRemote({ context: { filter } }: Situation): Change {
  return changed(filter, { remoteAnywhere: !filter.remoteAnywhere })
}

/** Towns are narrower than regions: who chooses a region means all of it. */
export function toggleRegion({ context: { filter }, event: { region } }: On<'REGION'>): Change {
  const chosen = toggled(filter.regions, region)
  return changed(filter, { towns: [], regions: regions.filter((one) => chosen.includes(one)) })
}

export function addNeighbours({ context: { filter } }: Situation): Change {
  return changed(filter, { towns: [], regions: [...withNeighbours(filter.regions)] })
}

export function anywhere({ context: { filter } }: Situation): Change {
  return changed(filter, { towns: [], regions: [] })
}

export function anyWork({ context: { filter } }: Situation): Change {
  return changed(filter, { professions: [], families: [] })
}

/** Asks for nothing any more. */
export function clear({ context: { filter } }: Situation): Change {
  return { filter: { ...emptyFilter, ageBand: filter.ageBand } }
}

/** Words between commas, each short enough, or undefined where there are none. */
export function phrasesIn(text: string): string[] | undefined {
  const phrases = text
    .slice(0, 2_000)
    .split(/[,;\n]/)
    .map((phrase) => phrase.replace(/\s+/g, ' ').trim())
    .filter((phrase) => /[\p{L}\d]/u.test(phrase))
  return phrases.length === 0 || phrases.some(({ length }) => length > longestPhrase) ? undefined : phrases
}

export function write({ context: { filter, wording }, event: { text } }: On<'TEXT'>): Change {
  const all = [...new Set([...filter[wording], ...(phrasesIn(text) ?? [])])]
  return changed(filter, { [wording]: all.slice(0, mostNamed.words) })
}

/** What was read in a line for one part of the filter; undefined where it says nothing of that. */
export function heard(hearing: Context['hearing'], filter: Filter, read: Filter | undefined): Filter | undefined {
  if (read === undefined) return undefined
  const { regions: places, towns, professions, leastPay, words } = read
  switch (hearing) {
    case 'list':
    case 'all':
      return read
    case 'place':
      return places.length + towns.length === 0 ? undefined : { ...filter, regions: places, towns }
    case 'work':
      // Words stand for the work where no profession was known by them.
      if (professions.length === 0) return words.length === 0 ? undefined : worded(filter, words)
      return { ...filter, professions: joined(filter.professions, professions) }
    case 'pay':
      return leastPay === null ? undefined : { ...filter, leastPay }
  }
}

function worded(filter: Filter, words: readonly string[]): Filter {
  const all = [...new Set([...filter.words, ...words])].slice(0, mostNamed.words)
  return { ...filter, words: all, professions: [], families: [] }
}

function joined(before: readonly string[], added: readonly string[]): string[] {
  return [...new Set([...before, ...added])].slice(0, mostNamed.professions)
}

function changed(filter: Filter, change: Partial<Filter>): Change {
  return { filter: { ...filter, ...change } }
}

function toggled<T extends string>(values: readonly T[], value: T): T[] {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value]
}
