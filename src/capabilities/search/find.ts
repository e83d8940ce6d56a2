import { z } from 'zod'
import { zone } from '../../../flows/common/regions.ts'
import { foldText } from '../../../flows/help/danger.ts'
import type { Flow } from '../../../flows/kit/flow.ts'
import { languages } from '../../../flows/kit/words.ts'
import { understandReminder } from '../../../flows/reminders/phrases/index.ts'
import type { SearchResults } from '../../../flows/search/index.ts'
import { createBounded } from '../../base/bounded.ts'
import type { Answerer } from '../../engine/ports.ts'
import type { WordsBook } from '../../i18n/words.ts'
import type { Catalogue, Profession } from '../professions/seed.ts'

/** Results of a kind at most. */
const most = 6
const shortest = 3
/** How much of a text is searched for, in letters. */
const longest = 400
/** Different words of a text that are looked for at most: more are no question. */
const mostWords = 30

/** The look-up behind free text: menu entries and professions whose names or usual words fit, in any language. */
export function searchAnswers(
  flows: readonly Flow[],
  words: WordsBook,
  catalogue: () => Promise<Catalogue>,
): Record<string, Answerer> {
  const entries = flows.filter((flow) => flow.menu !== undefined)
  const inMenu = indexOf(entries, (flow) => labelsOf(flow, words).flatMap(wordsOf))
  const inCatalogue = catalogueIndex()
  return {
    'search.find': async (data, { now, person }): Promise<SearchResults> => {
      const { text } = z.object({ text: z.string() }).parse(data)
      const wanted = [...new Set(wordsOf(text.slice(0, longest)))].slice(0, mostWords)
      return {
        flows: inMenu(wanted, 3).map(({ id, menu }) => ({ id, label: { key: menu?.label.key ?? '' } })),
        professions: inCatalogue(await catalogue())(wanted, most).map(({ id, name }) => ({ id, name })),
        reminder: understandReminder(text, { now, zone, language: person.language }).type === 'understood',
      }
    },
  }
}

function labelsOf(flow: Flow, words: WordsBook): string[] {
  const label = flow.menu?.label
  return label === undefined ? [] : languages.map((language) => words.plain(label, language))
}

function namesOf({ name, words }: Profession): string[] {
  return languages.flatMap((language) => [name[language], ...words[language]])
}

function wordsOf(text: string): string[] {
  return foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= shortest)
}

/** The index of a catalogue, made once for each that is read. Names are folded once for all, for most stay the same. */
function catalogueIndex(): (catalogue: Catalogue) => Index<Profession> {
  const indexes = new WeakMap<Catalogue, Index<Profession>>()
  const folded = createBounded<string, string[]>(50_000)
  const wordsOfName = (name: string) => {
    const words = folded.get(name) ?? wordsOf(name)
    folded.set(name, words)
    return words
  }
  return (catalogue) => {
    const index = indexes.get(catalogue) ?? indexOf(catalogue.professions, (one) => namesOf(one).flatMap(wordsOfName))
    indexes.set(catalogue, index)
    return index
  }
}

/** The things whose words fit the wanted words, the best first, no more than `limit`. */
type Index<Thing> = (wanted: readonly string[], limit: number) => Thing[]

/** Words that are alike begin alike, so only those with the same beginning are compared. */
function indexOf<Thing>(things: readonly Thing[], wordsOfThing: (thing: Thing) => readonly string[]): Index<Thing> {
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
