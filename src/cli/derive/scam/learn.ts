import { featuresOf } from '../../../../flows/common/features.ts'
import { type Likeness, likenessOf, partsOf } from '../../../../flows/vacancies/scam/likeness.ts'
import { readText } from '../../../../flows/vacancies/scam/reading.ts'
import { isHeld, type Sign } from '../../../../flows/vacancies/scam/signs.ts'
import { type Example, type Training, train } from '../train.ts'
import type { Case } from './cases.ts'

/** How many honest offers, which it has not learned from, may score as much as one that is held back by that alone, or with another sign. */
export const mostHonest = { hard: 0.03, soft: 0.08 } as const
/** How many offers that are rightly held by their signs may be lost to doubt. */
export const mostLost = 0.03
const folds = 5
const training: Training = { bits: 17, rounds: 20, rate: 0.3, penalty: 1e-4 }

/** What is learned from all cases, and for each case, by its place, the same from those that are kept apart from it. */
export type Learned = { readonly likeness: Likeness; readonly apartFrom: (at: number) => Likeness }

/** Learns from all cases; bounds are chosen on cases that were kept apart, part by part. `signsOf` are the signs by words. */
export function learn(cases: readonly Case[], signsOf: (text: string) => readonly Sign[]): Learned {
  const read = cases.map(({ text }) => readText(text).words)
  const examples = cases.map(({ isHeld: isMeant }, at): Example[] =>
    partsOf(read[at] ?? []).map((part) => ({ features: featuresIn(part), isMeant })),
  )
  const foldAt = read.map(foldOf)
  const all = train(examples.flat(), training)
  const models = Array.from({ length: folds }, (_, fold) =>
    train(examples.filter((_, at) => foldAt[at] !== fold).flat(), training),
  )
  const modelAt = (at: number) => models[foldAt[at] ?? 0] ?? all
  const scores = read.map((words, at) => likenessOf(words, modelAt(at)))
  const honest = scores.filter((_, at) => cases[at]?.isHeld === false)
  // The tables were known to whoever wrote the signs: they would be doubted less than others.
  const rightly = scores.filter((_, at) => isRightlyHeld(cases[at], signsOf))
  const bounds = {
    hard: scoreAbove(honest, mostHonest.hard),
    soft: scoreAbove(honest, mostHonest.soft),
    doubt: scoreAbove(rightly, 1 - mostLost),
  }
  return { likeness: { ...all, ...bounds }, apartFrom: (at) => ({ ...modelAt(at), ...bounds }) }
}

function isRightlyHeld(one: Case | undefined, signsOf: (text: string) => readonly Sign[]): boolean {
  return one?.isHeld === true && one.kind !== 'table' && isHeld(signsOf(one.text))
}

function featuresIn(words: readonly { readonly sound: string }[]): Int32Array {
  const { bits } = training
  return Int32Array.from(
    featuresOf(
      words.map(({ sound }) => sound),
      { bits },
    ),
  )
}

/** Offers that begin alike are mostly one said in two ways: they are kept together. */
function foldOf(words: readonly { readonly sound: string }[]): number {
  const beginning = words.slice(0, 3).map(({ sound }) => sound)
  let hash = 7
  for (const letter of beginning.join(' ')) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0) % folds
}

/** The lowest score of that share of them which score most. */
function scoreAbove(scores: readonly number[], share: number): number {
  const sorted = scores.toSorted((one, other) => other - one)
  return sorted[Math.floor(sorted.length * share)] ?? 0
}
