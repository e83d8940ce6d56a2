import { ageBands } from '../../common/person.ts'
import { type Region, regions } from '../../common/regions.ts'
import { employments, formats, schedules } from '../vacancy.ts'
import type { Candidate } from './candidate.ts'
import type { Criteria } from './filter.ts'

/**
 * What `matches` asks of a vacancy besides place, work, pay and words, as bits of one number: whatever a filter takes
 * or refuses is one bit, so that a vacancy is looked at in one step. One of each field's values, or that none is said.
 */
const names = [
  'held',
  ...ageBands.map(barredFor),
  'experienced',
  'beginner',
  'unhoused',
  'unpaid',
  ...[...schedules, null].map((value) => said('schedule', value)),
  ...[...employments, null].map((value) => said('employment', value)),
  ...[...formats, null].map((value) => said('format', value)),
]
const bits: ReadonlyMap<string, number> = new Map(names.map((name, place) => [name, 1 << place]))

const held = bitOf('held')
const [experienced, beginner, unhoused, unpaid] = [
  bitOf('experienced'),
  bitOf('beginner'),
  bitOf('unhoused'),
  bitOf('unpaid'),
]
const barred = ageBands.map((ageBand) => ({ ageBand, bit: bitOf(barredFor(ageBand)) }))
const [bySchedule, byEmployment, byFormat] = [
  bitsBy('schedule', schedules),
  bitsBy('employment', employments),
  bitsBy('format', formats),
]

/** The bits of a vacancy; each is known by its value, since this is asked for every vacancy again and again. */
export function traitsOf(candidate: Candidate): number {
  const { isHeld, outcomes, experience, housing, pay, schedule, employment, format } = candidate
  let traits = isHeld ? held : 0
  for (const { ageBand, bit } of barred) if (outcomes[ageBand] === 'barred') traits |= bit
  if (experience !== null) traits |= experience === 'none' ? beginner : experienced
  if (housing !== true) traits |= unhoused
  if (pay === null) traits |= unpaid
  const said = (bySchedule.get(schedule) ?? 0) | (byEmployment.get(employment) ?? 0) | (byFormat.get(format) ?? 0)
  return traits | said
}

/** The bits of which a vacancy must have none: where it has none, only place, work, pay and words remain to be asked. */
export function refusedBy(criteria: Criteria): number {
  const refused = (field: string, known: readonly string[], asked: readonly string[]) =>
    asked.length === 0 ? [] : [...known.filter((value) => !asked.includes(value)), null].map((one) => said(field, one))
  return sum([
    ...['held', barredFor(criteria.ageBand)],
    ...some(criteria.noExperience, 'experienced'),
    ...some(criteria.housing, 'unhoused'),
    ...some(!criteria.payMayBeUnknown, 'unpaid'),
    ...refused('schedule', schedules, criteria.schedules),
    ...refused('employment', employments, criteria.employments),
    ...refused('format', formats, criteria.formats),
  ])
}

/** The bit of work that can be done anywhere. */
export const remoteTrait = byFormat.get('remote') ?? 0

/** What of a vacancy speaks for it, told by its bits. */
export const hasTrait = {
  beginner: (traits: number) => (traits & beginner) !== 0,
  housed: (traits: number) => (traits & unhoused) === 0,
}

/** What a vacancy pays at most, to be compared with the least that is asked; unknown pay is told by its bit. */
export function offerOf({ pay }: Pick<Candidate, 'pay'>): number {
  return pay === null ? Number.POSITIVE_INFINITY : pay.most
}

/** The bit of a region, or of none being said. */
export function regionBit(region: Region | null): number {
  return 1 << (region === null ? regions.length : regions.indexOf(region))
}

/** The bits of all regions but these; none where any will do. */
export function elsewhereBits(asked: readonly Region[]): number {
  const others = [...regions, null].filter((region) => region === null || !asked.includes(region))
  return asked.length === 0 ? 0 : others.reduce((all, region) => all | regionBit(region), 0)
}

function barredFor(ageBand: string): string {
  return `barred ${ageBand}`
}

function said(field: string, value: string | null): string {
  return `${field} ${value ?? ''}`
}

function bitsBy<T extends string>(field: string, values: readonly T[]): ReadonlyMap<T | null, number> {
  return new Map([...values, null].map((value) => [value, bitOf(said(field, value))]))
}

function some(isSo: boolean, name: string): readonly string[] {
  return isSo ? [name] : []
}

function sum(chosen: readonly string[]): number {
  return chosen.reduce((all, name) => all | bitOf(name), 0)
}

function bitOf(name: string): number {
  return bits.get(name) ?? 0
}
