import type { z } from 'zod'
import type { Language } from '../../../../flows/kit/words.ts'
import { RawVacancy } from '../../../../flows/vacancies/vacancy.ts'
import type { Clock } from '../../../base/clock.ts'
import type { Fields } from '../../vacancies/files/columns.ts'
import type { Failed } from './fetched.ts'
import type { Fetcher } from './fetcher.ts'

/** How far a source was read: its own words, to be kept as they are and given back the next time. */
export type Checkpoint = string

/** What comes out of reading a source. */
export type SourceEvent =
  | { readonly type: 'vacancy'; readonly raw: RawVacancy }
  /** One thing of the source is no vacancy; `where` is its address or number. */
  | { readonly type: 'refused'; readonly where: string; readonly why: string }
  /** The source says that one is over: archived, or its page is gone. */
  | { readonly type: 'gone'; readonly id: string | null; readonly url: string | null }
  /** All that came before need not be read again. */
  | { readonly type: 'checkpoint'; readonly checkpoint: Checkpoint }
  | Trouble

/** The run ends here; what came before counts. The next one goes on from the last checkpoint. */
export type Trouble = {
  readonly type: 'trouble'
  readonly trouble: Failed['type'] | 'changedLayout'
  /** Epoch ms; before then it makes no sense to try again. Null where that is not known. */
  readonly until: number | null
  /** In words for the operator. */
  readonly why: string
}

export type SourceTools = {
  readonly fetcher: Fetcher
  readonly clock: Clock
  /** Ends the run. */
  readonly signal?: AbortSignal | undefined
}

/** Where vacancies come from. Reading it never throws; it may be left at any event. */
export type Source = {
  readonly name: string
  readonly kind: string
  readonly language: Language | null
  read(since: Checkpoint | undefined, tools: SourceTools): AsyncIterable<SourceEvent>
}

export function troubleOf(failed: Failed, why: string = failed.why): Trouble {
  return { type: 'trouble', trouble: failed.type, until: failed.type === 'limited' ? failed.until : null, why }
}

/** A vacancy of what a source says, or why it is none. */
export function vacancyOf(fields: Fields, where: string): SourceEvent {
  const title = fields.title?.trim()
  return title
    ? { type: 'vacancy', raw: RawVacancy.parse({ ...fields, title }) }
    : { type: 'refused', where: where.slice(0, 300), why: 'no title' }
}

/** Reads a checkpoint; what cannot be read, or was written for another kind, begins anew. */
export function readCheckpoint<T>(since: Checkpoint | undefined, schema: z.ZodType<T>): T | undefined {
  try {
    return since === undefined ? undefined : schema.safeParse(JSON.parse(since)).data
  } catch {
    return undefined
  }
}

export function checkpointOf(value: unknown): SourceEvent {
  return { type: 'checkpoint', checkpoint: JSON.stringify(value) }
}
