import type { AgeBand } from '../../common/person.ts'

/** Hours a week that the law lets each age work (69 (1)); grown-ups have no short week. */
export const weekLimits: Readonly<Partial<Record<AgeBand, number>>> = { '14-15': 24, '16-17': 36 }
/** Hours a day for everybody (71 (4)); under 18 longer days are not evened out by days off (75 (6)). */
export const dayLimit = 8
export const fullWeek = 40
/** Least pay for a whole month, ₸ before taxes, in 2024, 2025 and 2026. */
export const minimumWage = 85_000
/**
 * What of low pay is left in hand: without the pension contribution of 10 %, and the insurance of 2 % that the state
 * pays for those under 18. Nothing is taxed this low (2026: 30 MRP are free).
 */
export const inHand = { minor: 0.9, grown: 0.88 } as const
