import { languages } from '../../../flows/kit/words.ts'
import { PlantKind } from '../../../flows/plants/contract.ts'
import { readFolder } from '../../base/content-files.ts'
import { indexOf, wantedWords, wordsOf } from '../../base/word-index.ts'
import type { Finder } from '../capability.ts'

/** The kinds of plants, by name. Throws a ContentError that names file, line and field of every fault. */
export function readKinds(files: URL): Promise<readonly PlantKind[]> {
  return readFolder(new URL('flows/plants/kinds/', files), PlantKind)
}

/** Kinds whose name fits a text, in any language. */
export function findKinds(kinds: readonly PlantKind[]): Finder {
  const index = indexOf(kinds, ({ name }) => languages.flatMap((language) => wordsOf(name[language])))
  return async (text) =>
    index(wantedWords(text), 3).map(({ id, name }) => ({
      kind: 'plant',
      label: { key: 'common:value', values: { value: name } },
      flow: 'plants',
      input: { kind: id },
    }))
}
