import { createMatcher } from './matcher.ts'
import { readWords } from './reading.ts'
import type { PlacedRule, RuleFile } from './rule-file.ts'

export type DangerCheck = {
  /** Whether words of despair, self-harm, violence, or being in danger stand in the text: it brings the help screen at once. */
  isDanger(text: string): boolean
  /** Whether it speaks of sadness, fear, loss, or less surely of danger: a warm line beside the ordinary answer. */
  isWorry(text: string): boolean
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
    isWorry: (text) => isFound(text, 'worry'),
    rulesIn(text) {
      const reading = readWords(text)
      return [...new Set([...matcher.find(reading, 'danger'), ...matcher.find(reading, 'worry')])]
    },
  }
}
