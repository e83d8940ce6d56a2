import type { Word } from './syntax.ts'

/** The words of all rules, each with a number, so that a message is looked up word by word only once. */
export type Vocabulary = {
  /** The number of a word of the rules; equal ones have the same. */
  number(word: Word): number
  /** The numbers of all that a word of a message is: itself, and every beginning it has. */
  lookUp(word: string): readonly number[]
}

export function createVocabulary(): Vocabulary {
  const whole = new Map<string, number>()
  const beginnings = new Map<string, number>()
  let count = 0
  let longest = 0
  return {
    number({ text, open }) {
      const known = open ? beginnings : whole
      const number = known.get(text) ?? count++
      known.set(text, number)
      if (open) longest = Math.max(longest, text.length)
      return number
    },
    lookUp(word) {
      const found: number[] = []
      const itself = whole.get(word)
      if (itself !== undefined) found.push(itself)
      for (let length = 2; length <= Math.min(longest, word.length); length++) {
        const beginning = beginnings.get(word.slice(0, length))
        if (beginning !== undefined) found.push(beginning)
      }
      return found
    },
  }
}
