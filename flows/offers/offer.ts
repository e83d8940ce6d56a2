import { z } from 'zod'
import { type Region, regions } from '../common/regions.ts'
import { employments, experiences, longest, schedules } from '../vacancies/vacancy.ts'

/** What is asked of an offer, in this order. The law on work of minors needs to know the hours and the nights. */
export const fields = [
  ...(['title', 'employer', 'bin', 'region', 'town', 'pay', 'employment', 'schedule'] as const),
  ...(['hours', 'night', 'experience', 'housing', 'description', 'contact', 'until'] as const),
] as const
export type Field = (typeof fields)[number]

/** Without these nobody can be asked to come. */
export const needed: readonly Field[] = ['title', 'employer', 'description', 'contact']

/** Longest answers, in signs. */
export const longestAnswer = {
  ...{ title: longest.title, employer: longest.employer, town: longest.town },
  ...{ pay: 200, description: 5_000, contact: longest.contact, reason: 1_000 },
} as const

/** Kinds of employment that are asked for; others are rare and can be written. */
export const offeredEmployments = [
  'full',
  'part',
  'temporary',
  'internship',
] as const satisfies readonly (typeof employments)[number][]
export const weekHours = [12, 18, 24, 36, 40] as const
/** Days an offer may stand, of those that are to be pressed. */
export const standing = [7, 14, 30] as const

const text = (most: number) =>
  z
    .string()
    .min(1)
    .refine((words) => [...words].length <= most, `must have ${most} signs at most`)

/** An offer on its way: what is still null was not said. */
export const Draft = z.object({
  title: text(longestAnswer.title).nullable(),
  employer: text(longestAnswer.employer).nullable(),
  /** Business identification number, twelve digits. */
  bin: z.string().length(12).nullable(),
  region: z.enum(regions).nullable(),
  town: text(longestAnswer.town).nullable(),
  /** As it was written. */
  pay: text(longestAnswer.pay).nullable(),
  employment: z.enum(employments).nullable(),
  schedule: z.enum(schedules).nullable(),
  /** Hours a week. */
  hours: z.int().min(1).max(84).nullable(),
  night: z.boolean().nullable(),
  experience: z.enum(experiences).nullable(),
  housing: z.boolean().nullable(),
  description: text(longestAnswer.description).nullable(),
  contact: text(longestAnswer.contact).nullable(),
  /** The last moment it counts, epoch ms; null for as long as any vacancy stands. */
  until: z.int().nullable(),
})
export type Draft = z.infer<typeof Draft>

/** An offer that can be sent. */
export const Offer = Draft.extend({
  title: Draft.shape.title.unwrap(),
  employer: Draft.shape.employer.unwrap(),
  description: Draft.shape.description.unwrap(),
  contact: Draft.shape.contact.unwrap(),
})
export type Offer = z.infer<typeof Offer>

export const emptyDraft: Draft = {
  ...{ title: null, employer: null, bin: null, region: null, town: null, pay: null, employment: null },
  ...{ schedule: null, hours: null, night: null, experience: null, housing: null, description: null },
  ...{ contact: null, until: null },
}

const example: Region = '75'

export const exampleOffer: Offer = {
  ...emptyDraft,
  ...{ title: 'Example', employer: 'Example', region: example, town: 'Example', pay: '100', hours: 24, night: false },
  ...{ description: 'Example', contact: '+7 700 000 00 00' },
}
