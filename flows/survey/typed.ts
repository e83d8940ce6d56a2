import { distance, foldText, soundsOf } from '../common/letters.ts'
import type { Typed } from './contract.ts'

/** What people may write in answer to one question; all words are folded. */
export type Vocabulary = {
  readonly range: { readonly from: number; readonly to: number }
  /** Answers are degrees of one thing, not options beside each other. */
  readonly isRating: boolean
  readonly phrases: readonly { readonly value: number; readonly said: readonly string[] }[]
  /** Faces that stand for an answer. */
  readonly signs: ReadonlyMap<string, number>
  /** Numbers in words, and letters that count the options; a letter may count differently in two alphabets. */
  readonly places: ReadonlyMap<string, readonly number[]>
  readonly unsure: ReadonlySet<string>
  /** Words between two of which one is meant. */
  readonly or: ReadonlySet<string>
  /** Words that stand around an answer and say nothing of it. */
  readonly fillers: ReadonlySet<string>
}

type Read = Exclude<Typed, { readonly type: 'other' }> | { readonly type: 'other' }

const other = { type: 'other' } as const
/** Nobody writes so much in answer to a question. */
const longest = 120

/** Reads what is written instead of pressed: an answer, several that it may be, or something else. */
export function readTyped(text: string, vocabulary: Vocabulary): Read {
  if (text.length > longest) return other
  const plain = withoutFrames(text)
  const whole = readWhole(plain, vocabulary)
  if (whole.type !== 'other') return whole
  const { parts, isEither } = partsOf(plain, vocabulary)
  const read = parts.length < 2 ? other : readParts(parts, isEither, vocabulary)
  if (read.type !== 'other' || !vocabulary.isRating || isEither) return read
  return readParts(phrasesIn(plain, vocabulary), false, vocabulary)
}

function readParts(parts: readonly string[], isEither: boolean, vocabulary: Vocabulary): Read {
  if (parts.length === 0) return other
  return joined(
    parts.map((part) => readWhole(part, vocabulary)),
    isEither,
    vocabulary,
  )
}

/** «Ия маған ұнайды» is «ия» and «ұнайды»: the longest phrases known, or none where any other word is left. */
function phrasesIn(plain: string, { phrases, unsure, fillers }: Vocabulary): string[] {
  const known = new Set([...phrases.flatMap(({ said }) => said), ...unsure])
  const found: string[] = []
  let words = foldText(plain)
    .split(' ')
    .filter((word) => !fillers.has(word))
  while (words.length > 0) {
    const lengths = words.map((_, place) => words.length - place)
    const length = lengths.find((count) => known.has(words.slice(0, count).join(' ')))
    if (length === undefined) return []
    found.push(words.slice(0, length).join(' '))
    words = words.slice(length)
  }
  return found
}

/** Faces by the answer under whose own face people put them. An answer that bears no face has none. */
export function signsFor(labels: ReadonlyMap<number, string>): ReadonlyMap<string, number> {
  const groups = faces.map((group) => group.split(' '))
  const entries = [...labels].flatMap(([value, label]) => {
    const group = groups.find((signs) => signs.includes(withoutFrames(label)))
    return (group ?? []).map((sign) => [sign, value] as const)
  })
  return new Map(entries)
}

/** The faces that are put on answers, and what people put for them. */
const faces = [
  '😖 😫 😡 🤮 🤢 💩 😠 😤 😣',
  '🙁 ☹ 😕 😞 😒 👎 😔 😟 :( :-( :/ =( ((',
  '😐 😑 🤷 🤷‍♂ 🤷‍♀ 😶 🤔 :| :-|',
  '🙂 😊 👍 😀 😃 😄 😁 ☺ 👌 :) :-) =) ))',
  '😍 🥰 🤩 ❤ 😻 🔥 💯 💖 :D :-D <3',
]

function readWhole(plain: string, vocabulary: Vocabulary): Read {
  const { range, signs, unsure, places } = vocabulary
  const words = foldText(plain)
  if (unsure.has(words)) return { type: 'unsure' }
  const sign = numberIn(plain) ?? signs.get(once(plain.replace(/\s+/g, '')))
  if (sign !== undefined) return sign < range.from || sign > range.to ? { type: 'outside' } : answer(sign)
  if (words === '') return other
  const said = saidBy(words, vocabulary)
  if (said.length > 0) return named(said)
  const place = places.get(words)
  if (place === undefined) return named(likeSaid(words, vocabulary))
  const there = place.filter((value) => value >= range.from && value <= range.to)
  return there.length === 0 ? { type: 'outside' } : named(there)
}

/** Digits in frames and wide digits are digits; what chooses the look of a sign is no sign. */
function withoutFrames(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\uFE0E\uFE0F\u20E3]|\p{Emoji_Modifier}/gu, '')
    .trim()
}

/** A number that stands alone, or with a word for points; a plus or minus behind it is that of a school mark. */
function numberIn(text: string): number | undefined {
  const found = /^([-+]?\d{1,3})\s*[-+.!)]*\s*(?:ball?|points?|балл?\p{L}{0,3}|ұпай|упай)?[.!]*$/iu.exec(text)
  return found === null ? undefined : Number(found[1])
}

/** A face repeated says the same. */
function once(signs: string): string {
  return /^(.+?)\1+$/u.exec(signs)?.[1] ?? signs
}

/** Answers for which the words stand as they are. */
function saidBy(words: string, { phrases }: Vocabulary): number[] {
  return valuesOf(phrases, (said) => said === words)
}

/** Answers whose words sound so, are a letter away, or hold these words: the first of these ways that finds any. */
function likeSaid(words: string, { phrases, isRating }: Vocabulary): number[] {
  const sound = soundsOf(words)
  const ways: readonly ((said: string) => boolean)[] = [
    (said) => /[a-z]/.test(words) && soundsOf(said) === sound,
    (said) => isLetterAway(words.split(' '), said.split(' ')),
    ...(isRating ? [] : [(said: string) => holds(said.split(' '), words.split(' '))]),
  ]
  for (const way of ways) {
    const values = valuesOf(phrases, way)
    if (values.length > 0) return values
  }
  return []
}

/** One long word is a letter away; a short one may be another word («не» and «мне»). */
function isLetterAway(words: readonly string[], said: readonly string[]): boolean {
  const apart = words.filter((word, place) => word !== said[place])
  if (words.length !== said.length || apart.length !== 1) return false
  return words.every(
    (word, place) => word === said[place] || (word.length >= 6 && distance(word, said[place] ?? '', 1) === 1),
  )
}

/** Each word stands in the option, or begins one of its words; a short one alone says nothing. */
function holds(option: readonly string[], words: readonly string[]): boolean {
  if (!words.some((word) => word.length >= 4)) return false
  return words.every((word) => option.some((one) => one === word || (word.length >= 4 && one.startsWith(word))))
}

function valuesOf(phrases: Vocabulary['phrases'], is: (said: string) => boolean): number[] {
  return phrases.filter(({ said }) => said.some(is)).map(({ value }) => value)
}

/** The parts of a line that names several things, and whether only one of them is meant. */
function partsOf(plain: string, { or }: Vocabulary): { parts: string[]; isEither: boolean } {
  const bits = plain.replace(/(\d)\s*[-–—]\s*(\d)/g, '$1 / $2').split(/\s+|([,;/.!?…]+)/)
  const parts: string[] = ['']
  let isEither = false
  for (const bit of bits) {
    if (bit === undefined || bit === '') continue
    const isOr = bit === '/' || or.has(foldText(bit))
    isEither ||= isOr
    if (isOr || /^[,;.!?…]+$/.test(bit)) parts.push('')
    else parts.push(`${parts.pop() ?? ''} ${bit}`.trim())
  }
  return { parts: parts.filter((part) => part !== ''), isEither }
}

/** «Иә, өте ұнайды» says one thing, the second more clearly; «4 немесе 5» leaves it open. */
function joined(readings: readonly Read[], isEither: boolean, { range, isRating }: Vocabulary): Read {
  for (const type of ['other', 'unsure', 'outside'] as const) {
    const found = readings.find((reading) => reading.type === type)
    if (found !== undefined) return found
  }
  const values = readings.flatMap((reading) =>
    reading.type === 'answer' ? [reading.value] : reading.type === 'several' ? reading.values : [],
  )
  const middle = (range.from + range.to) / 2
  if (isRating && !isEither && values.every((value) => value > middle)) return answer(Math.max(...values))
  if (isRating && !isEither && values.every((value) => value < middle)) return answer(Math.min(...values))
  return named(values)
}

function answer(value: number): Read {
  return { type: 'answer', value }
}

function named(values: readonly number[]): Read {
  const [first, ...rest] = [...new Set(values)].sort((a, b) => a - b)
  if (first === undefined) return other
  return rest.length === 0 ? answer(first) : { type: 'several', values: [first, ...rest] }
}
