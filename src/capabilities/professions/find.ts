import { foldText } from '../../../flows/common/letters.ts'
import { languages, value } from '../../../flows/kit/words.ts'
import type { Hit } from '../../../flows/search/contract.ts'
import { createBounded } from '../../base/bounded.ts'
import { indexOf, readQuery, type WordIndex } from '../../base/word-index.ts'
import type { Finder } from '../capability.ts'
import type { Catalogue, Family, Profession } from './seed.ts'

/** Hits at most, and guesses. */
const most = { hits: 6, guesses: 3 }

/** Professions and families of work whose names or usual words fit a text, in any language. */
export function findProfessions(catalogue: () => Promise<Catalogue>, fillers: ReadonlySet<string> = new Set()): Finder {
  const inCatalogue = catalogueIndex()
  return async (text) => {
    const found = inCatalogue(await catalogue())(readQuery(text, fillers), most.hits)
    const shown = found[0]?.fit === 'near' ? found.slice(0, most.guesses) : found
    return shown.map(({ thing: { hit }, fit }) => ({ ...hit, fit }))
  }
}

/** What can be found: a hit, by its names. */
type Entry = { readonly hit: Hit; readonly names: readonly string[] }

function entriesOf({ professions, families }: Catalogue): Entry[] {
  return [...professions.map(professionEntry), ...families.map(familyEntry), ...families.map(nearestEntry)]
}

function professionEntry({ id, name, words }: Profession): Entry {
  const names = languages.flatMap((language) => name[language])
  const others = languages.flatMap((language) => words[language])
  return {
    hit: { kind: 'profession', label: value(name), flow: 'professions', input: { id } },
    names: [...names, ...others],
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
    const index = indexes.get(catalogue) ?? indexOf(entriesOf(catalogue), ({ names }) => names.map(folded))
    indexes.set(catalogue, index)
    return index
  }
}
