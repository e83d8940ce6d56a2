import { foldText } from '../../../flows/common/letters.ts'
import { languages } from '../../../flows/kit/words.ts'
import type { Catalogue, Profession } from './seed.ts'

/** The professions of a job's title, the one named most fully first. */
export type ProfessionsByTitle = (title: string) => string[]

/** Professions at most, and words of a title that are looked at. */
const most = { professions: 3, words: 30 }
/** Shorter words ("по", "мен") say nothing of the work. */
const shortest = 3
/** How many letters at the end of a word may be its form, where this many stay. */
const ending = { letters: 3, stays: 4 }

/**
 * Reads titles by the names of a catalogue, in any language: every word of a name must stand in the title, in whatever
 * form. A search may guess; a vacancy under a profession it does not belong to would be told to the wrong people.
 */
export function createProfessionsByTitle({ professions }: Pick<Catalogue, 'professions'>): ProfessionsByTitle {
  const names = professions.flatMap((profession) => namesOf(profession).map((name) => ({ id: profession.id, ...name })))
  const byStem = new Map<string, (typeof names)[number][]>()
  for (const name of names) byStem.set(name.stem, [...(byStem.get(name.stem) ?? []), name])
  return (title) => {
    const words = foldText(title).split(' ').slice(0, most.words)
    const found = words
      .flatMap((word) => byStem.get(stemOf(word)) ?? [])
      .filter((name) => name.words.every((one) => words.some((word) => isForm(one, word))))
      .sort((a, b) => b.words.length - a.words.length || b.letters - a.letters)
    return [...namedAnew(found)].slice(0, most.professions)
  }
}

/** "Manager" says nothing new beside "tourism manager": each name after the first must name what none before it did. */
function namedAnew(found: readonly { readonly id: string; readonly words: readonly string[] }[]): Set<string> {
  const told: string[] = []
  const ids = new Set<string>()
  for (const { id, words } of found) {
    if (words.every((word) => told.some((other) => isForm(word, other)))) continue
    told.push(...words)
    ids.add(id)
  }
  return ids
}

/** A name by its words; it is looked up by the first of them. */
function namesOf({ name, words }: Profession) {
  const all = languages.flatMap((language) => [name[language], ...words[language]])
  return all.map(foldText).flatMap((folded) => {
    const long = folded.split(' ').filter((word) => word.length >= shortest)
    const [first] = long
    return first === undefined ? [] : [{ words: long, stem: stemOf(first), letters: folded.length }]
  })
}

const stemLength = 4

function stemOf(word: string): string {
  return word.slice(0, stemLength)
}

/** Whether two words are forms of one: alike but for their endings. */
function isForm(one: string, other: string): boolean {
  const same = Math.max(Math.min(one.length, other.length) - ending.letters, ending.stays)
  if (one.length <= ending.stays || other.length <= ending.stays) return one === other
  return one.slice(0, same) === other.slice(0, same) && Math.abs(one.length - other.length) <= ending.letters
}
