// All that English says about time, put together: an earlier rule wins over a later one.

import { anyLetter, type Rule } from '../found.ts'
import { digitRules, spacedClockRules, wakingRule } from '../read.ts'
import { clockRules, laterClockRules } from './clock.ts'
import { dateRules } from './dates.ts'
import { dayRules } from './days.ts'
import { adverbRules } from './parts.ts'
import { repeatRules } from './rhythms.ts'
import { waitRules } from './waits.ts'

/** What English says about time; read in this order. */
export const englishRules: readonly Rule[] = [
  ...repeatRules,
  ...waitRules,
  ...clockRules,
  ...dateRules,
  ...digitRules(
    '(?:at|by|from|around|about|before|after|till|until)|@',
    `(?: *(?:hrs?|hours|o[' ]?clock)(?!${anyLetter}))`,
  ),
  ...laterClockRules,
  ...dayRules,
  ...spacedClockRules,
  ...adverbRules,
  wakingRule('wake|wake[ -]?up|waking|get(?:ting)? +up|be +up|alarm'),
]

export { englishLeadIn } from './lead-in.ts'
