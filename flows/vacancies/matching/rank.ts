import { dayLength, minuteLength, offsetMinutes } from '../../common/calendar.ts'
import type { Candidate } from './candidate.ts'
import type { Criteria } from './filter.ts'

/** What speaks for a vacancy, the weightiest first; keys of what a person reads. */
export const fits = ['profession', 'town', 'noExperience', 'payAbove', 'newToday', 'housing'] as const
export type Fit = (typeof fits)[number]

/** Each outweighs all that stand behind it. */
export const weights: Readonly<Record<Fit, number>> = {
  profession: 32,
  town: 16,
  noExperience: 8,
  payAbove: 4,
  newToday: 2,
  housing: 1,
}

/** A vacancy with how well it fits; what ranks higher comes first. */
export type Ranked = { readonly candidate: Candidate; readonly score: number }

/** The first moment (epoch ms) of the local day of a moment. */
export function dayStart(now: number): number {
  const ahead = offsetMinutes(now) * minuteLength
  return Math.floor((now + ahead) / dayLength) * dayLength - ahead
}

/** What speaks for a vacancy that matches; `today` is the first moment of the local day. */
export function fitsOf(criteria: Criteria, candidate: Candidate, today: number): readonly Fit[] {
  return fits.filter((fit) => isFit[fit](criteria, candidate, today))
}

/**
 * How well a vacancy that matches fits: of what speaks for it, the sum of the weights. Asked for tens of thousands in one
 * search, so each is called by its name, which is many times quicker than out of a table.
 */
export function scoreOf(criteria: Criteria, candidate: Candidate, today: number): number {
  return (
    (isFit.profession(criteria, candidate) ? weights.profession : 0) +
    (isFit.town(criteria, candidate) ? weights.town : 0) +
    (isFit.noExperience(criteria, candidate) ? weights.noExperience : 0) +
    (isFit.payAbove(criteria, candidate) ? weights.payAbove : 0) +
    (isFit.newToday(criteria, candidate, today) ? weights.newToday : 0) +
    (isFit.housing(criteria, candidate) ? weights.housing : 0)
  )
}

/** What fits better comes first, of these the newer, of these by id: never the order in which they came. */
export function compareRanked(one: Ranked, other: Ranked): number {
  if (one.score !== other.score) return other.score - one.score
  if (one.candidate.publishedAt !== other.candidate.publishedAt)
    return other.candidate.publishedAt - one.candidate.publishedAt
  return one.candidate.id < other.candidate.id ? -1 : one.candidate.id > other.candidate.id ? 1 : 0
}

/** Whether each speaks for a vacancy. */
export const isFit = {
  profession: ({ professions }, candidate) =>
    professions.length > 0 && candidate.professions.some((profession) => professions.includes(profession)),
  town: ({ towns }, { town }) => town !== null && towns.includes(town),
  noExperience: ({ noExperience }, { experience }) => noExperience && experience === 'none',
  payAbove: ({ leastPay }, { pay }) => leastPay !== null && pay !== null && pay.least !== null && pay.least > leastPay,
  newToday: (_, { publishedAt }, today) => publishedAt >= today,
  housing: (_, { housing }) => housing === true,
} satisfies Readonly<Record<Fit, (criteria: Criteria, candidate: Candidate, today: number) => boolean>>
