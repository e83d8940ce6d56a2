import { defineFlow } from '../kit/flow.ts'
import { PlantsContext, type PlantsEvent } from './context.ts'
import { machine } from './machine.ts'
import { thirsty } from './notices.ts'
import { screens } from './screens.ts'

/** Plants that a person looks after. */
export const plants = defineFlow<PlantsContext, PlantsEvent>({
  id: 'plants',
  version: 1,
  context: PlantsContext,
  machine,
  screens,
  menu: { order: 60, label: { key: 'plants:menu' } },
  commands: { plants: { place: 15 } },
  notices: [thirsty],
  examples: { inputs: [undefined, { kind: 'aloe' }], texts: ['Бәйтерек'] },
})
