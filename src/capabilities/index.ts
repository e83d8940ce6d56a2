import { alerts } from './alerts/index.ts'
import { announcements } from './announcements/index.ts'
import { applications } from './applications/index.ts'
import { campaigns } from './campaigns/index.ts'
import type { Capability } from './capability.ts'
import { consent } from './consent/index.ts'
import { fairs } from './fairs/index.ts'
import { groups } from './groups/index.ts'
import { help } from './help/index.ts'
import { notices } from './notices/index.ts'
import { offers } from './offers/index.ts'
import { privacy } from './privacy/index.ts'
import { professions } from './professions/index.ts'
import { questions } from './questions/index.ts'
import { reminders } from './reminders/index.ts'
import { search } from './search/index.ts'
import { sources } from './sources/index.ts'
import { survey } from './survey/index.ts'
import { vacancies } from './vacancies/index.ts'

/** Every capability, one line each. What they find in a text comes in this order. */
export const capabilities: readonly Capability[] = [
  consent,
  groups,
  survey,
  reminders,
  search,
  professions,
  vacancies,
  fairs,
  announcements,
  sources,
  offers,
  alerts,
  applications,
  campaigns,
  questions,
  help,
  notices,
  privacy,
]
