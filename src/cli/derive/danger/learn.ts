import { pieces, scoreOf } from '../../../../flows/common/classifier.ts'
import { featuresOf } from '../../../../flows/common/features.ts'
import type { DangerCheck } from '../../../../flows/help/danger/check.ts'
import { isEnough, type Models } from '../../../../flows/help/danger/classifier.ts'
import { readWords } from '../../../../flows/help/danger/reading.ts'
import type { Level } from '../../../../flows/help/danger/rule-file.ts'
import { type Example, type Training, train } from '../train.ts'
import type { Line } from './lines.ts'

/** How often a line that is none of that level may be taken for one where no rule finds it: harmless ones, and near misses. */
export const mostAlarms: Readonly<Record<Level, { readonly harmless: number; readonly near: number }>> = {
  danger: { harmless: 0.002, near: 0.006 },
  worry: { harmless: 0.02, near: 0.085 },
}
/** How many of the lines that rules find rightly may be lost to doubt; what the first level doubts, the second may hear. */
export const mostLost: Readonly<Record<Level, number>> = { danger: 0.13, worry: 0.02 }
const folds = 5
const training: Training = { bits: 17, rounds: 20, rate: 0.3, penalty: 3e-5 }

/** What is learned from the lines, and which of them each level takes for its own when it has not learned from them. */
export type Learned = { readonly models: Models; readonly taken: Readonly<Record<Level, readonly boolean[]>> }

/** Learns from all lines; thresholds are chosen on lines that were kept apart, fold by fold. */
export function learn(lines: readonly Line[], rules: DangerCheck): Learned {
  const danger = learnLevel(lines, ({ kind }) => kind === 'danger', rules.isDanger, 'danger')
  const worry = learnLevel(lines, ({ kind }) => kind === 'danger' || kind === 'sad', rules.isWorry, 'worry')
  return {
    models: { danger: danger.model, worry: worry.model },
    taken: { danger: danger.taken, worry: worry.taken },
  }
}

type IsMeant = (line: Line) => boolean
type Judged = Line & { readonly score: number; readonly isMeant: boolean; readonly isRuled: boolean }

function learnLevel(lines: readonly Line[], isMeant: IsMeant, isRuled: DangerCheck['isDanger'], level: Level) {
  const examples = lines.map((line) => examplesOf(line, isMeant(line)))
  const scores = scoresApart(lines, examples)
  const judged = lines.map((line, at) => ({
    ...line,
    score: scores[at] ?? 0,
    isMeant: isMeant(line),
    isRuled: isRuled(line.text),
  }))
  const bounds = { threshold: thresholdOf(judged, mostAlarms[level]), doubt: doubtOf(judged, mostLost[level]) }
  return {
    model: { ...train(examples.flat(), training), ...bounds },
    taken: judged.map(({ text, score, isRuled }) => isEnough(readWords(text).words, score, bounds, isRuled)),
  }
}

/** What each line scores with a model that has not learned from it. */
function scoresApart(lines: readonly Line[], examples: readonly Example[][]): number[] {
  const scores = new Array<number>(lines.length).fill(0)
  const foldAt = lines.map(foldOf)
  for (let fold = 0; fold < folds; fold++) {
    const model = train(examples.filter((_, at) => foldAt[at] !== fold).flat(), training)
    for (const [at, { text }] of lines.entries()) {
      if (foldAt[at] === fold) scores[at] = scoreOf(readWords(text).words, model)
    }
  }
  return scores
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

function thresholdOf(judged: readonly Judged[], most: (typeof mostAlarms)[Level]): number {
  const scoresOf = (kind: Line['kind']) => judged.filter((one) => one.kind === kind).map(({ score }) => score)
  return Math.max(scoreAbove(scoresOf('harmless'), most.harmless), scoreAbove(scoresOf('near'), most.near))
}

function doubtOf(judged: readonly Judged[], most: number): number {
  const found = judged.filter(({ isMeant, isRuled }) => isMeant && isRuled)
  return scoreAbove(
    found.map(({ score }) => score),
    1 - most,
  )
}

/** The lowest score of that share of them which score most. */
function scoreAbove(scores: readonly number[], share: number): number {
  const sorted = scores.toSorted((one, other) => other - one)
  return sorted[Math.floor(sorted.length * share)] ?? 0
}
