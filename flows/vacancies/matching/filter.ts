import { z } from 'zod'
import { foldText } from '../../common/letters.ts'
import { ageBands } from '../../common/person.ts'
import { regions } from '../../common/regions.ts'
import { employments, formats, longest, schedules } from '../vacancy.ts'
import type { Candidate, Conditions } from './candidate.ts'
import { isSaid, type Phrase, phrasesOf } from './words.ts'

/** Most of each that one filter may name; families also when those of all professions are added. */
export const mostNamed = { towns: 20, professions: 20, families: 30, words: 20 } as const

/** The most that may be asked for, ₸ a month: no pay comes near it. */
export const mostPay = 1_000_000_000

const phrase = z.string().trim().min(1).max(60)
const id = z.string().min(1).max(64)

/**
 * What somebody looks for. An empty list asks for nothing. What is asked for must be said by the vacancy, except
 * experience and, while `payMayBeUnknown`, pay.
 */
export const Filter = z.strictObject({
  /** Empty: anywhere. */
  regions: z.array(z.enum(regions)).max(regions.length).default([]),
  /** Ids of `towns.yaml`, or names as sources write them; within the regions, where there are any. */
  towns: z.array(z.string().min(1).max(longest.town)).max(mostNamed.towns).default([]),
  /** Work at home counts wherever one lives. */
  remoteAnywhere: z.boolean().default(true),
  /** One of the professions, or of the families; any where both are empty. */
  professions: z.array(id).max(mostNamed.professions).default([]),
  families: z.array(id).max(mostNamed.families).default([]),
  /** Whole ₸ a month. */
  leastPay: z.int().positive().max(mostPay).nullable().default(null),
  /** Whether vacancies pass that name no pay, or none in ₸ a month. */
  payMayBeUnknown: z.boolean().default(true),
  noExperience: z.boolean().default(false),
  schedules: z.array(z.enum(schedules)).max(schedules.length).default([]),
  employments: z.array(z.enum(employments)).max(employments.length).default([]),
  formats: z.array(z.enum(formats)).max(formats.length).default([]),
  /** Only where housing is given. */
  housing: z.boolean().default(false),
  /** One of these, and none of those to avoid; words of a phrase may stand apart. */
  words: z.array(phrase).max(mostNamed.words).default([]),
  avoid: z.array(phrase).max(mostNamed.words).default([]),
  ageBand: z.enum(ageBands),
})
export type Filter = z.infer<typeof Filter>

/** The same search for other work: these professions, and no words of their own. */
export function ofProfessions(filter: Filter, professions: readonly string[]): Filter {
  return { ...filter, professions: [...professions], families: [], words: [] }
}

/** A filter as it is compared: two that ask for the same are the same, however they were written. */
export type Criteria = Omit<Filter, 'words' | 'avoid'> & {
  readonly words: readonly Phrase[]
  readonly avoid: readonly Phrase[]
}

/** Prepares a filter once for any number of vacancies. */
export function criteriaOf(filter: Filter): Criteria {
  return {
    regions: inOrder(filter.regions),
    towns: inOrder(filter.towns.map(foldText)),
    remoteAnywhere: filter.remoteAnywhere,
    professions: inOrder(filter.professions),
    families: inOrder(filter.families),
    leastPay: filter.leastPay,
    payMayBeUnknown: filter.payMayBeUnknown,
    noExperience: filter.noExperience,
    schedules: inOrder(filter.schedules),
    employments: inOrder(filter.employments),
    formats: inOrder(filter.formats),
    housing: filter.housing,
    words: phrasesOf(filter.words),
    avoid: phrasesOf(filter.avoid),
    ageBand: filter.ageBand,
  }
}

function inOrder<T extends string>(values: readonly T[]): T[] {
  return [...new Set(values)].sort()
}

/** What is asked besides work, place, age and words. */
export type Terms = Pick<
  Criteria,
  'leastPay' | 'payMayBeUnknown' | 'noExperience' | 'schedules' | 'employments' | 'formats' | 'housing'
>

export function termsOf(criteria: Criteria): Terms {
  const { leastPay, payMayBeUnknown, noExperience, schedules, employments, formats, housing } = criteria
  return { leastPay, payMayBeUnknown, noExperience, schedules, employments, formats, housing }
}

/** Whether a vacancy is what is looked for: never one that is held back, or that the law bars for this age. */
export function matches(criteria: Criteria, candidate: Candidate): boolean {
  return (
    !candidate.isHeld &&
    candidate.outcomes[criteria.ageBand] !== 'barred' &&
    isThere(criteria, candidate) &&
    isWork(criteria, candidate) &&
    isFit(criteria, candidate) &&
    isPaid(criteria, candidate) &&
    isWorded(criteria, candidate)
  )
}

/** Whether it is where it is asked for. */
export function isThere({ regions, towns, remoteAnywhere }: Criteria, { region, town, format }: Candidate): boolean {
  if (remoteAnywhere && format === 'remote') return true
  return isOneOf(regions, region) && isOneOf(towns, town)
}

function isWork({ professions, families }: Criteria, candidate: Candidate): boolean {
  if (professions.length === 0 && families.length === 0) return true
  return (
    candidate.professions.some((profession) => professions.includes(profession)) ||
    candidate.families.some((family) => families.includes(family))
  )
}

/** Whether experience, hours and what is given are as asked. */
export function isFit(asked: Terms, { experience, schedule, employment, format, housing }: Conditions): boolean {
  return (
    (!asked.noExperience || experience === null || experience === 'none') &&
    (!asked.housing || housing === true) &&
    isOneOf(asked.schedules, schedule) &&
    isOneOf(asked.employments, employment) &&
    isOneOf(asked.formats, format)
  )
}

export function isPaid({ leastPay, payMayBeUnknown }: Terms, { pay }: Pick<Candidate, 'pay'>): boolean {
  return pay === null ? payMayBeUnknown : leastPay === null || pay.most >= leastPay
}

/** Whether it has one of the words asked for, if any are, and none of those to avoid. */
export function isWorded(
  { words, avoid }: Pick<Criteria, 'words' | 'avoid'>,
  { stems }: Pick<Candidate, 'stems'>,
): boolean {
  if (words.length > 0 && !words.some((phrase) => isSaid(phrase, stems))) return false
  return !avoid.some((phrase) => isSaid(phrase, stems))
}

/** An empty list asks for nothing. */
function isOneOf<T>(asked: readonly T[], value: T | null): boolean {
  return asked.length === 0 || (value !== null && asked.includes(value))
}
