// Days reckoned from today, and weekdays, in Russian: "послезавтра".

import { anyLetter, flawed, type Rule, rule, says } from '../found.ts'
import { alternatives } from '../numbers.ts'
import { date, inDays, inWeeks } from '../read.ts'
import { anyClippedWeekday, anyWeekday, dayNumber, everyWord, ordinals, stems, weekdayNumber } from './words.ts'

/** A day of this month or the next in words; the small numbers only where nothing is counted by them ("fifth form"). */
export const spokenDayRules: readonly Rule[] = [
  rule(`(?:на|к|ко|до|с|со) +(?<day>${ordinals.source})${noOrder()}`, ({ day }) => date(dayNumber(day))),
  rule(
    `(?<day>(?:(?:двадцать|тридцать) +(?:${alternatives(stems)})|(?:одиннадцат|[а-я]+надцат|двадцат|тридцат))(?:ого|ьего))${noOrder()}`,
    ({ day }) => date(dayNumber(day)),
  ),
]

const today = { type: 'ahead', count: 0, unit: 'day' } as const

export const dayRules: readonly Rule[] = [
  rule(`не +(?:сегодня|завтра|(?:в|во) +${anyWeekday}),? +а`, () => says({})),
  rule(`(?:а +|но +)не +(?:сегодня|завтра|(?:(?:в|во) +)?${anyWeekday})`, () => says({})),
  rule('(?:прямо +)?(?:(?:на|к|до|с) +)?сегодня(?:шний +день)?', () => inDays(0)),
  rule('(?:(?:на|к|до|с) +)?после ?-?завтра', () => inDays(2)),
  rule('(?:(?:на|к|до) +)?послепослезавтра', () => inDays(3)),
  rule('(?:прямо +)?(?:(?:на|к|до|с) +)?(?:завтра(?:шний +день)?|завтрашнему +дню|завтрашнего +дня)', () => inDays(1)),
  rule('позавчера', () => inDays(-2)),
  rule('вчера(?:шний +день)?', () => inDays(-1)),
  // The same hour as now.
  rule('в +(?:это|то|такое)(?: +же)?(?: +самое)? +время|в +(?:этот|тот) +же +час', () => says({ sameTime: true })),
  rule(
    `(?:(?:в|во|на) +)?(?:прошл|минувш)${anyLetter}+ +(?:${anyWeekday}|недел${anyLetter}+|месяц${anyLetter}*|год${anyLetter}*)`,
    () => flawed('past'),
  ),
  rule(`(?:на|в) +(?:(?:эти|этих|ближайшие|ближайших) +)?(?:выходны(?:х|е)|выхах)`, () => says({ weekday: 6 })),
  rule(`(?:на|в) +следующи(?:х|е) +выходны(?:х|е)`, () => says({ next: { unit: 'week', count: 1 }, weekday: 6 })),
  rule('(?:на|со?|начиная +со) +следующ(?:ей|ую) +недел[еюи]|на +той +неделе', () => inWeeks(1)),
  rule('(?:на +неделе +)?через +одну +неделю|на +послеследующей +неделе', () => inWeeks(2)),
  rule('на +(?:этой|текущей) +неделе', () => says({})),
  rule(`(?:(?:в|во|на|к) +)?следующ${anyLetter}+ +(?<weekday>${anyClippedWeekday})`, ({ weekday }) =>
    says({ next: { unit: 'week', count: 1 }, weekday: weekdayNumber(weekday) }),
  ),
  rule(
    `(?:до|по) +(?:(?:эт${anyLetter}+|ближайш${anyLetter}+) +)?(?<weekday>${anyWeekday})(?: +включительно)?`,
    ({ weekday }) => says({ until: { type: 'weekday', weekday: weekdayNumber(weekday) } }),
  ),
  rule(
    `(?:(?:в|во|на|к|ко|с|со|начиная +с|от) +)(?:(?:эт${anyLetter}+|ближайш${anyLetter}+) +)?(?<weekday>${anyClippedWeekday})`,
    ({ weekday }) => says({ weekday: weekdayNumber(weekday) }),
  ),
  rule(`(?:(?:эт${anyLetter}+|ближайш${anyLetter}+) +)?(?<weekday>${anyWeekday})`, ({ weekday }) =>
    says({ weekday: weekdayNumber(weekday) }),
  ),
  rule('(?:прошл|минувш)(?:ым|ой|ую|ый) +(?:утром|вечером|вечер|ночью|ночь)', () => flawed('past')),
  rule('(?:этой|сегодняшней) +ночью|(?:на +|в +)?эту +ночь', () => says({ day: today, part: 'night' })),
  rule('(?:на|в) +(?:этот|сегодняшний) +вечер', () => says({ day: today, part: 'evening' })),
  rule('этим +утром', () => says({ day: today, part: 'morning' })),
  rule('этим +вечером', () => says({ day: today, part: 'evening' })),
]

/** Behind an ordinal: it numbers these rather than days. */
function noOrder(): string {
  return `(?! +(?:${everyWord}|раз|класс|курс|этаж|подъезд|корпус|сезон|том|глав|част|урок|пар|блюд|год|век|реб|сын|ноч|дн|слой|тайм|разряд|автобус|кабинет|маршрут|комнат|квартир|школ|дом|номер|мест|этап))`
}
