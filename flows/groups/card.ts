import { z } from 'zod'
import { states } from '../applications/contract.ts'
import { ageBands, plans } from '../common/person.ts'
import { exampleWords, Words } from '../kit/words.ts'
import { Shares } from './group.ts'

/** When somebody was here last, as roughly as a mentor needs to know. */
export const activities = ['week', 'month', 'longer'] as const

/** Goals that are named; the rest is counted. */
export const mostGoals = 5

/** What mentors see of a member besides their name: null for what is not shared. Made in one place, for mentors and for the member alike. */
export const MemberCard = z.object({
  shares: Shares,
  plan: z.object({ plan: z.enum(plans).nullable(), ageBand: z.enum(ageBands).nullable() }).nullable(),
  /** What shows most in the newest result of the first survey, by its instrument; no areas while there is none. */
  interests: z.object({ instrument: z.string(), areas: z.array(z.string()).max(3), at: z.int().nullable() }).nullable(),
  /** Professions put by. */
  goals: z.object({ names: z.array(Words).max(mostGoals), total: z.int().min(0) }).nullable(),
  /** How many applications stand where. */
  applications: z.array(z.object({ state: z.enum(states), number: z.int().min(1) })).nullable(),
  active: z.enum(activities).nullable(),
})
export type MemberCard = z.infer<typeof MemberCard>

export const exampleCard: MemberCard = {
  shares: ['name', 'plan', 'interests', 'goals', 'applications', 'active'],
  plan: { plan: 'college', ageBand: '14-15' },
  interests: { instrument: 'riasec', areas: ['R', 'S'], at: Date.UTC(2026, 0, 10) },
  goals: { names: [exampleWords], total: 6 },
  applications: [
    { state: 'applied', number: 2 },
    { state: 'invited', number: 1 },
  ],
  active: 'week',
}

/** The card of whoever shares nothing. */
export const emptyCard: MemberCard = {
  ...{ shares: [], plan: null, interests: null, goals: null, applications: null, active: null },
}

/** All that a card may say. */
export const exampleCards: readonly MemberCard[] = [
  exampleCard,
  {
    ...exampleCard,
    plan: { plan: null, ageBand: null },
    interests: { instrument: 'riasec', areas: [], at: 0 },
    goals: { names: [exampleWords], total: 1 },
    applications: states.map((state) => ({ state, number: 1 })),
    active: 'month',
  },
  {
    ...exampleCard,
    interests: { instrument: 'riasec', areas: [], at: null },
    goals: { names: [], total: 0 },
    applications: [],
    active: 'longer',
  },
]
