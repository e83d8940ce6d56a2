import { interestScales } from '../../../flows/professions/match.ts'
import { balancedWeights } from './balance.ts'
import { itemsPerScale, type Person, seeded, shuffled, strongest, unseenMeans } from './sample.ts'

/** Two sets of item numbers that share none, with as many of each scale. */
export type Halves = { readonly seen: readonly number[]; readonly hidden: readonly number[] }

/** `count` random ways to take two times `size` items of every scale. */
export function drawHalves(size: number, count: number, seed: number): Halves[] {
  const random = seeded(seed)
  return Array.from({ length: count }, () => {
    const scales = interestScales.map((_, scale) => {
      const first = scale * itemsPerScale
      return shuffled(
        Array.from({ length: itemsPerScale }, (_, index) => first + index),
        random,
      )
    })
    return {
      seen: scales.flatMap((items) => items.slice(0, size)),
      hidden: scales.flatMap((items) => items.slice(size, 2 * size)),
    }
  })
}

/** Every item number that is not in the list. */
export function except(items: readonly number[]): Set<number> {
  return new Set(
    Array.from({ length: interestScales.length * itemsPerScale }, (_, item) => item).filter((i) => !items.includes(i)),
  )
}

/**
 * The slope with which exp(slope × mean of the seen items) best says which scale is strongest in the hidden ones
 * (maximum likelihood, a tie being any of the tied, each type weighing the same; people take the halves in turn).
 * Found by golden section.
 */
export function fitSlope(people: readonly Person[], halves: readonly Halves[]): number {
  const masks = halves.map(({ seen, hidden }) => ({ seen: except(seen), hidden: except(hidden) }))
  const pairs = people.flatMap((person, index) => {
    const mask = masks[index % masks.length]
    if (!mask) return []
    return [{ means: unseenMeans(person, mask.seen), tied: strongest(unseenMeans(person, mask.hidden)) }]
  })
  const weights = balancedWeights(pairs.map(({ tied }) => tied))
  return maximum((slope) =>
    pairs.reduce((sum, { means, tied }, person) => sum + (weights[person] ?? 1) * logLikelihood(means, tied, slope), 0),
  )
}

function logLikelihood(means: Float64Array, tied: Uint8Array, slope: number): number {
  let all = 0
  let right = 0
  means.forEach((mean, scale) => {
    const power = Math.exp(slope * (mean - 3))
    all += power
    right += power * (tied[scale] ?? 0)
  })
  return Math.log(right / all)
}

function maximum(value: (slope: number) => number): number {
  const golden = (Math.sqrt(5) - 1) / 2
  let [low, high] = [0.05, 12]
  while (high - low > 1e-4) {
    const left = high - golden * (high - low)
    const right = low + golden * (high - low)
    if (value(left) < value(right)) low = left
    else high = right
  }
  return (low + high) / 2
}

/** Variances of the difference of two scale means: true (τ²) and by chance when each has one item (s²). */
export type Variances = { readonly true: number; readonly chance: number }

/** From how two halves of 4 items agree about every pair of scales. */
export function differenceVariances(people: readonly Person[], halves: readonly Halves[]): Variances {
  const rows = people.flatMap((person, index) => {
    const half = halves[index % halves.length]
    if (!half) return []
    return [[unseenMeans(person, except(half.seen)), unseenMeans(person, except(half.hidden))] as const]
  })
  const pairs = interestScales.flatMap((_, i) => interestScales.slice(i + 1).map((_, j) => [i, i + 1 + j] as const))
  const size = (halves[0]?.seen.length ?? 0) / interestScales.length
  const each = pairs.map(([i, j]) => {
    const left = rows.map(([seen]) => (seen[i] ?? 0) - (seen[j] ?? 0))
    const right = rows.map(([, hidden]) => (hidden[i] ?? 0) - (hidden[j] ?? 0))
    const both = covariance(left, right)
    return { true: both, chance: ((covariance(left, left) + covariance(right, right)) / 2 - both) * size }
  })
  return { true: mean(each.map((pair) => pair.true)), chance: mean(each.map((pair) => pair.chance)) }
}

function covariance(left: readonly number[], right: readonly number[]): number {
  const [a, b] = [mean(left), mean(right)]
  return mean(left.map((value, index) => (value - a) * ((right[index] ?? 0) - b)))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/**
 * How steep the slope is in theory with n seen and n hidden items per scale, up to a factor: a difference x = T + e,
 * var T = τ², var e = v = s²/n, predicts the other half's with slope ρ = τ²/(τ²+v) and variance τ²v/(τ²+v) + v;
 * the slope is ρ over the root of that variance = τ² / √((τ²+v)·v·(2τ²+v)).
 */
export function theoreticalSlope({ true: tau, chance }: Variances, items: number): number {
  const v = chance / items
  return tau / Math.sqrt((tau + v) * v * (2 * tau + v))
}
