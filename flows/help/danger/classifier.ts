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
}

/** One for each level: that of danger is surer, and knows nothing of sadness. */
export type Models = Readonly<Record<Level, Model>>

/** Long messages are read in pieces of so many words, each beginning in the middle of the one before. */
const piece = 24

/** Whether the message is of the kind that the model was trained to find. */
export function isMeant(words: readonly string[], model: Model): boolean {
  return words.length > 0 && scoreOf(words, model) > model.threshold
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
