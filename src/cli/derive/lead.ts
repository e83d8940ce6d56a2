import type { InstrumentModel } from '../../../flows/survey/instrument.ts'
import type { Guess } from './figures.ts'
import { round } from './fit.ts'

/** How much a person counts who has several strongest scales: between "any of them is right" and "left out". */
export const tieWeight = 0.75

/** Logistic regression (Newton) of being right on the logit of the leading probability; equal leaders are not corrected. */
export function fitLead(guesses: readonly Guess[]): InstrumentModel['full']['lead'] {
  const cases = guesses
    .filter(({ equal }) => !equal)
    .map(({ probability, tied, first }) => ({
      logit: Math.log(probability / (1 - probability)),
      right: tied[first] ?? 0,
      weight: tied.reduce((sum, value) => sum + value, 0) > 1 ? tieWeight : 1,
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
  return { shift: Math.max(0, round(shift)), slope: Math.min(1, round(slope)) }
}
