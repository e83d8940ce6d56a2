import { z } from 'zod'
import { foldText } from '../../flows/help/danger.ts'
import type { Flow } from '../../flows/kit/flow.ts'
import { languages } from '../../flows/kit/words.ts'
import { zone } from '../../flows/regions.ts'
import { understandReminder } from '../../flows/reminders/phrases/index.ts'
import type { SearchResults } from '../../flows/search/index.ts'
import type { Answerer } from '../engine/ports.ts'
import type { WordsBook } from '../i18n/words.ts'
import type { Catalogue, Profession } from '../store/seed/catalogue.ts'

/** Results of a kind at most. */
const most = 6
const shortest = 3

/** The look-up behind free text: menu entries and professions whose names or usual words fit, in any language. */
export function searchAnswers(
  flows: readonly Flow[],
  words: WordsBook,
  catalogue: () => Promise<Catalogue>,
): Record<string, Answerer> {
  return {
    'search.find': async (data, { now, person }): Promise<SearchResults> => {
      const { text } = z.object({ text: z.string() }).parse(data)
      const wanted = wordsOf(text)
      const { professions } = await catalogue()
      return {
        flows: best(
          flows.filter((flow) => flow.menu !== undefined),
          (flow) => rank(wanted, labelsOf(flow, words)),
          3,
        ).map((flow) => ({ id: flow.id, label: { key: flow.menu?.label.key ?? '' } })),
        professions: best(professions, (one) => rank(wanted, namesOf(one)), most).map(({ id, name }) => ({ id, name })),
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

/** The better the wanted words fit words of the names, the higher; 0 when none does. */
function rank(wanted: readonly string[], names: readonly string[]): number {
  const known = names.flatMap(wordsOf)
  return wanted.reduce((sum, word) => sum + Math.max(0, ...known.map((other) => likeness(word, other))), 0)
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
