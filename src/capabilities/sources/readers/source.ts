import type { z } from 'zod'
import type { Language } from '../../../../flows/kit/words.ts'
import { RawVacancy } from '../../../../flows/vacancies/vacancy.ts'
import type { Clock } from '../../../base/clock.ts'
import type { Fields } from '../../vacancies/files/columns.ts'
import { type Failed, isRiddle } from './fetched.ts'
import type { Fetcher } from './fetcher.ts'

/** How far a source was read: its own words, to be kept as they are and given back the next time. */
export type Checkpoint = string

/** What comes out of reading a source. */
export type SourceEvent =
  | {
      readonly type: 'vacancy'
      readonly raw: RawVacancy
      /** What its server says of the page of its own that was read. */
      readonly page?: PageMarks
      /** It was known and is looked at again: where its last day has passed, it is over. */
      readonly isKnown?: true
    }
  /** One thing of the source is no vacancy; `where` is its address or number, `id` what it would be known by. */
  | { readonly type: 'refused'; readonly where: string; readonly why: string; readonly id?: string | undefined }
  /** The source says that one is over: archived, or its page is gone. */
  | { readonly type: 'gone'; readonly id: string | null; readonly url: string | null }
  /** One that is known was looked at again; what else was found there comes as an event of its own. */
  | ({ readonly type: 'looked' } & Pick<KnownSighting, 'id' | 'missed' | keyof PageMarks>)
  /**
   * All that came before need not be read again. `whole` ends the run: all the source has was `read` in it, or is
   * `unchanged` since it was.
   */
  | { readonly type: 'checkpoint'; readonly checkpoint: Checkpoint; readonly whole?: 'read' | 'unchanged' }
  | Trouble

/** By what a server knows that nothing has changed since: ETag and Last-Modified. */
export type PageMarks = { readonly etag: string | null; readonly modified: string | null }

/** An open vacancy of the source, as it was last seen there. */
export type KnownSighting = PageMarks & {
  /** Its number there. */
  readonly id: string
  readonly url: string | null
  /** How often in a row it was not there any more. */
  readonly missed: number
}

/** The run ends here; what came before counts. The next one goes on from the last checkpoint. */
export type Trouble = {
  readonly type: 'trouble'
  readonly trouble: Failed['type'] | 'captcha' | 'robots' | 'token' | 'changedLayout' | 'shrunk'
  /** Epoch ms; before then it makes no sense to try again. Null where that is not known. */
  readonly until: number | null
  /** In words for the operator. */
  readonly why: string
}

export type SourceTools = {
  readonly fetcher: Fetcher
  readonly clock: Clock
  /** What is open of the source and is to be looked at again, that of longest ago first. */
  readonly known?: readonly KnownSighting[] | undefined
  /** Ends the run. */
  readonly signal?: AbortSignal | undefined
}

/** Where vacancies come from. Reading it never throws; it may be left at any event. */
export type Source = {
  readonly name: string
  readonly kind: string
  readonly language: Language | null
  /** What is known is looked at again after so many ms, at most so many in one reading; never without it. */
  readonly again?: { readonly after: number; readonly most: number }
  read(since: Checkpoint | undefined, tools: SourceTools): AsyncIterable<SourceEvent>
}

export function troubleOf(failed: Failed, why: string = failed.why): Trouble {
  return { type: 'trouble', trouble: kindOf(failed), until: failed.type === 'limited' ? failed.until : null, why }
}

/** What somebody does about it differs: 401 asks for a valid token (RFC 9110, 15.5.2), a riddle for a human being. */
function kindOf(failed: Failed): Trouble['trouble'] {
  if (failed.type === 'refused') return failed.by === 'robots' ? 'robots' : 'refused'
  if (failed.type !== 'blocked') return failed.type
  if (isRiddle(failed.text)) return 'captcha'
  return failed.status === 401 ? 'token' : 'blocked'
}

/** That one was looked at: as it was known, but for what is said otherwise. */
export function lookedAt({ id, etag, modified, missed }: KnownSighting, now: Partial<KnownSighting> = {}): SourceEvent {
  return { type: 'looked', id, etag, modified, missed, ...now }
}

/** A vacancy of what a source says, or why it is none. */
export function vacancyOf(fields: Fields, where: string): SourceEvent {
  const title = fields.title?.trim()
  if (title) return { type: 'vacancy', raw: RawVacancy.parse({ ...fields, title }) }
  return { type: 'refused', where: where.slice(0, 300), why: 'no title', id: fields.id ?? fields.url ?? undefined }
}

/** Reads a checkpoint; what cannot be read, or was written for another kind, begins anew. */
export function readCheckpoint<T>(since: Checkpoint | undefined, schema: z.ZodType<T>): T | undefined {
  try {
    return since === undefined ? undefined : schema.safeParse(JSON.parse(since)).data
  } catch {
    return undefined
  }
}

export function checkpointOf(value: unknown, whole?: 'read' | 'unchanged'): SourceEvent {
  return { type: 'checkpoint', checkpoint: JSON.stringify(value), ...(whole !== undefined && { whole }) }
}
