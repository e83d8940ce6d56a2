// All that Russian says about time, put together: an earlier rule wins over a later one.

import { anyLetter, type Rule } from '../found.ts'
import { digitRules, spacedClockRules, wakingRule } from '../read.ts'
import { clockRules, laterClockRules } from './clock.ts'
import { dateRules } from './dates.ts'
import { dayRules, spokenDayRules } from './days.ts'
import { adverbRules } from './parts.ts'
import { repeatRules } from './rhythms.ts'
import { waitRules } from './waits.ts'

/** What Russian says about time; read in this order. */
export const russianRules: readonly Rule[] = [
  ...repeatRules,
  ...waitRules,
  ...dateRules,
  ...clockRules,
  ...digitRules(
    '(?:ровно +|примерно +)?(?:в|к|на|с|до|после|около|от)|не +(?:позже|поздн?ее|раньше)',
    `(?: *ч(?:ас(?:а|ов)?)?\\.?(?!${anyLetter}))`,
  ),
  ...laterClockRules,
  ...dayRules,
  ...spacedClockRules,
  ...spokenDayRules,
  ...adverbRules,
  wakingRule('вста(?:ть|вать|ю|ем)|подъем|просну(?:ться|сь)|просыпаться|разбуди(?:ть|те)?|буди(?:ть)?|будильник'),
]

export { russianLeadIn } from './lead-in.ts'
