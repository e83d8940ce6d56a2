/** The six interest scales: realistic, investigative, artistic, social, enterprising, conventional. */
export const interestScales = ['R', 'I', 'A', 'S', 'E', 'C'] as const
export type Interest = (typeof interestScales)[number]
/** A score per scale; the unit does not matter, only the shape is compared. */
export type InterestProfile = Readonly<Record<Interest, number>>

/** How the person wants to begin; each plan also admits what is shorter. */
export type Plan = 'work' | 'college' | 'university' | 'undecided'
export type Way = 'work' | 'college' | 'university'

/** What matching needs to know of a profession. */
export type Matchable = {
  readonly id: string
  readonly family: string
  readonly interests: InterestProfile
  readonly ways: readonly Way[]
}

/** How alike two shapes are: Pearson correlation, −1..1. */
export type RankedProfession = { readonly id: string; readonly family: string; readonly congruence: number }
export type RankedFamily = { readonly family: string; readonly congruence: number; readonly best: readonly string[] }

/**
 * Professions by the correlation of their six interest scores with the person's, best first, equal ones by id. A flat
 * profile (all scores equal) has no shape to compare: nothing is ranked. A correlation, unlike a sum of products, does
 * not favour the scales that are high in every occupation.
 */
export function rankProfessions(
  profile: InterestProfile,
  professions: readonly Matchable[],
  options: { plan?: Plan } = {},
): RankedProfession[] {
  return professionRanker(professions, options)(profile)
}

/** `rankProfessions` for many profiles against the same professions: what concerns these alone is computed once. */
export function professionRanker(
  professions: readonly Matchable[],
  { plan = 'undecided' }: { plan?: Plan } = {},
): (profile: InterestProfile) => RankedProfession[] {
  const shaped = professions
    .filter(({ ways }) => fitsPlan(ways, plan))
    .map(({ id, family, interests }) => ({ id, family, shape: shape(interests) }))
  return (profile) => {
    const own = shape(profile)
    if (!own) return []
    return shaped
      .map(({ id, family, shape }) => ({ id, family, congruence: correlation(own, shape) }))
      .sort((a, b) => b.congruence - a.congruence || (a.id < b.id ? -1 : 1))
  }
}

/**
 * Families of work by the mean congruence of their best three professions (all of them when there are fewer), best
 * first. Three, because one profession may fit by chance, and the mean of all would punish a family for being wide.
 */
export function rankFamilies(ranking: readonly RankedProfession[]): RankedFamily[] {
  const families = grouped(ranking)
  return [...families]
    .map(([family, members]) => {
      const best = members.slice(0, 3)
      const congruence = best.reduce((sum, member) => sum + member.congruence, 0) / best.length
      return { family, congruence, best: best.map(({ id }) => id) }
    })
    .sort((a, b) => b.congruence - a.congruence || (a.family < b.family ? -1 : 1))
}

/** The reason for a suggestion: which of the person's up to three strongest scales are strong in the profession too. */
export function sharedScales(profile: InterestProfile, interests: InterestProfile): Interest[] {
  const strong = new Set(strongestScales(interests))
  return strongestScales(profile, 3).filter((scale) => strong.has(scale))
}

/** Whether one of the ways is open to somebody with this plan. */
export function fitsPlan(ways: readonly Way[], plan: Plan): boolean {
  return ways.some((way) => admittedWays[plan].includes(way))
}

/** Up to `n` scales above the profile's own mean, strongest first; equal ones in the order R, I, A, S, E, C. */
export function strongestScales(profile: InterestProfile, n: number = interestScales.length): Interest[] {
  const mean = meanOf(profile)
  return interestScales
    .filter((scale) => profile[scale] > mean + 1e-9)
    .sort((a, b) => profile[b] - profile[a])
    .slice(0, n)
}

const admittedWays: Record<Plan, readonly Way[]> = {
  work: ['work'],
  college: ['work', 'college'],
  university: ['work', 'college', 'university'],
  undecided: ['work', 'college', 'university'],
}

/** Deviations from the profile's own mean, scaled to length 1; undefined when there are none. */
function shape(profile: InterestProfile): number[] | undefined {
  const mean = meanOf(profile)
  const deviations = interestScales.map((scale) => profile[scale] - mean)
  const length = Math.sqrt(deviations.reduce((sum, deviation) => sum + deviation ** 2, 0))
  return length < 1e-9 ? undefined : deviations.map((deviation) => deviation / length)
}

function correlation(own: readonly number[], other: readonly number[] | undefined): number {
  let sum = 0
  for (let index = 0; index < own.length; index++) sum += (own[index] ?? 0) * (other?.[index] ?? 0)
  return sum
}

function meanOf(profile: InterestProfile): number {
  return interestScales.reduce((sum, scale) => sum + profile[scale], 0) / interestScales.length
}

function grouped(ranking: readonly RankedProfession[]): Map<string, RankedProfession[]> {
  const families = new Map<string, RankedProfession[]>()
  for (const member of ranking) families.set(member.family, [...(families.get(member.family) ?? []), member])
  return families
}
