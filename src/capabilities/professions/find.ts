import { type Language, languages, value } from '../../../flows/kit/words.ts'
import { createBounded } from '../../base/bounded.ts'
import { indexOf, type WordIndex, wantedWords, wordsOf } from '../../base/word-index.ts'
import type { Finder } from '../capability.ts'
import type { Catalogue, Profession } from './seed.ts'

/** Hits at most. */
const most = 6

/** Professions whose names or usual words fit a text, in any language. */
export function findProfessions(catalogue: () => Promise<Catalogue>): Finder {
  const inCatalogue = catalogueIndex()
  return async (text) =>
    inCatalogue(await catalogue())(wantedWords(text), most).map(({ id, name }) => ({
      kind: 'profession',
      label: value(name),
      flow: 'professions',
      input: { id },
    }))
}

function namesOf({ name, words }: Profession): string[] {
  return languages.flatMap((language: Language) => [name[language], ...words[language]])
}

/** The index of a catalogue, made once for each that is read. Names are folded once for all, for most stay the same. */
function catalogueIndex(): (catalogue: Catalogue) => WordIndex<Profession> {
  const indexes = new WeakMap<Catalogue, WordIndex<Profession>>()
  const folded = createBounded<string, string[]>(50_000)
  const wordsOfName = (name: string) => {
    const words = folded.get(name) ?? wordsOf(name)
    folded.set(name, words)
    return words
  }
  return (catalogue) => {
    const index = indexes.get(catalogue) ?? indexOf(catalogue.professions, (one) => namesOf(one).flatMap(wordsOfName))
    indexes.set(catalogue, index)
    return index
  }
}
