import { z } from 'zod'
import { Action, Audience, everybody, File, missingWays, Sender, Texts } from '../announcements/announcement.ts'
import {
  AnnouncementPage,
  type announcerReach,
  type countAudience,
  type findTargets,
  type getAnnouncement,
  Kept,
  type listAnnouncements,
  Reach,
  Reached,
  Target,
  targetTypes,
} from '../announcements/contract.ts'
import { isCoordinator } from '../common/person.ts'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Found, SentDocument, SentPhoto, Stamp, Start, Wrote } from '../kit/events.ts'
import { languages } from '../kit/words.ts'

/** What is wrong with what was written. */
export const problems = ['empty', 'long', 'link', 'noTime', 'past', 'far', 'noTarget'] as const
export type Problem = (typeof problems)[number]

/** What of the audience is chosen from a list. */
export const parts = ['groups', 'roles', 'regions', 'ages', 'languages', 'plans', 'interests', 'without'] as const
export type Part = (typeof parts)[number]

/** An announcement on its way. */
const Draft = z.object({
  /** null for a new one. */
  id: z.string().nullable(),
  texts: Texts,
  missing: z.enum(missingWays),
  file: File.nullable(),
  action: Action.nullable(),
  audience: Audience,
  why: z.string().nullable(),
  /** Epoch ms; null for at once. */
  at: z.int().nullable(),
  /** It has been seen as a whole: what is changed from then on leads back there. */
  isWhole: z.boolean(),
})
export type Draft = z.infer<typeof Draft>

export const AnnouncingContext = z.object({
  language: z.enum(languages),
  sender: Sender,
  reach: Reach.nullable(),
  list: AnnouncementPage,
  wanted: z.string().nullable(),
  kept: Kept.nullable(),
  draft: Draft,
  /** The language that is being written, and the one it is looked at in. */
  writing: z.enum(languages),
  shown: z.enum(languages),
  target: z.enum(targetTypes).nullable(),
  targets: z.array(Target),
  part: z.enum(parts),
  /** Page of groups to choose from. */
  page: z.int().min(0),
  reached: Reached.nullable(),
  problem: z.enum(problems).nullable(),
  now: z.int(),
})
export type AnnouncingContext = z.infer<typeof AnnouncingContext>

type Language = (typeof languages)[number]

export type AnnouncingEvent =
  | (Stamp & { readonly type: 'ADD' | 'BACK' | 'DONE' | 'SKIP' | 'YES' | 'CANCEL' | 'EDIT' })
  | (Stamp & { readonly type: 'REFRESH' | 'PAUSE' | 'RESUME' | 'STOP' | 'TAKE_BACK' | 'SHEET' })
  | (Stamp & { readonly type: 'OPEN' | 'TARGET' | 'TOGGLE'; readonly id: string })
  | (Stamp & { readonly type: 'PAGE'; readonly page: number })
  | (Stamp & { readonly type: 'WRITE' | 'LOOK'; readonly language: Language })
  | (Stamp & { readonly type: 'MISSING'; readonly way: (typeof missingWays)[number] })
  | (Stamp & { readonly type: 'ACT'; readonly act: 'ask' | 'link' | (typeof targetTypes)[number] })
  | (Stamp & { readonly type: 'PART'; readonly part: Part })
  | (Stamp & { readonly type: 'ALL' | 'SILENT' | 'WORDS' | 'FILE' | 'BUTTON' | 'WHOM' })
  | (Stamp & { readonly type: 'TEST' | 'SEND' | 'LATER' | 'URGENT' | 'CALM' })
  | (Stamp & { readonly type: 'AT'; readonly at: number })
  | Found<
      | typeof announcerReach
      | typeof countAudience
      | typeof listAnnouncements
      | typeof getAnnouncement
      | typeof findTargets
    >
  | SentPhoto
  | SentDocument
  | Wrote

export type Situation = { readonly context: AnnouncingContext }
export type On<Type extends AnnouncingEvent['type']> = Arguments<AnnouncingContext, EventOf<AnnouncingEvent, Type>>

/** An announcement, or nothing for the list. */
export type AnnouncingInput = { readonly id: string } | undefined

export const emptyDraft: Draft = {
  ...{ id: null, texts: {}, missing: 'note', file: null, action: null, why: null, at: null, isWhole: false },
  audience: everybody,
}

export function emptyContext({ person, input, turn }: Start<AnnouncingInput>): AnnouncingContext {
  return {
    language: person.language,
    sender: isCoordinator(person) ? 'coordinator' : 'mentor',
    reach: null,
    list: { items: [], page: 0, pages: 1, total: 0 },
    ...{ wanted: input?.id ?? null, kept: null, draft: emptyDraft, target: null, targets: [] },
    ...{ writing: person.language, shown: person.language, part: 'groups', page: 0, reached: null },
    ...{ problem: null, now: turn.at },
  }
}
