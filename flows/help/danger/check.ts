import type { Language } from '../../kit/words.ts'
import { isMeant, type Models } from './classifier.ts'
import { createMatcher, type Matcher } from './matcher.ts'
import { readWords, spellingsOf } from './reading.ts'
import type { Level, PlacedRule, RuleFile } from './rule-file.ts'

export type DangerCheck = {
  /** Whether words of despair, self-harm, violence, or being in danger stand in the text: it brings the help screen at once. */
  isDanger(text: string): boolean
  /** Whether it speaks of sadness, fear, loss, or of danger at all surely: a warm line beside the ordinary answer. */
  isWorry(text: string): boolean
  /** Every rule that is found, those of danger first. */
  rulesIn(text: string): PlacedRule[]
}

/**
 * Compiles the rules of all languages into one check: every message is read in each of them, for people mix languages. A
 * classifier, if there is one, finds what no rule does, and takes back what is surely meant otherwise.
 */
export function createDangerCheck(files: readonly RuleFile[], models?: Models): DangerCheck {
  const knownTo = (language: Language) => (word: string) =>
    matchers.some((matcher) => matcher.language === language && matcher.isKnown(word))
  const isEnglish = knownTo('en')
  const isRussian = knownTo('ru')
  // Kazakh sentences are full of Russian words and both of English ones, not the other way round.
  const foreign = { kk: (word: string) => isRussian(word) || isEnglish(word), ru: isEnglish, en: undefined }
  const matchers: Matcher[] = files.map((file) => createMatcher(file, foreign[file.language]))
  const read = lastOnly((text: string) => {
    const spellings = spellingsOf(text, isEnglish)
    return matchers.map((matcher) => matcher.read(spellings))
  })
  const isRuled = (text: string, level: Level) =>
    read(text).some((message) => message.find(level).next().done === false)
  const isFound = (text: string, level: Level, ruled: boolean) =>
    models === undefined ? ruled : isMeant(readWords(text).words, models[level], ruled)
  const rulesOf = (text: string, level: Level) => read(text).flatMap((message) => [...message.find(level)])
  return {
    isDanger: (text) => isFound(text, 'danger', isRuled(text, 'danger')),
    // What is doubted as danger may be a worry still.
    isWorry: (text) => isFound(text, 'worry', isRuled(text, 'worry') || isRuled(text, 'danger')),
    rulesIn: (text) => [...new Set([...rulesOf(text, 'danger'), ...rulesOf(text, 'worry')])],
  }
}

/** The same text is asked about several times in a row. */
function lastOnly<T>(make: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly made: T } | undefined
  return (text) => {
    if (last?.text !== text) last = { text, made: make(text) }
    return last.made
  }
}
