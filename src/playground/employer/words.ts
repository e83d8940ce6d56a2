import { readFileSync } from 'node:fs'
import type { Region } from '../../../flows/common/regions.ts'
import { type Language, languages } from '../../../flows/kit/words.ts'

/** Words of the playground in one language, as they are sent to its page too. */
export type PageWords = {
  /** All of them, names of regions among them under `region.<code>`. */
  readonly all: Readonly<Record<string, string>>
  say(key: string, values?: Readonly<Record<string, string | number>>): string
  region(code: Region): string
}

/** Reads the words of the page from the locales. */
export function readPageWords(): ReadonlyMap<Language, PageWords> {
  return new Map(languages.map((language) => [language, wordsIn(language)]))
}

function wordsIn(language: Language): PageWords {
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(new URL(`../../../locales/${language}/${name}.json`, import.meta.url), 'utf8'))
  const all = Object.fromEntries([...flat(read('playground')), ...flat(read('regions'), 'region.')])
  return {
    all,
    say: (key, values = {}) => (all[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_, name) => String(values[name] ?? '')),
    region: (code) => all[`region.${code}`] ?? code,
  }
}

/** Groups of words under one name each, joined by dots. */
function flat(tree: unknown, prefix = ''): [string, string][] {
  if (typeof tree !== 'object' || tree === null) return []
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string' ? [[prefix + name, value] as [string, string]] : flat(value, `${prefix}${name}.`),
  )
}
