import { foldText } from '../../common/letters.ts'
import type { Reading } from './matcher.ts'

/** A sentence ends at a mark with a space behind it; several full stops are a pause. */
const sentenceEnd = /[!?]\s|(?<!\.)\.\s/

/** The words of a message in one spelling, sentence by sentence. */
export function readWords(text: string): Reading {
  const words: string[] = []
  const sentences: number[] = []
  for (const [sentence, part] of text.split(sentenceEnd).entries()) {
    for (const word of foldText(part).split(' ')) {
      if (word === '') continue
      words.push(word)
      sentences.push(sentence)
    }
  }
  return { words, sentences }
}
