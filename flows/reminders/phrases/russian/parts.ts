// Parts of the day in Russian, and small words that belong to a time: "после обеда".

import { type Part, type Rule, rule, ruleBefore, ruleBehind, says } from '../found.ts'
import { anyPart, partOf } from './words.ts'

export const adverbRules: readonly Rule[] = [
  { ...ruleBefore('(?<meal>завтрак|обед|ужин)', ({ meal }) => says({ part: mealPart(meal) })), stays: true },
  { ...ruleBehind('(?<meal>завтрак|обед|ужин)', ({ meal }) => says({ part: mealPart(meal) })), stays: true },
  ruleBehind('в +(?:этот|тот)(?: +же)?(?: +самый)? +день', () => says({})),
  rule('(?:в|во) +(?<half>первой|второй) +половине +дня', ({ half }) =>
    says({ part: half === 'первой' ? 'morning' : 'afternoon' }),
  ),
  ruleBehind(`(?<part>${anyPart})`, ({ part }) => says(partOf(part))),
  rule('(?:сразу +)?после ?(?:обеда|обед|обеденного +перерыва|ланча)', () => says({ part: 'afternoon' })),
  rule('до +обеда', () => says({ part: 'morning' })),
  rule(
    '(?:(?:рано|завтра|сегодня) +)?(?:утром|утречком)(?: +рано|пораньше)?|с(?: +(?:самого|раннего))? +утра(?: +пораньше)?|под +утро|к +утру',
    () => says({ part: 'morning' }),
  ),
  rule('днем|в +обед(?:енный +перерыв)?|к +обеду|в +середине +дня', () => says({ part: 'midday' })),
  rule('(?:поздно +)?(?:вечером|вечерком)|(?:(?:по)?ближе +)?(?:к|под) +вечер[ау]?', () => says({ part: 'evening' })),
  rule('(?:поздно +)?ночью', () => says({ part: 'night' })),
]

function mealPart(meal: string | undefined): Part {
  return meal === 'завтрак' ? 'morning' : meal === 'обед' ? 'midday' : 'evening'
}
