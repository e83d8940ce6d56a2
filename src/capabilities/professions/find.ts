import { foldText } from '../../../flows/common/letters.ts'
import { languages, value } from '../../../flows/kit/words.ts'
import type { Hit } from '../../../flows/search/contract.ts'
import { createBounded } from '../../base/bounded.ts'
import { indexOf, type Query, readQuery, type WordIndex } from '../../base/word-index.ts'
import type { Finder } from '../capability.ts'
import type { Catalogue, Family, Profession } from './seed.ts'

/** Hits at most, and guesses. */
const most = { hits: 6, guesses: 3 }

/** Where somebody wants to become something, a word of the name in another form is enough, whatever stands beside it. */
const leastOfWish = 0.6

/** Words that lead up to what is looked for; those that ask for something else; those that ask for a profession after all. */
export type QueryWords = {
  readonly fillers: ReadonlySet<string>
  readonly asking: ReadonlySet<string>
  readonly becoming: ReadonlySet<string>
}

const none: ReadonlySet<string> = new Set()

/** Professions and families of work whose names or usual words fit a text, in any language. */
export function findProfessions(
  catalogue: () => Promise<Catalogue>,
  { fillers, asking, becoming }: QueryWords = { fillers: none, asking: none, becoming: none },
): Finder {
  const inCatalogue = catalogueIndex()
  return async (text) => {
    const sought = readQuery(text, fillers)
    const said = sought.said.split(' ')
    const isWish = said.some((word) => becoming.has(word))
    const query = { ...sought, ...(isWish && { least: leastOfWish }) }
    const found = inCatalogue(await catalogue())(query, most.hits)
    const shown = found[0]?.fit === 'near' ? found.slice(0, most.guesses) : found
    const isOfElse = !isWish && said.some((word) => asking.has(word))
    const fitting = isOfElse ? shown.filter(({ thing, fit }) => fit !== 'near' && isNamed(thing, query)) : shown
    return fitting.map(({ thing: { hit }, fit }) => ({ ...hit, fit }))
  }
}

/** "How do I cook soup" asks for no job; "how much does a cook earn" names one. */
function isNamed({ hit, names }: Entry, { words }: Query): boolean {
  return hit.kind === 'profession' && names.some((name) => words.includes(foldText(name)))
}

/** What can be found: a hit, by its names, and by what the work has to do with. */
type Entry = { readonly hit: Hit; readonly names: readonly string[]; readonly fields?: readonly string[] }

function entriesOf({ professions, families }: Catalogue): Entry[] {
  return [...families.map(familyEntry), ...professions.map(professionEntry), ...families.map(nearestEntry)]
}

function professionEntry({ id, name, words, fields }: Profession): Entry {
  const names = languages.flatMap((language) => name[language])
  const others = languages.flatMap((language) => words[language])
  return {
    hit: { kind: 'profession', label: value(name), flow: 'professions', input: { id } },
    names: [...names, ...others],
    fields: languages.flatMap((language) => fields?.[language] ?? []),
  }
}

function familyEntry({ id, name, words }: Family): Entry {
  return {
    hit: { kind: 'family', label: value(name), flow: 'professions', input: { family: id } },
    names: languages.flatMap((language) => [name[language], ...words[language]]),
  }
}

/** Work that has no card yet: the family it belongs to is the nearest there is. */
function nearestEntry({ id, name, without }: Family): Entry {
  return {
    hit: { kind: 'nearest', label: value(name), flow: 'professions', input: { family: id } },
    names: languages.flatMap((language) => without[language]),
  }
}

/** The index of a catalogue, made once for each that is read. Names are folded once for all, for most stay the same. */
function catalogueIndex(): (catalogue: Catalogue) => WordIndex<Entry> {
  const indexes = new WeakMap<Catalogue, WordIndex<Entry>>()
  const known = createBounded<string, string>(50_000)
  const folded = (name: string) => {
    const fold = known.get(name) ?? foldText(name)
    known.set(name, fold)
    return fold
  }
  return (catalogue) => {
    const index =
      indexes.get(catalogue) ??
      indexOf(entriesOf(catalogue), ({ names, fields = [] }) => [...names, ...fields].map(folded))
    indexes.set(catalogue, index)
    return index
  }
}
