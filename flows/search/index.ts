import { isEmployer } from '../common/person.ts'
import { defineFlow } from '../kit/flow.ts'
import { SearchContext, type SearchEvent } from './context.ts'
import { createMachine } from './machine.ts'
import { migrations } from './migrations.ts'
import { screens } from './screens.ts'
import { called } from './talk.ts'

/** What a free text can mean when no screen asks for one: a search over all subjects, `others` by their ids. */
export function createSearch(others: readonly string[]) {
  return defineFlow<SearchContext, SearchEvent>({
    id: 'search',
    version: 8,
    context: SearchContext,
    migrations,
    machine: createMachine(others),
    access: 'agreed',
    menu: { order: 70, label: { key: 'search:menu' }, visible: (person) => !isEmployer(person) },
    called,
    screens,
    examples: {
      inputs: [
        undefined,
        { text: 'аспаз' },
        { text: 'аспаз', worry: true },
        { text: 'nonsense', command: true },
        { talk: 'study' },
        { talk: 'subjects' },
        { answer: 'housing' },
        { answer: 'scam', signs: [{ kind: 'fee', words: 'example' }] },
        { text: 'аспаз', forwarded: true },
      ],
      texts: ['повар'],
    },
  })
}
