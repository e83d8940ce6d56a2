import { featuresOf } from './features.ts'

/** What was learned of a kind of text: one weight for each place of a feature, in steps of `step`. */
export type Weights = {
  readonly bits: number
  readonly weights: Int8Array
  readonly step: number
  readonly bias: number
}

/** Long texts are read in pieces of so many words, each beginning in the middle of the one before. */
const piece = 24

/** The most that a piece of the text scores: the more, the likelier it is of the kind. */
export function scoreOf(words: readonly string[], model: Weights): number {
  return Math.max(...pieces(words).map((part) => scoreOfPiece(part, model)))
}

/** The parts in which a text is read, at least one. */
export function pieces<Word>(words: readonly Word[]): readonly (readonly Word[])[] {
  if (words.length <= piece) return [words]
  const count = Math.ceil((2 * words.length) / piece) - 1
  return Array.from({ length: count }, (_, at) => words.slice((at * piece) / 2, (at * piece) / 2 + piece))
}

/** What one piece scores. */
export function scoreOfPiece(words: readonly string[], { bits, weights, step, bias }: Weights): number {
  const features = featuresOf(words, { bits })
  let sum = 0
  for (const feature of features) sum += weights[feature] ?? 0
  return bias + (step * sum) / Math.sqrt(Math.max(1, features.size))
}
