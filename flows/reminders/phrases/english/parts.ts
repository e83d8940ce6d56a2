// Parts of the day in English, and small words that belong to a time: "in the afternoon".

import { type Groups, gap, notMine, type Reading, type Rule, rule, ruleBefore, ruleBehind, says } from '../found.ts'
import { partOf } from './words.ts'

export const adverbRules: readonly Rule[] = [
  rule('(?:right +|straight +|just +)?after +(?:the +)?lunch(?: ?time| +break)?', () => says({ part: 'afternoon' })),
  rule('(?:early +|late +)?in +(?:the +)?(?:early +|late +)?(?<part>morning|afternoon|evening)', partIn),
  ruleBehind('(?:at +)?(?:the +)?same +time', () => says({ sameTime: true })),
  rule('(?:late +)?at +(?<part>night|lunch|lunchtime|lunch +time)', partIn),
  rule('(?:first +thing +)(?:in +the +)?(?:morning)?', () => says({ part: 'morning' })),
  // Right after a day it is a time ("Monday morning"); elsewhere it may be a thing to do ("morning run").
  ruleBehind('(?:early +|late +)?(?<part>morning|afternoon|evening|eve|night|lunchtime)', (said, { clock: at }) =>
    at !== undefined && at.hour > 12 ? notMine : partIn(said),
  ),
  // "Friday night 8pm".
  ruleBehind(`(?:afternoon|evening|night)(?=[ ,]*${gap})`, (_, { clock: at }) =>
    at !== undefined && at.hour >= 12 ? says({}) : notMine,
  ),
  ruleBehind('(?<half>a\\.?m|p\\.?m)\\.?', ({ half }, { clock: at }) =>
    says({ part: half?.startsWith('a') ? 'morning' : (at?.hour ?? 12) < 4 ? 'afternoon' : 'evening' }),
  ),
  // "Afternoon at 5".
  ruleBefore('(?:in +the +)?(?<part>morning|afternoon|evening)', (said, { clock: at, part }) =>
    at === undefined || at.hour > 12 || part !== undefined ? notMine : partIn(said),
  ),
  ruleBefore('(?:(?:on|in) +)?the +(?<part>morning|afternoon|evening|night) +of', partIn),
  ruleBefore('early', () => says({ part: 'morning' })),
  { ...ruleBehind('(?<part>breakfast|lunch|dinner|supper)', partIn), stays: true },
  { ...ruleBefore('(?<!(?:before|after) {1,2})(?<part>breakfast|lunch|dinner|supper)', partIn), stays: true },
  ruleBehind('or +so|-?ish|sharp|on +the +dot|coming(?= *(?:$|[,.!]|at ))', () => says({})),
  ruleBehind("(?:sharp|o[' ]?clock|time|of|on)(?= )", () => says({})),
  ruleBefore('on +the +dot|last +thing', () => says({})),
  ruleBehind('(?:to|till?|until) +(?:noon|midday|midnight)', () => says({})),
]

function partIn(said: Groups): Reading {
  return says(partOf(said.part))
}
