import { alerts } from './alerts/index.ts'
import { announcements } from './announcements/index.ts'
import { announcing } from './announcing/index.ts'
import { answers } from './answers/index.ts'
import { applications } from './applications/index.ts'
import { campaigns } from './campaigns/index.ts'
import { fairmaking } from './fairmaking/index.ts'
import { fairs } from './fairs/index.ts'
import { groups } from './groups/index.ts'
import { help } from './help/index.ts'
import { createHome } from './home/index.ts'
import { institutions } from './institutions/index.ts'
import type { Flow } from './kit/flow.ts'
import { createMuting } from './muting/index.ts'
import { mygroup } from './mygroup/index.ts'
import { offers } from './offers/index.ts'
import { onboarding } from './onboarding/index.ts'
import { privacy } from './privacy/index.ts'
import { professions } from './professions/index.ts'
import { questions } from './questions/index.ts'
import { reminders } from './reminders/index.ts'
import { reviews } from './reviews/index.ts'
import { createSearch } from './search/index.ts'
import { settings } from './settings/index.ts'
import { sources } from './sources/index.ts'
import { createSurvey } from './survey/index.ts'
import type { Instrument } from './survey/instrument.ts'
import { vacancies } from './vacancies/index.ts'

/** What flows are made of besides their code, read from files. */
export type FlowContent = {
  /** The first one is the one home suggests. */
  readonly instruments: readonly [Instrument, ...Instrument[]]
}

/** Every dialogue, one line each. */
export function createFlows({ instruments }: FlowContent): readonly Flow[] {
  const flows: Flow[] = [
    onboarding,
    createSurvey(instruments),
    professions,
    vacancies,
    alerts,
    applications,
    reminders,
    fairs,
    fairmaking,
    announcements,
    announcing,
    offers,
    reviews,
    groups,
    institutions,
    mygroup,
    questions,
    answers,
    campaigns,
    sources,
    settings,
    privacy,
    help,
  ]
  const others = [...flows, createMuting(flows)]
  const all = [...others, createSearch(['home', ...others.map(({ id }) => id)])]
  return [createHome(all, instruments), ...all]
}
