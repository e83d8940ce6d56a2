// What comes again, in Kazakh: "әр сейсенбі".

import { flawed, type Groups, gap, type Part, type Reading, type Rule, rule, says } from '../found.ts'
import { daysInRow, everySo, inOrder, monthly, weekdaysFrom, weekly } from '../read.ts'
import {
  anyFullWeekday,
  anyNumber,
  anyWeekday,
  dayWord,
  everyWord,
  fromEnding,
  inCase,
  numbers,
  onOrdinalEnding,
  ordinalEnding,
  placeOf,
  placeWord,
  toEnding,
  unitOf,
  untilWord,
  weekdayList,
  weekdayNumber,
  weekdaysIn,
} from './words.ts'

export const repeatRules: readonly Rule[] = [
  rule(`(?:${everyWord} +)?(?:${anyWeekday}|кун|апта|ай)(?: +куни)?(?: +сайын)? +емес(?=.{0,3} (?:тек|осы|бир) )`, () =>
    says({}),
  ),
  rule(`(?<count>${anyNumber}) +кун(?:ге)? +(?:бойы(?:на)?|катарынан|катар)(?: +кун +сайын)?`, ({ count }) =>
    daysInRow(numbers.value(count)),
  ),
  rule(`${everyWord} +(?:тан|танертен) *(?:сайын)?|тан +сайын|танертен +сайын`, () => every('morning')),
  rule(`${everyWord} +(?:кеш|кешке) *(?:сайын)?|кеш +сайын|кешке +сайын`, () => every('evening')),
  rule(`${everyWord} +тун *(?:сайын)?|тун +сайын`, () => every('night')),
  rule(
    `(?:${everyWord} +)?жумыс +кун(?:дери|деринде|дер)(?: +(?:сайын|гана))?|${everyWord} +жумыс +куни|жумыс +куни +сайын`,
    () => weekly([1, 2, 3, 4, 5]),
  ),
  rule(
    `(?<!${gap} ?)(?:${everyWord} +)?(?:демалыс|дем +алыс) +кундери(?:нде)?(?: +сайын)?(?!(?:нен)? +баска)|${everyWord} +демалыс(?: +куни| +сайын)?`,
    () => weekly([6, 7]),
  ),
  rule(
    `(?<first>${anyWeekday})(?:${fromEnding})?(?: +бастап)?(?: *- *| +)(?<last>${anyWeekday})(?:${toEnding})?(?: +куни(?:не)?)? +${untilWord}(?: +кун +сайын| +ар +куни| +кундери)?`,
    fromTo,
  ),
  rule(`(?<days>${anyWeekday}(?: *- *${anyWeekday}){2,6})(?: +кундери)?`, ({ days }) => weekly(weekdaysIn(days))),
  rule(`(?<first>${anyWeekday}) *- *(?<last>${anyWeekday})(?: +кундери(?:нде)?| +аралыг(?:ы|ында))?`, fromTo),
  rule(`(?<first>${anyWeekday}) +мен +(?<last>${anyWeekday}) +аралыг(?:ы|ында)`, fromTo),
  rule(
    `(?:${everyWord} +)?(?<count>${anyNumber}) +апта(?: +сайын|да +бир(?: +рет)?|да)(?:,? +(?<days>${weekdayList()}))?(?: +куни)?`,
    ({ count, days }) => everyWeeks(numbers.value(count), days),
  ),
  rule(`апта +ара(?:лат(?:ып)?|лап)?(?:,? +(?<days>${weekdayList()}))?(?: +куни)?`, ({ days }) => everyWeeks(2, days)),
  rule(`${everyWord} +екинши +(?<days>${weekdayList()})(?: +куни)?`, ({ days }) => weekly(weekdaysIn(days), 2)),
  rule(`айдын +${placeWord()} +(?<weekday>${anyFullWeekday})(?:си|сы)?(?: +куни)? +сайын`, ({ place, weekday }) =>
    says({ repeat: { type: 'monthlyWeekday', place: placeOf(place), weekday: weekdayNumber(weekday) } }),
  ),
  rule(
    `${everyWord} +айдын +${placeWord()} +(?<weekday>${anyFullWeekday})(?:${inCase})?(?: +куни)?|ай +сайын(?:,? +айдын)? +${placeWord('second')} +(?<other>${anyFullWeekday})(?:${inCase})?(?: +куни)?`,
    ({ place, second, weekday, other }) =>
      says({
        repeat: { type: 'monthlyWeekday', place: placeOf(place ?? second), weekday: weekdayNumber(weekday ?? other) },
      }),
  ),
  rule(`(?:аптанын +)?${everyWord} +(?<days>${weekdayList()})(?: +куни)?(?: +сайын)?`, ({ days }) =>
    weekly(weekdaysIn(days)),
  ),
  rule(
    `(?:(?:ар +)?апта +сайын(?:гы)?|ар +апта(?:да|нын)?|аптасына +бир +рет|аптада +бир(?: +рет)?)(?: +аптанын)?,? +(?<days>${weekdayList()})`,
    ({ days }) => weekly(weekdaysIn(days)),
  ),
  rule(`(?<days>${anyWeekday} +сайын(?:(?: *,| +мен| +жане)? +${anyWeekday} +сайын){1,6})`, ({ days }) =>
    weekly(weekdaysIn(days)),
  ),
  rule(`(?<days>${weekdayList()}) +(?:(?:куни|кундери) +)?(?:апта +)?сайын`, ({ days }) => weekly(weekdaysIn(days))),
  rule(`(?<days>${weekdayList()}) +кундери(?:нде)?`, ({ days }) => weekly(weekdaysIn(days))),
  rule(`(?<days>${weekdayList(2)})(?: +куни)?`, ({ days }) => weekly(weekdaysIn(days))),
  rule(
    `(?:${everyWord} +)?(?:(?<count>${anyNumber})|жарты) +(?<unit>сагат|минут|кун|ай|жыл)(?:(?:д|т)[ае]н?)?(?: +сайын(?:гы)?| +бир(?: +рет)?)`,
    ({ count, unit }) => everySo(numbers.value(count), unitOf(unit)),
  ),
  rule(
    `${everyWord} +(?:(?<count>${anyNumber})|жарты) +(?<unit>сагат|минут|кун|ай|жыл)(?:да|де|та|те)?`,
    ({ count, unit }) => everySo(numbers.value(count), unitOf(unit)),
  ),
  rule(
    `(?:сагат|минут|токсан) +сайын(?:гы)?|${everyWord} +(?:сагат|минут|токсан)(?:та|да)?(?: +сайын)?|(?:сагат|токсан)ына +${anyNumber}(?: +рет)?|(?:кунине|аптасына|айына|жылына|кунде|аптада|жумада|жумасына) +(?:еки|уш|торт|бес|\\d+) +рет`,
    () => flawed('no-rhythm'),
  ),
  rule(`${everyWord} +екинши +кун(?:и)?`, () => says({ repeat: { type: 'daily', every: 2 } })),
  rule('кун +ара(?:лап|латып)?|кунара|(?:бир +)?кун +тастап', () => says({ repeat: { type: 'daily', every: 2 } })),
  rule(
    'ар(?:бир)? +кун(?:и|де|ги)?(?: +сайын)?|кажды(?:й)? +куни?|кун +сайын(?:гы)?|кунде(?:ликти)?|кунине +бир +рет',
    () => says({ repeat: { type: 'daily' } }),
  ),
  rule('ар +апта(?:да|нын)?(?: +сайын)?|апта +сайын(?:гы)?|апта(?:сына|да) +бир(?: +рет)?', () =>
    says({ repeat: { type: 'weekly' } }),
  ),
  rule(
    `(?:ар +айдын|ай +сайын(?: +айдын)?|ар +айда) +(?<day>${anyNumber})(?:${ordinalEnding})?(?:${dayWord}|${onOrdinalEnding})`,
    ({ day }): Reading => monthly(numbers.value(day)),
  ),
  rule(`(?<day>${anyNumber})(?:${ordinalEnding})?(?:${dayWord}|${onOrdinalEnding})? +ай +сайын`, ({ day }) =>
    monthly(numbers.value(day)),
  ),
  rule('(?:ар +айдын|ай +сайын(?: +айдын)?) +(?:сонында|аягында|(?:сонгы|акыргы) +куни(?:нде)?)', () => monthly(31)),
  rule('(?:ар +айдын|ай +сайын(?: +айдын)?) +(?:басында|бирине|биринде)', () => monthly(1)),
  rule('ар +ай(?:да|дын)?(?: +сайын)?|ай +сайын(?:гы)?|ай(?:ына|да) +бир(?: +рет)?', () =>
    says({ repeat: { type: 'monthly' } }),
  ),
  rule('жыл +сайын(?:гы)?|жылда|ар +жыл(?:ы|да|дын)?|жылына +бир(?: +рет)?', () =>
    says({ repeat: { type: 'yearly' } }),
  ),
  rule(
    `(?<days>${weekdayList()})(?:ден|дан|нен|тен)?(?: +кун(?:и|дери)(?:нен)?)?(?: +(?:баска|болек)(?: +кун(?:дери|и))?|(?:нин?|ны|ди|ды)? +коспаганда)(?: +кун +сайын)?`,
    ({ days }) => says({ except: inOrder(weekdaysIn(days)) }),
  ),
  rule('(?:демалыс|дем +алыс)(?: +кундер(?:и|инен)?)?(?:нен|тан)? +баска(?: +кундер(?:и|де)?)?', () =>
    says({ except: [6, 7] }),
  ),
]

function fromTo({ first, last }: Groups): Reading {
  return weekly(weekdaysFrom(weekdayNumber(first), weekdayNumber(last)))
}

function everyWeeks(count: number | undefined, days: string | undefined): Reading {
  const reading = everySo(count, 'week')
  return days === undefined || reading.type !== 'found' ? reading : weekly(weekdaysIn(days), count)
}

function every(part: Part): Reading {
  return says({ repeat: { type: 'daily' }, part })
}
