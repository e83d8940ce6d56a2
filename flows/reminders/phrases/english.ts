import { dayLength, minuteLength } from '../../common/calendar.ts'
import type { Found, Groups, Part, Reading, Rule } from './found.ts'
import {
  anyLetter,
  doubted,
  flawed,
  gap,
  matchesOf,
  notMine,
  rule,
  ruleBefore,
  ruleBehind,
  says,
  words,
} from './found.ts'
import { alternatives, numberWords, spelling } from './numbers.ts'
import {
  ahead,
  asUntil,
  beforehand,
  clock,
  countsThings,
  date,
  daysInRow,
  digitRules,
  everySo,
  inOrder,
  joinedClock,
  minutesTo,
  monthly,
  numbered,
  spacedClockRules,
  spokenClock,
  twelveHours,
  type Unit,
  untilEndOf,
  wakingRule,
  weekdaysFrom,
  weekly,
} from './read.ts'

const named =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen'
const units = Object.fromEntries(`${named} eighteen nineteen`.split(' ').map((word, place) => [word, place + 1]))
const tens = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fourty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
}
const numbers = numberWords(units, tens)
const anyNumber = numbers.source
const spelt = spelling(units, tens).spelt
const anyAmount = `(?:${anyNumber}|an?)`
const ordinalNames =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth'
    .concat(' fifteenth sixteenth seventeenth eighteenth nineteenth twentieth')
    .split(' ')
const anyOrdinalName = `(?:(?:twenty|thirty)[ -]?(?:${alternatives(ordinalNames.slice(0, 9))})|${alternatives(ordinalNames)}|thirtieth)`
const ordinalEnding = '(?:st|nd|rd|th)'
/** A day of the month with what makes it one: "5th", "fifth". */
const anyOrdinal = `(?:\\d{1,2} ?${ordinalEnding}|${anyOrdinalName})`

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const anyFullWeekday = '(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)'
const anyWeekday = `(?:${anyFullWeekday}|(?:mon|tues|tue|weds|wed|thurs|thur|thu|fri|sat|sun)\\.?)`
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const fullMonths = 'january february march april may june july august september october november december'.split(' ')
const anyMonth = `(?:${alternatives([...fullMonths, ...months, 'sept'])})\\.?(?!${anyLetter})`

const anyUnit =
  '(?<unit>minutes?|mins?|hours?|hrs?|hr|h|days?|weeks?|wks?|fortnights?|months?|mnths?|mths?|years?|yrs?)'
const unitWords: readonly (readonly [RegExp, Unit])[] = [
  [/^m(?:i|$)/, 'minute'],
  [/^h/, 'hour'],
  [/^d/, 'day'],
  [/^(?:w|f)/, 'week'],
  [/^m(?:o|n|t)/, 'month'],
  [/^y/, 'year'],
]
const hourUnit = '(?:hours?|hrs?|h)\\.?'
const minuteUnit = "(?:minutes?|mins?|m|')\\.?"
const everyWord = '(?:every(?: +single)?|each)'
const halfWord = '(?:in +the +)?(?<half>a\\.? ?m|p\\.? ?m)\\.?'
const atWord =
  '(?:(?:(?:at|by|around|about|circa|approximately|before|after|from|till|until|sharp at|at about|at around) +)|@ *)'
/** An hour in digits, one among several. */
const anyHour = '(?:[01]?\\d|2[0-3])(?:[:.][0-5]\\d)?(?: *[ap]\\.?m)?'
/** The same, where it can be nothing else. */
const exactHour = '(?:[01]?\\d|2[0-3])(?:[:.][0-5]\\d(?: *[ap]\\.?m)?| *[ap]\\.?m)'
/** What names a part of the day, as it may stand behind an hour. */
const partAhead =
  '(?:in +(?:the +)?(?:early +|late +)?(?:morning|afternoon|evening)|at +night|this +(?:morning|afternoon)|(?:tomorrow|every|each) +(?:morning|afternoon))'
/** What only late hours stand before: "season two tonight" is no time. */
const eveningAhead = '(?:tonight|this +(?:evening|night)|(?:tomorrow|every|each) +(?:evening|night))'

const repeatRules: readonly Rule[] = [
  rule(`(?:for +)?(?<count>${anyNumber}) +(?:days +in +a +row|consecutive +days)`, ({ count }) =>
    daysInRow(numbers.value(count)),
  ),
  rule(`(?:${everyWord} +|on +)?(?:week|work(?:ing)? ?)days? +(?<part>morning|afternoon|evening|night)s?`, ({ part }) =>
    says({ repeat: { type: 'weekly', days: [1, 2, 3, 4, 5] }, ...partOf(part) }),
  ),
  rule(
    `(?:on +)?(?:${everyWord} +|all +)?(?:weekdays?|week +days?|workdays?|work +days?|working +days?|school +days)`,
    () => weekly([1, 2, 3, 4, 5]),
  ),
  rule(`(?:except|excluding|apart +from|but +not) +(?:(?:on|for|at) +)?(?:the +)?weekends?`, () =>
    says({ except: [6, 7] }),
  ),
  rule(
    `(?:except|excluding|apart +from|but +not|besides|never|(?<=(?:days?|${gap}) )but) +(?:(?:on|for) +)?(?<days>${weekdayList('s?')})`,
    ({ days }) => says({ except: inOrder(weekdaysIn(days)) }),
  ),
  rule(`(?:on +|at +)?weekends|${everyWord} +weekend|on +the +weekends`, () => weekly([6, 7])),
  rule(
    `${everyWord} +(?:morning|afternoon|evening|night) +(?:and|&) +(?:${everyWord} +)?(?:morning|afternoon|evening|night)`,
    () => flawed('no-rhythm'),
  ),
  rule(`${everyWord} +(?<part>morning|afternoon|evening|night)`, ({ part }) =>
    says({ repeat: { type: 'daily' }, ...partOf(part) }),
  ),
  rule('(?:in +the +)?(?<part>morning|evening|afternoon)s|nightly', ({ part }) =>
    says({ repeat: { type: 'daily' }, ...partOf(part ?? 'night') }),
  ),
  rule(`(?:on +)?(?<days>${anyWeekday}s?(?: *- *${anyWeekday}s?){2,6})`, ({ days }) => weekly(weekdaysIn(days))),
  rule(
    `(?:${everyWord} +(?:week +)?)?(?:from +)?(?<first>${anyWeekday})(?: *- *| +(?<way>to|through|thru|till?|until|untill) +)(?<last>${anyWeekday})(?:,? +(?:every +week|weekly))?`,
    ({ first, way, last }) => {
      const days = weekly(weekdaysFrom(weekdayNumber(first), weekdayNumber(last)))
      // Once, for some days on end?
      return way?.includes('til') ? doubted(days) : days
    },
  ),
  rule(
    `(?:on +)?(?:${everyWord} +|the +)?(?<place>first|second|third|fourth|last|1st|2nd|3rd|4th) +(?<weekday>${anyWeekday}) +(?:of|in) +(?:(?:the|every|each) +)?month(?:,? +(?:every +month|monthly))?|(?:${everyWord} +month|monthly),? +on +the +(?<other>first|second|third|fourth|last|1st|2nd|3rd|4th) +(?<day>${anyWeekday})`,
    ({ place, weekday, other, day }) => placed(place ?? other, weekday ?? day),
  ),
  rule(`${everyWord} +(?<place>first|last|1st) +(?<weekday>${anyWeekday})`, ({ place, weekday }) =>
    placed(place, weekday),
  ),
  rule(`${everyWord} +(?:third|fourth|3rd|4th|\\d+(?:st|nd|rd|th)) +${anyWeekday}`, () => flawed('no-rhythm')),
  rule(
    `${everyWord} +(?:other|second|2nd|alternate) +(?<days>${weekdayList('s?')})|(?<after>${anyWeekday})s? +every +(?:other|second|two|2) +weeks?`,
    ({ days, after }) => weekly(weekdaysIn(days ?? after), 2),
  ),
  rule(
    `(?:${everyWord} +(?:(?<count>${anyNumber}) +weeks|(?:other|second|2nd) +week|fortnight)|once +(?:every +(?:(?<times>${anyNumber}) +weeks|other +week)|a +fortnight)|fortnightly|bi-?weekly)(?:,? +(?:on +)?(?<days>${weekdayList('s?')}))?`,
    ({ count, times, days }) => everyWeeks(numbers.value(count ?? times) ?? 2, days),
  ),
  rule(
    `(?:${everyWord} +week|weekly|once +a +week),? +(?:on +)?(?:every +)?(?<days>${weekdayList('s?')})`,
    ({ days }) => weekly(weekdaysIn(days)),
  ),
  rule(`(?:on +)?${everyWord} +(?<days>${weekdayList('s?')})(?:,? +(?:weekly|every +week))?`, ({ days }) =>
    weekly(weekdaysIn(days)),
  ),
  rule(
    `(?:on +)?(?<days>${anyFullWeekday}s(?:(?: *,? *(?:and|&) *| *, *| +)(?:on +)?${anyFullWeekday}s){0,6})`,
    ({ days }) => weekly(weekdaysIn(days)),
  ),
  rule(`(?:on +)?(?<days>${weekdayList('s?', 2)})`, ({ days }) => weekly(weekdaysIn(days))),
  rule(`${everyWord} +(?<day>third|fourth|fifth|sixth|tenth|\\d{1,2} ?(?:rd|th)) +day(?! +of)`, ({ day }) =>
    everySo(dayNumber(day), 'day'),
  ),
  rule(`${everyWord} +(?:other|second|2nd|alternate) +day|every +day +but +one`, () => everySo(2, 'day')),
  rule(`(?:${everyWord}|once +(?:every|in)) +(?<count>${anyNumber}) *${anyUnit}`, ({ count, unit }) =>
    everySo(numbers.value(count), unitOf(unit)),
  ),
  rule(
    `(?:twice|thrice|(?:two|three|four|five|\\d+) +times) +(?:(?:a|per|every|each) +(?:day|week|month|year)|daily|weekly|monthly)|${everyWord} +(?:minute|min|hour|hr|quarter|half[ -]year|half +(?:an +)?hour|(?:few|other|second) +(?:minutes?|hours?|months?|years?))|hourly|quarterly|once +an +hour|bi-?monthly`,
    () => flawed('no-rhythm'),
  ),
  rule(`${everyWord} +days?|everyday|daily|once +a +day|day +after +day|each +and +every +day`, () =>
    says({ repeat: { type: 'daily' } }),
  ),
  rule(`${everyWord} +week|weekly|once +a +week`, () => says({ repeat: { type: 'weekly' } })),
  rule(
    `(?<!of )(?:${everyWord} +month|monthly|once +a +month),? +(?:on +)?(?:the +)?(?<day>\\d{1,2}${ordinalEnding}?|${anyOrdinalName})(?: +day)?(?![:.]\\d)`,
    ({ day }) => monthly(dayNumber(day)),
  ),
  rule(
    `(?:(?:on|by) +)?(?:the +|(?<every>${everyWord}) +)?(?<day>${anyOrdinal}|\\d{1,2})(?: +day)?(?: +of +(?<of>the|each|every) +month|,? +(?:every +month|monthly|each +month))`,
    // "On the 3rd of the month": of this one, or of each?
    ({ every, day, of }) =>
      of === 'the' && every === undefined ? doubted(monthly(dayNumber(day))) : monthly(dayNumber(day)),
  ),
  rule(
    `${everyWord} +(?<day>${anyOrdinal}) +(?:of +)?(?<month>${anyMonth})|${everyWord} +(?<other>\\d{1,2}) +(?<same>${anyMonth})`,
    (said) => yearly(monthDate({ day: said.day ?? said.other, month: said.month ?? said.same })),
  ),
  rule(
    `(?:on +)?${everyWord} +(?:year +on +)?(?<month>${anyMonth}) +(?:the +)?(?<day>${anyOrdinal}|\\d{1,2})(?![:.]\\d)`,
    (said) => yearly(monthDate(said)),
  ),
  rule(`${everyWord} +(?<day>${anyOrdinal})(?: +of +the +month)?(?! +of +${anyMonth})`, ({ day }) =>
    monthly(dayNumber(day)),
  ),
  rule(
    `(?:(?:at|on) +)?(?:the +)?(?:end|last +day) +of +(?:${everyWord} +month|the +month,? +every +month)|${everyWord} +last +day +of +the +month|(?:every +month|monthly) +(?:at|on) +the +(?:end|last +day)`,
    () => monthly(31),
  ),
  rule(`${everyWord} +month|monthly|once +a +month`, () => says({ repeat: { type: 'monthly' } })),
  rule(`${everyWord} +year|yearly|annually|once +a +year`, () => says({ repeat: { type: 'yearly' } })),
  rule(
    `(?:(?:at|@) *${anyHour}|${exactHour}) *(?:(?:,|and|&|\\+|nd?) *)+(?:at +)?(?:${exactHour}|${anyHour})${countsThings}`,
    (_, { repeat }) => (repeat === undefined ? notMine : flawed('no-rhythm')),
  ),
  // "Every day for three times".
  ruleBehind(
    `(?:(?:for|up +to) +)?(?:twice|thrice|\\d+ ?x|(?:\\d+|${anyNumber}) +(?:times|occurrences))`,
    (_, { repeat }) => (repeat === undefined ? notMine : flawed('no-rhythm')),
  ),
]

const inWord = '(?:in|after|within)(?: +(?:like|about|around|maybe))?'
const fromNow = '(?:later|from +(?:right +|just +)?now|hence|from +today|time)'
/** Days with hours behind them. */
const daysAndHours = `(?<days>${anyAmount}) +days?,? +(?:and +)?(?<hours>${anyAmount}) *${anyUnit}`
const timerWord = '(?:timer|countdown)'
const waitRules: readonly Rule[] = [
  rule(`(?<count>${anyNumber})[ -]*${anyUnit}(?= +${timerWord})`, ({ count, unit }) => aheadBy(count, unit)),
  rule(`(?<=${timerWord} +)(?:for +|of +|in +)?(?<count>${anyAmount}) *${anyUnit}`, ({ count, unit }) =>
    aheadBy(count, unit),
  ),
  rule(`for +(?:the +next +)?(?<count>${anyNumber}) +days`, ({ count }, { repeat }) =>
    repeat?.type === 'daily' ? daysInRow(numbers.value(count)) : notMine,
  ),
  // An hour of the clock, by whoever says "in" for "at": nobody waits so long to the minute.
  rule('in +(?<hour>0?[6-9]|1\\d|2[0-3]):(?<minute>[0-5]\\d)(?! *(?:hours?|hrs?|h))', ({ hour, minute }) =>
    clock(Number(hour), Number(minute)),
  ),
  rule(`within +(?:the +)?(?:next +)?(?<count>${anyAmount}) +(?<unit>days?|weeks?|months?)`, ({ count, unit }) =>
    doubted(aheadBy(count, unit)),
  ),
  rule(`${inWord} +(?:a +few|few|several|some) +${anyUnit}`, () => flawed('no-time')),
  rule(
    `${inWord} +(?:a +)?half +(?:an? +)?(?:hour|hr)(?:'?s +time)?|(?:a +)?half +(?:an? +)?(?:hour|hr) +${fromNow}`,
    () => ahead(30, 'minute'),
  ),
  rule(
    `${inWord} +(?:a +|one +)?quarter +(?:(?:of +)?an +)?hour|(?:a +)?quarter +(?:(?:of +)?an +)?hour +${fromNow}`,
    () => ahead(15, 'minute'),
  ),
  rule(`${inWord} +three[ -]+quarters +of +an +hour`, () => ahead(45, 'minute')),
  rule(`${inWord} +(?<part>[1-3])/(?<whole>[24]) *(?:of +an +)?${hourUnit}`, ({ part, whole }) =>
    ahead((60 * Number(part)) / Number(whole), 'minute'),
  ),
  rule(
    `${inWord} +(?:an|one|1) +(?:hour|hr) +and +(?:a +)?(?<part>half|quarter)|${inWord} +(?:one|1) +and +a +(?<other>half|quarter) +hours?`,
    ({ part, other }) => ahead(1, 'hour', (part ?? other) === 'half' ? 30 : 15),
  ),
  rule(`${inWord} +(?<count>${anyNumber}) +(?:and +a +half +hours|hours? +and +a +half)`, ({ count }) =>
    ahead((numbers.value(count) ?? 0) + 0.5, 'hour'),
  ),
  rule(`${inWord} +(?:a +)?couple +(?:of +)?${anyUnit}`, ({ unit }) => ahead(2, unitOf(unit))),
  rule(`${inWord} +(?<hours>\\d{1,2}):(?<minutes>[0-5]\\d)(?: *${hourUnit})?`, ({ hours, minutes }) =>
    ahead(Number(hours), 'hour', Number(minutes)),
  ),
  rule(`${inWord} +${daysAndHours}`, daysAndMore),
  rule(`${daysAndHours} +${fromNow}`, daysAndMore),
  rule(
    `(?:${inWord} +)(?<hours>${anyAmount}) *${hourUnit},? *(?:and +)?(?<minutes>${anyNumber})(?: *${minuteUnit})?`,
    ({ hours, minutes }) => ahead(amount(hours), 'hour', numbers.value(minutes)),
  ),
  rule(
    `(?<hours>${anyAmount}) *${hourUnit},? *(?:and +)?(?<minutes>${anyNumber}) *${minuteUnit} +${fromNow}`,
    ({ hours, minutes }) => ahead(amount(hours), 'hour', numbers.value(minutes)),
  ),
  rule(
    `${inWord} +(?:the +next +)?(?<count>${anyAmount}) *${anyUnit}(?:'?s?'? +time| +from +now)?(?: +or +so)?`,
    ({ count, unit }) => aheadBy(count, unit),
  ),
  rule(`${inWord} +(?<count>${anyNumber}) *(?:m|')`, ({ count }) => ahead(numbers.value(count), 'minute')),
  rule(`(?<count>${anyAmount}) *${anyUnit}(?:'s?)? +${fromNow}`, ({ count, unit }) => aheadBy(count, unit)),
  rule(`half +an +hour +(?:before(?:hand)?|early|earlier|in +advance)(?!${anyLetter})`, () =>
    says({ before: 30 * minuteLength }),
  ),
  rule(`(?<count>${anyAmount}) +${anyUnit} +(?:before(?:hand)?|early|earlier|in +advance)`, (said) =>
    beforehand(ahead(amount(said.count), unitOf(said.unit))),
  ),
  // So much after an hour that is named: the hour alone would be too early.
  rule(
    `${anyAmount} +(?:(?:hours?|hrs?) +(?:after|from|past)|(?:minutes?|mins?) +from)(?= +(?:noon|midday|midnight|\\d{1,2}(?:[:.]\\d\\d)? ?[ap]\\.?m))`,
    () => doubted(says({})),
  ),
  rule(`(?:half +an?|${anyAmount}) +${anyUnit} +ago|last +(?:week|month|year|night)`, () => flawed('past')),
  rule('(?:right +|just +)?now|immediately|asap|straight +away|at +once|in +a +(?:moment|sec|second)', () =>
    ahead(1, 'minute'),
  ),
]

const year = '(?:,? +(?<year>20\\d\\d))?'
const dates: readonly (readonly [source: string, read: (said: Groups) => Reading])[] = [
  [`(?:the +)?(?<day>${anyOrdinal}|\\d{1,2}\\.?) *-? *(?:(?:of|day +of) +)?(?<month>${anyMonth})${year}`, monthDate],
  [`(?<year>20\\d\\d),? +(?<month>${anyMonth}) +(?<day>${anyOrdinal}|\\d{1,2}(?![:.\\d]|${anyLetter}))`, monthDate],
  [`(?<month>${anyMonth})[ -]*(?:the +)?(?<day>${anyOrdinal}|\\d{1,2}(?![:.\\d]|${anyLetter}))${year}`, monthDate],
]

/** From one day to another. */
const rangeWord = '(?:-|to +|till? +|until +|thru +|through +|and +)'
const newYear = "new +year(?:'?s)?"
const untilWord = '(?:until|till|til|through|thru|up +to|ending(?: +on)?)'
const dateRules: readonly Rule[] = [
  rule(`${untilWord} +(?:the +)?new +year(?:'?s)?(?: +eve)?`, () => asUntil(date(31, 12))),
  rule(`(?:on +)?${newYear} +eve`, () => date(31, 12)),
  rule(`(?:on +)?${newYear} +day`, () => date(1, 1)),
  rule(`${untilWord} +(?:the +)?end +of +(?<month>${anyMonth})`, ({ month }) => untilEndOf(monthNumber(month))),
  rule(`${untilWord} +(?<month>(?!may )${anyMonth})(?! *(?:the +)?\\d)`, ({ month }) =>
    asUntil(date(1, monthNumber(month))),
  ),
  rule(
    `(?:from +|on +|between +)?(?:the +)?(?<day>${anyOrdinal}|\\d{1,2}) *${rangeWord} *(?:the +)?(?<last>${anyOrdinal}|\\d{1,2}) +(?:of +)?(?<month>${anyMonth})${year}`,
    dateRange,
  ),
  rule(
    `(?:from +|on +|between +)?(?<month>${anyMonth}) *(?:the +)?(?<day>${anyOrdinal}|\\d{1,2}) *${rangeWord} *(?:the +)?(?<last>${anyOrdinal}|\\d{1,2})(?![:.]\\d| *(?:[ap]\\.?m|o'?clock))${year}`,
    dateRange,
  ),
  ...dates.map(([source, read]) => rule(`${untilWord} +${source}`, (said) => asUntil(read(said)))),
  ...dates.map(([source, read]) =>
    rule(`(?:(?:on|by|from|starting(?: +on| +from)?|beginning|since|as +of) +)?${source}`, read),
  ),
  rule(
    `(?:on +)?(?:the +)?(?<place>first|second|third|fourth|last|1st|2nd|3rd|4th) +(?<weekday>${anyWeekday}) +(?:of|in) +(?:(?<month>${anyMonth})|(?:this|the) +month)(?<year>,? +20\\d\\d)?`,
    ({ place, weekday, month, year: said }) =>
      (said === undefined ? says : unsure)({
        day: {
          type: 'placed',
          place: placeOf(place),
          weekday: weekdayNumber(weekday),
          ...(month !== undefined && { month: monthNumber(month) }),
        },
      }),
  ),
  rule(
    '(?:at|on|by) +(?:the +)?(?:end|last +day) +of +(?:the|this) +month|the +last +day +of +(?:the|this) +month',
    () => says({ day: { type: 'monthEnd' } }),
  ),
  rule(`(?:on +)?(?:the +)?(?<day>${anyOrdinal}) +(?:of +)?next +month`, ({ day }) => nextMonth(dayNumber(day))),
  rule('(?:(?:at +|in +)?(?:the +)?(?:beginning|start) +of +)?next +month', () =>
    says({ next: { unit: 'month', count: 1 } }),
  ),
  rule(
    `(?:on +|by +|from +)?the +(?<day>${anyOrdinal})(?! +(?:${anyWeekday}|time|week|day|class|lesson|year|grade|floor))(?: +of +(?:this|the) +month)?|on +(?<other>\\d{1,2}${ordinalEnding})`,
    ({ day, other }) => date(dayNumber(day ?? other)),
  ),
  rule(
    `(?<=^|${gap}[ ,]?)(?:on +)?(?<day>\\d{1,2}${ordinalEnding})(?= |$)(?! +(?:grade|floor|class|year|lesson|period|place|birthday))`,
    ({ day }) => date(dayNumber(day)),
  ),
  rule(`(?<!${numbered} )(?<day>\\d{1,2}${ordinalEnding})(?=[ .!]*$)`, ({ day }) => date(dayNumber(day))),
  rule('on +(?<day>\\d{1,2})[.](?<month>1[0-2]|0?[1-9])(?![.:]?\\d)', ({ day, month }) =>
    date(Number(day), Number(month)),
  ),
  rule(`on +(?<day>\\d{1,2})(?=[ ,]*(?:${gap}|[.!]*$)|,? +(?:at +)?\\d{1,2}(?::\\d\\d| *[ap]m))`, ({ day }) =>
    date(Number(day)),
  ),
  rule(`(?<day>\\d{1,2}${ordinalEnding})(?= +at +\\d)`, ({ day }) => date(dayNumber(day))),
  rule(`(?:on|by) +the +(?<day>\\d{1,2})(?! ?-? ?${anyLetter}{0,2}\\d)${countsThings}`, ({ day }) => date(Number(day))),
  rule(`(?<=^)the +(?<day>\\d{1,2})(?= )${countsThings}`, ({ day }) => date(Number(day))),
]

const hourNoun = `(?<hour>${anyNumber}|noon|midday|midnight)(?: +o[' ]?clock)?(?: *${halfWord})?`
const clockRules: readonly Rule[] = [
  rule(`${atWord}?three[ -]+quarters +past +${hourNoun}`, ({ hour, half }) => pastHour(hour, 45, half)),
  rule(`${atWord}?half(?: +|-)past +${hourNoun}`, ({ hour, half }) => pastHour(hour, 30, half)),
  rule(`${atWord}?half +(?<hour>${spelt}|\\d{1,2})(?: *${halfWord})?(?! *(?:hours?|minutes?))`, ({ hour, half }) => {
    // In the morning or in the evening: nobody knows.
    const isOpen = half === undefined && [7, 8].includes(hourNumber(hour) ?? 0)
    if (isOpen) return doubted(pastHour(hour, 30, half), 'half')
    // In digits it is often a word for word rendering of the Russian, where half eight is half past seven.
    return half !== undefined && /^\d/.test(hour ?? '') ? doubted(pastHour(hour, 30, half)) : pastHour(hour, 30, half)
  }),
  rule(
    `(?<!from )(?!from )${atWord}?(?:a +)?(?:(?<quarter>quarter)|(?<minutes>${anyNumber})(?<unit> +minutes?| +mins?)?) +(?<way>past|after|to|before|of|till|til) +${hourNoun}`,
    pastOrTo,
  ),
]
const laterClockRules: readonly Rule[] = [
  rule(`from +(?<hour>\\d{1,2}) +(?:to|till|until) +\\d{1,2}${countsThings}`, ({ hour }) => bareHour(hour)),
  rule(`${atWord}?(?<hour>${spelt})(?: +(?<minute>${minuteWords()}))? *${halfWord}`, ({ hour, minute, half }) =>
    twelveHours(numbers.value(hour), numbers.value(minute?.replace(/^(?:oh?|zero) +/, '')) ?? 0, half),
  ),
  rule(`${atWord}?(?<hour>\\d{1,2})(?:[:.](?<minute>[0-5]\\d))?(?<half>a|p)`, ({ hour, minute, half }) =>
    twelveHours(Number(hour), Number(minute ?? 0), half),
  ),
  rule(`${atWord}?(?<hour>\\d{1,2}|${spelt}) +hundred(?: +hours)?`, ({ hour }) => clock(numbers.value(hour), 0)),
  rule(`${atWord}?(?<hour>${anyNumber}) +o[' ]?clock(?: *${halfWord})?`, ({ hour, half }) =>
    half === undefined ? clock(numbers.value(hour)) : twelveHours(numbers.value(hour), 0, half),
  ),
  rule(`${atWord}(?<hour>${anyNumber}) +hours`, ({ hour }) => bareHour(hour)),
  rule(`${atWord}?(?<joined>[0-2]?\\d[0-5]\\d) *(?:hours|hrs|h)`, ({ joined }) => joinedClock(joined)),
  rule(`${atWord}?(?<hour>\\d{1,2}) *h *(?<minute>[0-5]\\d)?(?:min)?`, ({ hour, minute }) =>
    clock(Number(hour), Number(minute ?? 0)),
  ),
  rule(`${atWord}(?<hour>${spelt}) +(?<minute>${minuteWords()})`, ({ hour, minute }) =>
    spokenClock(numbers.value(hour), numbers.value(minute?.replace(/^(?:oh?|zero) +/, '')) ?? 0),
  ),
  rule(`(?<hour>${spelt})[ -]+(?<minute>fifteen|thirty|forty[ -]?five)`, ({ hour, minute }) =>
    spokenClock(numbers.value(hour), minute === 'fifteen' ? 15 : minute === 'thirty' ? 30 : 45),
  ),
  rule(`(?:${atWord}|(?<!${numbered} ))(?<hour>${anyNumber})(?= +${partAhead}(?!${anyLetter}))`, ({ hour }) =>
    bareHour(hour),
  ),
  rule(`(?:${atWord}|(?<!${numbered} ))(?<hour>${anyNumber})(?= +${eveningAhead}(?!${anyLetter}))`, ({ hour }) =>
    (numbers.value(hour) ?? 0) < 5 ? notMine : bareHour(hour),
  ),
  rule(`${atWord}(?<hour>${anyNumber})(?:-?ish| +sharp)?(?![:.]\\d)${countsThings}`, ({ hour }) => bareHour(hour)),
  rule(`(?<=alarm +(?:for +)?)(?<hour>${anyNumber})(?![:.]\\d| *${anyUnit})`, ({ hour }) => bareHour(hour)),
  rule('(?<hour>\\d{1,2}) ?-?ish', ({ hour }) => bareHour(hour)),
  rule(`${atWord}?(?:12 +|high +)?(?:noon|mid[ -]?day)(?:-?ish)?`, () => clock(12, 0)),
  rule(`${atWord}?(?:12 +)?mid[ -]?night`, () => clock(24, 0)),
]

const dayRules: readonly Rule[] = [
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

const adverbRules: readonly Rule[] = [
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
  { ...ruleBefore('(?<!(?:before|after) +)(?<part>breakfast|lunch|dinner|supper)', partIn), stays: true },
  ruleBehind('or +so|-?ish|sharp|on +the +dot|coming(?= *(?:$|[,.!]|at ))', () => says({})),
  ruleBehind("(?:sharp|o[' ]?clock|time|of|on)(?= )", () => says({})),
  ruleBefore('on +the +dot|last +thing', () => says({})),
  ruleBehind('(?:to|till?|until) +(?:noon|midday|midnight)', () => says({})),
]

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

/** Said before what is meant. */
const talk =
  '(?:he+y+|hi+|hello|yo|ok|okay|so|oh|um+|uh|hmm+|well|lol|omg|btw|bot|serik|bro|and|also|actually|pls+|plz+|please)'
const asking =
  '(?:(?:can|could|would|will) +(?:you|u)(?: +(?:pls|plz|please))?|i +(?:want|need|would +like) +(?:you|u) +to|pls+|plz+|please|just),? +'
const reminding =
  '(?:(?:set|make|create|add|put|give)(?: +(?:me|an?|new|the))* +reminder|(?:(?:can|could|may) +i +(?:get|have)|i +(?:need|want))(?: +an?)? +reminder|new +reminder:?|(?:remind|rmd|rmnd) *me|remember +me(?= +to )|i +(?:want|wanna|need)(?: +to)? +be +reminded|ping +me|(?:tell|notify|alert) +me(?=[^a-z]+(?:to|that) )|let +me +know(?=[^a-z]+(?:to|that) )|reminder:?)'
const topic = `(?:to|that|about|abt|for|of|2(?= +[a-z])(?! +[a-z]+s(?![a-z]))|4(?= *${gap}))`
const unforgotten = "(?:(?:do +not|don'?t) +(?:let +me +)?(?:for|4)get(?: +(?:to|about))?|remember +to)"
const setting = '(?:set|put|start|make)(?: +(?:me|an?|the|my))*'

/** "Remind me to" and the like: no part of what to remember, also when the time stands inside it. */
export const englishLeadIn = words(
  [
    `(?:(?<=^[ ,]*)(?:(?:${talk}|good +(?:morning|afternoon|evening))[ ,!.]+)+)?(?:${asking})*${reminding}(?:,? +(?:pls|plz|please))?[ ,${gap}]*${topic}?`,
    `(?<=^[ ,]*)(?:${talk}[ ,!.]+)+(?=${gap})`,
    `(?<=^[ ,${gap}]*)(?:pls+|plz+|please)(?:[ ,]+(?:pls+|plz+|please))*(?=[ ,]+[a-z])|(?:pls+|plz+|please|thx)(?=[ .!]*$)|(?<=[,.!] *)(?:thanks|ty)(?=[ .!]*$)|(?<!(?:say|send|write|text|a|with|my|of) +)thank +(?:you|u)(?=[ .!]*$)`,
    `(?<=^[ ,${gap}]*(?:(?:pls+|plz|please) +)*)${unforgotten}(?= +[a-z])|(?<=^)note +to +self:?`,
    `${setting} +(?:alarm|${timerWord})(?:[ ,${gap}]*(?:to|for))(?= +[a-z])|${setting}(?= +(?:alarm|${timerWord}))|(?<=${gap} *)${timerWord}(?= +[a-z])|(?<=^)${timerWord}(?= *${gap}[ ,${gap}]*[a-z])`,
    `remind(?<=^[ ,]*remind)(?= *(?:${gap}|pls|please|that|to|about|$))(?: +(?:pls|please))?(?: +(?:that|to|about))?|remind(?=[ .!]*$)`,
  ].join('|'),
)

function weekdayList(plural: string, least: 1 | 2 = 1): string {
  const one = `${anyWeekday}${plural}(?!${anyLetter})`
  return `${one}(?:(?: *,? *(?:and|&) *| *, *| *[/+] *| +(?=${anyWeekday}(?!${anyLetter})))(?:(?:on|${everyWord}) +)?${one}){${least - 1},6}`
}

const namedWeekdays = words(`${anyWeekday}s?`)

function weekdaysIn(list: string | undefined): number[] {
  return matchesOf(namedWeekdays, list ?? '').map(([word]) => weekdayNumber(word))
}

function weekdayNumber(word: string | undefined = ''): number {
  return weekdays.indexOf(word.slice(0, 3)) + 1
}

function everyWeeks(count: number, days: string | undefined): Reading {
  const reading = everySo(count, 'week')
  return days === undefined || reading.type !== 'found' ? reading : weekly(weekdaysIn(days), count)
}

function placeOf(word: string | undefined = ''): number {
  const place = ['first', 'second', 'third', 'fourth'].indexOf(word) + 1
  return place > 0 ? place : Number(/^\d/.exec(word)?.[0] ?? -1)
}

function placed(place: string | undefined, weekday: string | undefined): Reading {
  return says({ repeat: { type: 'monthlyWeekday', place: placeOf(place), weekday: weekdayNumber(weekday) } })
}

function yearly(reading: Reading): Reading {
  return reading.type === 'found' ? says({ ...reading.found, repeat: { type: 'yearly' } }) : reading
}

function unitOf(word: string | undefined): Unit | undefined {
  return unitWords.find(([pattern]) => pattern.test(word ?? ''))?.[1]
}

/** "A" and "an" are one. */
function amount(word: string | undefined): number | undefined {
  return word === 'a' || word === 'an' ? 1 : numbers.value(word)
}

function aheadBy(count: string | undefined, unit: string | undefined): Reading {
  const weeks = unit?.startsWith('fortnight') ? 2 : 1
  const many = amount(count)
  return ahead(many === undefined ? undefined : many * weeks, unitOf(unit))
}

function dayNumber(word: string | undefined = ''): number | undefined {
  if (/^\d/.test(word)) return Number.parseInt(word, 10)
  const [last = '', ten] = word.split(/[ -]/).reverse()
  const joined = /^(?<ten>twenty|thirty)(?<unit>.+)$/.exec(last)?.groups
  if (last === 'thirtieth') return 30
  const unit = ordinalNames.indexOf(joined?.unit ?? last) + 1
  const before = ten ?? joined?.ten
  return unit === 0 ? undefined : unit + (before === 'twenty' ? 20 : before === 'thirty' ? 30 : 0)
}

function monthNumber(word: string | undefined): number {
  return months.indexOf(word?.slice(0, 3) ?? '') + 1
}

function monthDate({ day, month, year: said }: Groups): Reading {
  return date(dayNumber(day), monthNumber(month), said === undefined ? undefined : Number(said))
}

/** The days between two are kept where something repeats; else the first day alone may be meant, or all of them. */
function dateRange({ last, ...said }: Groups, { repeat }: Found): Reading {
  const [first, end] = [monthDate(said), monthDate({ ...said, day: last })]
  if (first.type !== 'found' || end.type !== 'found') return first.type === 'found' ? end : first
  const until = end.found.day
  return repeat === undefined || until === undefined ? doubted(first) : says({ ...first.found, until })
}

/** "In one day and two hours": so long to the minute. */
function daysAndMore({ days, hours, unit }: Groups): Reading {
  const rest = aheadBy(hours, unit)
  const whole = amount(days)
  if (whole === undefined || rest.type !== 'found' || rest.found.wait === undefined) return flawed('no-time')
  return says({ wait: whole * dayLength + rest.found.wait })
}

function unsure(found: Found): Reading {
  return doubted(says(found))
}

function nextMonth(day: number | undefined): Reading {
  const reading = date(day)
  return reading.type === 'found' ? says({ ...reading.found, next: { unit: 'month', count: 1 } }) : reading
}

function pastHour(hour: string | undefined, minute: number, half: string | undefined): Reading {
  const value = hourNumber(hour)
  if (value === undefined || value < 1 || value > 12) return notMine
  if (half !== undefined) return twelveHours(value, minute, half)
  return isNamedHour(hour) ? clock(value === 12 && hour === 'midnight' ? 0 : value, minute) : spokenClock(value, minute)
}

/** "Of" and small numbers without "minutes" are more often something else: "10 of 12", "from 9 to 5". */
function pastOrTo({ quarter, minutes, unit, way, hour, half }: Groups): Reading {
  const minute = quarter === undefined ? numbers.value(minutes) : 15
  const value = hourNumber(hour)
  if (minute === undefined || value === undefined || value < 1 || value > 12 || minute > 30 || minute < 1)
    return notMine
  if (quarter === undefined && unit === undefined && (way === 'of' || minute % 5 > 0)) return notMine
  if (way === 'past' || way === 'after') return pastHour(hour, minute, half)
  if (half !== undefined) return twelveHours(value === 1 ? 12 : value - 1, 60 - minute, turned(value, half))
  if (isNamedHour(hour)) return clock(hour === 'midnight' ? 23 : 11, 60 - minute)
  // "5 to 6" is an hour as well.
  const isStretch = quarter === undefined && unit === undefined && value === minute + 1
  return isStretch ? doubted(minutesTo(value, minute)) : minutesTo(value, minute)
}

/** A quarter to 12 pm is still before noon. */
function turned(hour: number, half: string): string {
  if (hour !== 12) return half
  return half.startsWith('p') ? 'am' : 'pm'
}

function isNamedHour(word: string | undefined): boolean {
  return word === 'noon' || word === 'midday' || word === 'midnight'
}

function hourNumber(word: string | undefined): number | undefined {
  return isNamedHour(word) ? 12 : numbers.value(word)
}

/** Behind an hour; a unit alone would belong to the hour: "twenty two". */
function minuteWords(): string {
  const unit = alternatives(Object.keys(units))
  const teens = alternatives(Object.keys(units).filter((word) => (units[word] ?? 0) >= 10))
  return `(?:oh?|zero) +(?:${unit})|(?:${alternatives(Object.keys(tens))})(?:[ -]+(?:${unit}))?|${teens}`
}

/** A number after "at" with nothing more: an hour only where a day has such an hour. */
function bareHour(word: string | undefined): Reading {
  const hour = numbers.value(word)
  return hour === undefined || hour > 24 ? notMine : clock(hour)
}

function inDays(count: number): Reading {
  return says({ day: { type: 'ahead', count, unit: 'day' } })
}

function inWeeks(count: number): Reading {
  return says({ next: { unit: 'week', count } })
}

function today(part: Part): Reading {
  return says({ day: { type: 'ahead', count: 0, unit: 'day' }, part })
}

function partIn(said: Groups): Reading {
  return says(partOf(said.part))
}

function partOf(word: string | undefined): { part?: Part } {
  const part = partNamed(word)
  return part === undefined ? {} : { part }
}

const partWords: Readonly<Record<string, Part>> = {
  morning: 'morning',
  breakfast: 'morning',
  afternoon: 'afternoon',
  evening: 'evening',
  eve: 'evening',
  dinner: 'evening',
  supper: 'evening',
  night: 'night',
  lunch: 'midday',
  lunchtime: 'midday',
}

function partNamed(word: string | undefined): Part | undefined {
  return word === undefined ? undefined : partWords[word]
}
