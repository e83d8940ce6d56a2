import { foldText } from '../../flows/common/letters.ts'

/** Words shorter than this say too little. */
const shortest = 3
/** How much of a text is searched for, in letters. */
const longest = 400
/** Different words of a text that are looked for at most: more are no question. */
const mostWords = 30

/** The words of a text that are worth looking for. */
export function wantedWords(text: string): readonly string[] {
  return [...new Set(wordsOf(text.slice(0, longest)))].slice(0, mostWords)
}

/** The words of a name or a label, in letters that can be compared. */
export function wordsOf(text: string): string[] {
  return foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= shortest)
}

/** The things whose words fit the wanted words, the best first, no more than `limit`. */
export type WordIndex<Thing> = (wanted: readonly string[], limit: number) => Thing[]

/** Words that are alike begin alike, so only those with the same beginning are compared. */
export function indexOf<Thing>(
  things: readonly Thing[],
  wordsOfThing: (thing: Thing) => readonly string[],
): WordIndex<Thing> {
  const known = new Map<string, { word: string; thing: Thing }[]>()
  for (const thing of things) {
    for (const word of new Set(wordsOfThing(thing))) {
      const beginning = word.slice(0, shortest)
      const alike = known.get(beginning) ?? []
      alike.push({ word, thing })
      known.set(beginning, alike)
    }
  }
  return (wanted, limit) => {
    const ranks = new Map<Thing, number>()
    for (const word of wanted) {
      const fitting = new Map<Thing, number>()
      for (const { word: other, thing } of known.get(word.slice(0, shortest)) ?? [])
        fitting.set(thing, Math.max(fitting.get(thing) ?? 0, likeness(word, other)))
      for (const [thing, rank] of fitting) ranks.set(thing, (ranks.get(thing) ?? 0) + rank)
    }
    return best(things, (thing) => ranks.get(thing) ?? 0, limit)
  }
}

/**
 * 2 for the same word, 1 for one with other endings: Kazakh and Russian words change behind, so all of a short word,
 * and of a longer one all but two letters, must stand at the beginning of both.
 */
function likeness(one: string, other: string): number {
  if (one === other) return 2
  const shorter = Math.min(one.length, other.length)
  const stem = shorter <= 5 ? shorter : shorter - 2
  return one.slice(0, stem) === other.slice(0, stem) && Math.abs(one.length - other.length) <= 6 ? 1 : 0
}

function best<T>(things: readonly T[], rankOf: (thing: T) => number, limit: number): T[] {
  return things
    .map((thing) => ({ thing, rank: rankOf(thing) }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => other.rank - one.rank)
    .slice(0, limit)
    .map(({ thing }) => thing)
}
