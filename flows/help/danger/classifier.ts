import { scoreOf, type Weights } from '../../common/classifier.ts'
import type { Level } from './rule-file.ts'

/** A trained classifier, and by how much it is believed. */
export type Model = Weights & {
  /** A message that scores more is meant. */
  readonly threshold: number
  /** In a message that scores less no finding of a rule is believed: it is a book, a joke, or news. */
  readonly doubt: number
}

/** One for each level: that of danger is surer, and knows nothing of sadness. */
export type Models = Readonly<Record<Level, Model>>

/** Of fewer words no model can tell what is meant ("I'm 15"); rules can. */
const fewest = 3

/** Whether the message is of the kind that the model was trained to find; where a rule has found it, unless in doubt. */
export function isMeant(words: readonly string[], model: Model, isRuled: boolean): boolean {
  return isEnough(words, scoreOf(words, model), model, isRuled)
}

/** Whether a message of these words that scores so much is meant. */
export function isEnough(
  words: readonly string[],
  score: number,
  { threshold, doubt }: Pick<Model, 'threshold' | 'doubt'>,
  isRuled: boolean,
): boolean {
  if (words.length < fewest) return isRuled
  return isRuled ? score >= doubt : score > threshold
}
