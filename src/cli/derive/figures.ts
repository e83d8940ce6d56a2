import { interestScales } from '../../../flows/professions/match.ts'
import type { Instrument } from '../../../flows/survey/instrument.ts'
import { certaintyWord, scoreAnswers } from '../../../flows/survey/scoring.ts'
import { answersOf } from './fit.ts'
import { type Person, strongest, unseenMeans } from './sample.ts'

/** A stated guess and what the unseen items said: which scales share the first place. */
export type Guess = {
  readonly first: number
  readonly second: number
  /** Of the first. */
  readonly probability: number
  readonly word: ReturnType<typeof certaintyWord>
  readonly differentiated: boolean
  /** Whether the first leads in the person's own answers (alone or with others), and by how much the leader leads. */
  readonly own: { readonly leads: boolean; readonly scale: number; readonly lead: number }
  readonly tied: Uint8Array
}

/** How a tie for the first place counts: the first in R,I,A,S,E,C order only; a share each; any of them; tie left out. */
export const tieRules = ['first', 'shared', 'any', 'without'] as const
export type TieRule = (typeof tieRules)[number]

/** Scores each person's `seen` items with the instrument and compares with the strongest of those not `hidden`. */
export function guess(
  people: readonly Person[],
  instrument: Instrument,
  form: 'quick' | 'full',
  seen: readonly number[],
  hidden: ReadonlySet<number>,
): Guess[] {
  const names: readonly string[] = interestScales
  return people.map((person) => {
    const result = scoreAnswers(instrument, answersOf(person, seen), form)
    const [first = 0, second = 0] = result.ranking.map(({ scale }) => names.indexOf(scale))
    const means = names.map((scale) => result.scores[scale] ?? 0)
    const [highest = 0, next = 0] = means.toSorted((a, b) => b - a)
    return {
      first,
      second,
      probability: result.ranking[0]?.probability ?? 0,
      word: certaintyWord(result),
      differentiated: result.differentiated,
      own: { leads: means[first] === highest, scale: means.indexOf(highest), lead: highest - next },
      tied: strongest(unseenMeans(person, hidden)),
    }
  })
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

/** Hits in one guess and in two, everybody counting alike. */
export function hits(guesses: readonly Guess[], rule: TieRule): { one: Share; two: Share } {
  const one = guesses.map(({ tied, first }) => credit(tied, first, rule))
  const two = guesses.map(({ tied, second }, index) => {
    const first = one[index]
    return first === undefined ? undefined : Math.min(1, first + (credit(tied, second, rule) ?? 0))
  })
  return { one: shareOf(one), two: shareOf(two) }
}

/**
 * For people whose (shared) strongest scale this is: how often the first guess was right and how often one of the two
 * (any tied scale counts), and how often this very scale was the first and among the two.
 */
export type OfScale = { readonly one: Share; readonly two: Share; readonly ownOne: Share; readonly ownTwo: Share }

export function byScale(guesses: readonly Guess[], scale: number): OfScale {
  const own = guesses.filter(({ tied }) => tied[scale] === 1)
  const isRight = ({ tied }: Guess, guessed: number) => tied[guessed] === 1
  return {
    one: shareOf(own.map((guess) => Number(isRight(guess, guess.first)))),
    two: shareOf(own.map((guess) => Number(isRight(guess, guess.first) || isRight(guess, guess.second)))),
    ownOne: shareOf(own.map(({ first }) => Number(first === scale))),
    ownTwo: shareOf(own.map(({ first, second }) => Number(first === scale || second === scale))),
  }
}

/** The mean of shares that weigh the same. */
export function meanShare(shares: readonly Share[]): Share {
  const kept = shares.filter(({ people }) => people > 0)
  const count = Math.max(1, kept.length)
  return {
    share: kept.reduce((sum, { share }) => sum + share, 0) / count,
    error: Math.sqrt(kept.reduce((sum, { error }) => sum + error ** 2, 0)) / count,
    people: kept.reduce((sum, { people }) => sum + people, 0),
  }
}

/** One tenth of the stated probabilities: mean stated, share right, people, and the part of all weight they have. */
export type Bin = { readonly from: number; readonly stated: number; readonly right: Share; readonly part: number }
export type Calibration = {
  readonly bins: readonly Bin[]
  readonly weighted: number
  /** Of bins with 200 people or more: a bin of few strays by chance. */
  readonly largest?: number
}

/** Stated and true probability over tenths; each person counts as much as their weight (1 without any). */
export function calibration(guesses: readonly Guess[], rule: TieRule, weights?: Float64Array): Calibration {
  const cases = guesses.flatMap(({ probability, tied, first }, person) => {
    const right = credit(tied, first, rule)
    return right === undefined ? [] : [{ probability, right, weight: weights?.[person] ?? 1 }]
  })
  const total = sumOf(cases, ({ weight }) => weight)
  const bins = Array.from({ length: 10 }, (_, tenth) => binOf(cases, tenth / 10, total)).filter((bin) => bin.part > 0)
  const large = bins.filter(({ right }) => right.people >= 200).map(gapOf)
  return {
    bins,
    weighted: sumOf(bins, (bin) => gapOf(bin) * bin.part),
    ...(large.length > 0 && { largest: Math.max(...large) }),
  }
}

function gapOf({ stated, right }: Bin): number {
  return Math.abs(stated - right.share)
}

type Case = { readonly probability: number; readonly right: number; readonly weight: number }

function binOf(cases: readonly Case[], from: number, total: number): Bin {
  const inside = cases.filter(({ probability }) => probability >= from && probability < from + 0.1)
  const weight = sumOf(inside, (one) => one.weight)
  const squares = sumOf(inside, (one) => one.weight ** 2)
  const share = sumOf(inside, (one) => one.weight * one.right) / Math.max(1e-9, weight)
  // Unequal weights tell as much as fewer people of equal weight would (Kish).
  const error = Math.sqrt((share * (1 - share) * squares) / Math.max(1e-9, weight ** 2))
  return {
    from,
    stated: sumOf(inside, (one) => one.weight * one.probability) / Math.max(1e-9, weight),
    right: { share, error, people: inside.length },
    part: weight / total,
  }
}

function sumOf<T>(list: readonly T[], value: (one: T) => number): number {
  return list.reduce((sum, one) => sum + value(one), 0)
}
