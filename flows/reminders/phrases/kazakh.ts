import { minuteLength } from '../../common/calendar.ts'
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
  endOf,
  everySo,
  inOrder,
  minutesTo,
  monthly,
  spacedClockRules,
  spokenClock,
  type Unit,
  untilEndOf,
  wakingRule,
  weekdaysFrom,
  weekly,
} from './read.ts'

// Everything here is written as fold() leaves it: и for і, у for ү and ұ, к for қ, н for ң and so on.
const units = { бир: 1, еки: 2, уш: 3, торт: 4, бес: 5, алты: 6, жети: 7, сегиз: 8, тогыз: 9 }
const tens = {
  он: 10,
  жиырма: 20,
  отыз: 30,
  кырык: 40,
  елу: 50,
  алпыс: 60,
  жетпис: 70,
  сексен: 80,
  токсан: 90,
  жуз: 100,
}
const numbers = numberWords(units, tens)
const anyNumber = numbers.source
const spelt = spelling(units, tens).spelt

const weekdays = ['дуйсенби', 'сейсенби', 'сарсенби', 'бейсенби', 'жума', 'сенби', 'жексенби']
const shortWeekdays = ['дс', 'сс', 'ср', 'бс', 'жм', 'сб', 'жс']
/** As they are said in a Kazakh line by whoever speaks both languages. */
const russianWeekdays = ['понедельник', 'вторник', 'сред', 'четверг', 'пятниц', 'суббот', 'воскресень']
const anyFullWeekday = `(?:${alternatives(weekdays)}|(?:${russianWeekdays.join('|')})[аеуья]?)`
const anyWeekday = `(?:${anyFullWeekday}|(?:${shortWeekdays.join('|')})\\.?(?!${anyLetter}))`
const months = [
  'кантар',
  'акпан',
  'наурыз',
  'сауир',
  'мамыр',
  'маусым',
  'шилде',
  'тамыз',
  'кыркуйек',
  'казан',
  'караша',
]
const anyMonth = `(?:${alternatives([...months, 'желтоксан', 'кыркуйег'])})`
/** In the order of the months; those that are words of their own need their dot. */
const shortMonths = ['кан', 'акп', 'нау', 'сау', 'мам', 'мау', 'шил', 'там', 'кыр', 'каз', 'кар', 'жел']
const anyShortMonth = '(?:(?:кан|акп|нау|сау|мау|шил|кыр|жел)\\.?|(?:мам|там|каз|кар)\\.)'

const atEnding = ' ?-? ?(?:де|да|те|та)'
const toEnding = ' ?-? ?(?:ге|га|ке|ка|не|на)'
const byEnding = ' ?-? ?(?:(?:лер|дер|тер)де|(?:лар|дар|тар)да|деги|дагы|теги|тагы|де|да|те|та|ге|га|ке|ка)'
/** Apart from its hour, "нан" is bread unless the words behind it want a time. */
const fromEnding =
  '(?: ?-? ?(?:ден|дан|тен|тан)|-?(?:нен|нан)|[ -]+(?:нен|нан)(?= +(?:бастап|кейин|сон|\\d|[а-я]+ +дейин)))'
const ordinalEnding = '-?(?:инши|ыншы|сыншы|нши|ншы|ши|шы|си|сы|и|ы)'
const onOrdinalEnding = ' ?-? ?(?:си|сы|и|ы)?(?:нде|нда|не|на)'
const dayWord = ' ?-? ?кун(?:и|инде|ине|ги)'
const untilWord = '(?:дейин|шейин)'
const inCase = '(?:(?:си|сы)?(?:нде|нда|не|на)|де|да|ге|га|ден|дан|дин|нин|ке|те|си|сы)'

/** Adverbs say when by themselves; adjectives only beside an hour: "кешкі ас" is a meal. */
const partWords: readonly { part: Part; adverbs: string[]; adjectives: string[] }[] = [
  {
    part: 'afternoon',
    adverbs: [
      ...['тустен кейин', 'тустен сон', 'тус ауа', 'тус кайта', 'туски астан кейин', 'туски астан сон'],
      ...['туски тамактан', 'тускиликтен', 'обедтен', 'обедтан', 'обеттен', 'обеттан', 'обедден'].flatMap((lunch) => [
        `${lunch} кейин`,
        `${lunch} сон`,
      ]),
    ],
    adjectives: [],
  },
  {
    part: 'morning',
    adverbs: [
      ...['танертен', 'танертенгисин', 'танертенгилик', 'танертенмен', 'ертенгисин', 'танмен', 'танда'],
      ...[
        'тан ата',
        'тан ертен',
        'тан атканда',
        'тан сариде',
        'тансариде',
        'тустен бурын',
        'туске дейин',
        'ерте танмен',
        ...[
          'танында',
          'тан алдында',
          'тансариден',
          'тан сариден',
          'тан азанда',
          'тан азаннан',
          'танертеннен',
          ...['тангы уакытта', 'тангы мезгилде', 'танертенги уакытта', 'танертенги мезгилде'],
          'таннын атысымен',
        ],
      ],
    ],
    adjectives: ['тангы', 'танертенги', 'тан'],
  },
  {
    part: 'midday',
    adverbs: [
      ...['кундиз', 'туски аста', 'туски уакытта', 'туски узилисте', 'туски мезгилде', 'тус кезинде', 'туске карай'],
      ...['обедте', 'обедта', 'обетте', 'обетта', 'обед кезинде'],
      ...['туске таман', 'туски ас кезинде', 'тусте'],
    ],
    adjectives: ['туски', 'кундизги', 'тус'],
  },
  {
    part: 'evening',
    adverbs: [
      ...[
        'кешке',
        'кеште',
        'кешкурым',
        'кешкисин',
        'кешкилик',
        'кештетип',
        'кешке карай',
        'кешке таман',
        'инирде',
        'кешинде',
      ],
      ...['кешкилерде', 'акшамда', 'акшамда', 'кешки уакытта', 'кешки мезгилде', 'кеш бата', 'кеш батканда'],
    ],
    adjectives: ['кешки'],
  },
  { part: 'night', adverbs: ['тунде', 'тунделетип', 'тунинде', 'тунге карай'], adjectives: ['тунги', 'тун'] },
]
const anyPart = alternatives(partWords.flatMap(({ adverbs, adjectives }) => [...adverbs, ...adjectives]))
const beforeHour = `(?:(?<part>${anyPart}) +)?`
const unitWords: readonly (readonly [RegExp, Unit])[] = [
  [/^м(?:и|$)/, 'minute'],
  [/^(?:с|час)/, 'hour'],
  [/^(?:кун|д|тау)/, 'day'],
  [/^(?:апт|нед)/, 'week'],
  [/^(?:ай|мес)/, 'month'],
  [/^(?:жыл|год)/, 'year'],
]
const minuteWord = '(?:минут[аы]?|мин|м)\\.?'
const hourWord = '(?:сагат|саг|час|с)\\.?'
const anyUnit = `(?<unit>минут[аы]?|мин|сагат|саг|час|кун|таулик|день|апта|апт(?=\\.)|неделя|ай|месяц|жыл|год)\\.?`
const laterWord = `(?:${fromEnding}|[дт][ае]|[ае]н)? *(?:кейин|сон|откен сон|откеннен кейин|откесин)`
const everyWord = '(?:арбир|ар|каждый|кажды|каждую|каждое)'

const repeatRules: readonly Rule[] = [
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

/** "Кеш" is also a feast, and "late": right behind a day and before an hour it is its evening. */
const eveningRules: readonly Rule[] = [
  rule(`(?<=(?:^|(?:бугин|ертен|бурсигуни|${anyFullWeekday}) )) *кеши?(?= +(?:сагат +)?(?:\\d|${spelt}))`, () =>
    says({ part: 'evening' }),
  ),
]

/** "Ten minutes past" is a time, and no waiting. */
const pastHourRules: readonly Rule[] = [
  rule(
    `${beforeHour}(?:сагат +)?(?<hour>${anyNumber})${fromEnding} +(?:(?<minute>${anyNumber})(?: +мин(?:ут)?)?|ширек|(?<half>жарты) +сагат) +(?:отк|отт|оти|отсе|кет|аска|асып)${anyLetter}*`,
    (said) => hour(said.hour, said.half ? 30 : said.minute === undefined ? 15 : numbers.value(said.minute), said.part),
  ),
]

const waitRules: readonly Rule[] = [
  rule(
    `(?:(?<count>${anyNumber})(?<half> +жарым)?|жарты) *${anyUnit}(?:${toEnding})?(?= +таймер)`,
    ({ count, half, unit }) => ahead((numbers.value(count ?? '0') ?? 0) + (count && !half ? 0 : 0.5), unitOf(unit)),
  ),
  rule(`(?<=таймер(?:ди|ды)? +)(?<count>${anyNumber}) *${anyUnit}(?:${toEnding})?`, ({ count, unit }) =>
    ahead(numbers.value(count), unitOf(unit)),
  ),
  rule(`(?:бирнеше|бирер) +${anyUnit}${laterWord}`, () => flawed('no-time')),
  rule('(?:дал +)?(?:казир|осы +казир)(?:ги)?(?: +бирден)?', () => ahead(1, 'minute')),
  rule(
    `(?<hours>${anyNumber}) *${hourWord}(?:${fromEnding})? *,? *(?:жане +)?(?<minutes>${anyNumber}) *${minuteWord}${laterWord}`,
    ({ hours, minutes }) => ahead(numbers.value(hours), 'hour', numbers.value(minutes)),
  ),
  // "After 17:00" is an hour, and "1:30 later" is none.
  rule(`(?<hours>\\d{1,2}):(?<minutes>\\d{2})(?: +(?<unit>сагат)${laterWord}| +(?:кейин|сон))`, (said) =>
    said.unit === undefined && Number(said.hours) > 6
      ? notMine
      : ahead(Number(said.hours), 'hour', Number(said.minutes)),
  ),
  // Days and hours on top of them: what is left of the day nobody knows.
  rule(
    `${anyNumber} +(?:кун|апта|ай|жыл)(?:${fromEnding})? *,? *(?:жане +)?(?<count>${anyNumber}) *${anyUnit}${laterWord}`,
    ({ count, unit }) => doubted(ahead(numbers.value(count), unitOf(unit))),
  ),
  rule(`уш +ширек +сагат${laterWord}`, () => ahead(45, 'minute')),
  rule(`(?:бир +)?ширек +сагат${laterWord}|сагаттын +ширегинен +(?:кейин|сон)`, () => ahead(15, 'minute')),
  rule(`полчас${laterWord}`, () => ahead(30, 'minute')),
  rule(`жартыжыл${laterWord}`, () => ahead(6, 'month')),
  rule(`жарты +${anyUnit}${laterWord}`, ({ unit }) => ahead(0.5, unitOf(unit))),
  rule(`(?<count>${anyNumber}) +жарым +${anyUnit}${laterWord}`, ({ count, unit }) =>
    ahead((numbers.value(count) ?? 0) + 0.5, unitOf(unit)),
  ),
  rule(`(?<count>${anyNumber}) +${anyUnit} +жарым${laterWord}`, ({ count, unit }) =>
    ahead((numbers.value(count) ?? 0) + 0.5, unitOf(unit)),
  ),
  rule(`сагат +жарым${laterWord}`, () => ahead(1.5, 'hour')),
  // "In two or three days" is when it is three.
  rule(`(?:тагы +)?(?:${anyNumber} *- *)?(?<count>${anyNumber}) *${anyUnit}${laterWord}`, ({ count, unit }) =>
    ahead(numbers.value(count), unitOf(unit)),
  ),
  rule(`(?<count>${anyNumber}) *(?<unit>м|с)\\.?${laterWord}`, ({ count, unit }) =>
    ahead(numbers.value(count), unitOf(unit)),
  ),
  rule(`жарты +сагат +(?:бурын|ерте(?:рек)?|алдын)`, () => says({ before: 30 * minuteLength })),
  rule(`(?<count>${anyNumber}) *${anyUnit} +(?:бурын|ерте(?:рек)?|алдын)`, ({ count, unit }) =>
    beforehand(ahead(numbers.value(count), unitOf(unit))),
  ),
  // The same hour as now.
  rule('(?:дал +)?(?:осы|сол) +(?:уакытта|кезде|мезгилде|сагатта)', () => says({ sameTime: true })),
  rule(`(?<!жарым )(?<unit>минут|сагат|апта|ай|жыл)${fromEnding} *(?:кейин|сон)`, ({ unit }) => ahead(1, unitOf(unit))),
]

const yearBefore = '(?:(?<year>20\\d\\d)(?:-?ш[иы])? *(?:ж\\.|жыл(?:гы|дын|ы)?)? +)?'
const yearAfter = `(?:,? +(?<later>20\\d\\d)(?:-?ш[иы])?(?: *(?:жыл(?:гы|дын|ы)?|ж\\.?)(?!${anyLetter}))?)?`
/** What names a day of the year or of the month. */
const dates: readonly (readonly [source: string, read: (said: Groups) => Reading])[] = [
  [
    `${yearBefore}(?<day>${anyNumber})(?:${ordinalEnding})?[ -]+(?<month>${anyMonth})${anyLetter}{0,5}(?: +айы(?:нда|на)?(?!${anyLetter}))?(?:${dayWord})?${yearAfter}`,
    monthDate,
  ],
  [
    `${yearBefore}(?<month>${anyMonth})(?:[дтн][иы]н| +айынын) +(?<day>${anyNumber})(?:${ordinalEnding})?(?:${dayWord}|${onOrdinalEnding})?${yearAfter}`,
    monthDate,
  ],
  [
    `${yearBefore}(?<day>\\d{1,2})(?:${ordinalEnding})?[ -]+(?<month>${anyShortMonth})(?:${byEnding})?(?:${dayWord})?${yearAfter}`,
    monthDate,
  ],
  [`(?<month>${anyMonth}) +(?<day>\\d{1,2})(?!${anyLetter}|[:.-])${yearAfter}`, monthDate],
]

const rangeEnd = `(?: +(?:${untilWord}|аралыг(?:ы|ында)))?`
const dateRules: readonly Rule[] = [
  rule(`жана +жыл(?:га|дын +алдына)? +${untilWord}`, () => asUntil(date(31, 12))),
  rule(
    `(?<day>\\d{1,2})(?: *- *|${fromEnding}(?: +бастап)? +| +[мбп]ен +)(?<lastDay>\\d{1,2})(?:${ordinalEnding})?[ -]+(?<month>${anyMonth})${anyLetter}{0,5}${yearAfter}${rangeEnd}`,
    dateRange,
  ),
  rule(
    `(?<day>${anyNumber})(?:${ordinalEnding})?[ -]+(?<month>${anyMonth})${anyLetter}{0,5}(?: +бастап)?(?: *- *| +)(?<lastDay>${anyNumber})(?:${ordinalEnding})?[ -]+(?<lastMonth>${anyMonth})${anyLetter}{0,5}${rangeEnd}`,
    dateRange,
  ),
  rule(
    `(?<month>${anyMonth})(?:[дтн][иы]н) +(?<day>${anyNumber}) ?-? ?(?:си|сы|и|ы)?н[ае]н(?: +бастап)? +(?:(?<lastMonth>${anyMonth})(?:[дтн][иы]н) +)?(?<lastDay>${anyNumber}) ?-? ?(?:си|сы|и|ы)?н[ае]${rangeEnd}`,
    dateRange,
  ),
  rule(
    `(?<month>${anyMonth})(?:[дтн][иы]н) +${placeWord()} +(?<weekday>${anyFullWeekday})(?:${inCase})?(?: +куни)?`,
    placedDay,
  ),
  rule(`(?<month>${anyMonth})(?:[дтн][иы]н) +(?:сонгы|акыргы) +кун(?:инде|и)`, ({ month }) =>
    endOf(monthNumber(month)),
  ),
  rule(`(?<month>${anyMonth})(?:нын|нин|дын|дин|тын|тин) +(?:сонына|аягына) +${untilWord}`, ({ month }) =>
    untilEndOf(monthNumber(month)),
  ),
  ...dates.map(([source, read]) => rule(`${source}(?:${toEnding})? +${untilWord}`, (said) => asUntil(read(said)))),
  rule(`(?<month>${anyMonth})(?:га|ге|ка|ке) +${untilWord}`, ({ month }) => asUntil(date(1, monthNumber(month)))),
  ...dates.map(([source, read]) => rule(`${source}(?:(?:${fromEnding})? +бастап)?`, read)),
  // Without its case it may be of every month.
  rule(`кел(?:еси|ер) +айдын +${placeWord()} +(?<weekday>${anyFullWeekday})(?:${inCase})?(?: +куни)?`, (said) =>
    inNextMonth(placedDay(said)),
  ),
  rule(`айдын +${placeWord()} +(?<weekday>${anyFullWeekday})(?:си|сы)`, (said) => doubted(placedDay(said))),
  rule(`(?:осы +|бул +)?айдын +${placeWord()} +(?<weekday>${anyFullWeekday})(?:${inCase})?(?: +куни)?`, placedDay),
  rule(
    `(?:осы +|бул +)?айдын +(?:сонында|аягында|(?:сонгы|акыргы) +куни(?:нде)?)|ай(?:дын)? +(?:сонында|аягында)`,
    () => says({ day: { type: 'monthEnd' } }),
  ),
  rule(`кел(?:еси|ер) +айдын +(?<day>${anyNumber})(?:${ordinalEnding})?(?:${dayWord}|${onOrdinalEnding})`, ({ day }) =>
    inNextMonth(date(numbers.value(day))),
  ),
  rule(
    `(?:осы +|бул +)?айдын +(?<day>${anyNumber})(?:${ordinalEnding})?(?:${dayWord}|${onOrdinalEnding})(?: +${untilWord})?`,
    ({ day }) => date(numbers.value(day)),
  ),
  rule(`(?:осы +|бул +)?айдын +(?<day>${anyNumber}) ?-? ?(?:си|сы|и|ы)`, ({ day }) => date(numbers.value(day))),
  rule(`кел(?:еси|ер) +ай(?:да|дын)(?: +басында)?`, () => says({ next: { unit: 'month', count: 1 } })),
  rule(`(?<day>\\d{1,2})(?:${ordinalEnding})?${dayWord}`, ({ day }) => date(Number(day))),
  rule(`(?<day>${anyNumber})${ordinalEnding} +кун(?:и|инде)`, ({ day }) => date(numbers.value(day))),
  // Every day of them, or the last?
  rule(
    `(?:айдын +)?(?<day>\\d{1,2}) ?-? ?(?:си|сы|и|ы)?н[ае]н +\\d{1,2} ?-? ?(?:си|сы|и|ы)?н[ае] +${untilWord}`,
    ({ day }) => doubted(date(Number(day))),
  ),
  rule(`(?<day>\\d{1,2}) ?-? ?(?:си|сы|и|ы)(?:нде|нда|не|на)(?: +${untilWord})?`, ({ day }) => date(Number(day))),
]

const atHour = 'сагат +(?:тура +|дал +)?'
/** Of a half hour: "алты жарымда", "жарымнан". */
const halfEnding = '-?(?:ында|ына|дагы|да|га|нан|ы)'
/** Of a unit, so that a name that begins like one ("ай") is none. */
const unitEnding = '(?:та|да|де|тан|дан|ден|га|ка|ге|ке|тык|лык|дик)'
/** An hour among several. */
const anyHour = `(?:(?:${anyPart}) +)?(?:\\d{1,2}(?:[:.]\\d{2})?|${spelt})`

const clockRules: readonly Rule[] = [
  rule(
    `(?:(?<part>${anyPart}) +)?(?:${atHour})?(?<hour>${anyNumber}) ?-? ?(?:га|ге|ка|ке) +(?:(?<minute>${anyNumber})(?: +мин(?:ут)?)?|ширек) +(?:кал|бар)${anyLetter}*`,
    (said) =>
      withPart(
        minutesTo(numbers.value(said.hour), said.minute === undefined ? 15 : numbers.value(said.minute)),
        said.part,
      ),
  ),
  rule(
    `${beforeHour}(?:${atHour})?(?<hour>${anyNumber}) +жарым(?:${halfEnding})?(?! +(?:сагат|час|кун|апта|ай|жыл)(?:${unitEnding})?(?!${anyLetter}))`,
    (said) => hour(said.hour, 30, said.part),
  ),
  rule(
    `${beforeHour}(?:${atHour})?(?<hour>${anyNumber}) *(?:сагат|саг|с)\\.?(?:${atEnding})? *(?<minute>${anyNumber}) *(?:минут|мин|м)\\.?(?:${byEnding}|ында)?`,
    (said) => hour(said.hour, numbers.value(said.minute), said.part),
  ),
  rule(
    `${beforeHour}${atHour}(?<hour>${anyNumber})(?:${atEnding})? +(?<minute>${anyNumber}) +мин(?:ут)?(?:${byEnding})?`,
    (said) => hour(said.hour, numbers.value(said.minute), said.part),
  ),
  rule(`${beforeHour}${atHour}(?<hour>${anyNumber}) +(?<minute>${minuteWords()})(?:${byEnding})?`, (said) =>
    hour(said.hour, minuteNamed(said.minute), said.part),
  ),
  rule(`${beforeHour}(?<hour>${spelt}) +(?<minute>${minuteWords()})(?:${byEnding})`, (said) =>
    hour(said.hour, minuteNamed(said.minute), said.part),
  ),
  rule(`(?<part>${anyPart}) +(?<hour>${spelt}) +(?<minute>${minuteWords()})(?:${byEnding})?`, (said) =>
    hour(said.hour, minuteNamed(said.minute), said.part),
  ),
  rule(`${beforeHour}${atHour}(?<hour>${anyNumber})(?:${byEnding}|${fromEnding})?(?! *мин)`, (said) =>
    hour(said.hour, undefined, said.part),
  ),
  rule(`${beforeHour}(?<hour>\\d{1,2}) ?(?:сагат|саг|час|с)\\.?${byEnding}`, (said) =>
    hour(said.hour, undefined, said.part),
  ),
  rule(`(?<part>${anyPart}) +(?<hour>${anyNumber})(?:${byEnding})`, (said) => hour(said.hour, undefined, said.part)),
  rule(`(?<part>кешки|тангы|танертенги|туски|тунги) +(?<hour>${anyNumber})(?!-)${countsThings}`, (said) =>
    hour(said.hour, undefined, said.part),
  ),
  rule(`(?:${atHour})?(?<hour>\\d{1,2})${fromEnding} +\\d{1,2}${toEnding}(?: +${untilWord})?`, (said) =>
    Number(said.hour) > 24 ? notMine : hour(said.hour, undefined, undefined),
  ),
  rule(`(?<count>${anyNumber}) +${anyUnit} +калганда`, ({ count, unit }) =>
    beforehand(ahead(numbers.value(count), unitOf(unit))),
  ),
  rule('(?<hour>\\d{1,2}) ?-? ?(?:де|да|те|та|ге|га|ке|ка)(?: +дейин)?', (said) =>
    Number(said.hour) > 24 ? notMine : hour(said.hour, undefined, undefined),
  ),
  // "Онда" is also "then" and "бірде" also "once": alone they are no hours.
  rule(
    '(?<hour>еки|уш|торт|бес|алты|жети|сегиз|тогыз|он +бир|он +еки|он +(?:уш|торт|бес|алты|жети|сегиз|тогыз)|жиырма(?: +бир| +еки| +уш)?)(?:де|да|те|та|ге|ке|га|ка)(?: +дейин)?',
    (said) => hour(said.hour, undefined, undefined),
  ),
  ruleBehind('(?<hour>он|бир)(?:да|де)', (said) => hour(said.hour, undefined, undefined)),
  rule(`(?<hour>\\d{1,2})${fromEnding} +(?:кейин|сон)`, (said) => hour(said.hour, undefined, undefined)),
  rule('тун +(?:ортасы|жарымы)(?:нда)?', () => clock(24, 0)),
  rule('тал +тус(?:те)?', () => clock(12, 0)),
]

const weekWord = (which: string) => `${which} +апта(?:нын|дагы|да|га)?`
const thisWord = '(?:(?:осы|бул|алдагы|жакын|жакындагы)(?: +апта(?:да|нын|дагы)?)? +)?'

const dayRules: readonly Rule[] = [
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

const adverbRules: readonly Rule[] = [
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
const endingRules: readonly Rule[] = [
  ruleBehind(`(?:дейин|шейин|бастап|ерте)`, () => says({})),
  ruleBehind('(?:куни|уакытында|кезинде|шамасында|молшеринде|аралыгында|карай)', () => says({})),
  // "After the party at 16:00": the hour is said, and the party belongs to the title.
  {
    ...ruleBefore('(?<=[а-я]{2}[тдн][ае]н +)(?:кейин|сон)', (_, { clock: known }) =>
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

/** What Kazakh says about time, with or without its own letters; read in this order. */
export const kazakhRules: readonly Rule[] = [
  ...repeatRules,
  ...eveningRules,
  ...pastHourRules,
  ...waitRules,
  ...dateRules,
  // A rhythm has one hour.
  rule(
    `${anyHour}(?:(?:${atEnding})?(?: *,(?: *жане)? *| +(?:жане|мен|бен|пен) +)|(?:${atEnding}|(?<=:\\d\\d)) +)${anyHour}(?:${atEnding}|(?<=:\\d\\d))`,
    (_, { repeat }) => (repeat === undefined ? notMine : flawed('no-rhythm')),
  ),
  rule(`(?<part>${anyPart}) +(?:сагат +)?(?<hour>\\d{1,2})[:. -](?<minute>\\d{2})(?:${byEnding})?`, (said) =>
    withPart(clock(Number(said.hour), Number(said.minute)), said.part),
  ),
  rule(
    `(?:сагат +)?(?<hour>\\d{1,2}):(?<minute>\\d{2})${fromEnding} +\\d{1,2}:\\d{2}${toEnding}(?: +${untilWord})?`,
    (said) => clock(Number(said.hour), Number(said.minute)),
  ),
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

/** Said before or behind what is meant. */
const talk =
  '(?:салем(?:етсиз +бе|етсизбе)?|ассалаумагалейкум|ей|эй|бот|братан|бро|слушай|ало|плиз|пж|отинем(?:ин)?|отиниш)'
const thanks = '(?:рахмет(?: +сизге)?|отинем(?:ин)?|плиз|пж|жарай +ма|жарайма|бола +ма|болады +ма|окей|ок)'
const doing = `(?:сал|тус[иу]р|кой|жибер|бер)${anyLetter}*(?: +(?:кой|жибер|бер)${anyLetter}*)?(?: +б[ае])?`
const setting = `(?:кой|орнат|кос|жаса)${anyLetter}*(?: +(?:кой|жибер|бер)${anyLetter}*)?(?: +б[ае])?`

/** "Remind me" and the like: no part of what to remember. */
export const kazakhLeadIn = words(
  [
    `маган(?=.{0,100} (?:еске +|ескерт|айт|хабарла))`,
    `(?:напоминание|напоминалка|еске +салгыш|ескертпе|сигнал)(?:ди|ты|ти|ны|ни)? +${setting}`,
    `(?:(?:туралы|деп) +)?(?:еске|есиме) +${doing}`,
    `(?:(?:туралы|деп) +)?ескерт(?:е +ал${anyLetter}+(?: +б[ае])?|(?:ши|ип|иниз|инизши|у)?(?: +${doing})?)(?! *(?:у|пе) +${setting})`,
    `(?<=(?:будильник|ояткыш|таймер)(?:ти|ты|ди|ды)? +)${setting}`,
    `(?:ояткыш|будильник|таймер)(?:ти|ты|ди|ды)? +${setting}(?= +${anyLetter})`,
    `(?<=(?:^|${gap})[ ,]*)айт(?:шы|ып +(?:кой|жибер)${anyLetter}*)(?= )`,
    `(?<=^маган .{0,100})(?:хабарла(?:шы|ныз)?|айт(?:шы|ып +(?:кой|жибер)${anyLetter}*))|деп(?=[ .!]*$)`,
    `(?<=^[ ,]*)(?:серик *[,!]|(?:соны|осыны|мынаны|умытпа(?:йын|шы)?)(?= *${gap}))`,
    `(?<=^[ ,]*)${talk}(?:[ ,.!]+${talk})*[,.!]*(?=[ ,.!]+(?!айт|жаз|жолда|бер))`,
    `(?<!(?:[гк][ае]) +)${thanks}(?=[ .!?]*$)`,
  ].join('|'),
)

/** One weekday or more, as a piece of a pattern. */
function weekdayList(least: 1 | 2 = 1): string {
  const one = `${anyWeekday}(?:де|да|ге|га|лери|лары|синде)?(?: +куни)?`
  const more = `(?:(?: *, *(?:жане +)?| +мен +| +менен +| +жане +| +)(?:ар +)?${one})`
  return `${one}${more}{${least - 1},6}`
}

const namedWeekdays = words(`(${anyWeekday})${anyLetter}*`)

function weekdaysIn(list: string | undefined): number[] {
  return matchesOf(namedWeekdays, list ?? '').map((match) => weekdayNumber(match[1]))
}

function weekdayNumber(name: string | undefined = ''): number {
  const short = shortWeekdays.indexOf(name.replace('.', ''))
  if (short >= 0) return short + 1
  const own = weekdays.indexOf(name)
  return own >= 0 ? own + 1 : russianWeekdays.findIndex((stem) => name.startsWith(stem)) + 1
}

function fromTo({ first, last }: Groups): Reading {
  return weekly(weekdaysFrom(weekdayNumber(first), weekdayNumber(last)))
}

function everyWeeks(count: number | undefined, days: string | undefined): Reading {
  const reading = everySo(count, 'week')
  return days === undefined || reading.type !== 'found' ? reading : weekly(weekdaysIn(days), count)
}

/** "First" … "last", as a group of a pattern. */
function placeWord(name = 'place'): string {
  return `(?<${name}>биринши|екинши|ушинши|тортинши|сонгы|акыргы|1-?ши|2-?ши|3-?ши|4-?ши)`
}

function placedDay({ place, weekday, month }: Groups): Reading {
  const inMonth = month === undefined ? {} : { month: monthNumber(month) }
  return says({ day: { type: 'placed', place: placeOf(place), weekday: weekdayNumber(weekday), ...inMonth } })
}

function placeOf(word: string | undefined = ''): number {
  const place = ['бир', 'еки', 'уш', 'торт'].findIndex((stem) => word.startsWith(stem)) + 1
  return place > 0 ? place : Number(/^\d/.exec(word)?.[0] ?? -1)
}

/** Behind an hour; a unit alone would belong to the hour: "он екі" is twelve. */
function minuteWords(): string {
  return `(?:нол +(?:${spelt}|нол)|(?:${alternatives(Object.keys(tens))})(?: +(?:${alternatives(Object.keys(units))}))?|[0-5]\\d)`
}

function minuteNamed(word: string | undefined): number | undefined {
  const said = word?.replace(/^нол +/, '')
  return said === 'нол' ? 0 : numbers.value(said)
}

function inDays(count: number): Reading {
  return says({ day: { type: 'ahead', count, unit: 'day' } })
}

function inWeeks(count: number): Reading {
  return says({ next: { unit: 'week', count } })
}

function inNextMonth(reading: Reading): Reading {
  return reading.type === 'found' ? says({ ...reading.found, next: { unit: 'month', count: 1 } }) : reading
}

function every(part: Part): Reading {
  return says({ repeat: { type: 'daily' }, part })
}

function unitOf(word: string | undefined): Unit | undefined {
  return unitWords.find(([pattern]) => pattern.test(word ?? ''))?.[1]
}

function monthDate({ day, month, year, later }: Groups): Reading {
  const named = year ?? later
  return date(numbers.value(day), monthNumber(month), named === undefined ? undefined : Number(named))
}

/** All its days where it repeats; which of them is meant otherwise nobody knows. */
function dateRange({ day, month, lastDay, lastMonth, later }: Groups, { repeat }: Found): Reading {
  const first = monthDate({ day, month, later })
  const last = asUntil(monthDate({ day: lastDay, month: lastMonth ?? month, later }))
  if (first.type !== 'found' || last.type !== 'found') return first
  return repeat === undefined ? doubted(first) : says({ ...first.found, ...last.found })
}

function monthNumber(month: string | undefined): number {
  const full = [...months, 'желтоксан'].indexOf(month?.replace('ег', 'ек') ?? '')
  return (full >= 0 ? full : shortMonths.indexOf(month?.replace('.', '') ?? '')) + 1
}

function hour(word: string | undefined, minute: number | undefined, part: string | undefined): Reading {
  const value = numbers.value(word)
  const named = partNamed(part)
  return minute === undefined ? clock(value, undefined, named) : spokenClock(value, minute, named)
}

function withPart(reading: Reading, part: string | undefined): Reading {
  const named = partNamed(part)
  return reading.type !== 'found' || named === undefined ? reading : says({ ...reading.found, part: named })
}

function partOf(word: string | undefined): { part?: Part } {
  const part = partNamed(word)
  return part === undefined ? {} : { part }
}

function partNamed(word: string | undefined): Part | undefined {
  if (word === undefined) return undefined
  return partWords.find(({ adverbs, adjectives }) => adverbs.includes(word) || adjectives.includes(word))?.part
}
