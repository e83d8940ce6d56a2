// Parts of the day in Kazakh, and small words that belong to a time: "түстен кейін".

import { notMine, type Rule, rule, ruleBefore, ruleBehind, says } from '../found.ts'
import { alternatives } from '../numbers.ts'
import { clock, date } from '../read.ts'
import { anyFullWeekday, partOf, partWords, spelt } from './words.ts'

/** "Кеш" is also a feast, and "late": right behind a day and before an hour it is its evening. */
export const eveningRules: readonly Rule[] = [
  rule(`(?<=(?:^|(?:бугин|ертен|бурсигуни|${anyFullWeekday}) )) *кеши?(?= +(?:сагат +)?(?:\\d|${spelt}))`, () =>
    says({ part: 'evening' }),
  ),
]

export const adverbRules: readonly Rule[] = [
  // "Кешкі ас" is a meal, and says when.
  ...[ruleBehind, ruleBefore].map((ruleBeside) => ({
    ...ruleBeside('(?<part>кешки|туски|танертенги|тангы) +(?:ас|тамак|шай)', ({ part }) => says(partOf(part))),
    stays: true,
  })),
  // The word for midday is also that for noon.
  rule('(?:дал +)?тусте', (_, { clock: known }) => (known === undefined ? clock(12, 0) : says({ part: 'midday' }))),
  ...partWords.map(({ part, adverbs }) =>
    rule(`(?:ерте +)?(?:${alternatives(adverbs)})(?: +ерте)?`, () => says({ part })),
  ),
]

/** Belongs to the time before it. */
export const endingRules: readonly Rule[] = [
  ruleBehind(`(?:дейин|шейин|бастап|ерте)`, () => says({})),
  ruleBehind('(?:куни|уакытында|кезинде|шамасында|молшеринде|аралыгында|карай)', () => says({})),
  // "After the party at 16:00": the hour is said, and the party belongs to the title.
  {
    ...ruleBefore('(?<=[а-я]{2}[тдн][ае]н {1,2})(?:кейин|сон)', (_, { clock: known }) =>
      known === undefined || known.loose ? notMine : says({}),
    ),
    stays: true,
  },
  ruleBehind('(?:кейин|сон)', (_, { clock: known }) => (known === undefined ? notMine : says({}))),
  // "Tuesday, the 24th".
  ruleBehind('(?<day>\\d{1,2}) ?-? ?(?:си|сы|и|ы)', (said, { weekday, day }) =>
    weekday === undefined || day !== undefined ? notMine : date(Number(said.day)),
  ),
  // "7:30 in the evening", or an evening of its own: it says when, and may belong to the title.
  {
    ...ruleBehind('(?<part>кешки|тангы|танертенги|тунги)', (said, { clock: known, part }) =>
      known === undefined || part !== undefined || known.hour > 12 ? notMine : says(partOf(said.part)),
    ),
    stays: true,
  },
]
