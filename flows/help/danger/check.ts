import { createMatcher } from './matcher.ts'
import { readWords } from './reading.ts'
import type { PlacedRule, RuleFile } from './rule-file.ts'

/**
 * What a message speaks of, as far as words tell: `danger` brings the help screen at once, `worry` (sadness, fear, loss,
 * weaker signs of danger) a warm line beside the ordinary answer.
 */
export type Concern = 'none' | 'worry' | 'danger'

export type DangerCheck = {
  /** Whether words of despair, self-harm, violence, or being in danger stand in the text. */
  isDanger(text: string): boolean
  concernIn(text: string): Concern
  /** Every rule that is found, those of danger first. */
  rulesIn(text: string): PlacedRule[]
}

/** Compiles the rules of all languages into one check of a message, in whatever languages it is written. */
export function createDangerCheck(files: readonly RuleFile[]): DangerCheck {
  const matcher = createMatcher(files)
  const isFound = (text: string, level: 'danger' | 'worry') =>
    matcher.find(readWords(text), level).next().done === false
  return {
    isDanger: (text) => isFound(text, 'danger'),
    concernIn: (text) => (['danger', 'worry'] as const).find((level) => isFound(text, level)) ?? 'none',
    rulesIn(text) {
      const reading = readWords(text)
      return [...new Set([...matcher.find(reading, 'danger'), ...matcher.find(reading, 'worry')])]
    },
  }
}
