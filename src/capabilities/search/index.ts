import type { Flow } from '../../../flows/kit/flow.ts'
import { languages } from '../../../flows/kit/words.ts'
import { find } from '../../../flows/search/contract.ts'
import { indexOf, wantedWords, wordsOf } from '../../base/word-index.ts'
import { reply } from '../../engine/reply.ts'
import type { WordsBook } from '../../i18n/words.ts'
import { defineCapability, type Finder } from '../capability.ts'

/** Entries of the menu that are found at most. */
const most = 3

/** What a free text can mean: what all capabilities find, and the entries of the menu. */
export const search = defineCapability({
  name: 'search',
  asks: (_, tools) => [reply(find, async ({ text }, world) => [...(await tools.find(text, world))])],
  finds: (_, { flows, words }) => findInMenu(flows, words),
})

function findInMenu(flows: readonly Flow[], words: WordsBook): Finder {
  const entries = flows.flatMap(({ id, menu }) => (menu === undefined ? [] : [{ flow: id, label: menu.label }]))
  const inMenu = indexOf(entries, ({ label }) =>
    languages.map((language) => words.plain(label, language)).flatMap(wordsOf),
  )
  return async (text) => inMenu(wantedWords(text), most).map((entry) => ({ kind: 'menu', ...entry }))
}
