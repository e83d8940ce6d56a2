import { campaigns } from './campaigns/index.ts'
import { delivery } from './delivery/index.ts'
import { help } from './help/index.ts'
import { createHome } from './home/index.ts'
import type { Flow } from './kit/flow.ts'
import { onboarding } from './onboarding/index.ts'
import { privacy } from './privacy/index.ts'
import { professions } from './professions/index.ts'
import { reminders } from './reminders/index.ts'
import { search } from './search/index.ts'
import { settings } from './settings/index.ts'
import { createSurvey } from './survey/index.ts'
import type { Instrument } from './survey/instrument.ts'

/** Every dialogue, one line each. The first instrument is the one home suggests. */
export function createFlows(instruments: readonly [Instrument, ...Instrument[]]): readonly Flow[] {
  const flows: Flow[] = [
    onboarding,
    createSurvey(instruments),
    professions,
    reminders,
    campaigns,
    delivery,
    search,
    settings,
    privacy,
    help,
  ]
  return [createHome(flows, instruments[0]), ...flows]
}
