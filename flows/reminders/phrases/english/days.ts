// Days reckoned from today, and weekdays, in English: "the day after tomorrow".

import { anyLetter, flawed, gap, type Part, type Reading, type Rule, rule, ruleBehind, says } from '../found.ts'
import { date, inDays, inWeeks } from '../read.ts'
import {
  amount,
  anyAmount,
  anyFullWeekday,
  anyWeekday,
  dayNumber,
  ordinalEnding,
  partNamed,
  untilWord,
  weekdayNumber,
} from './words.ts'

export const dayRules: readonly Rule[] = [
  rule(`not +(?:today|tomorrow|(?:on +)?${anyWeekday}),? +but`, () => says({})),
  rule(`(?:and +|but +)?not +(?:today|tomorrow|(?:on +)?${anyFullWeekday})(?!')`, () => says({})),
  rule('only +this +week', () => says({})),
  rule("(?:an? +|one +)week +(?:from +)?tomorrow(?!')", () => inDays(8)),
  rule("(?:a|one) +week +(?:from +)?today(?!')|this +day +(?:next +week|week)", () => inDays(7)),
  rule(`(?:on +|by +|for +)?(?:today|this +day)(?!')`, () => inDays(0)),
  rule("(?:the +|a +)?(?:day +after +tomorrow|overmorrow)(?!')", () => inDays(2)),
  rule('(?:the +)?day +before +yesterday', () => inDays(-2)),
  rule("yesterday(?!')", () => inDays(-1)),
  // The same hour as now.
  rule('(?:at +)?(?:this|(?:the +)?same) +time(?= +(?:tomorrow|next|on|every))', () => says({ sameTime: true })),
  rule("(?:on +|by +|for +|from +|starting +)?tomorrow(?!')", () => inDays(1)),
  rule('(?<this>tonight|this +evening|this +night)', () => today('evening')),
  rule('this +(?<part>morning|afternoon)', ({ part }) => today(partNamed(part) ?? 'morning')),
  rule(`(?:on +)?last +${anyWeekday}`, () => flawed('past')),
  rule(
    `(?<weeks>${anyAmount}) +weeks? +(?:from|on|after) +(?<weekday>${anyWeekday})|(?:on +)?(?<other>${anyFullWeekday}) +week(?!${anyLetter})`,
    ({ weeks, weekday, other }) =>
      says({
        day: {
          type: 'weekday',
          weekday: weekdayNumber(weekday ?? other),
          weeks: other === undefined ? (amount(weeks) ?? 1) : 1,
        },
      }),
  ),
  rule(`(?:on +)?(?:the +)?(?<weekday>${anyWeekday}) +after +next`, ({ weekday }) =>
    says({ next: { unit: 'week', count: 2 }, weekday: weekdayNumber(weekday) }),
  ),
  rule(`(?:(?:in|on) +)?(?:the +)?week +after +next`, () => inWeeks(2)),
  rule(`(?:on +|at +)?next +weekend`, () => says({ next: { unit: 'week', count: 1 }, weekday: 6 })),
  rule(
    `(?:on +)?(?<weekday>${anyWeekday}) +(?:of +)?next +week|next +week(?: +on)? +(?<other>${anyWeekday})`,
    ({ weekday, other }) => says({ next: { unit: 'week', count: 1 }, weekday: weekdayNumber(weekday ?? other) }),
  ),
  rule(
    `(?:on +)?(?<weekday>${anyWeekday}) +(?:of +)?this +week|this +week(?: +on)? +(?<other>${anyWeekday})`,
    ({ weekday, other }) => says({ next: { unit: 'week', count: 0 }, weekday: weekdayNumber(weekday ?? other) }),
  ),
  rule('(?:(?:at +|in +)?(?:the +)?(?:beginning|start) +of +)?next +week', () => inWeeks(1)),
  rule(`(?:(?:on|by|for) +)?next +(?<weekday>${anyWeekday})`, ({ weekday }) =>
    says({ next: { unit: 'week', count: 1 }, weekday: weekdayNumber(weekday) }),
  ),
  rule(`(?:${untilWord}|before) +(?:this +)?(?<weekday>${anyWeekday})`, ({ weekday }) =>
    says({ until: { type: 'weekday', weekday: weekdayNumber(weekday) } }),
  ),
  rule(
    `(?:(?:on|by|this|coming|upcoming|the +following|from|starting(?: +on| +from)?|beginning) +)(?:(?:this|the|coming|upcoming) +)?(?<weekday>${anyWeekday})(?!${anyLetter})`,
    ({ weekday }) => says({ weekday: weekdayNumber(weekday) }),
  ),
  rule('(?:this|on +the|at +the|over +the|the) +week-?end|at +week-?end', () => says({ weekday: 6 })),
  rule(
    `(?<weekday>${anyWeekday})(?=[ ,]*(?:${gap}|\\d|@|at +\\d|(?:morning|afternoon|evening|night)))`,
    ({ weekday }) => says({ weekday: weekdayNumber(weekday) }),
  ),
  ruleBehind(`(?<weekday>(?:mon|tues|tue|weds|wed|thurs|thur|thu|fri|sat|sun)\\.?)(?= |,|$)`, ({ weekday }) =>
    says({ weekday: weekdayNumber(weekday) }),
  ),
  rule(`(?<weekday>(?:mon|tues|tue|weds|wed|thurs|thur|thu|fri)\\.?)(?=[ .!]*$)`, ({ weekday }) =>
    says({ weekday: weekdayNumber(weekday) }),
  ),
  rule(`(?<=^)(?<weekday>(?:mon|tues|tue|weds|thurs|thur|thu|fri)\\.?|(?:wed|sat|sun)[.,])(?=[ ,])`, ({ weekday }) =>
    says({ weekday: weekdayNumber(weekday) }),
  ),
  rule(`(?<weekday>${anyFullWeekday})(?!')`, ({ weekday }) => says({ weekday: weekdayNumber(weekday) })),
  // "Sat 5th": the weekday and the day.
  ruleBehind(
    `(?:the +)?(?<day>\\d{1,2}${ordinalEnding})(?! +(?:grade|floor|class|year|lesson|period|place|birthday))`,
    ({ day }) => date(dayNumber(day)),
  ),
]

function today(part: Part): Reading {
  return says({ day: { type: 'ahead', count: 0, unit: 'day' }, part })
}
