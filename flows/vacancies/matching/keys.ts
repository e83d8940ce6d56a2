import type { Candidate } from './candidate.ts'
import type { Criteria } from './filter.ts'

/** Where work stands that can be done anywhere. */
export const remote = 'remote'

/** Keys of which a vacancy must have one; none where any work will do. */
export function worksAsked({ professions, families }: Criteria): readonly string[] {
  return [...professions.map(professionKey), ...families.map(familyKey)]
}

export function worksOf({ professions, families }: Candidate): readonly string[] {
  return [...professions.map(professionKey), ...families.map(familyKey)]
}

/** Keys of which a vacancy must have one, unless it is remote; none where any place will do. Towns are the narrower ones. */
export function placesAsked({ regions, towns }: Criteria): readonly string[] {
  return towns.length > 0 ? towns.map(townKey) : regions.map(regionKey)
}

export function placesOf({ region, town, format }: Candidate): readonly string[] {
  return [
    ...(region === null ? [] : [regionKey(region)]),
    ...(town === null ? [] : [townKey(town)]),
    ...(format === 'remote' ? [remote] : []),
  ]
}

function professionKey(id: string): string {
  return `p:${id}`
}

function familyKey(id: string): string {
  return `f:${id}`
}

function regionKey(region: string): string {
  return `r:${region}`
}

function townKey(town: string): string {
  return `t:${town}`
}
