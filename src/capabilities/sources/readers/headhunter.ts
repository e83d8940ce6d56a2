import { z } from 'zod'
import { foldText } from '../../../../flows/common/letters.ts'
import type { Language } from '../../../../flows/kit/words.ts'
import { fieldsOfHeadHunter, HeadHunterItem } from '../../vacancies/files/headhunter.ts'
import { type Failed, isHtml } from './fetched.ts'
import {
  checkpointOf,
  readCheckpoint,
  type Source,
  type SourceEvent,
  type SourceTools,
  type Trouble,
  troubleOf,
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
const day = 86_400_000
const perPage = 100
/** More of a search cannot be reached: it is cut by time until it has fewer. */
const mostFound = 2_000
/** No shorter time is cut. */
const shortest = minute
/** What was published just before the last run may not have been in its lists yet. */
const overlap = 15 * minute

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
 * small enough to be reached whole, so that a run that ends early loses nothing.
 */
export function createHeadHunter(options: HeadHunter): Source {
  const { name, language } = options
  return {
    name,
    kind: 'headhunter',
    language,
    read: (since, tools) => read(options, readCheckpoint(since, Progress)?.until, tools),
  }
}

async function* read(options: HeadHunter, since: number | undefined, tools: SourceTools): AsyncGenerator<SourceEvent> {
  if (!options.token) {
    yield trouble('refused', 'HeadHunter answers registered applications only: set HH_TOKEN, or turn the source off')
    return
  }
  const ask = createAsk(options, tools)
  const areas = await areasOf(options, ask)
  if (areas.type === 'trouble') {
    yield areas
    return
  }
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
    }
    yield checkpointOf({ until })
    if (ask.count() >= options.most) return
  }
}

type Asked<T> = { readonly type: 'value'; readonly value: T } | Trouble

type Ask = {
  <T>(path: string, schema: z.ZodType<T>): Promise<Asked<T>>
  /** How often it was asked. */
  count(): number
}

function createAsk({ url, token }: HeadHunter, { fetcher, signal }: SourceTools): Ask {
  let count = 0
  const ask = async <T>(path: string, schema: z.ZodType<T>): Promise<Asked<T>> => {
    count++
    const fetched = await fetcher.get(new URL(path, url).href, {
      expects: 'json',
      headers: { authorization: `Bearer ${token}` },
      robots: false,
      signal,
    })
    if (fetched.type !== 'ok') return explained(fetched)
    const read = schema.safeParse(parsed(fetched.text()))
    if (read.success) return { type: 'value', value: read.data }
    const [issue] = read.error.issues
    return trouble(
      'changedLayout',
      `HeadHunter answers ${path.slice(0, 100)} otherwise than described: ${issue?.path.join('.')}: ${issue?.message}`,
    )
  }
  return Object.assign(ask, { count: () => count })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function trouble(kind: Trouble['trouble'], why: string): Trouble {
  return { type: 'trouble', trouble: kind, until: null, why }
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
    const read = HeadHunterItem.safeParse(item)
    if (!read.success) yield { type: 'refused', where: idOf(item), why: 'not a vacancy as HeadHunter describes it' }
    else if (read.data.archived) yield { type: 'gone', id: read.data.id, url: read.data.alternate_url ?? null }
    else yield vacancyOf(fieldsOfHeadHunter(read.data), read.data.id)
  }
}

function idOf(item: unknown): string {
  return z.object({ id: z.string() }).safeParse(item).data?.id ?? 'an item without a number'
}

const Errors = z.object({
  errors: z.array(
    z.object({ type: z.string().nullish(), value: z.string().nullish(), captcha_url: z.string().nullish() }),
  ),
})

/** HeadHunter's own reasons, each with what is to be done. */
function explained(failed: Failed): Trouble {
  if (failed.type !== 'blocked' && failed.type !== 'broken') return troubleOf(failed)
  const errors = Errors.safeParse(parsed(failed.text)).data?.errors ?? []
  const said = new Set(errors.flatMap(({ type, value }) => [type, value]))
  const captcha = errors.find(({ captcha_url }) => captcha_url)
  if (captcha !== undefined || said.has('captcha_required'))
    return trouble(
      'blocked',
      `HeadHunter wants a captcha solved: ${captcha?.captcha_url?.slice(0, 500) ?? 'open its site from this network'}`,
    )
  if (said.has('bad_user_agent'))
    return trouble(
      'refused',
      'HeadHunter does not take our User-Agent: give a contact that it accepts, a mail address of the operator',
    )
  if (['bad_authorization', 'token_expired', 'token_revoked', 'oauth'].some((reason) => said.has(reason)))
    return trouble(
      'refused',
      'HeadHunter does not take HH_TOKEN: it has expired, was revoked by a newer one, or is not an application’s',
    )
  if (failed.type === 'blocked' && isHtml(failed.text))
    return trouble(
      'blocked',
      `A guard before HeadHunter answers in its place (${failed.status}): this network is kept away, try later or from another`,
    )
  const reasons = [...said].filter(Boolean).join(', ')
  return troubleOf(failed, reasons === '' ? failed.why : `${failed.why}: ${reasons.slice(0, 200)}`)
}
