import { defineFlow } from '../kit/flow.ts'
import { MygroupContext, type MygroupEvent } from './context.ts'
import { machine } from './machine.ts'
import { screens } from './screens.ts'

/** A member's own group: who invited them, what is shared, what the mentor sees. */
export const mygroup = defineFlow<MygroupContext, MygroupEvent>({
  id: 'mygroup',
  version: 1,
  context: MygroupContext,
  machine,
  access: 'met',
  commands: { mygroup: {} },
  called: { mygroup: { label: { key: 'mygroup:menu' } } },
  screens,
  examples: { inputs: [undefined, { id: 'group' }, { code: 'kod-example' }] },
})
