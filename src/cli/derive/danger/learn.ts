import { type Model, type Models, pieces, scoreOf } from '../../../../flows/help/danger/classifier.ts'
import { featuresOf } from '../../../../flows/help/danger/features.ts'
import { readWords } from '../../../../flows/help/danger/reading.ts'
import type { Level } from '../../../../flows/help/danger/rule-file.ts'
import type { Line } from './lines.ts'
import { type Example, type Training, train } from './train.ts'

/** How often a harmless line may be taken for one of that level. */
export const mostAlarms: Readonly<Record<Level, number>> = { danger: 0.0005, worry: 0.008 }
const folds = 5
const training: Training = { bits: 17, rounds: 20, rate: 0.3, penalty: 3e-5 }

/** What is learned from the lines, and which of them each level takes for its own when it has not learned from them. */
export type Learned = { readonly models: Models; readonly taken: Readonly<Record<Level, readonly boolean[]>> }

/** Learns from all lines; thresholds are chosen on lines that were kept apart, fold by fold. */
export function learn(lines: readonly Line[]): Learned {
  const danger = learnLevel(lines, ({ kind }) => kind === 'danger', mostAlarms.danger)
  const worry = learnLevel(lines, ({ kind }) => kind === 'danger' || kind === 'sad', mostAlarms.worry)
  return {
    models: { danger: danger.model, worry: worry.model },
    taken: { danger: danger.taken, worry: worry.taken },
  }
}

type IsMeant = (line: Line) => boolean

function learnLevel(lines: readonly Line[], isMeant: IsMeant, most: number): { model: Model; taken: boolean[] } {
  const examples = lines.map((line) => examplesOf(line, isMeant(line)))
  const scores = new Array<number>(lines.length).fill(0)
  const foldAt = lines.map(foldOf)
  for (let fold = 0; fold < folds; fold++) {
    const model = train(examples.filter((_, at) => foldAt[at] !== fold).flat(), training)
    for (const [at, { text }] of lines.entries()) {
      if (foldAt[at] === fold) scores[at] = scoreOf(readWords(text).words, model)
    }
  }
  const threshold = thresholdOf(lines, scores, most)
  return { model: { ...train(examples.flat(), training), threshold }, taken: scores.map((score) => score > threshold) }
}

function examplesOf({ text }: Line, isMeant: boolean): Example[] {
  const { bits } = training
  return pieces(readWords(text).words).map((words) => ({
    features: Int32Array.from(featuresOf(words, { bits })),
    isMeant,
  }))
}

/** Lines that begin alike are mostly one line said in two ways: they are kept together. */
function foldOf({ text }: Line): number {
  const beginning = readWords(text).words.slice(0, 3).join(' ')
  let hash = 7
  for (const letter of beginning) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0) % folds
}

function thresholdOf(lines: readonly Line[], scores: readonly number[], most: number): number {
  const harmless = scores.filter((_, at) => lines[at]?.kind === 'harmless').sort((one, other) => other - one)
  return harmless[Math.floor(harmless.length * most)] ?? 0
}
