import { defineFlow } from '../kit/flow.ts'
import { SettingsContext, type SettingsEvent } from './context.ts'
import { machine } from './machine.ts'
import { screens } from './screens.ts'

/** Everything said about oneself, to look at and to change. */
export const settings = defineFlow<SettingsContext, SettingsEvent>({
  id: 'settings',
  version: 1,
  context: SettingsContext,
  machine,
  screens,
  commands: { settings: { place: 50 } },
  menu: { order: 80, label: { key: 'settings:menu.label' } },
  examples: { texts: ['Т', 'ұ'.repeat(65)] },
})
