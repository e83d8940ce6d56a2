import { createWords, type WordsBook } from '../../src/i18n/words.ts'

/** The words of the project; anything missing is an error. */
export function readWords(): Promise<WordsBook> {
  return createWords(new URL('../../locales/', import.meta.url), { strict: true })
}
