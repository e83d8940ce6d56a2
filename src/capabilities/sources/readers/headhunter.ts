import { z } from 'zod'
import { foldText } from '../../../../flows/common/letters.ts'
import type { Language } from '../../../../flows/kit/words.ts'
import { fieldsOfHeadHunter, HeadHunterItem } from '../../vacancies/files/headhunter.ts'
import type { Fetched } from './fetched.ts'
import { explained, parsed, trouble } from './headhunter-answers.ts'
import {
  checkpointOf,
  type KnownSighting,
  lookedAt,
  readCheckpoint,
  type Source,
  type SourceEvent,
  type SourceTools,
  type Trouble,
  vacancyOf,
} from './source.ts'

export type HeadHunter = {
  readonly name: string
  readonly language: Language | null
  /** The interface: https://api.hh.ru */
  readonly url: string
  /** Of a registered application; without it nothing is searched since December 2025. */
  readonly token: string | undefined
  /** Places by their names in HeadHunter's own dictionary. */
  readonly areas: readonly string[]
  /** Words of the search; null for all vacancies. */
  readonly text: string | null
  /** How many days back a first run looks, 30 at most. */
  readonly days: number
  /** Pages that one run asks for at most. */
  readonly most: number
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 86_400_000
const perPage = 100
/** More of a search cannot be reached: it is cut by time until it has fewer. */
const mostFound = 2_000
/** No shorter time is cut. */
const shortest = minute
/** What was published just before the last run may not have been in its lists yet. */
const overlap = 15 * minute

/** What is known is looked at again after six hours; a run that begins a little early counts for one. */
const lookedAtAfter = 5.5 * hour
/** So long after its beginning a run looks at nothing known any more, ms. */
const looksUntil = 5 * minute

/** Up to when all was read. */
const Progress = z.object({ until: z.int().positive() })

const Page = z.object({
  items: z.array(z.unknown()).max(1_000),
  found: z.int().nonnegative(),
  pages: z.int().nonnegative(),
})

type Area = { readonly id: string; readonly name: string; readonly areas?: readonly Area[] | null | undefined }
const Area: z.ZodType<Area> = z.lazy(() =>
  z.object({ id: z.string(), name: z.string(), areas: z.array(Area).nullish() }),
)

/**
 * HeadHunter's search (https://api.hh.ru/openapi): what was published since the last run, oldest first and in parts
 * small enough to be reached whole, so that a run that ends early loses nothing. After each page of it one vacancy that
 * is known is looked at again, and more when all is read.
 */
export function createHeadHunter(options: HeadHunter): Source {
  const { name, language } = options
  return {
    name,
    kind: 'headhunter',
    language,
    again: { after: lookedAtAfter, most: options.most },
    read: (since, tools) => read(options, readCheckpoint(since, Progress)?.until, tools),
  }
}

async function* read(options: HeadHunter, since: number | undefined, tools: SourceTools): AsyncGenerator<SourceEvent> {
  if (!options.token) {
    yield trouble('token', 'HeadHunter answers registered applications only: set HH_TOKEN, or turn the source off')
    return
  }
  const ask = createAsk(options, tools)
  const areas = await areasOf(options, ask)
  if (areas.type === 'trouble') {
    yield areas
    return
  }
  const looks = createLooks(tools, ask)
  const now = tools.clock.now()
  const earliest = now - Math.min(options.days, 30) * day
  // The last is read first.
  const parts = [{ from: Math.max(earliest, (since ?? earliest) - overlap), until: now }]
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const first = await ask(searchOf(options, areas.ids, part, 0), Page)
    if (first.type === 'trouble') {
      yield first
      return
    }
    const { from, until } = part
    const failure = yield* looks.next()
    if (failure !== undefined) {
      yield failure
      return
    }
    if (first.value.found > mostFound && until - from > shortest) {
      const middle = from + Math.floor((until - from) / 2 / second) * second
      parts.push({ from: middle, until }, { from, until: middle })
      continue
    }
    yield* itemsOf(first.value)
    const pages = Math.min(first.value.pages, mostFound / perPage)
    for (let page = 1; page < pages; page++) {
      const next = await ask(searchOf(options, areas.ids, part, page), Page)
      if (next.type === 'trouble') {
        yield next
        return
      }
      yield* itemsOf(next.value)
      const failed = yield* looks.next()
      if (failed === undefined) continue
      yield failed
      return
    }
    yield checkpointOf({ until })
    if (ask.count() >= options.most) return
  }
  while (looks.areLeft() && ask.count() < options.most && tools.clock.now() - now < looksUntil) {
    const failure = yield* looks.next()
    if (failure === undefined) continue
    yield failure
    return
  }
}

type Asked<T> = { readonly type: 'value'; readonly value: T } | Trouble

type Ask = {
  <T>(path: string, schema: z.ZodType<T>): Promise<Asked<T>>
  /** What is answered, whatever it is. */
  fetch(path: string): Promise<Fetched>
  /** How often it was asked. */
  count(): number
}

function createAsk({ url, token }: HeadHunter, { fetcher, signal }: SourceTools): Ask {
  let count = 0
  const fetch = (path: string) => {
    count++
    return fetcher.get(new URL(path, url).href, {
      expects: 'json',
      headers: { authorization: `Bearer ${token}` },
      robots: false,
      signal,
    })
  }
  const ask = async <T>(path: string, schema: z.ZodType<T>): Promise<Asked<T>> => {
    const fetched = await fetch(path)
    if (fetched.type !== 'ok') return explained(fetched)
    const read = schema.safeParse(parsed(fetched.text()))
    if (read.success) return { type: 'value', value: read.data }
    const [issue] = read.error.issues
    return trouble(
      'changedLayout',
      `HeadHunter answers ${path.slice(0, 100)} otherwise than described: ${issue?.path.join('.')}: ${issue?.message}`,
    )
  }
  return Object.assign(ask, { fetch, count: () => count })
}

async function areasOf(
  options: HeadHunter,
  ask: Ask,
): Promise<{ readonly type: 'areas'; readonly ids: readonly string[] } | Trouble> {
  const asked = await ask('/areas', z.array(Area))
  if (asked.type === 'trouble') return asked
  const ids = new Map<string, string>()
  // Countries come before their towns, and keep the name where both have it.
  for (let level: readonly Area[] = asked.value; level.length > 0; level = level.flatMap(({ areas }) => areas ?? []))
    for (const { id, name } of level) if (!ids.has(foldText(name))) ids.set(foldText(name), id)
  const missing = options.areas.filter((name) => !ids.has(foldText(name)))
  if (missing.length > 0)
    return trouble(
      'refused',
      `HeadHunter has no place called ${missing.join(', ')}: write it under "areas" as its site does, in Russian`,
    )
  return { type: 'areas', ids: options.areas.flatMap((name) => ids.get(foldText(name)) ?? []) }
}

type Part = { readonly from: number; readonly until: number }

function searchOf({ text }: HeadHunter, areas: readonly string[], { from, until }: Part, page: number): string {
  const query = new URLSearchParams({
    date_from: isoOf(from),
    date_to: isoOf(until),
    order_by: 'publication_time',
    per_page: String(perPage),
    page: String(page),
    ...(text !== null && { text }),
  })
  for (const area of areas) query.append('area', area)
  return `/vacancies?${query}`
}

/** Whole seconds, with the zone as HeadHunter writes it. */
function isoOf(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, '+0000')
}

function* itemsOf({ items }: z.infer<typeof Page>): Generator<SourceEvent> {
  for (const item of items) {
    const event = eventOf(item)
    yield event.type === 'vacancy' ? { ...event, page: noMarks } : event
  }
}

const noMarks = { etag: null, modified: null }

/** What a list or a card says of one. */
function eventOf(item: unknown): SourceEvent {
  const read = HeadHunterItem.safeParse(item)
  if (!read.success) return { type: 'refused', where: idOf(item), why: 'not a vacancy as HeadHunter describes it' }
  if (read.data.archived) return { type: 'gone', id: read.data.id, url: read.data.alternate_url ?? null }
  return vacancyOf(fieldsOfHeadHunter(read.data), read.data.id)
}

/** Looks at the cards of what is known, that of longest ago first. */
function createLooks({ known = [] }: SourceTools, ask: Ask) {
  const waiting = [...known]

  async function* look(one: KnownSighting): AsyncGenerator<SourceEvent, Trouble | undefined> {
    const fetched = await ask.fetch(`/vacancies/${encodeURIComponent(one.id)}`)
    if (fetched.type === 'broken' && (fetched.status === 404 || fetched.status === 410)) {
      yield { type: 'gone', id: one.id, url: one.url }
      return undefined
    }
    // Noted in any case: one that always fails must not be the first of every run.
    if (fetched.type !== 'limited') yield lookedAt(one)
    if (fetched.type !== 'ok')
      return fetched.type === 'broken' && fetched.status !== null ? undefined : explained(fetched)
    const event = eventOf(parsed(fetched.text()))
    yield event.type === 'vacancy' ? { ...event, isKnown: true } : event
    return undefined
  }

  return {
    areLeft: () => waiting.length > 0,
    async *next(): AsyncGenerator<SourceEvent, Trouble | undefined> {
      const one = waiting.shift()
      return one && (yield* look(one))
    },
  }
}

function idOf(item: unknown): string {
  return z.object({ id: z.string() }).safeParse(item).data?.id ?? 'an item without a number'
}
