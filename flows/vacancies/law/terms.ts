import { foldText, soundsOf } from '../../common/letters.ts'
import { longest, type Vacancy } from '../vacancy.ts'
import { type ClockWords, createNightIn } from './shifts.ts'

/** What the words of a vacancy can speak of. `goods`: a shop or café, which may sell what the law bars. */
export const topics = [
  'alcohol',
  'tobacco',
  'drugs',
  'gambling',
  'nightlife',
  'harmful',
  'order944',
  'liability',
  'someLiability',
  'night',
  'openAtNight',
  'overtime',
  'rotation',
  'secondJob',
  'trips',
  'car',
  'motorcycle',
  'heavyVehicle',
  'machine',
  'goods',
] as const
export type Topic = (typeof topics)[number]

/**
 * How a topic is recognised: by words, except where they stand in other words that mean something else, and by
 * professions of the catalogue. A star stands for any ending of a word.
 */
export type TopicTerms = {
  readonly says: readonly string[]
  readonly except: readonly string[]
  readonly professions: readonly string[]
}

/**
 * Words that deny what stands after them; words that deny what stands before them, where they end a thought or one of
 * `joins` goes on; endings that deny their own word.
 */
export type Denials = {
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly joins: readonly string[]
  readonly endings: readonly string[]
}

export type LawTerms = {
  readonly denials: Denials
  readonly clock: ClockWords
  readonly topics: Readonly<Record<Topic, TopicTerms>>
}

/** Says what a vacancy speaks of. */
export type LawWords = (
  vacancy: Pick<Vacancy, 'title' | 'employer' | 'description' | 'professions'>,
) => ReadonlySet<Topic>

/** Makes the reader of vacancies: letters, alphabets, case and endings do not matter; its time grows with the text alone. */
export function createLawWords({ denials, clock, topics: terms }: LawTerms): LawWords {
  const phrases: readonly Phrase[] = [
    ...topics.flatMap((topic) => [
      ...terms[topic].says.map((text): Phrase => ({ text, sense: { type: 'says', topic } })),
      ...terms[topic].except.map((text): Phrase => ({ text, sense: { type: 'except', topic } })),
    ]),
    ...denials.before.map((text): Phrase => ({ text, sense: { type: 'before' } })),
    ...denials.after.map((text): Phrase => ({ text, sense: { type: 'after' } })),
  ]
  const written = createManner(phrases, denials, foldText)
  // "barmen": Cyrillic phrases in Latin letters. Not the other way round, "beer" would be «бер».
  const sounding = createManner(
    phrases.filter(({ text, sense }) => sense.type !== 'says' || /\p{Script=Cyrillic}/u.test(text)),
    denials,
    (text) => soundsOf(foldText(text)),
  )
  const nightIn = createNightIn(clock)
  return ({ title, employer, description, professions }) => {
    const read = (text: string) =>
      withDenials(clausesOf(text), written).flatMap((words) => spokenIn(words, written, sounding))
    const texts = [title.slice(0, longest.title), description.slice(0, longest.description)]
    const said = texts.flatMap((text) => [...read(text), ...nightly(nightIn(text))])
    const ofEmployer = read((employer ?? '').slice(0, longest.employer)).filter((topic) => ofTrade.has(topic))
    const known = topics.filter((topic) => terms[topic].professions.some((id) => professions.includes(id)))
    return new Set([...said, ...ofEmployer, ...known])
  }
}

/** What an employer's name tells of the work: a mine has an office, too, but all who work for a casino do so. */
const ofTrade: ReadonlySet<Topic> = new Set(['alcohol', 'tobacco', 'gambling', 'nightlife', 'goods'])

function nightly(times: 'shift' | 'opening' | null): Topic[] {
  return times === null ? [] : [times === 'shift' ? 'night' : 'openAtNight']
}

/** What a clause speaks of, as it is written and, for words in Latin letters, as it sounds. */
function spokenIn(words: readonly string[], written: Manner, sounding: Manner): Topic[] {
  const isLatin = words.map((word) => /^[a-z]/.test(word))
  const sounded = isLatin.includes(true) ? saidIn(words.map(soundsOf), sounding, isLatin) : []
  return [...saidIn(words, written), ...sounded]
}

/** What a phrase stands for: a topic, an exception to one, or a denial. */
type Sense =
  | { readonly type: 'says' | 'except'; readonly topic: Topic }
  | { readonly type: 'before' }
  | { readonly type: 'after' }

type Part = { readonly text: string; readonly isStem: boolean }
type Entry = { readonly parts: readonly Part[]; readonly sense: Sense }
/** Where a phrase stands among the words of a clause: from the first word up to the one after the last. */
type Hit = { readonly sense: Sense; readonly from: number; readonly to: number }

type Phrase = { readonly text: string; readonly sense: Sense }
type Shelf = ReadonlyMap<string, readonly Entry[]>

/** Phrases in one spelling, by their first word: whole words apart from beginnings of words. */
type Manner = {
  readonly whole: Shelf
  readonly stems: Shelf
  readonly endings: readonly string[]
  readonly joins: ReadonlySet<string>
}

function createManner(phrases: readonly Phrase[], denials: Denials, spell: (text: string) => string): Manner {
  const [whole, stems] = [new Map<string, Entry[]>(), new Map<string, Entry[]>()]
  for (const { text, sense } of phrases) {
    const parts = text.split(/\s+/).flatMap((word) => partsOf(word, spell))
    const [first] = parts
    if (first === undefined) continue
    const shelf = first.isStem ? stems : whole
    shelf.set(first.text, [...(shelf.get(first.text) ?? []), { parts, sense }])
  }
  return { whole, stems, endings: denials.endings.map(spell), joins: new Set(denials.joins.map(spell)) }
}

/** A written word is more than one where a hyphen stands in it. */
function partsOf(word: string, spell: (text: string) => string): Part[] {
  const isStem = word.endsWith('*')
  const texts = spell(word)
    .split(' ')
    .filter((text) => text !== '')
  return texts.map((text, place) => ({ text, isStem: isStem && place === texts.length - 1 }))
}

/** Where one thought ends and another begins. A dot within a thought ("мат. ответственность") ends none. */
const border = /[!?;,()•\n\r]|\.(?=\s+[\p{Lu}\d]|\s*$)|\s[-–—]\s/u

function clausesOf(text: string): string[][] {
  return text.split(border).flatMap((clause) => {
    const folded = foldText(clause)
    return folded === '' ? [] : [folded.split(' ')]
  })
}

/** "Night shifts: none": what is nothing but a denial belongs to the thought before it. */
function withDenials(clauses: readonly (readonly string[])[], manner: Manner): string[][] {
  const joined: string[][] = []
  for (const words of clauses) {
    const isDenial = hitsAt(words, 0, manner).some(({ sense, to }) => sense.type === 'after' && to === words.length)
    const last = joined.at(-1)
    if (isDenial && last !== undefined) last.push(...words)
    else joined.push([...words])
  }
  return joined
}

/** What a clause speaks of; where `mayStart` is given, only phrases that start at such a word count. */
function saidIn(words: readonly string[], manner: Manner, mayStart?: readonly boolean[]): Topic[] {
  const hits = words.flatMap((_, place) => hitsAt(words, place, manner))
  const covers = coversOf(words, hits, manner)
  return hits.flatMap(({ sense, from, to }) => {
    if (sense.type !== 'says' || mayStart?.[from] === false) return []
    return covers.get(sense.topic)?.slice(from, to).includes(true) ? [] : [sense.topic]
  })
}

function hitsAt(words: readonly string[], place: number, { whole, stems }: Manner): Hit[] {
  const word = words[place] ?? ''
  const beginnings = Array.from({ length: Math.min(word.length, longestStem) }, (_, end) => word.slice(0, end + 1))
  const entries = [...(whole.get(word) ?? []), ...beginnings.flatMap((beginning) => stems.get(beginning) ?? [])]
  return entries
    .filter(({ parts }) => parts.every((part, at) => isPart(words[place + at], part)))
    .map(({ parts, sense }) => ({ sense, from: place, to: place + parts.length }))
}

const longestStem = 24

function isPart(word: string | undefined, { text, isStem }: Part): boolean {
  return word !== undefined && (isStem ? word.startsWith(text) : word === text)
}

/** Which words of a clause do not count for a topic: those in an exception to it, and those of a phrase that is denied. */
function coversOf(words: readonly string[], hits: readonly Hit[], { endings, joins }: Manner) {
  const denies = (hit: Hit) => hit.sense.type === 'after' && (hit.to === words.length || joins.has(words[hit.to] ?? ''))
  const deniedFrom = new Set(hits.filter(({ sense }) => sense.type === 'before').map(({ to }) => to))
  const deniedUpTo = new Set(hits.filter(denies).map(({ from }) => from))
  const isDenied = ({ from, to }: Hit) =>
    deniedFrom.has(from) ||
    deniedUpTo.has(to) ||
    words
      .slice(from, to)
      .some((word) => endings.some((ending) => word.length > ending.length + 2 && word.endsWith(ending)))
  const covers = new Map<Topic, boolean[]>()
  for (const hit of hits) {
    const { sense } = hit
    if (sense.type !== 'except' && !(sense.type === 'says' && isDenied(hit))) continue
    const row = covers.get(sense.topic) ?? new Array<boolean>(words.length).fill(false)
    covers.set(sense.topic, row.fill(true, hit.from, hit.to))
  }
  return covers
}
