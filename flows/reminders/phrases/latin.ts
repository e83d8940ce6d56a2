// Kazakh written in Latin letters, in any of the alphabets that people use for it, and a few Russian words of time.

/** A word of time in Latin letters as the rules know it; `line` is folded, `start` the place of the word in it. */
export function fromLatin(word: string, line: string, start: number): string | undefined {
  const hour = /^(\d{1,2})(d|t|g|k)([ae])$/.exec(word)
  if (hour) return `${hour[1]}${endings.get(`${hour[2]}${hour[3]}`)}`
  const before = line.slice(Math.max(0, start - 24), start)
  const after = line.slice(start + word.length, start + word.length + 24)
  if (endings.has(word)) return /\d[ -]$/.test(before) ? endings.get(word) : undefined
  // A lone "v" says when only beside a number.
  if (word === 'v') return /^ \d/.test(after) ? 'в' : undefined
  if (!/^[a-z]+$/.test(word)) return undefined
  const key = keyOf(word)
  const doubtful = otherwise.get(key)
  if (doubtful === undefined) return russian.get(word) ?? known.get(key)
  return doubtful.beside.test(
    `${keyOf(/[a-z]*(?= ?$)/.exec(before)?.[0] ?? '')} _ ${keyOf(/^ ([a-z]*)/.exec(after)?.[1] ?? '')}`,
  )
    ? doubtful.word
    : undefined
}

const sounds: Readonly<Record<string, string>> = {
  ...{ а: 'a', б: 'b', г: 'g', д: 'd', е: 'e', ж: 'j', з: 'z', и: 'i', й: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o' },
  ...{ п: 'p', р: 'r', с: 's', т: 't', у: 'u', ш: 's', ы: 'i', я: 'ia' },
}

const endings = new Map(
  Object.entries({ da: 'да', de: 'де', ta: 'та', te: 'те', ga: 'га', ge: 'ге', ka: 'ка', ke: 'ке' }),
)

const russian = new Map(
  'zavtra завтра, poslezavtra послезавтра, segodnya сегодня, segodnia сегодня, cherez через, utra утра, utrom утром, vechera вечера, vecherom вечером, kazhdyi каждый, kazhdiy каждый, kajdyi каждый'
    .split(', ')
    .map((pair) => pair.split(' ') as [string, string]), // each pair is two words
)

const numbers = ['бир', 'еки', 'бес', 'алты', 'жети', 'сегиз', 'тогыз', 'жиырма', 'отыз', 'кырык', 'елу']
const cases = [
  '',
  'да',
  'де',
  'га',
  'ге',
  'ка',
  'ке',
  'дан',
  'ден',
  'тан',
  'тен',
  'инде',
  'синде',
  'ында',
  'сында',
  'нши',
  'инши',
  'ншы',
  'ыншы',
]
const days = ['дуйсенби', 'сейсенби', 'сарсенби', 'бейсенби', 'жума', 'сенби', 'жексенби']
const months = 'кантар акпан наурыз сауир мамыр маусым шилде тамыз кыркуйек казан караша желтоксан'.split(' ')
const kazakh = [
  ...numbers.flatMap((number) => cases.map((ending) => number + ending)),
  ...days.flatMap((day) => ['', 'де', 'да', 'ге', 'га', 'синде', 'сында', 'ден', 'дан'].map((ending) => day + ending)),
  ...months.flatMap((month) =>
    ['', 'да', 'де', 'та', 'те', 'нын', 'нин', 'дын', 'дин', 'тын', 'тин'].map((ending) => month + ending),
  ),
  'онда оннан онга уште ушке тортте тортке бугин ертен ертенге ертенги ертеннен бурсигуни танертен тангы танда кешки кешке кеште туски тусте тустен тунги тунде',
  'сагат сагатта сагаттан минут минутта минуттан кун куни куннен кундери кунде апта аптада аптадан аптанын айдан айдын жылдан',
  'кейин дейин бастап сайын жарым жарымда жарты ширек калганда калды кеткенде кетти откенде келеси осы казир арбир туру турам оят оян оятшы',
].flatMap((words) => words.split(' '))

/** Words that are others in English or Russian, and what stands beside them when they are Kazakh. */
const otherwise = new Map(
  [
    ['он', '(?:^sagat _ )|(?: _ (?:bir|eki|us|tort|bes|alti|jeti|segiz|togiz|minut|sagat|kun|jarim))'],
    ['уш', '(?:^(?:sagat|on|jiirma|jirma) _ )|(?: _ (?:minut|sagat|kun|apta|jarim))'],
    ['торт', '(?:^(?:sagat|on|jiirma|jirma) _ )|(?: _ (?:minut|sagat|kun|apta|jarim))'],
    ['сон', '(?:[tdn][ae]n _ )'],
    ['ар', '(?: _ (?:kun|apta|ai|juma|[a-z]*senbi))'],
  ].map(([word = '', beside = '']) => [keyOf(word), { word, beside: new RegExp(beside) }]),
)

// Kazan is a city as well.
const known = new Map(kazakh.filter((word) => word !== 'казан').map((word) => [keyOf(word), word]))

/** What is left of a word where all alphabets agree. */
function keyOf(word: string): string {
  return word
    .replace(/[а-я]/g, (letter) => sounds[letter] ?? letter)
    .replace(/zh/g, 'j')
    .replace(/sh/g, 's')
    .replace(/gh/g, 'g')
    .replace(/ng/g, 'n')
    .replace(/q/g, 'k')
    .replace(/y/g, 'i')
    .replace(/w/g, 'u')
    .replace(/(.)\1/g, '$1')
}
