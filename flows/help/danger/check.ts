import type { Language } from '../../kit/words.ts'
import { isMeant, type Models } from './classifier.ts'
import { createMatcher, type Matcher } from './matcher.ts'
import { readWords, spellingsOf } from './reading.ts'
import type { Level, PlacedRule, RuleFile } from './rule-file.ts'

export type DangerCheck = {
  /** Whether words of despair, self-harm, violence, or being in danger stand in the text: it brings the help screen at once. */
  isDanger(text: string): boolean
  /** Whether it speaks of sadness, fear, loss, or less surely of danger: a warm line beside the ordinary answer. */
  isWorry(text: string): boolean
  /** Every rule that is found, those of danger first. */
  rulesIn(text: string): PlacedRule[]
}

/**
 * Compiles the rules of all languages into one check: every message is read in each of them, for people mix languages. A
 * classifier, if there is one, finds what no rule does.
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
  const isLearned = (text: string, level: Level) =>
    models !== undefined && isMeant(readWords(text).words, models[level])
  const rulesOf = (text: string, level: Level) => read(text).flatMap((message) => [...message.find(level)])
  return {
    isDanger: (text) => isRuled(text, 'danger') || isLearned(text, 'danger'),
    isWorry: (text) => isRuled(text, 'worry') || isLearned(text, 'worry'),
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
