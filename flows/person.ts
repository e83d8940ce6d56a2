import { z } from 'zod'
import { languages } from './kit/words.ts'

export const ageBands = ['12-13', '14-15', '16-17', '18+'] as const
export const plans = ['work', 'college', 'university', 'undecided'] as const

/** The version of what a person agrees to; raise it when `/privacy` changes in substance, and everybody is asked again. */
export const consentVersion = 1

const hour = z.int().min(0).max(23)

/** All that is kept of a person besides what they do: only what a feature needs, each part optional until asked. */
export const Person = z.object({
  language: z.enum(languages),
  ageBand: z.enum(ageBands).optional(),
  /** KATO code of the region, two digits. */
  region: z
    .string()
    .regex(/^\d\d$/)
    .optional(),
  plan: z.enum(plans).optional(),
  name: z.string().min(1).max(64).optional(),
  consent: z.object({ version: z.int(), at: z.int(), by: z.enum(['self', 'guardian', 'code']) }).optional(),
  /** Local hours between which no notice comes. */
  quiet: z.object({ from: hour, to: hour }),
  /** Kinds of notices switched off by the person. */
  muted: z.array(z.string()),
})
export type Person = z.infer<typeof Person>
export type AgeBand = (typeof ageBands)[number]
export type Plan = (typeof plans)[number]

/** What may be changed of a person; `null` forgets the value. */
export type PersonChange = { readonly [K in keyof Person]?: Person[K] | null }

/** A person of whom nothing is known yet but the language they probably read. */
export function newcomer(language: Person['language']): Person {
  return { language, quiet: { from: 22, to: 8 }, muted: [] }
}

/** Whoever turns out to be under age has not agreed for themselves: only adults can. */
export function changePerson(person: Person, change: PersonChange): Person {
  const merged = Object.fromEntries(Object.entries({ ...person, ...change }).filter(([, value]) => value !== null))
  const { consent, ...changed } = Person.parse(merged)
  const isUnderAge = change.ageBand !== undefined && changed.ageBand !== '18+'
  return consent === undefined || (isUnderAge && consent.by === 'self') ? changed : { ...changed, consent }
}

/** Whether the person has agreed to the present terms, without which only onboarding, help and privacy are open. */
export function hasConsent(person: Person): boolean {
  return person.consent?.version === consentVersion
}
