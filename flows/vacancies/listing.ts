import { z } from 'zod'
import { regions } from '../common/regions.ts'
import { exampleWords, Words } from '../kit/words.ts'
import { outcomes } from './law/rules.ts'
import { fits } from './matching/rank.ts'
import { Pay } from './vacancy.ts'

/** A vacancy as one entry of a list, a notice or a fair. */
export const Listing = z.object({
  id: z.string().min(1).max(100),
  title: z.string(),
  employer: z.string().nullable(),
  region: z.enum(regions).nullable(),
  /** A known town in every language, another as its source writes it. */
  town: z.union([Words, z.string()]).nullable(),
  pay: Pay.nullable(),
  /** What the law says of it at the person's age. */
  outcome: z.enum(outcomes),
  /** It bears signs of a scam, or was reported, and nobody has looked yet. */
  isHeld: z.boolean(),
  /** What speaks for it, the weightiest first. */
  fits: z.array(z.enum(fits)),
  /** Epoch ms. */
  publishedAt: z.int(),
})
export type Listing = z.infer<typeof Listing>

/** For the examples of contracts and notices. */
export const exampleListing: Listing = {
  id: 'example',
  title: 'Example',
  employer: 'Example',
  region: '75',
  town: exampleWords,
  pay: { min: 180_000, max: 220_000, currency: 'KZT', tax: 'net', period: 'month' },
  outcome: 'condition',
  isHeld: false,
  fits: ['profession', 'newToday'],
  publishedAt: Date.UTC(2026, 0, 15),
}
