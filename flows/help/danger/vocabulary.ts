import type { Taken } from './reading.ts'
import { type Ear, isSlipOf, mayBeSlip, mayHaveSlip, soundOf } from './spelling.ts'
import type { Word } from './syntax.ts'

/** The words of the rules of a language, each with a number, so that a message is looked up word by word only once. */
export type Vocabulary = {
  /** The number of a word of the rules; equal ones have the same. */
  number(word: Word): number
  /**
   * The numbers of all that a word of a message is: itself, and every beginning it has. Where it is none, the same for what
   * it sounds like, and for long words but for one letter lost, added, or before its neighbour; ordinary words are as they
   * were meant.
   */
  lookUp(word: string, taken: Taken): readonly number[]
  /** Whether it is a word of the rules, or an ordinary one. */
  isKnown(word: string): boolean
  /** The words of the rules that it is made of, where somebody left out the spaces. */
  split(word: string): readonly string[] | undefined
}

/** Whole words and beginnings, as they are written in one way. */
type Index = { readonly whole: Map<string, number[]>; readonly beginnings: Map<string, number[]>; longest: number }

const shortestHeard = 5
/** Long words by the letter they begin with, which no slip changes. */
type Long = Map<string, { readonly sound: string; readonly open: boolean; readonly number: number }[]>

export function createVocabulary(ear: Ear, ordinary: readonly Word[] = []): Vocabulary {
  const asItStands = createIndex()
  for (const { text, open } of ordinary) add(asItStands, text, open, 0)
  const exact = createIndex()
  const sounds = createIndex()
  const long: Long = new Map()
  let count = 0
  return {
    number({ text, open }) {
      const known = (open ? exact.beginnings : exact.whole).get(text)?.[0]
      if (known !== undefined) return known
      const sound = soundOf(text, ear, open)
      add(exact, text, open, count)
      // What a short beginning sounds like, many other words begin with.
      if (!open || text.length >= shortestHeard) add(sounds, sound, open, count)
      if (mayHaveSlip(sound)) put(long, sound.charAt(0), { sound, open, number: count })
      return count++
    },
    lookUp(word, taken) {
      const known = find(word, exact)
      if (taken === 'written' || known.length > 0 || find(word, asItStands).length > 0) return known
      const sound = soundOf(word, ear)
      const heard = find(sound, sounds)
      return heard.length > 0 || taken === 'heard' || !mayBeSlip(sound) ? heard : findSlips(sound, long)
    },
    isKnown: (word) => isWhole(word, exact, 3) || isWhole(word, asItStands, 3),
    split: (word) => split(word, exact),
  }
}

function findSlips(sound: string, long: Long): number[] {
  const alike = long.get(sound.charAt(0)) ?? []
  return alike.flatMap(({ sound: meant, open, number }) => (isSlipOf(sound, meant, open) ? [number] : []))
}

function put<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key)
  if (values === undefined) map.set(key, [value])
  else values.push(value)
}

function createIndex(): Index {
  return { whole: new Map(), beginnings: new Map(), longest: 0 }
}

function add(index: Index, text: string, open: boolean, number: number): void {
  put(open ? index.beginnings : index.whole, text, number)
  if (open) index.longest = Math.max(index.longest, text.length)
}

function find(word: string, { whole, beginnings, longest }: Index): number[] {
  const found = [...(whole.get(word) ?? [])]
  for (let length = 2; length <= Math.min(longest, word.length); length++) {
    const numbers = beginnings.get(word.slice(0, length))
    if (numbers !== undefined) found.push(...numbers)
  }
  return found
}

const longestEnding = 4
/** Words glued together are at least and at most so long. */
const glued = { shortest: 8, withNot: 6, longest: 40 }
const not = /^н[еи]/

function split(word: string, index: Index): readonly string[] | undefined {
  const shortest = not.test(word) ? glued.withNot : glued.shortest
  if (word.length < shortest || word.length > glued.longest) return undefined
  /** By the place they reach: the way there with the fewest words. */
  const ways: (readonly string[] | undefined)[] = [[]]
  for (let from = 0; from < word.length; from++) {
    const way = ways[from]
    if (way === undefined) continue
    for (let to = from + 1; to <= word.length; to++) {
      const part = partOf(word, from, to, index)
      const better = part !== undefined && way.length + 1 < (ways[to]?.length ?? Number.POSITIVE_INFINITY)
      if (better) ways[to] = [...way, part]
    }
  }
  const whole = ways[word.length]
  return whole !== undefined && whole.length > 1 ? whole : undefined
}

/** A word of the rules that stands there. It may begin with the letter that the one before ended with: two are one. */
function partOf(word: string, from: number, to: number, index: Index): string | undefined {
  const starts = from > 0 ? [from, from - 1] : [from]
  return starts.map((start) => word.slice(start, to)).find((part) => isWord(part, index))
}

/** Others of such length are the beginnings of longer words more often than words. */
const small = new Set(['я', 'не', 'ни', 'i', 'im', 'me', 'my'])

function isWord(part: string, index: Index): boolean {
  return part.length < 3 ? small.has(part) : isWhole(part, index, 4)
}

/** Behind a beginning, of that many letters at least, stands no more than an ending. */
function isWhole(word: string, { whole, beginnings }: Index, shortest: number): boolean {
  if (whole.has(word)) return true
  for (let length = Math.max(shortest, word.length - longestEnding); length <= word.length; length++) {
    if (beginnings.has(word.slice(0, length))) return true
  }
  return false
}
