import type { Instrument } from '../../../flows/survey/instrument.ts'
import { scoreAnswers } from '../../../flows/survey/scoring.ts'
import { answersOf } from './fit.ts'
import { type Person, scaleNames, strongest, unseenMeans } from './sample.ts'

/** A stated guess and what the unseen items said: which scales share the first place. */
export type Guess = {
  readonly first: number
  readonly second: number
  /** Of the first. */
  readonly probability: number
  /** Whether the second is exactly as probable. */
  readonly equal: boolean
  readonly spread: number
  readonly tied: Uint8Array
}

/** How a tie for the first place counts: the first in R,I,A,S,E,C order only; a share each; any of them; tie left out. */
export const tieRules = ['first', 'shared', 'any', 'without'] as const
export type TieRule = (typeof tieRules)[number]

/** Scores each person's `seen` items with the instrument and compares with the strongest of the `judged` ones. */
export function guess(
  people: readonly Person[],
  instrument: Instrument,
  form: 'quick' | 'full',
  seen: readonly number[],
  hidden: ReadonlySet<number>,
): Guess[] {
  const names: readonly string[] = scaleNames
  return people.map((person) => {
    const { ranking } = scoreAnswers(instrument, answersOf(person, seen), form)
    const [first, second] = ranking.map(({ scale }) => names.indexOf(scale))
    return {
      first: first ?? 0,
      second: second ?? 0,
      probability: ranking[0]?.probability ?? 0,
      equal: Math.abs((ranking[0]?.probability ?? 0) - (ranking[1]?.probability ?? 0)) < 1e-9,
      spread: spreadOf(person, seen),
      tied: strongest(unseenMeans(person, hidden)),
    }
  })
}

/** Highest minus lowest scale mean of the given items. */
export function spreadOf(person: Person, items: readonly number[]): number {
  const kept = new Set(items)
  const others = new Set(Array.from(person.keys()).filter((item) => !kept.has(item)))
  const means = unseenMeans(person, others)
  return Math.max(...means) - Math.min(...means)
}

/** How far a scale counts as the right one (0..1), or undefined when the rule leaves the person out. */
export function credit(tied: Uint8Array, scale: number, rule: TieRule): number | undefined {
  const among = tied[scale] ?? 0
  const count = tied.reduce((sum, value) => sum + value, 0)
  if (rule === 'any') return among
  if (rule === 'shared') return among / count
  if (rule === 'first') return Number(tied.indexOf(1) === scale)
  return count > 1 ? undefined : among
}

/** A share with its number of people and standard error. */
export type Share = { readonly share: number; readonly error: number; readonly people: number }

export function shareOf(credits: readonly (number | undefined)[]): Share {
  const kept = credits.filter((value) => value !== undefined)
  const share = kept.reduce((sum, value) => sum + value, 0) / Math.max(1, kept.length)
  return { share, error: Math.sqrt((share * (1 - share)) / Math.max(1, kept.length)), people: kept.length }
}

/** Hits in one guess and in two. */
export function hits(guesses: readonly Guess[], rule: TieRule): { one: Share; two: Share } {
  const one = guesses.map(({ tied, first }) => credit(tied, first, rule))
  const two = guesses.map(({ tied, second }, index) => {
    const first = one[index]
    return first === undefined ? undefined : Math.min(1, first + (credit(tied, second, rule) ?? 0))
  })
  return { one: shareOf(one), two: shareOf(two) }
}

/** One tenth of the stated probabilities: mean stated, share right. */
export type Bin = { readonly from: number; readonly stated: number; readonly right: Share }

export function calibration(
  guesses: readonly Guess[],
  rule: TieRule,
): { bins: Bin[]; largest?: number; weighted: number } {
  const bins = Array.from({ length: 10 }, (_, tenth) => binOf(guesses, rule, tenth / 10)).filter(
    (b) => b.right.people > 0,
  )
  const total = bins.reduce((sum, bin) => sum + bin.right.people, 0)
  const gap = (bin: Bin) => Math.abs(bin.stated - bin.right.share)
  // A bin of few people strays by chance.
  const large = bins.filter((bin) => bin.right.people >= 200).map(gap)
  return {
    bins,
    weighted: bins.reduce((sum, bin) => sum + (gap(bin) * bin.right.people) / total, 0),
    ...(large.length > 0 && { largest: Math.max(...large) }),
  }
}

function binOf(guesses: readonly Guess[], rule: TieRule, from: number): Bin {
  const inside = guesses.filter(
    ({ probability, tied, first }) =>
      probability >= from && probability < from + 0.1 && credit(tied, first, rule) !== undefined,
  )
  const stated = inside.reduce((sum, { probability }) => sum + probability, 0) / Math.max(1, inside.length)
  return { from, stated, right: shareOf(inside.map(({ tied, first }) => credit(tied, first, rule))) }
}

/** For people whose (shared) strongest scale this is: how often it was the first guess, and among the two. */
export function byType(guesses: readonly Guess[], scale: number): { one: Share; two: Share } {
  const own = guesses.filter(({ tied }) => tied[scale] === 1)
  return {
    one: shareOf(own.map(({ first }) => Number(first === scale))),
    two: shareOf(own.map(({ first, second }) => Number(first === scale || second === scale))),
  }
}

/**
 * The smallest spread from which two guesses beat naming everybody's two commonest types: the lowest value above which
 * no group of people (by spread, in steps of `step`, at least 30 people) is guessed no better than by `common`.
 */
export function nameableSpread(guesses: readonly Guess[], common: readonly number[], step: number): number {
  let least = 0
  for (let low = 0; low < 4; low += step) {
    const group = guesses.filter(({ spread }) => spread >= low - 1e-9 && spread < low + step - 1e-9)
    if (group.length > 0 && !beats(group, common)) least = low + step
    if (group.length >= 30 && beats(group, common)) break
  }
  return Number(least.toFixed(3))
}

function beats(group: readonly Guess[], common: readonly number[]): boolean {
  const gains = group.map(({ tied, first, second }) => {
    const ours = (credit(tied, first, 'shared') ?? 0) + (credit(tied, second, 'shared') ?? 0)
    return ours - common.reduce((sum, scale) => sum + (credit(tied, scale, 'shared') ?? 0), 0)
  })
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / gains.length
  return mean > Math.sqrt(variance / gains.length)
}
