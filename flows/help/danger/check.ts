import { createMatcher } from './matcher.ts'
import { readingsOf } from './reading.ts'
import type { Level, PlacedRule, RuleFile } from './rule-file.ts'

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
  const isFound = (text: string, level: Level) => {
    for (const reading of readingsOf(text, matcher.vocabulary)) {
      if (matcher.find(reading, level).next().done === false) return true
    }
    return false
  }
  return {
    isDanger: (text) => isFound(text, 'danger'),
    isWorry: (text) => isFound(text, 'worry'),
    rulesIn(text) {
      const readings = [...readingsOf(text, matcher.vocabulary)]
      const found = (level: Level) => readings.flatMap((reading) => [...matcher.find(reading, level)])
      return [...new Set([...found('danger'), ...found('worry')])]
    },
  }
}
