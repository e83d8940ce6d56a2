import { defineFlow } from '../kit/flow.ts'
import { ProfessionsContext, type ProfessionsEvent } from './context.ts'
import { machine } from './machine.ts'
import { screens } from './screens.ts'

/** Families of work, their professions, and a card for each: what it is, a day, the way in. */
export const professions = defineFlow<ProfessionsContext, ProfessionsEvent>({
  id: 'professions',
  version: 1,
  context: ProfessionsContext,
  machine,
  screens,
  called: { all: {} },
  commands: { professions: { place: 30 } },
  menu: { order: 20, label: { key: 'professions:menu' } },
  examples: { inputs: [undefined, { id: 'cook' }] },
})
