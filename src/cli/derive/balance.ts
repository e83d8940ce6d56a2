import { interestScales } from '../../../flows/professions/match.ts'

/**
 * How much each person counts so that every scale weighs the same, however rarely it is the strongest in the sample:
 * 1 / the share of the person's strongest scale, the mean of that when several are tied. Their mean is 1 (where each
 * scale is somebody's strongest).
 */
export function balancedWeights(tied: readonly Uint8Array[]): Float64Array {
  const shares = new Float64Array(interestScales.length)
  for (const scales of tied) {
    const part = 1 / countOf(scales)
    for (let scale = 0; scale < shares.length; scale++)
      shares[scale] = (shares[scale] ?? 0) + (scales[scale] ?? 0) * part
  }
  const weights = new Float64Array(tied.length)
  tied.forEach((scales, person) => {
    let sum = 0
    for (let scale = 0; scale < shares.length; scale++) if (scales[scale] === 1) sum += 1 / (shares[scale] ?? 1)
    weights[person] = (sum / countOf(scales)) * (tied.length / shares.length)
  })
  return weights
}

/** How many scales are tied. */
export function countOf(scales: Uint8Array): number {
  let count = 0
  for (let scale = 0; scale < scales.length; scale++) count += scales[scale] ?? 0
  return count
}
