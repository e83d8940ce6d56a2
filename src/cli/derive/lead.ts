import type { InstrumentModel } from '../../../flows/survey/instrument.ts'
import { balancedWeights } from './balance.ts'
import type { Guess } from './figures.ts'
import { round } from './fit.ts'

/** A probability that stays as it is. */
export const noLead = { shift: 0, slope: 1 }

/**
 * Between counting a person once, however many types are tied (0), and once for each of them (1). Right shares differ
 * by five points between the two, and either may be meant by "each type weighs the same".
 */
export const tieWeight = 0.3

/** Logistic regression (Newton) of being right on the logit of the leading probability, each type weighing the same. */
export function fitLead(guesses: readonly Guess[]): InstrumentModel['full']['lead'] {
  const tied = guesses.map((guess) => guess.tied)
  const [once, each] = [balancedWeights(tied), eachTiedCounts(tied)]
  const cases = guesses.map(({ probability, tied, first }, person) => ({
    logit: Math.log(probability / (1 - probability)),
    right: tied[first] ?? 0,
    weight: (1 - tieWeight) * (once[person] ?? 1) + tieWeight * (each[person] ?? 1),
  }))
  let [shift, slope] = [0, 1]
  for (let step = 0; step < 25; step++) {
    const sums = { g0: 0, g1: 0, h00: 0, h01: 0, h11: 0 }
    for (const { logit, right, weight } of cases) {
      const p = 1 / (1 + Math.exp(-shift - slope * logit))
      const curvature = weight * p * (1 - p)
      sums.g0 += weight * (right - p)
      sums.g1 += weight * (right - p) * logit
      sums.h00 += curvature
      sums.h01 += curvature * logit
      sums.h11 += curvature * logit * logit
    }
    const determinant = sums.h00 * sums.h11 - sums.h01 ** 2
    shift += (sums.h11 * sums.g0 - sums.h01 * sums.g1) / determinant
    slope += (sums.h00 * sums.g1 - sums.h01 * sums.g0) / determinant
  }
  return { shift: Math.max(0, round(shift)), slope: Math.min(1, Math.max(0.01, round(slope))) }
}

/** How much each person counts when each type weighs the same and people count once for each type tied in them. */
export function eachTiedCounts(tied: readonly Uint8Array[]): Float64Array {
  const people = Array.from(tied[0] ?? [], (_, scale) => tied.filter((scales) => scales[scale] === 1).length)
  return Float64Array.from(tied, (scales) =>
    people.reduce((sum, count, scale) => sum + (scales[scale] === 1 ? tied.length / people.length / count : 0), 0),
  )
}
