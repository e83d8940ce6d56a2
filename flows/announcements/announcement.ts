import { z } from 'zod'
import { ageBands, plans } from '../common/person.ts'
import { regions } from '../common/regions.ts'
import { Id } from '../groups/group.ts'
import { type Language, languages } from '../kit/words.ts'

/** Longest texts, in UTF-16 units: with what stands around it, a text still is the caption of a picture. */
export const longest = { text: 700, why: 300, url: 500 } as const
/** Groups that one announcement names, at most. */
export const mostGroups = 60

/** What is planned, under way, held for a while, broken off, over. */
export const announcementStates = ['scheduled', 'going', 'paused', 'stopped', 'done'] as const
export type AnnouncementState = (typeof announcementStates)[number]

/** What goes with the words: a file that Telegram has already, by its id there. */
export const File = z.object({ kind: z.enum(['photo', 'document']), fileId: z.string().min(1).max(300) })
export type File = z.infer<typeof File>

/** An address of the net that may stand under a button. */
export const Url = z.url({ protocol: /^https$/ }).max(longest.url)

/** What people can do with it: answer yes or no, go to something in the bot, open a page. */
export const Action = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ask') }),
  z.object({ type: z.enum(['fair', 'profession', 'vacancy']), id: z.string().min(1).max(100) }),
  z.object({ type: z.literal('link'), url: Url }),
])
export type Action = z.infer<typeof Action>

export const Text = z.string().trim().min(1).max(longest.text)
export const Texts = z.partialRecord(z.enum(languages), Text)
export type Texts = z.infer<typeof Texts>

/** What people get in whose language nothing was written: the words of another, with a note, or nothing. */
export const missingWays = ['note', 'leave'] as const

/** Whom it is from, as its readers see it. */
export const Sender = z.enum(['mentor', 'coordinator'])
export type Sender = z.infer<typeof Sender>

/** What is said. */
export const Body = z.object({
  texts: Texts.refine((texts) => firstLanguage(texts) !== undefined, 'must say something'),
  missing: z.enum(missingWays),
  file: File.nullable(),
  action: Action.nullable(),
  /** Why it comes in quiet hours, too, and to whoever has switched announcements off; null when it does not. */
  why: z.string().trim().min(1).max(longest.why).nullable(),
  sender: Sender,
})
export type Body = z.infer<typeof Body>

/** Whom an announcement can be for: those who choose their own way, and those who look after others. */
export const audienceRoles = ['young', 'mentor', 'coordinator'] as const
/** Areas of the interest test. */
export const areas = ['R', 'I', 'A', 'S', 'E', 'C'] as const

/** Whom it is for. An empty list leaves nobody out; without groups it is for all of Serik. */
export const Audience = z.object({
  groups: z.array(Id).max(mostGroups),
  roles: z.array(z.enum(audienceRoles)).min(1).max(audienceRoles.length),
  regions: z.array(z.enum(regions)).max(regions.length),
  ages: z.array(z.enum(ageBands)).max(ageBands.length),
  languages: z.array(z.enum(languages)).max(languages.length),
  plans: z.array(z.enum(plans)).max(plans.length),
  /** The area that shows strongest in somebody's newest result. */
  interests: z.array(z.enum(areas)).max(areas.length),
  /** Only who got this announcement and has not answered it. */
  silentOf: Id.nullable(),
  /** Whoever is in one of these groups is left out. */
  without: z.array(Id).max(mostGroups),
})
export type Audience = z.infer<typeof Audience>

export const everybody: Audience = {
  ...{ groups: [], roles: ['young'], regions: [], ages: [], languages: [], plans: [], interests: [] },
  ...{ silentOf: null, without: [] },
}

/** The language in which it is said to whoever has none of those it was written in. */
export function firstLanguage(texts: Texts): Language | undefined {
  return languages.find((language) => texts[language] !== undefined)
}

/** The language in which somebody is told; undefined for whoever is left out. */
export function languageFor({ texts, missing }: Pick<Body, 'texts' | 'missing'>, own: Language): Language | undefined {
  if (texts[own] !== undefined) return own
  return missing === 'leave' ? undefined : firstLanguage(texts)
}
