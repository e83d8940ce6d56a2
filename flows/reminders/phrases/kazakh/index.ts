// All that Kazakh says about time, put together: an earlier rule wins over a later one.

import { anyLetter, type Rule } from '../found.ts'
import { digitRules, spacedClockRules, wakingRule } from '../read.ts'
import { clockRules, digitClockRules, pastHourRules } from './clock.ts'
import { dateRules } from './dates.ts'
import { dayRules } from './days.ts'
import { adverbRules, endingRules, eveningRules } from './parts.ts'
import { repeatRules } from './rhythms.ts'
import { waitRules } from './waits.ts'
import { byEnding, fromEnding } from './words.ts'

/** What Kazakh says about time, with or without its own letters; read in this order. */
export const kazakhRules: readonly Rule[] = [
  ...repeatRules,
  ...eveningRules,
  ...pastHourRules,
  ...waitRules,
  ...dateRules,
  ...digitClockRules,
  ...digitRules('сагат', `(?:${byEnding}|${fromEnding})`),
  ...clockRules,
  ...dayRules,
  ...spacedClockRules,
  ...adverbRules,
  ...endingRules,
  wakingRule(
    `(?:ояткыш|будильник)${anyLetter}*|тур(?:у|уга|амын|ам|айын)|оян(?:у|ам|амын|уга)|оят(?:у|ып|шы|сан|ыныз|арсын)?(?: +жибер)?`,
  ),
]

export { kazakhLeadIn } from './lead-in.ts'
