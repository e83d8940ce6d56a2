import { type Audience, type Body, firstLanguage, longest, Url } from '../announcements/announcement.ts'
import type { Kept } from '../announcements/contract.ts'
import { type ToldValues, toldIn } from '../announcements/notices.ts'
import { readWhen } from '../applications/when.ts'
import { dayLength } from '../common/calendar.ts'
import { tidyText } from '../common/tidy.ts'
import type { Language } from '../kit/words.ts'
import {
  type AnnouncingContext as Context,
  type Draft,
  emptyDraft,
  type On,
  type Part,
  type Problem,
  type Situation,
} from './context.ts'

type Change = Partial<Context>

/** How far ahead something may be planned, in ms. */
const farthest = 365 * dayLength

/** A mentor begins with all of their groups, a coordinator with everybody. */
export function begin({ event }: On<'found.announcements.reach'>): Change {
  const { data } = event
  const groups = data.mayAll ? [] : data.groups.map(({ id }) => id)
  return {
    reach: data,
    draft: { ...emptyDraft, audience: { ...emptyDraft.audience, groups } },
    ...cleared(event.turn.at),
  }
}

/** One that is planned, to be changed. */
export function edit({ context: { kept }, event }: On<'found.announcements.reach'>): Change {
  return kept === null ? {} : { reach: event.data, draft: draftOf(kept), ...cleared(event.turn.at) }
}

function cleared(now: number): Change {
  return { problem: null, target: null, targets: [], reached: null, page: 0, now }
}

export function draftOf({ id, body: { texts, missing, file, action, why }, audience, at }: Kept): Draft {
  return { id, texts, missing, file, action, why, audience, at, isWhole: true }
}

/** The body that a draft makes, null while nothing is said. */
export function bodyOf({ draft, sender }: Pick<Context, 'draft' | 'sender'>): Body | null {
  const { texts, missing, file, action, why } = draft
  return firstLanguage(texts) === undefined ? null : { texts, missing, file, action, why, sender }
}

/** What is looked at: as a reader of the language gets it, with the first of the groups; undefined for who is left out. */
export function lookOf(context: Context): ToldValues | undefined {
  const body = bodyOf(context)
  const [first] = context.draft.audience.groups
  const group = context.reach?.groups.find(({ id }) => id === first)?.name ?? null
  return body === null ? undefined : toldIn('trial', body, context.shown, group)
}

/** Takes a text in the language that is being written, or says what is wrong with it. */
export function hearText({ context: { draft, writing }, event: { text } }: On<'TEXT'>): Change {
  const { line, problem } = lineOf(text, longest.text)
  return problem === null ? { draft: { ...draft, texts: { ...draft.texts, [writing]: line } }, problem } : { problem }
}

/** Why it cannot wait. */
export function hearWhy({ context: { draft }, event: { text } }: On<'TEXT'>): Change {
  const { line, problem } = lineOf(text, longest.why)
  return problem === null ? { draft: { ...draft, why: line }, problem } : { problem }
}

/** Blank lines within a text are kept as they were written only in so far as a message shows them. */
function lineOf(text: string, length: number): { readonly line: string; readonly problem: Problem | null } {
  const isEndless = text.length > 4 * length
  const line = isEndless ? '' : tidyText(text)
  return { line, problem: isEndless || line.length > length ? 'long' : line === '' ? 'empty' : null }
}

export function hearLink({ context: { draft }, event: { text } }: On<'TEXT'>): Change {
  const { data } = Url.safeParse(text.slice(0, longest.url + 1).trim())
  return data === undefined
    ? { problem: 'link' }
    : { draft: { ...draft, action: { type: 'link', url: data } }, problem: null }
}

export function hearFile({ context: { draft }, event }: On<'PHOTO' | 'DOCUMENT'>): Change {
  const kind = event.type === 'PHOTO' ? 'photo' : 'document'
  return { draft: { ...draft, file: { kind, fileId: event.fileId } } }
}

export function hearTime({ context: { draft, language }, event: { text, turn } }: On<'TEXT'>): Change {
  const when = readWhen(text, { now: turn.at, language, day: null })
  if (when.type !== 'moment') return { problem: when.type === 'problem' && when.problem === 'past' ? 'past' : 'noTime' }
  return planned(draft, when.at, turn.at)
}

export function pickTime({ context: { draft }, event: { at, turn } }: On<'AT'>): Change {
  return planned(draft, at, turn.at)
}

function planned(draft: Draft, at: number, now: number): Change {
  if (at <= now) return { problem: 'past', now }
  if (at > now + farthest) return { problem: 'far', now }
  return { draft: { ...draft, at }, problem: null, now }
}

export function setAct({ context: { draft }, event: { act } }: On<'ACT'>): Change {
  if (act === 'ask') return { draft: { ...draft, action: { type: 'ask' } }, problem: null }
  return act === 'link' ? { problem: null } : { target: act, targets: [], problem: null }
}

export function setTarget({ context: { draft, target }, event: { id } }: On<'TARGET'>): Change {
  return target === null ? {} : { draft: { ...draft, action: { type: target, id } }, problem: null }
}

/** Changes some of the draft. */
export function changed(change: Partial<Draft>) {
  return ({ context: { draft } }: Situation): Change => ({ draft: { ...draft, ...change }, problem: null })
}

/** The values of a part of the audience: those that can be chosen are those of its schema. */
export function toggle({ context: { draft, part }, event: { id } }: On<'TOGGLE'>): Change {
  const chosen: readonly string[] = draft.audience[part]
  const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]
  return { draft: { ...draft, audience: withPart(draft.audience, part, next) } }
}

export function clearPart({ context: { draft, part } }: Situation): Change {
  return { draft: { ...draft, audience: withPart(draft.audience, part, []) } }
}

/** Nobody at all is no audience: without a role it is for those who choose their way. */
function withPart(audience: Audience, part: Part, values: readonly string[]): Audience {
  // The values come from the buttons of the part, which are made of its own values.
  const next = { ...audience, [part]: values } as Audience
  return next.roles.length === 0 ? { ...next, roles: ['young'] } : next
}

export function toggleSilent({ context: { draft, reach } }: Situation): Change {
  const { audience } = draft
  const silentOf = audience.silentOf === null ? (reach?.last?.id ?? null) : null
  return { draft: { ...draft, audience: { ...audience, silentOf } } }
}

/** Whether a mentor has chosen none of their groups, or a group that is theirs no more. */
export function isBeyond({ reach, draft: { audience } }: Pick<Context, 'reach' | 'draft'>): boolean {
  if (reach === null) return true
  const known = new Set(reach.groups.map(({ id }) => id))
  return !reach.mayAll && (audience.groups.length === 0 || audience.groups.some((id) => !known.has(id)))
}

/** Those whose language is missing, by how many they are. */
export function unwritten({ draft }: Pick<Context, 'draft'>, all: readonly Language[]): readonly Language[] {
  return all.filter((language) => draft.texts[language] === undefined)
}
