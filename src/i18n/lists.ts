import { foldText } from '../../flows/common/letters.ts'
import { languages } from '../../flows/kit/words.ts'
import type { WordsBook } from './words.ts'

/** The phrases of a list that people write, of all languages (they mix them), folded. */
export function phrasesOf(key: string, words: Pick<WordsBook, 'plain'>): readonly string[] {
  const written = languages.flatMap((language) => words.plain({ key }, language).split(','))
  return [...new Set(written.map(foldText).filter((phrase) => phrase !== ''))]
}

/** Words that only lead up to what is looked for. */
export function fillersIn(words: Pick<WordsBook, 'plain'>): ReadonlySet<string> {
  return new Set(phrasesOf('search:fillers', words))
}
