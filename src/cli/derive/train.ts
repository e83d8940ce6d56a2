import type { Weights } from '../../../flows/common/classifier.ts'
import { seeded, shuffled } from './sample.ts'

/** What one text looks like, and whether it is one that is meant. */
export type Example = {
  /** Places of its features, each once. */
  readonly features: Int32Array
  readonly isMeant: boolean
}

export type Training = {
  readonly bits: number
  /** How often all examples are gone through. */
  readonly rounds: number
  /** How far a first step goes; each weight's steps grow smaller by themselves (AdaGrad). */
  readonly rate: number
  /** How strongly weights are drawn to nought. */
  readonly penalty: number
}

type Fit = { readonly weights: Float64Array; readonly bias: number }

/** Logistic regression on the examples; the same examples give the same weights. */
export function train(examples: readonly Example[], training: Training): Weights {
  return quantised(regress(examples, training), training.bits)
}

function regress(examples: readonly Example[], { bits, rounds, rate, penalty }: Training): Fit {
  const weights = new Float64Array(2 ** bits)
  const spread = new Float64Array(2 ** bits).fill(1e-8)
  let bias = 0
  let biasSpread = 1e-8
  const random = seeded(20)
  for (let round = 0; round < rounds; round++) {
    for (const { features, isMeant } of shuffled(examples, random)) {
      const scale = 1 / Math.sqrt(Math.max(1, features.length))
      let sum = 0
      for (const feature of features) sum += weights[feature] ?? 0
      const error = chance(bias + scale * sum) - (isMeant ? 1 : 0)
      for (const feature of features) {
        const before = weights[feature] ?? 0
        const slope = error * scale + penalty * before
        const total = (spread[feature] ?? 0) + slope * slope
        spread[feature] = total
        weights[feature] = before - (rate * slope) / Math.sqrt(total)
      }
      biasSpread += error * error
      bias -= (rate * error) / Math.sqrt(biasSpread)
    }
  }
  return { weights, bias }
}

function chance(score: number): number {
  return 1 / (1 + Math.exp(-score))
}

/** Weights as whole steps of one byte; the few that are larger are cut. */
function quantised({ weights, bias }: Fit, bits: number): Weights {
  const sizes = weights
    .map(Math.abs)
    .filter((size) => size > 0)
    .sort()
  const step = Math.max(1e-9, (sizes[Math.floor(sizes.length * 0.9995)] ?? 0) / 127)
  const bytes = Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight / step))))
  return { bits, weights: bytes, step, bias }
}
