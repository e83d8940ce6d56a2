import { distance, foldText, soundsOf } from '../../flows/common/letters.ts'

/** Words shorter than this say too little by themselves. */
const shortest = 3
/** How much of a text is searched for, in letters. */
const longest = 400
/** Different words of a text that are looked for at most, and as what they may have been meant: more are no question. */
const mostWords = { sought: 30, guessed: 6 }
/** What fits worse than this share of the best is left out. */
const leastShare = 0.6
/** Words alike that fit less say nothing: one of two words, in another form, is chance. */
const leastRank = 0.9
/** From here on it is the very name, and what only has words of it is left out. */
const exactRank = 2.9
/** What a name loses for each that stands before it: the more usual one decides between equals. */
const lessUsual = 0.001
/** A guess that fits less says nothing: of two words, one alone is none. */
const likelyRank = 1.3

/** What somebody looks for, in letters that can be compared. */
export type Query = {
  /** All that was written, and the same without words that lead up to it. */
  readonly said: string
  readonly whole: string
  readonly words: readonly string[]
  /** What fits less, of the 2 for a name that stands there alone, says nothing; 0.9 unless given. */
  readonly least?: number
}

/** What a text asks for, without words that only lead up to it ("I want to be a …"), unless there are no others. */
export function readQuery(text: string, fillers: ReadonlySet<string> = new Set()): Query {
  const all = foldText(text.slice(0, longest)).split(' ')
  const meant = all.filter((word) => !fillers.has(word))
  const words = meant.length === 0 ? all : meant
  const long = words.filter((word) => word.length >= shortest)
  return { said: all.join(' '), whole: words.join(' '), words: [...new Set(long)].slice(0, mostWords.sought) }
}

/** By its very name, by words of it, or as what may have been meant. */
export type Fit = 'exact' | 'word' | 'near'
export type Found<Thing> = { readonly thing: Thing; readonly fit: Fit }

/** The things whose names fit, the best first, no more than `limit`; guesses only where nothing fits. */
export type WordIndex<Thing> = (query: Query, limit: number) => readonly Found<Thing>[]

type Phrase<Thing> = {
  readonly thing: Thing
  readonly whole: string
  readonly words: readonly string[]
  /** Among its thing's names; the first goes before the others. */
  readonly place: number
}
type Entry<Thing> = { readonly word: string; readonly phrase: Phrase<Thing> }

/** Things by their names (folded), the most usual first. */
export function indexOf<Thing>(
  things: readonly Thing[],
  namesOf: (thing: Thing) => readonly string[],
): WordIndex<Thing> {
  const phrases = things.flatMap((thing) =>
    namesOf(thing).map((whole, place): Phrase<Thing> => {
      const words = whole.split(' ').filter((word) => word.length >= shortest)
      return { thing, whole, words, place }
    }),
  )
  const entries = phrases.flatMap((phrase) => phrase.words.map((word) => ({ word, phrase })))
  const wholes = grouped(phrases, ({ whole }) => whole)
  // Words that are alike begin alike, so only those with the same beginning are compared.
  const beginnings = grouped(entries, ({ word }) => word.slice(0, shortest))
  const sounding = entries.map(({ word, phrase }) => ({ word: soundsOf(word), phrase }))
  const firstSounds = grouped(sounding, ({ word }) => word.slice(0, 1))
  return (query, limit) => {
    const direct = ranked(query, (word) => beginnings.get(word.slice(0, shortest)), likeness)
    for (const { thing, place } of wholes.get(query.said) ?? wholes.get(query.whole) ?? [])
      raise(direct, thing, (place === 0 ? 4 : 3) - lessUsual * place)
    const found = best(direct, query.least ?? leastRank, limit, (rank) => (rank >= exactRank ? 'exact' : 'word'))
    if (found.length > 0) return found
    const heard = { ...query, words: query.words.slice(0, mostWords.guessed).map(soundsOf) }
    const guesses = ranked(heard, (word) => firstSounds.get(word.slice(0, 1)), nearness)
    return best(guesses, likelyRank, limit, (rank) => (rank >= 2 ? 'word' : 'near'))
  }
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const group = groups.get(keyOf(one))
    if (group === undefined) groups.set(keyOf(one), [one])
    else group.push(one)
  }
  return groups
}

/**
 * How well each thing's best phrase fits, up to 2.1: the share of the phrase that was written and the share of what was
 * written that stands in the phrase.
 */
function ranked<Thing>(
  { words }: Query,
  candidatesOf: (word: string) => readonly Entry<Thing>[] | undefined,
  compare: (one: string, other: string) => number,
): Map<Thing, number> {
  const sums = new Map<Phrase<Thing>, number>()
  for (const word of words) {
    const fitting = new Map<Phrase<Thing>, number>()
    for (const { word: other, phrase } of candidatesOf(word) ?? []) {
      const likeness = compare(word, other)
      if (likeness > (fitting.get(phrase) ?? 0)) fitting.set(phrase, likeness)
    }
    for (const [phrase, likeness] of fitting) sums.set(phrase, (sums.get(phrase) ?? 0) + likeness)
  }
  const ranks = new Map<Thing, number>()
  for (const [{ thing, words: own, place }, sum] of sums)
    raise(ranks, thing, sum / own.length + sum / words.length + (place === 0 ? 0.1 : 0) - lessUsual * place)
  return ranks
}

function raise<Thing>(ranks: Map<Thing, number>, thing: Thing, rank: number): void {
  if (rank > (ranks.get(thing) ?? 0)) ranks.set(thing, rank)
}

/** 1 for the same word, a half for one with other endings: Kazakh and Russian words change behind. */
function likeness(written: string, name: string): number {
  if (written === name) return 1
  return isOtherForm(written, name) ? 0.5 : 0
}

/**
 * A word with an ending behind it, or with another in the place of its own. What is written may be cut short, where
 * enough of it is left. Words that only begin alike (помощью, помощник) are none of these.
 */
function isOtherForm(written: string, name: string): boolean {
  const stem = commonStart(written, name)
  const ends = { written: written.length - stem, name: name.length - stem }
  if (ends.name === 0) return ends.written <= Math.min(6, 2 * stem - 3)
  if (ends.written === 0) return stem >= 4 && ends.name <= 6
  return stem >= 4 && Math.max(ends.written, ends.name) <= (stem < 6 ? 2 : 3)
}

function commonStart(one: string, other: string): number {
  let place = 0
  while (place < one.length && one[place] === other[place]) place++
  return place
}

/** 1 for words that sound the same, less for each letter in which they differ; of short words none may. */
function nearness(one: string, other: string): number {
  const most = one.length < 5 ? 0 : one.length < 8 ? 1 : 2
  const steps = distance(one, other, most)
  return steps > most ? 0 : 1 - steps / one.length
}

function best<Thing>(
  ranks: ReadonlyMap<Thing, number>,
  least: number,
  limit: number,
  fitOf: (rank: number) => Fit,
): readonly Found<Thing>[] {
  const sorted = [...ranks].sort(([, one], [, other]) => other - one)
  const highest = sorted[0]?.[1] ?? 0
  const floor = highest >= exactRank ? exactRank : Math.max(least, leastShare * Math.min(highest, 2))
  return sorted
    .filter(([, rank]) => rank >= floor)
    .slice(0, limit)
    .map(([thing, rank]) => ({ thing, fit: fitOf(rank) }))
}
