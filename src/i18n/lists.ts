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

/** Words for work itself, which say nothing of what kind. */
export function workWordsIn(words: Pick<WordsBook, 'plain'>): ReadonlySet<string> {
  return new Set(phrasesOf('search:workWords', words))
}

/** Words that ask for something other than a profession, and those that ask for one after all. */
export function questionWordsIn(words: Pick<WordsBook, 'plain'>): {
  readonly asking: ReadonlySet<string>
  readonly becoming: ReadonlySet<string>
} {
  return {
    asking: new Set(phrasesOf('search:questionWords', words)),
    becoming: new Set(phrasesOf('search:becoming', words)),
  }
}
