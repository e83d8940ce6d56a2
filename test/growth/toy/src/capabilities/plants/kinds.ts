import { foldText } from '../../../flows/common/letters.ts'
import { languages } from '../../../flows/kit/words.ts'
import { PlantKind } from '../../../flows/plants/contract.ts'
import { readFolder } from '../../base/content-files.ts'
import { indexOf, readQuery } from '../../base/word-index.ts'
import type { Finder } from '../capability.ts'

/** The kinds of plants, by name. Throws a ContentError that names file, line and field of every fault. */
export function readKinds(files: URL): Promise<readonly PlantKind[]> {
  return readFolder(new URL('flows/plants/kinds/', files), PlantKind)
}

/** Kinds whose name fits a text, in any language. */
export function findKinds(kinds: readonly PlantKind[]): Finder {
  const index = indexOf(kinds, ({ name }) => languages.map((language) => foldText(name[language])))
  return async (text) =>
    index(readQuery(text), 3).map(({ thing: { id, name }, fit }) => ({
      kind: 'plant',
      label: { key: 'common:value', values: { value: name } },
      flow: 'plants',
      input: { kind: id },
      fit,
    }))
}
