import { type Model, pieces, scoreOf } from '../../../../flows/help/danger/classifier.ts'
import { featuresOf } from '../../../../flows/help/danger/features.ts'
import { readWords } from '../../../../flows/help/danger/reading.ts'
import { isWorry, type Line } from './lines.ts'
import { type Example, type Training, train } from './train.ts'

/** How often a harmless line may be taken for one to worry about. */
export const mostAlarms = 0.008
const folds = 5
const training: Training = { bits: 18, rounds: 20, rate: 0.3, penalty: 3e-5 }

/** What is learned from the lines, and what each of them scores where it was not learned from. */
export type Learned = { readonly model: Model; readonly scores: readonly number[] }

/** Learns from all lines; the threshold is chosen on lines that were kept apart, fold by fold. */
export function learn(lines: readonly Line[]): Learned {
  const examples = lines.map(examplesOf)
  const scores = new Array<number>(lines.length).fill(0)
  const foldAt = lines.map(foldOf)
  for (let fold = 0; fold < folds; fold++) {
    const model = train(examples.filter((_, at) => foldAt[at] !== fold).flat(), training)
    for (const [at, { text }] of lines.entries()) {
      if (foldAt[at] === fold) scores[at] = scoreOf(readWords(text).words, model)
    }
  }
  const model = { ...train(examples.flat(), training), threshold: thresholdOf(lines, scores) }
  return { model, scores }
}

function examplesOf(line: Line): Example[] {
  const { bits } = training
  return pieces(readWords(line.text).words).map((words) => ({
    features: Int32Array.from(featuresOf(words, { bits })),
    isWorry: isWorry(line),
    weight: 1,
  }))
}

/** Lines that begin alike are mostly one line said in two ways: they are kept together. */
function foldOf({ text }: Line): number {
  const beginning = readWords(text).words.slice(0, 3).join(' ')
  let hash = 7
  for (const letter of beginning) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0) % folds
}

function thresholdOf(lines: readonly Line[], scores: readonly number[]): number {
  const harmless = scores.filter((_, at) => lines[at]?.kind === 'harmless').sort((one, other) => other - one)
  return harmless[Math.floor(harmless.length * mostAlarms)] ?? 0
}
