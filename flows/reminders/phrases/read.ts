import { dayLength, isValidDate, minuteLength } from '../../common/calendar.ts'
import {
  anyLetter,
  anySign,
  type Clock,
  type Day,
  doubted,
  flawed,
  gap,
  notMine,
  type Part,
  type Reading,
  type Rule,
  rule,
  says,
} from './found.ts'

/** A unit of waiting, as all three languages share it. */
export type Unit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'

const someLeapYear = 2028
const someOtherYear = 2027

/** "After two hours" or "in three days": hours and minutes count from now, longer units name a day. */
export function ahead(count: number | undefined, unit: Unit | undefined, moreMinutes = 0): Reading {
  if (count === undefined || unit === undefined) return notMine
  if (unit === 'minute') return says({ wait: Math.round(count * minuteLength) })
  if (unit === 'hour') return says({ wait: Math.round((count * 60 + moreMinutes) * minuteLength) })
  if (unit === 'year') return wholeAhead(count * 12, 'month')
  return wholeAhead(count, unit)
}

function wholeAhead(count: number, unit: 'day' | 'week' | 'month'): Reading {
  return Number.isInteger(count) ? says({ day: { type: 'ahead', count, unit } }) : notMine
}

/** So many days from today. */
export function inDays(count: number): Reading {
  return says({ day: { type: 'ahead', count, unit: 'day' } })
}

/** In the whole week that comes so many after the present one. */
export function inWeeks(count: number): Reading {
  return says({ next: { unit: 'week', count } })
}

/** A day that was named by numbers; a flaw when there is no such day in any year, or not in that one. */
export function date(day: number | undefined, month?: number, year?: number): Reading {
  if (day === undefined) return notMine
  const fullYear = year !== undefined && year < 100 ? 2000 + year : year
  if (!isValidDate({ year: fullYear ?? someLeapYear, month: month ?? 1, day })) return flawed('bad-date')
  const said: Day = {
    type: 'date',
    day,
    ...(month !== undefined && { month }),
    ...(fullYear !== undefined && { year: fullYear }),
  }
  return says({ day: said })
}

/** An hour that was named; a flaw when a day has no such hour. Minutes left out make the clock loose. */
export function clock(hour: number | undefined, minute?: number, part?: Part): Reading {
  if (hour === undefined || !Number.isInteger(hour)) return notMine
  if (hour > 24 || (minute ?? 0) > 59 || (hour === 24 && (minute ?? 0) > 0)) return flawed('bad-time')
  const said: Clock = minute === undefined ? { hour, minute: 0, loose: true } : { hour, minute }
  return part === undefined ? says({ clock: said }) : says({ clock: said, part })
}

/** As clock, but the half hours of speech ("half past six") leave open which half of the day is meant. */
export function spokenClock(hour: number | undefined, minute: number, part?: Part): Reading {
  const reading = clock(hour, minute, part)
  if (reading.type !== 'found' || reading.found.clock === undefined) return reading
  return says({ ...reading.found, clock: { ...reading.found.clock, loose: true } })
}

/** Minutes before an hour: "a quarter to seven" is 6:45. */
export function minutesTo(hour: number | undefined, minutes: number | undefined): Reading {
  if (hour === undefined || minutes === undefined || hour < 1 || minutes < 1 || minutes > 59) return notMine
  const reading = spokenClock(hour === 1 ? 12 : hour - 1, 60 - minutes)
  // Seven alone is in the morning, half past six in the evening: between them nobody knows.
  return hour === 7 ? doubted(reading, 'half') : reading
}

/** The same day as the last one, or the one by which it is to be done. */
export function asUntil(reading: Reading): Reading {
  if (reading.type !== 'found') return reading
  const { day, weekday } = reading.found
  const until = day ?? (weekday === undefined ? undefined : ({ type: 'weekday', weekday } as const))
  return until === undefined ? notMine : says({ until })
}

/** The last day of a month, 1–12; in any year it has so many days at least. */
export function endOf(month: number): Reading {
  return date(
    [31, 30, 29, 28].find((last) => isValidDate({ year: someOtherYear, month, day: last })),
    month,
  )
}

/** To the last day of a month, 1–12. */
export function untilEndOf(month: number): Reading {
  return asUntil(endOf(month))
}

/** So much before the time that is named beside it; nothing is longer before than days. */
export function beforehand(reading: Reading): Reading {
  if (reading.type !== 'found') return reading
  const { wait, day } = reading.found
  if (wait !== undefined) return says({ before: wait })
  return day?.type === 'ahead' && day.unit !== 'month'
    ? says({ before: day.count * (day.unit === 'week' ? 7 : 1) * dayLength })
    : notMine
}

/** An hour of twelve, before noon or after it. */
export function twelveHours(hour: number | undefined, minute: number, half: string | undefined): Reading {
  if (hour === undefined || hour < 1 || hour > 12) return clock(hour, minute)
  return clock((hour % 12) + (half?.startsWith('p') ? 12 : 0), minute)
}

/** Hour and minutes as digits without a mark between ("730", "1830"): no hour where the minutes are odd or it is a year. */
export function joinedClock(digits: string | undefined, half?: string): Reading {
  const [hour, minute] = [Number(digits?.slice(0, -2)), Number(digits?.slice(-2))]
  if (hour > 24 || minute > 59 || (minute % 5 > 0 && digits !== '2359') || /^20[23]/.test(digits ?? '')) return notMine
  return half === undefined ? clock(hour, minute) : twelveHours(hour, minute, half)
}

/** Every day for so many days, one after the other. */
export function daysInRow(count: number | undefined): Reading {
  return count !== undefined && Number.isInteger(count) && count > 1 && count < 100 ? says({ span: count }) : notMine
}

/** Weekdays from the first to the last, over the Sunday where need be. */
export function weekdaysFrom(first: number, last: number): number[] {
  const count = ((last - first + 7) % 7) + 1
  return inOrder(Array.from({ length: count }, (_, place) => ((first - 1 + place) % 7) + 1))
}

export function inOrder(days: readonly number[]): number[] {
  return [...new Set(days)].sort((first, second) => first - second)
}

export function weekly(days: readonly number[], every?: number): Reading {
  return says({ repeat: { type: 'weekly', days: inOrder(days), ...stepOf(every) } })
}

export function monthly(day: number | undefined): Reading {
  if (day === undefined) return notMine
  return day >= 1 && day <= 31 ? says({ repeat: { type: 'monthly', day } }) : flawed('bad-date')
}

/** Every so many days or weeks; the months and hours between two times are no rhythm of ours. */
export function everySo(count: number | undefined, unit: Unit | undefined): Reading {
  if (count === undefined || !Number.isInteger(count) || count < 1) return flawed('no-rhythm')
  if (count > 99) return flawed('no-rhythm')
  if (unit === 'day') return says({ repeat: { type: 'daily', ...stepOf(count) } })
  if (unit === 'week') return says({ repeat: { type: 'weekly', ...stepOf(count) } })
  if (count > 1) return flawed('no-rhythm')
  if (unit === 'month') return says({ repeat: { type: 'monthly' } })
  return unit === 'year' ? says({ repeat: { type: 'yearly' } }) : flawed('no-rhythm')
}

function stepOf(every: number | undefined): { every?: number } {
  return every === undefined || every === 1 ? {} : { every }
}

/** What a number counts rather than an hour or a day of the month, in any of the languages. */
const counted = [
  'раза?|кг|мл|мг|км|шт|тг|руб|каб|стр|бет|адам|usd|euro|kg|km|people|persons|pages|tickets|books|drops|pills|eggs|times|kids|friends|items',
  'класс|кабинет|комнат|этаж|корпус|подъезд|квартир|человек|тенге|тысяч|рубл|грамм|литр|штук|капел|таблет|страниц|процент',
  'сынып|мектеп|тамшы|патер|болме|тапсырма|dollar|chapter',
]
/** Before a number: it is the name of one of many, as a piece of a pattern. */
export const numbered =
  '(?:глав[а-я]|каб|ауд|пар[аы]|кабинет[а-я]?|класс|подъезда?|квартир[а-я]|номер|страниц[а-я]|сезон|сери[а-я]|часть|том|тем[а-я]|параграф|автобус|маршрут|школ[а-я]|айфона?|сынып|тарау|болим|room|gate|chapters?|paragraphs?|pages?|season|episodes?|parts?|units?|lessons?|grade|class|bus|numbers?|exercises?|windows|iphone|level)'

/** Before four digits, which are then no hour either. */
export const someNumber = '(?:order|code|pin|year|заказ[а-я]?|код[а-я]?|пин|год|тапсырыс|жыл)'

/** Behind a number: it counts things. */
export const countsThings = `(?! ?-? ?(?:(?:${counted[0]})(?!${anyLetter})|${counted.slice(1).join('|')}|%))`

/** What is bought, learnt or done by numbers, as a piece of a pattern: "at ten, ten eggs". */
export const goods =
  '(?:яиц|яйц|яблок|банан|булоч|бутыл|пачек|пачк|тетрад|ручек|листов|копий|отжим|присед|слов|вопрос|задач|пример|жумырт|нан(?:$| )|сурак|соз(?:$| )|eggs?|words|apples|bottles|packs|copies|squats|questions)'
/** Behind what may be minutes; "00" is nothing else. */
const countsGoods = `(?:(?<=[ -]00)|(?! ${goods}))`

/**
 * Digits that mean the same in every language: 18:00, 5pm, 5.01, 05.01.2027, 5/01, 2027-01-05, 18.00, 18-00. `before`
 * and `after` are pieces of a pattern that mark a time ("at", "-де"): marked, 10.12 is a time, otherwise a date where
 * it can be.
 */
export function digitRules(before: string, after: string): Rule[] {
  const start = `(?<!${anySign}(?!@)|[.:/-])`
  const end = `(?!${anySign}|/|[:.,-]\\d)`
  const mark = `(?<mark>(?:${before}) *)?`
  const suffix = `(?<suffix>${after})?`
  const digits = (source: string, read: Rule['read']): Rule => ({
    pattern: new RegExp(`${start}${source}${end}`, 'g'),
    read,
  })
  const half = '(?:in +the +)?(?<half>a\\.? ?m|p\\.? ?m)\\.?'
  return [
    digits('(?<year>\\d{4})(?<dot>[-./])(?<month>\\d{1,2})\\k<dot>(?<day>\\d{1,2})', (said) =>
      date(Number(said.day), Number(said.month), Number(said.year)),
    ),
    digits(
      `${mark}(?<hour>\\d{1,2})(?:[:.](?<minute>\\d{2}))?(?: *(?<half>am|pm|a|p))? *(?:-|to|till|until) *(?<last>\\d{1,2})(?:[:.]\\d{2})? *(?<other>am|pm|a|p)`,
      ({ hour, minute, half: own, last, other }) =>
        twelveHours(Number(hour), Number(minute ?? 0), own ?? halfOfFirst(Number(hour), Number(last), other)),
    ),
    digits(`${mark}(?<hour>\\d{1,2})(?:[:. ](?<minute>\\d{2})(?::\\d{2})?)? *${half}`, (said) =>
      twelveHours(Number(said.hour), Number(said.minute ?? 0), said.half),
    ),
    digits(`${mark}(?<joined>\\d{3,4}) *${half}`, (said) => joinedClock(said.joined, said.half)),
    // "05.12-10.12" are days, or hours.
    digits(
      '(?<day>\\d{2})\\.(?<month>0[1-9]|1[0-2])(?:\\.\\d{4})? *- *\\d{2}\\.(?:0[1-9]|1[0-2])(?:\\.\\d{4})?',
      (said) => doubted(date(Number(said.day), Number(said.month))),
    ),
    digits(
      `${mark}(?<hour>\\d{1,2})[:.](?<minute>\\d{2})${suffix} *(?:-|до|to|till|until) *\\d{1,2}[:.]\\d{2}(?:${after})?(?: +дейин)?`,
      (said) => clock(Number(said.hour), Number(said.minute)),
    ),
    digits(`${mark}(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::\\d{2})?${suffix}`, (said) =>
      clock(Number(said.hour), Number(said.minute)),
    ),
    digits(`(?<day>\\d{1,2})(?<dot>[./-])(?<month>\\d{1,2})\\k<dot>(?<year>\\d{4}|\\d{2})`, (said) =>
      date(Number(said.day), Number(said.month), Number(said.year)),
    ),
    digits(`${mark}(?<hour>\\d{1,2})[.,](?<minute>\\d{2})${suffix}`, ({ mark: at, suffix: on, hour, minute }) =>
      at || on ? clock(Number(hour), Number(minute)) : notMine,
    ),
    digits('(?<first>\\d{1,2})(?:(?<dot>[./])(?<second>\\d{2})|\\/(?<month>\\d))', ({ first, second, dot, month }) =>
      month !== undefined
        ? slashed(Number(first), Number(month))
        : dateOrTime(Number(first), Number(second), dot === '/'),
    ),
    digits(`${mark}(?<hour>\\d{1,2})(?<dash>[ -])(?<minute>[0-5]\\d)${suffix}${countsThings}${countsGoods}`, (said) =>
      said.mark || said.suffix ? spacedClock(said.hour, said.minute, said.dash) : notMine,
    ),
    digits(`(?<!${numbered} )(?<hour>\\d{1,2})-(?<minute>00|1[5-9]|[2-5]\\d)${countsThings}`, (said) =>
      Number(said.minute) % 5 === 0 ? spacedClock(said.hour, said.minute, '-') : notMine,
    ),
    digits(`${mark}(?<joined>\\d{3,4})${suffix}${countsThings}`, (said) =>
      said.mark || said.suffix ? joinedClock(said.joined) : notMine,
    ),
  ]
}

/** Who gets up, or is to be woken, at an hour said alone means the morning; a rule for these words. */
export function wakingRule(source: string): Rule {
  return {
    ...rule(source, (_, { clock: known, part, wait }) =>
      known?.loose === true && (part ?? wait) === undefined && known.hour >= 4 && known.hour <= 11
        ? says({ part: 'morning' })
        : notMine,
    ),
    stays: true,
  }
}

/** "18 30" or "1830" right behind a day: numbers elsewhere are no time. */
export const spacedClockRules: readonly Rule[] = [
  {
    pattern: new RegExp(
      `(?<=^|${gap}[ ,]?)(?<joined>\\d{4}|[6-9](?:15|30|45))(?!${anySign}|[/:%]|[.,-]\\d)${countsThings}`,
      'g',
    ),
    read: ({ joined = '' }, { clock: known, wait }) =>
      (known ?? wait) === undefined && !roundSum.test(joined) ? joinedClock(joined) : notMine,
  },
  {
    pattern: new RegExp(
      `(?<=^|${gap} ?)(?<hour>\\d{1,2}) (?<minute>[0-5][05])(?!${anySign}|[/:]|[.,-]\\d)${countsThings}${countsGoods}`,
      'g',
    ),
    read: (said) => spacedClock(said.hour, said.minute),
  },
  // The last minute of a day is nothing else.
  {
    pattern: new RegExp(
      `(?<!${anySign}|[:.,/+#№-]|${numbered} |${someNumber} )2359(?!${anySign}|[/:%]|[.,-]\\d)${countsThings}`,
      'g',
    ),
    read: (_, { clock: known, wait }) => ((known ?? wait) === undefined ? clock(23, 59) : notMine),
  },
  // At the very end, where no hour was said before.
  {
    pattern: new RegExp(
      `(?<!${anySign}|[:.,/-]|\\d |${numbered} )(?<hour>\\d{1,2}) (?<minute>[0-5][05])(?=[ .!]*$)`,
      'g',
    ),
    read: (said, { clock: known, wait }) =>
      (known ?? wait) === undefined ? spacedClock(said.hour, said.minute) : notMine,
  },
]

/** As likely money as an hour: 1000, 1200, 1500, 2000. */
const roundSum = /^(?:1[0-5]|2[0-9])00$/

/** "11-1pm" begins before noon, "2-4pm" after it. */
function halfOfFirst(first: number, last: number, half: string | undefined): string | undefined {
  if (first % 12 <= last % 12) return half
  return half === 'pm' ? 'am' : 'pm'
}

/** As they are said, "four fifteen": which half of the day is open. */
function spacedClock(hour: string | undefined, minute: string | undefined, dash = ' '): Reading {
  if (Number(hour) > 23) return notMine
  if (dash === '-' && isNextHour(Number(hour), Number(minute))) return doubted(clock(Number(hour)))
  const isEarly = Number(hour) >= 1 && Number(hour) <= 6
  if (hour?.startsWith('0') || Number(hour) > 12) return clock(Number(hour), Number(minute))
  const spoken = spokenClock(Number(hour), Number(minute))
  return isEarly ? doubted(spoken, 'half') : spoken
}

/** "At 9-10" is hardly ten past nine. */
function isNextHour(hour: number, other: number): boolean {
  return other > hour && other <= 24 && (other <= hour + 2 || other % 5 > 0)
}

/** 8/8 is a day; a half or a quarter is none. */
function slashed(first: number, second: number): Reading {
  return first < second || (first === 24 && second === 7) ? notMine : date(first, second)
}

function dateOrTime(first: number, second: number, isSlashed: boolean): Reading {
  if (second >= 1 && second <= 12) return date(first, second)
  if (isSlashed) return first >= 1 && first <= 12 && second <= 31 ? date(second, first) : notMine
  // 3.14 is a number and 12.75 a price, but 31.13 was meant as a day.
  if (first > 23) return first <= 31 && second > 0 ? flawed('bad-date') : notMine
  return second <= 59 && second % 5 === 0 ? clock(first, second) : notMine
}
