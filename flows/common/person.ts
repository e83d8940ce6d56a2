import { z } from 'zod'
import { looks } from '../kit/picture.ts'
import { languages } from '../kit/words.ts'
import { dayLength } from './calendar.ts'
import { isShort } from './names.ts'

export const ageBands = ['12-13', '14-15', '16-17', '18+'] as const
export const plans = ['work', 'college', 'university', 'undecided'] as const

/**
 * Who has agreed to the terms: a grown-up for themselves, a guardian by the child's word, an institution or guardian by a
 * code, a grown-up who was invited in one of the roles for themselves.
 */
export const consentsBy = ['self', 'guardian', 'code', 'mentor', 'coordinator', 'employer'] as const

/** What grown-ups are invited as: to look after others, to keep all of it in order, to offer work. */
export const invitedRoles = ['mentor', 'coordinator', 'employer'] as const satisfies readonly ConsentBy[]
export type InvitedRole = (typeof invitedRoles)[number]

/** The version of what a person agrees to; raise it when `/privacy` changes in substance, and everybody is asked again. */
export const consentVersion = 4

/** Days after which the last backup that holds what was deleted is gone; the deletion is remembered for as long. */
export const copiesKept = 40

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
  name: z.string().min(1).refine(isShort, 'must have 64 signs at most').optional(),
  consent: z.object({ version: z.int(), at: z.int(), by: z.enum(consentsBy) }).optional(),
  /** Local hours between which no notice comes. */
  quiet: z.object({ from: hour, to: hour }),
  /** Kinds of notices switched off by the person. */
  muted: z.array(z.string()),
  /** How pictures are drawn for them; light unless said otherwise. */
  look: z.enum(looks).optional(),
  /** When they said they are younger than 12 (epoch ms); gone with the next consent. */
  refusedAt: z.int().optional(),
})
export type Person = z.infer<typeof Person>
export type AgeBand = (typeof ageBands)[number]
export type Plan = (typeof plans)[number]
/** Who has agreed to the terms for a person. */
export type ConsentBy = NonNullable<Person['consent']>['by']

/** What may be changed of a person; `null` forgets the value. */
export type PersonChange = { readonly [K in keyof Person]?: Person[K] | null }

/** A person of whom nothing is known yet but the language they probably read. */
export function newcomer(language: Person['language']): Person {
  return { language, quiet: { from: 22, to: 8 }, muted: [] }
}

/**
 * How long whoever said to be younger than 12 is believed, in ms: another answer tried in the same sitting changes
 * nothing, and a slip of the finger shuts nobody out for more than a day. Until then only a code opens the way.
 */
export const refusalLasts = dayLength

/**
 * The person with the change. What was said stands on a consent: when that is taken back, or turns out to be none,
 * nothing stays but the language and a refusal.
 */
export function changePerson(person: Person, change: PersonChange): Person {
  const merged = Object.fromEntries(Object.entries({ ...person, ...change }).filter(([, value]) => value !== null))
  const changed = Person.parse(merged)
  if (isNewRefusal(person, changed)) return withNothingSaid(changed)
  const stands = changed.consent === undefined ? person.consent === undefined : mayConsent(person, change, changed)
  return stands ? changed : withNothingSaid({ ...changed, ...(person.refusedAt && { refusedAt: person.refusedAt }) })
}

/** Whether everything said has to be forgotten between the two. */
export function isWithdrawn(before: Person, after: Person): boolean {
  return isNewRefusal(before, after) || (before.consent !== undefined && after.consent === undefined)
}

/** Whether anything is known that stands on a consent. */
export function hasSaid({ consent, ageBand, region, plan, name }: Person): boolean {
  return [consent, ageBand, region, plan, name].some((value) => value !== undefined)
}

function isNewRefusal(before: Person, after: Person): boolean {
  return after.refusedAt !== undefined && after.refusedAt !== before.refusedAt
}

function withNothingSaid({ language, refusedAt }: Person): Person {
  return { ...newcomer(language), ...(refusedAt !== undefined && { refusedAt }) }
}

/** Whether it is the person's own consent. */
export function isOwn(by: ConsentBy | null | undefined): boolean {
  return by === 'self' || roleOf(by) !== undefined
}

/** Whether a consent of this kind does not hold at this age: only adults agree for themselves. */
export function needsGuardian(by: ConsentBy | null | undefined, ageBand: AgeBand | undefined): boolean {
  return isOwn(by) && ageBand !== '18+'
}

/** Whoever said to be too young a moment ago comes with a code. */
function mayConsent(before: Person, change: PersonChange, { consent, ageBand }: Person): boolean {
  if (consent === undefined || consent.by === 'code') return true
  const isUnderAge = change.ageBand !== undefined && needsGuardian(consent.by, ageBand)
  const isTooSoon = before.refusedAt !== undefined && consent.at < before.refusedAt + refusalLasts
  return !isTooSoon && !isUnderAge
}

/** Whether a code has confirmed the present terms already: it is not used again for the same person. */
export function standsByCode(person: Person): boolean {
  return hasConsent(person) && person.consent?.by === 'code'
}

/** Whether onboarding is over: the person has agreed, and has answered what it asks of everybody. */
export function isMet(person: Person): boolean {
  return hasConsent(person) && (person.plan !== undefined || roleOf(person.consent?.by) !== undefined)
}

/** What a grown-up was invited as; undefined for whoever came by themselves or as a ward. */
export function roleOf(by: ConsentBy | null | undefined): InvitedRole | undefined {
  return invitedRoles.find((role) => role === by)
}

/** The key of what a name is asked for, by who would see it. */
export function nameWhy(by: ConsentBy | null | undefined): `name.why.${'ward' | 'mentor' | 'employer'}` {
  const role = roleOf(by)
  return `name.why.${role === undefined ? 'ward' : role === 'employer' ? 'employer' : 'mentor'}`
}

/** Whether the person looks after others: a grown-up who was invited for it, and no ward. */
export function isMentor({ consent }: Person): boolean {
  return consent?.by === 'mentor' || consent?.by === 'coordinator'
}

/** Whether the person keeps institutions, mentors and sources in order; a mentor as well. */
export function isCoordinator({ consent }: Person): boolean {
  return consent?.by === 'coordinator'
}

/** Whether the person came only to offer work: nothing that is for young people is open to them. */
export function isEmployer({ consent }: Person): boolean {
  return consent?.by === 'employer'
}

/** Whether the person has agreed to the present terms, without which only onboarding, help and privacy are open. */
export function hasConsent(person: Person): boolean {
  return person.consent?.version === consentVersion
}
