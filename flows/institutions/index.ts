import { mayUse } from '../kit/access.ts'
import { defineFlow } from '../kit/flow.ts'
import { blank, InstitutionsContext, type InstitutionsEvent } from './context.ts'
import { machine } from './machine.ts'
import { screens } from './screens.ts'

const place = { id: 'home', name: 'Example', region: null }

/** Institutions and their groups, kept in order by coordinators, and what was done in them. */
export const institutions = defineFlow<InstitutionsContext, InstitutionsEvent>({
  id: 'institutions',
  version: 1,
  context: InstitutionsContext,
  machine,
  access: 'coordinator',
  commands: { institutions: {} },
  menu: { order: 25, label: { key: 'institutions:menu' }, visible: (person) => mayUse('coordinator', person) },
  called: { institutions: {} },
  screens,
  examples: {
    frames: [{ value: 'closing', context: { ...blank, wanted: 'home', place } }],
    texts: ['Example', 'ұ'.repeat(65)],
    returns: [undefined],
  },
})
