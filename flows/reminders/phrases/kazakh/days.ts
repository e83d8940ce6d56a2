// Days reckoned from today, and weekdays, in Kazakh: "бүрсігүні".

import { anyLetter, flawed, type Rule, rule, says } from '../found.ts'
import { inDays, inWeeks } from '../read.ts'
import { anyWeekday, inCase, toEnding, untilWord, weekdayNumber } from './words.ts'

const weekWord = (which: string) => `${which} +апта(?:нын|дагы|да|га)?`
const thisWord = '(?:(?:осы|бул|алдагы|жакын|жакындагы)(?: +апта(?:да|нын|дагы)?)? +)?'

export const dayRules: readonly Rule[] = [
  rule(`(?:бугин|ертен|${anyWeekday}(?:де|да)?) +емес`, () => says({})),
  rule('ертеннен +кейинги +кун(?:и|ге)?', () => inDays(2)),
  rule('бугин(?:ги|гиге|ге|нен)?(?: +бастап)?', () => inDays(0)),
  rule(`ертен(?:ги(?: +кун(?:и|ге)?(?= ))?|гиге|ге|нен)?(?: +бастап)?(?!${anyLetter})`, () => inDays(1)),
  rule('б[уи]р[сш][иу][гк][иу]н[иы]?(?:ге)?|арг[иы] +кун[иы]?', () => inDays(2)),
  rule('кеше(?:ги)?', () => inDays(-1)),
  rule('алдын(?:гы)? *куни', () => inDays(-2)),
  rule(`(?:откен|былтыргы|алдынгы) +(?:${anyWeekday}(?:де|да|ге|га)?|апта(?:да|нын)?|айда|жылы)`, () => flawed('past')),
  rule(`${weekWord('(?:арги|аргы)')}|келеси +аптадан +кейинги +апта(?:да|нын)?`, () => inWeeks(2)),
  rule(weekWord('(?:келеси|келер|алдагы)'), () => inWeeks(1)),
  rule(`(?:келеси|келер) +(?<weekday>${anyWeekday})(?:${inCase})?(?: +куни(?:не)?)?`, ({ weekday }) =>
    says({ next: { unit: 'week', count: 1 }, weekday: weekdayNumber(weekday) }),
  ),
  rule(weekWord('(?:осы|бул)').concat('(?= +)'), () => says({})),
  rule(`(?:осы +|бул +|алдагы +)?(?:демалыс(?:та|тарда| +куни| +кундери)|апта(?:нын)? +(?:сонында|аягында))`, () =>
    says({ weekday: 6 }),
  ),
  rule(`(?<weekday>${anyWeekday})(?:${toEnding})?(?: +кун(?:и|ине))? +${untilWord}`, ({ weekday }) =>
    says({ until: { type: 'weekday', weekday: weekdayNumber(weekday) } }),
  ),
  // A weekday with its case or "күні" before a bare one: in "жұма намазы" it is part of a name.
  rule(
    `${thisWord}(?<weekday>${anyWeekday})(?:${inCase}(?: +бастап)?|деги|дагы| +кун(?:и|ине|инде|ги|гиге|инен +бастап)(?!${anyLetter}))`,
    ({ weekday }) => says({ weekday: weekdayNumber(weekday) }),
  ),
  rule(`${thisWord}(?<weekday>${anyWeekday})`, ({ weekday }) => says({ weekday: weekdayNumber(weekday) })),
]
