import { newcomer } from '../common/person.ts'
import { defineFlow } from '../kit/flow.ts'
import { exampleTurn } from '../kit/walk.ts'
import { emptyContext, FairsContext, type FairsEvent } from './context.ts'
import { machine } from './machine.ts'
import { after, announced, cancelled, changed, soon } from './notices.ts'
import { screens } from './screens.ts'

const begun = emptyContext({ person: newcomer('kk'), input: undefined, turn: exampleTurn })

/**
 * Vacancy fairs: which are coming, who offers what there, and when one goes where. Not in the menu at home, since for
 * most of the year there is none: they are found among vacancies, by their name and command, and by what is told of them.
 */
export const fairs = defineFlow<FairsContext, FairsEvent>({
  id: 'fairs',
  version: 1,
  context: FairsContext,
  machine,
  access: 'met',
  screens,
  called: { list: { label: { key: 'fairs:name' } } },
  commands: { fairs: {} },
  notices: [soon, changed, cancelled, after, announced],
  examples: {
    inputs: [undefined, { id: 'example' }],
    frames: [{ value: 'young', context: { ...begun, isYoung: true } }],
  },
})
