import { foldText } from '../../../flows/common/letters.ts'
import { languages } from '../../../flows/kit/words.ts'
import type { Profession, TitleWords, WrittenCatalogue } from './seed.ts'

/** The professions of a job's title, the one named most fully first. */
export type ProfessionsByTitle = (title: string) => string[]

/** Professions at most, and words of a title that are looked at. */
const most = { professions: 3, words: 30 }
/** Shorter words ("по", "мен") beside a theme say nothing of the work. */
const shortest = 3
/** Letters that all forms of a word share at least. */
const stemLength = 4

/**
 * Reads titles by the names of a catalogue, in any language: every word of a name must stand in the title, in whatever
 * form, and what only names a theme must stand there alone. A search may guess; a vacancy under a profession it does not
 * belong to would be told to the wrong people.
 */
export function createProfessionsByTitle({
  professions,
  titles,
}: Pick<WrittenCatalogue, 'professions' | 'titles'>): ProfessionsByTitle {
  const isForm = formsBy(titles.endings)
  const themes = new Set(foldedOf(titles.themes))
  const beside = foldedOf(titles.beside)
  const byStem = new Map<string, Name[]>()
  for (const name of professions.flatMap((profession) => namesOf(profession, themes)))
    byStem.set(name.stem, [...(byStem.get(name.stem) ?? []), name])
  return (title) => {
    const words = foldText(title).split(' ').slice(0, most.words)
    const telling = words.filter((word) => word.length >= shortest && !beside.some((one) => isForm(one, word)))
    const isWhole = (name: Name) => telling.every((word) => name.words.some((one) => isForm(one, word)))
    const found = words
      .flatMap((word) => byStem.get(stemOf(word)) ?? [])
      .filter((name) => name.words.every((one) => words.some((word) => isForm(one, word))))
      .filter((name) => !name.isTheme || isWhole(name))
      .sort((a, b) => b.words.length - a.words.length || b.letters - a.letters)
    return [...namedAnew(found, isForm)].slice(0, most.professions)
  }
}

/** A name by its words; it is looked up by the first of them. */
type Name = {
  readonly id: string
  readonly words: readonly string[]
  readonly stem: string
  readonly letters: number
  readonly isTheme: boolean
}

function namesOf({ id, name, words }: Profession, themes: ReadonlySet<string>): Name[] {
  const all = [
    // "Nurse (ward sister)" has two names.
    ...languages
      .flatMap((language) => name[language].split(/[()]/).map(foldText))
      .map((folded) => ({ folded, isTheme: false })),
    ...languages
      .flatMap((language) => words[language].map(foldText))
      .map((folded) => ({ folded, isTheme: themes.has(folded) })),
  ]
  return all.flatMap(({ folded, isTheme }) => {
    const words = folded.split(' ').filter((word) => word !== '')
    const [first] = words
    return first === undefined ? [] : [{ id, words, stem: stemOf(first), letters: folded.length, isTheme }]
  })
}

function foldedOf(words: TitleWords['themes']): readonly string[] {
  return languages.flatMap((language) => words[language].map(foldText))
}

/** "Manager" says nothing new beside "tourism manager": each name after the first must name what none before it did. */
function namedAnew(found: readonly Name[], isForm: IsForm): Set<string> {
  const told: string[] = []
  const ids = new Set<string>()
  for (const { id, words } of found) {
    if (words.every((word) => told.some((other) => isForm(word, other)))) continue
    told.push(...words)
    ids.add(id)
  }
  return ids
}

function stemOf(word: string): string {
  return word.slice(0, stemLength)
}

/** Whether two words are forms of one: alike but for their endings. */
type IsForm = (one: string, other: string) => boolean

function formsBy(endings: readonly string[]): IsForm {
  const ending = new RegExp(`^(?:${endings.join('|')})?$`)
  return (one, other) => areForms(one, other, ending)
}

function areForms(one: string, other: string, ending: RegExp): boolean {
  if (one === other) return true
  if (one.length < stemLength || other.length < stemLength) return false
  let same = 0
  while (same < one.length && one[same] === other[same]) same += 1
  // Where the endings begin alike, they do so within the letters that are shared.
  for (let stem = same; stem >= Math.max(stemLength, same - 2); stem -= 1)
    if (ending.test(one.slice(stem)) && ending.test(other.slice(stem))) return true
  return false
}
