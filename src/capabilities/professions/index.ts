import { surveyHistory } from '../../../flows/survey/contract.ts'
import type { World } from '../../engine/ports.ts'
import { fillersIn, questionWordsIn, workWordsIn } from '../../i18n/lists.ts'
import { defineCapability, type Tools } from '../capability.ts'
import { createCatalogueCache, loadCatalogue } from './catalogue.ts'
import { findProfessions } from './find.ts'
import { savedBy, savedFacts, savedSection } from './saved.ts'
import { readSeed } from './seed.ts'
import { shelfReplies } from './shelves.ts'
import { suggestionReply } from './suggestions.ts'

/** The catalogue of professions: shelves, cards, what fits a result. */
export const professions = defineCapability({
  name: 'professions',
  load: async ({ core, read }) => {
    const cache = createCatalogueCache(core)
    const catalogue = await read(readSeed)
    await loadCatalogue(core, cache, catalogue)
    const names = new Map(catalogue.professions.map(({ id, name }) => [id, name]))
    return { ...cache, nameOf: (id: string) => names.get(id) }
  },
  facts: savedFacts,
  asks: ({ get: catalogue }, tools) => [
    ...shelfReplies({
      catalogue,
      strongest: (world) => strongestOf(tools, world),
      saved: savedBy(tools.core),
      words: tools.words,
    }),
    suggestionReply(tools.content.instruments, catalogue),
  ],
  finds: ({ get: catalogue }, { words }) => {
    const fillers = new Set([...fillersIn(words), ...workWordsIn(words)])
    return findProfessions(catalogue, { fillers, ...questionWordsIn(words) })
  },
  exports: ({ nameOf }) => [savedSection(nameOf)],
  check: async (read) => `professions: ${(await read(readSeed)).professions.length}`,
  commands: async (program, operator) => (await import('./match.ts')).addMatch(program, operator),
})

/** The two strongest scales of the newest result of the instrument that home suggests. */
async function strongestOf({ ask, content }: Tools, world: World): Promise<readonly string[] | undefined> {
  const [newest] = await ask(surveyHistory, { instrument: content.instruments[0].id }, world)
  return newest?.result.ranking.slice(0, 2).map(({ scale }) => scale)
}
