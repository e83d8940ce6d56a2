import { defineFlow } from '../kit/flow.ts'
import { AlertsContext, type AlertsEvent } from './context.ts'
import { exampleFilters } from './contract.ts'
import { machine } from './machine.ts'
import { found } from './notices.ts'
import { screens } from './screens.ts'

/** What people look for, told to them as soon as it is there, every day or every week. */
export const alerts = defineFlow<AlertsContext, AlertsEvent>({
  id: 'alerts',
  version: 1,
  context: AlertsContext,
  access: 'met',
  machine,
  screens,
  called: { list: {} },
  commands: { alerts: { place: 30 } },
  notices: [found],
  examples: {
    inputs: [undefined, { filter: exampleFilters.plain }, { filter: exampleFilters.rich }, { id: 'once' }],
    returns: [{ filter: exampleFilters.near }, { filter: exampleFilters.plain }, null],
  },
})
