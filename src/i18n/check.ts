import { type Language, languages } from '../../flows/kit/words.ts'
import { type Locales, type LocaleTree, loadLocales } from './load.ts'
import { brokenMarkup } from './markup.ts'

/** A fault in the words: where it stands and what to do. */
export type Problem = {
  readonly language: Language
  readonly namespace: string
  readonly key: string
  readonly problem: string
}

/** Compares the languages under `root` with one another: keys, plural forms, places, markup, emptiness. */
export async function checkLocales(root: URL): Promise<Problem[]> {
  return checkWords(await loadLocales(root))
}

export function checkWords(locales: Locales): Problem[] {
  const namespaces = [...new Set(languages.flatMap((language) => Object.keys(locales[language])))].sort()
  return namespaces.flatMap((namespace) => checkNamespace(locales, namespace))
}

type Entry = { readonly key: string; readonly base: string; readonly form: string | undefined; readonly text: unknown }

function checkNamespace(locales: Locales, namespace: string): Problem[] {
  const entries = languages.map((language) => [language, flatten(locales[language][namespace] ?? {})] as const)
  const plurals = pluralBases(entries)
  const bases = new Map(entries.map(([language, list]) => [language, byBase(list, plurals)] as const))
  const all = [...new Set([...bases.values()].flatMap((map) => [...map.keys()]))]
  return languages.flatMap((language) => {
    const say = (key: string, problem: string): Problem => ({ language, namespace, key, problem })
    return all.flatMap((base) => {
      const own = bases.get(language)?.get(base)
      if (own === undefined) return [say(base, 'is missing: add the words')]
      const forms = plurals.has(base) ? checkForms(own, language) : []
      const texts = own.flatMap((entry) => checkText(entry.text).map((problem) => say(entry.key, problem)))
      const places = checkPlaces(
        own,
        languages.flatMap((other) => bases.get(other)?.get(base) ?? []),
      )
      return [...forms.map((problem) => say(base, problem)), ...texts, ...places.map((problem) => say(base, problem))]
    })
  })
}

const suffix = /^(.+)_(zero|one|two|few|many|other)$/

function flatten(tree: LocaleTree, prefix = ''): Entry[] {
  return Object.entries(tree).flatMap(([name, value]): Entry[] => {
    const key = prefix + name
    if (typeof value === 'object' && value !== null) {
      const inner = flatten(value, `${key}.`)
      return inner.length > 0 ? inner : [{ key, base: key, form: undefined, text: '' }]
    }
    const match = suffix.exec(key)
    return [{ key, base: match?.[1] ?? key, form: match?.[2], text: value }]
  })
}

/** What has an `_other` form somewhere is counted; elsewhere such an ending is part of the name. */
function pluralBases(entries: readonly (readonly [Language, readonly Entry[]])[]): Set<string> {
  return new Set(entries.flatMap(([, list]) => list.filter(({ form }) => form === 'other').map(({ base }) => base)))
}

function byBase(entries: readonly Entry[], plurals: ReadonlySet<string>): Map<string, Entry[]> {
  const map = new Map<string, Entry[]>()
  for (const entry of entries) {
    const base = plurals.has(entry.base) ? entry.base : entry.key
    map.set(base, [...(map.get(base) ?? []), entry])
  }
  return map
}

function checkForms(entries: readonly Entry[], language: Language): string[] {
  const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  const given = entries.map(({ form }) => form)
  const missing = needed.filter((form) => !given.includes(form))
  const foreign = given.filter((form) => form !== 'zero' && !needed.some((one) => one === form))
  return [
    ...missing.map((form) => `lacks the plural form _${form}, which the language has`),
    ...foreign.map((form) => `has the form ${form ?? 'without an ending'}, which the language does not count with`),
  ]
}

function checkText(text: unknown): string[] {
  if (typeof text !== 'string') return ['is not a text: write a string or a group of strings']
  if (text.trim() === '') return ['is empty: write the words']
  const fault = brokenMarkup(text)
  return fault === undefined ? [] : [fault]
}

/** Counted words may leave the number out in a form ("one day"); all other places must be the same everywhere. */
function checkPlaces(own: readonly Entry[], everywhere: readonly Entry[]): string[] {
  const wanted = new Set(everywhere.flatMap(({ text }) => placesOf(text)))
  const counted = own.some(({ form }) => form !== undefined)
  return own.flatMap(({ key, text }) => {
    const places = placesOf(text)
    const missing = [...wanted].filter((place) => !places.includes(place) && !(counted && place === 'count'))
    return missing.map((place) => `${key} lacks {{${place}}}, which stands in another language or form`)
  })
}

function placesOf(text: unknown): string[] {
  if (typeof text !== 'string') return []
  return [...text.matchAll(/\{\{\s*([^{}]+?)\s*\}\}/g)].flatMap(([, name]) => (name === undefined ? [] : [name]))
}
