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
 * Professions whose own leading interest is the person's, then those that share another strong one, then the others; in
 * each part by the correlation of their six interest scores with the person's, best first, equal ones by id. A flat
 * profile (all scores equal) has no shape to compare: nothing is ranked. A correlation, unlike a sum of products, does
 * not favour the scales that are high in every occupation; but by itself it puts an all-rounder before what the person
 * likes most, where that stands out in the person and others in the work. `leading` are the interests that count as the
 * person's strongest; the highest, unless given.
 */
export function rankProfessions(
  profile: InterestProfile,
  professions: readonly Matchable[],
  { leading, ...options }: { plan?: Plan; leading?: readonly Interest[] } = {},
): RankedProfession[] {
  return professionRanker(professions, options)(profile, leading)
}

/** `rankProfessions` for many profiles against the same professions: what concerns these alone is computed once. */
export function professionRanker(
  professions: readonly Matchable[],
  { plan = 'undecided' }: { plan?: Plan } = {},
): (profile: InterestProfile, leading?: readonly Interest[]) => RankedProfession[] {
  const shaped = professions
    .filter(({ ways }) => fitsPlan(ways, plan))
    .map(({ id, family, interests }) => ({ id, family, shape: shape(interests), strong: strongestScales(interests) }))
  return (profile, leading = highestScales(profile)) => {
    const own = shape(profile)
    if (!own) return []
    const strongest = strongestScales(profile, 3)
    const kinship = (strong: readonly Interest[]) => kinshipOf(strong, leading, strongest)
    return shaped
      .map(({ id, family, shape, strong }) => {
        return { id, family, congruence: correlation(own, shape), kinship: kinship(strong) }
      })
      .sort((a, b) => b.kinship - a.kinship || b.congruence - a.congruence || (a.id < b.id ? -1 : 1))
      .map(({ kinship: _, ...ranked }) => ranked)
  }
}

/**
 * The order in which the best of a ranking are named: where the first `count` are of one family, the last of them gives
 * its place to the best of another family, if that one's leading interest is the person's as much as theirs.
 */
export function variedRanking(
  ranking: readonly RankedProfession[],
  count: number,
  isLeading: (id: string) => boolean,
): RankedProfession[] {
  const [first] = ranking
  const best = ranking.slice(0, count)
  const last = best.at(-1)
  if (first === undefined || last === undefined || best.some(({ family }) => family !== first.family))
    return [...ranking]
  const other = ranking.find(({ id, family }) => family !== first.family && isLeading(id) === isLeading(last.id))
  if (other === undefined) return [...ranking]
  return [...best.slice(0, -1), other, ...ranking.slice(count - 1).filter((one) => one !== other)]
}

/**
 * Families of work by the mean congruence of their first three professions (all of them when there are fewer), best
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

/** The scale in which a profession is strongest; of equal ones the first. */
export function leadingScale(interests: InterestProfile): Interest | undefined {
  return strongestScales(interests, 1)[0]
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

/** All that are equal to the highest. */
function highestScales(profile: InterestProfile): Interest[] {
  const highest = Math.max(...interestScales.map((scale) => profile[scale]))
  return interestScales.filter((scale) => highest - profile[scale] < 1e-9)
}

/** 2 where what leads in the work leads in the person, 1 where something strong in both is shared, else 0. */
function kinshipOf(
  strong: readonly Interest[],
  leading: readonly Interest[],
  strongest: readonly Interest[],
): 0 | 1 | 2 {
  if (strong[0] !== undefined && leading.includes(strong[0])) return 2
  return strong.some((scale) => strongest.includes(scale)) ? 1 : 0
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
