import { featuresOf } from './features.ts'
import type { Level } from './rule-file.ts'

/** A trained classifier: one weight for each place of a feature, in steps of `step`. */
export type Model = {
  readonly bits: number
  readonly weights: Int8Array
  readonly step: number
  readonly bias: number
  /** A message that scores more is meant. */
  readonly threshold: number
  /** In a message that scores less no finding of a rule is believed: it is a book, a joke, or news. */
  readonly doubt: number
}

/** One for each level: that of danger is surer, and knows nothing of sadness. */
export type Models = Readonly<Record<Level, Model>>

/** Long messages are read in pieces of so many words, each beginning in the middle of the one before. */
const piece = 24

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

/** The worst that a piece of the message scores. */
export function scoreOf(words: readonly string[], model: Model): number {
  const scores = pieces(words).map((part) => scoreOfPiece(part, model))
  return Math.max(...scores)
}

/** The parts in which a message is read, at least one. */
export function pieces(words: readonly string[]): readonly (readonly string[])[] {
  if (words.length <= piece) return [words]
  const count = Math.ceil((2 * words.length) / piece) - 1
  return Array.from({ length: count }, (_, at) => words.slice((at * piece) / 2, (at * piece) / 2 + piece))
}

function scoreOfPiece(words: readonly string[], { bits, weights, step, bias }: Model): number {
  const features = featuresOf(words, { bits })
  let sum = 0
  for (const feature of features) sum += weights[feature] ?? 0
  return bias + (step * sum) / Math.sqrt(Math.max(1, features.size))
}
