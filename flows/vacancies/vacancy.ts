import { z } from 'zod'
import { regions } from '../common/regions.ts'
import { languages } from '../kit/words.ts'

/** What pay is counted by. `piece` is by what was made or sold: no sum of it can be compared with another. */
export const payPeriods = ['hour', 'day', 'shift', 'week', 'month', 'year', 'piece'] as const
export const currencies = ['KZT', 'RUB', 'USD', 'EUR', 'KGS', 'UZS', 'BYN', 'CNY'] as const
/** How much experience is asked for: none, up to a year, one to three years, three to six, more. */
export const experiences = ['none', 'under1', '1to3', '3to6', 'over6'] as const
export const educations = ['none', 'school', 'college', 'university'] as const
export const employments = ['full', 'part', 'temporary', 'project', 'internship', 'volunteer'] as const
/** Where one works: at a place, at home, both by turns, on the way between places. */
export const formats = ['onSite', 'remote', 'hybrid', 'travelling'] as const
/** How the days go: five and two, six and one, shifts of any pattern, by one's own choice. */
export const schedules = ['fiveTwo', 'sixOne', 'shifts', 'flexible'] as const

/** Longest texts that are kept, in signs; what is longer is cut by whoever reads a source. */
export const longest = {
  ...({ title: 200, employer: 200, town: 80, description: 20_000, link: 2_000, contact: 200 } as const),
  /** The name of a source. */
  source: 64,
} as const

/** Days a vacancy stands where its source says no last day: as long as on the Electronic Labour Exchange. */
export const standsFor = 30

/**
 * Pay as it was offered. `min` and `max` are whole units of the currency, either may be missing; `tax` says whether
 * the taxes are still in it (`gross`) or not (`net`), null where nobody said.
 */
export const Pay = z
  .object({
    min: z.int().positive().nullable(),
    max: z.int().positive().nullable(),
    currency: z.enum(currencies),
    tax: z.enum(['gross', 'net']).nullable(),
    period: z.enum(payPeriods),
  })
  .refine(({ min, max }) => min !== null || max !== null, 'must have a least or a most sum')
  .refine(({ min, max }) => min === null || max === null || min <= max, 'must not have its most under its least')
export type Pay = z.infer<typeof Pay>

/** How an employer is reached besides the vacancy's own page. */
export const Contact = z.object({
  phone: z.string().max(longest.contact).nullable(),
  mail: z.string().max(longest.contact).nullable(),
  telegram: z.string().max(longest.contact).nullable(),
})
export type Contact = z.infer<typeof Contact>

/** Where a vacancy was seen: the source, its number there, and its page. */
export const Sighting = z.object({
  source: z.string().min(1).max(longest.source),
  id: z.string().min(1).max(200),
  url: z
    .url({ protocol: /^https?$/ })
    .max(longest.link)
    .nullable(),
})
export type Sighting = z.infer<typeof Sighting>

/**
 * A vacancy in the one form that everything here works with, after schema.org's JobPosting. `null` is what the source
 * did not say: it is never taken for "no".
 */
export const Vacancy = z.object({
  title: z.string().min(1).max(longest.title),
  employer: z.string().min(1).max(longest.employer).nullable(),
  /** Business identification number, twelve digits. */
  bin: z
    .string()
    .regex(/^\d{12}$/)
    .nullable(),
  region: z.enum(regions).nullable(),
  /** A town by its id in `towns.yaml`, or as the source wrote it where it is not there. */
  town: z.string().min(1).max(longest.town).nullable(),
  pay: Pay.nullable(),
  experience: z.enum(experiences).nullable(),
  education: z.enum(educations).nullable(),
  employment: z.enum(employments).nullable(),
  schedule: z.enum(schedules).nullable(),
  /** Hours a week and a day. */
  weekHours: z.number().positive().max(168).nullable(),
  dayHours: z.number().positive().max(24).nullable(),
  night: z.boolean().nullable(),
  /** Rotation work: weeks on, weeks off, far from home (вахта). */
  rotation: z.boolean().nullable(),
  format: z.enum(formats).nullable(),
  housing: z.boolean().nullable(),
  meals: z.boolean().nullable(),
  contact: Contact.nullable(),
  /** Plain text in paragraphs: no marks of HTML are left in it. */
  description: z.string().max(longest.description),
  /** Professions of the catalogue it belongs to, the nearest first. */
  professions: z.array(z.string()).max(3),
  /** Epoch ms; the last moment it counts. */
  publishedAt: z.int(),
  validThrough: z.int(),
  /** The language it is written in, where that is one of ours. */
  language: z.enum(languages).nullable(),
  /** Where it was seen, the first one first. */
  seen: z.array(Sighting).min(1),
})
export type Vacancy = z.infer<typeof Vacancy>

/** What a source wrote in one place; null where it wrote nothing. */
const told = z.string().nullable().default(null)

/**
 * What a source says of a vacancy, in its own words: texts as they stood there, before anything is read out of them.
 * Every reader of a source makes these, and one place makes vacancies of them.
 */
export const RawVacancy = z.object({
  title: z.string(),
  id: told,
  url: told,
  employer: told,
  bin: told,
  region: told,
  town: told,
  /** Free text ("от 200 000 ₸ на руки"), or its parts. */
  salary: told,
  salaryFrom: told,
  salaryTo: told,
  currency: told,
  /** "gross", "net", "true", "на руки", «салық алынғанға дейін» … */
  gross: told,
  salaryPeriod: told,
  experience: told,
  education: told,
  employment: told,
  schedule: told,
  hours: told,
  format: told,
  /** These two may carry marks of HTML. */
  description: told,
  requirements: told,
  contact: told,
  published: told,
  validThrough: told,
})
export type RawVacancy = z.infer<typeof RawVacancy>
