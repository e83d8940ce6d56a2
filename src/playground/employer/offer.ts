import { z } from 'zod'
import { regions } from '../../../flows/common/regions.ts'
import { languages } from '../../../flows/kit/words.ts'
import { experiences, longest, schedules } from '../../../flows/vacancies/vacancy.ts'

const text = (most: number) => z.string().trim().max(most)
const name = (most: number) => text(most).min(1)
/** Tenge a month. */
const sum = z.int().min(1).max(100_000_000).nullable()

/** What is filled in on the employer's page; null is what was not said. */
export const OfferForm = z
  .strictObject({
    title: name(longest.title),
    employer: name(120),
    region: z.enum(regions),
    town: text(longest.town),
    payFrom: sum,
    payTo: sum,
    schedule: z.enum(schedules).nullable(),
    /** A week. */
    hours: z.number().min(1).max(168).nullable(),
    night: z.enum(['day', 'night']).nullable(),
    experience: z.enum(experiences).nullable(),
    housing: z.boolean(),
    description: text(4_000),
    contact: text(longest.contact),
    /** The last day, as in 2026-12-31. */
    until: z.iso.date(),
    /** Of the page on which it is published. */
    language: z.enum(languages),
  })
  .refine(({ payFrom, payTo }) => payFrom === null || payTo === null || payFrom <= payTo, {
    message: 'must not be less than the least pay',
    path: ['payTo'],
  })
export type OfferForm = z.infer<typeof OfferForm>

/** A vacancy as the playground's employer has published it. */
export const Offer = z.object({
  ...OfferForm.shape,
  /** Its number on the page: letters and digits. */
  id: z.string().regex(/^[a-z0-9]{1,32}$/),
  /** Epoch ms. */
  publishedAt: z.int(),
  /** Grows with each change of it. */
  edition: z.int().nonnegative(),
  isClosed: z.boolean(),
})
export type Offer = z.infer<typeof Offer>
