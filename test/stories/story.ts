import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { languages } from '../../flows/kit/words.ts'
import { Published } from './market.ts'
import { ends } from './sources.ts'

/** A button by its key, its Kazakh label or its number from 0. */
const Button = z.union([z.string(), z.int().min(0)])

/**
 * What somebody does. `$code` in a text stands for the code of consent that was last given out, `$link:mentor` for that in
 * the newest link the mentor was shown.
 */
const Act = z.union([
  /** /start, with what stands behind it in a link, or null. */
  z.strictObject({ starts: z.string().nullable() }),
  /** One button, or several one after another. */
  z.strictObject({ presses: z.union([Button, z.array(Button)]) }),
  /** Answers of a survey, 1 to 5, one after another. */
  z.strictObject({ rates: z.array(z.int().min(1).max(5)) }),
  /** The same words in every telling, or others in each. */
  z.strictObject({ writes: z.union([z.string(), z.record(z.enum(languages), z.string())]) }),
  z.strictObject({ sends: z.enum(['sticker', 'voice', 'photo', 'document', 'forward', 'location', 'contact']) }),
])
export type Act = z.infer<typeof Act>

const Role = z.string().regex(/^[a-z]+$/)

function oneOf<T>(thing: z.ZodType<T>) {
  return z.record(z.string().regex(/^[a-z]+$/), thing).refine((named) => Object.keys(named).length === 1, 'one a step')
}

const Step = z.union([
  /** Time passes until an hour (`18:00`), or a day and an hour (`2026-03-03 09:00`), in Kazakhstan. */
  z
    .strictObject({ until: z.string().regex(/^(\d{4}-\d\d-\d\d )?\d\d:\d\d$/) })
    .transform(({ until }) => ({ type: 'until' as const, until })),
  z.strictObject({ days: z.int().min(1) }).transform(({ days }) => ({ type: 'days' as const, days })),
  /** A notice of this kind has come, to whomever. One that comes and is not spoken of is a fault of the story. */
  z
    .strictObject({ comes: z.string().regex(/^[a-z]+\.[a-zA-Z]+$/) })
    .transform(({ comes }) => ({ type: 'comes' as const, kind: comes })),
  z.strictObject({ restart: z.literal(true) }).transform(() => ({ type: 'restart' as const })),
  /** A code of consent is given out. */
  z
    .strictObject({ invites: z.enum(['institution', 'guardian', 'mentor', 'coordinator', 'employer']) })
    .transform(({ invites }) => ({ type: 'invites' as const, kind: invites })),
  /** A group comes into being, of people who have been met; a coordinator belongs to none. */
  z
    .strictObject({ gathers: z.strictObject({ mentors: z.array(Role), members: z.array(Role) }) })
    .transform(({ gathers }) => ({ type: 'gathers' as const, ...gathers })),
  /** A source publishes a vacancy under a name of the story, or says something new of it. */
  z
    .strictObject({ publishes: oneOf(Published) })
    .transform(({ publishes }) => ({ type: 'publishes' as const, publishes })),
  /** A source says that the vacancy is over. */
  z.strictObject({ closes: z.string() }).transform(({ closes }) => ({ type: 'closes' as const, name: closes })),
  z
    .record(Role, Act)
    .refine((acts) => Object.keys(acts).length === 1, 'one person a step')
    .transform((acts) => ({ type: 'acts' as const, acts })),
])
export type Step = z.infer<typeof Step>

const Story = z.strictObject({
  about: z.string(),
  /** Who speaks a language of their own; all others that of the telling. */
  speaks: z.partialRecord(Role, z.enum(languages)).default({}),
  /** Who has been met before, as a grown-up, and stands at home. */
  met: z.array(Role).default([]),
  /** Sources of vacancies, and how their runs end, one after another. */
  sources: z.record(z.string(), z.array(z.enum(ends)).min(1)).default({}),
  steps: z.array(Step),
})
export type Story = z.infer<typeof Story> & { readonly name: string }

const ending = '.story.yaml'

/** All stories of the folder. Throws for one that cannot be read. */
export function readStories(folder: URL): readonly Story[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => readStory(file.slice(0, -ending.length), readFileSync(new URL(file, folder), 'utf8')))
}

export function readStory(name: string, yaml: string): Story {
  return { name, ...Story.parse(parse(yaml)) }
}
