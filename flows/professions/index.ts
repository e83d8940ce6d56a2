import { defineFlow } from '../kit/flow.ts'
import { ProfessionsContext, type ProfessionsEvent, type ProfessionsInput } from './context.ts'
import { machine } from './machine.ts'
import { migrations } from './migrations.ts'
import { screens } from './screens.ts'

/** Families of work, their professions, and a card for each: what it is, a day, the way in. */
export const professions = defineFlow<ProfessionsContext, ProfessionsEvent>({
  id: 'professions',
  version: 3,
  context: ProfessionsContext,
  migrations,
  machine,
  screens,
  called: {
    all: { input: { all: true } satisfies ProfessionsInput },
    saved: { input: { saved: true } satisfies ProfessionsInput, label: { key: 'professions:saved.label' } },
  },
  commands: { professions: { place: 30 } },
  menu: { order: 20, label: { key: 'professions:menu' } },
  examples: { inputs: [undefined, { id: 'cook' }, { family: 'food' }, { saved: true }, { all: true }] },
})
