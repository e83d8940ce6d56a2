import { isWorrying, type Model } from './classifier.ts'
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
 * classifier, if there is one, worries about what no rule finds.
 */
export function createDangerCheck(files: readonly RuleFile[], model?: Model): DangerCheck {
  const isEnglish = (word: string) => matchers.some(({ language, isKnown }) => language === 'en' && isKnown(word))
  const isRussian = (word: string) => matchers.some(({ language, isKnown }) => language === 'ru' && isKnown(word))
  // Kazakh sentences are full of Russian words, not the other way round.
  const matchers: Matcher[] = files.map((file) => createMatcher(file, file.language === 'kk' ? isRussian : undefined))
  const isFound = (text: string, level: Level) => {
    const spellings = spellingsOf(text, isEnglish)
    return matchers.some((matcher) => matcher.find(spellings, level).next().done === false)
  }
  return {
    isDanger: (text) => isFound(text, 'danger'),
    isWorry: (text) => isFound(text, 'worry') || (model !== undefined && isWorrying(readWords(text).words, model)),
    rulesIn(text) {
      const spellings = spellingsOf(text, isEnglish)
      const found = (level: Level) => matchers.flatMap((matcher) => [...matcher.find(spellings, level)])
      return [...new Set([...found('danger'), ...found('worry')])]
    },
  }
}
