import { createHash } from 'node:crypto'
import { constants, gunzipSync } from 'node:zlib'
import { z } from 'zod'
import type { Language } from '../../../../flows/kit/words.ts'
import type { Fields } from '../../vacancies/files/columns.ts'
import { encodingOf } from './letters.ts'
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
import { createFeedReader, type FeedItem } from './xml.ts'

export type Feed = {
  readonly name: string
  readonly language: Language | null
  readonly url: string
  readonly format: FeedFormat
}

export const feedFormats = ['jooble', 'yandex'] as const
export type FeedFormat = (typeof feedFormats)[number]

/** What came the last time: a feed that is the same is not read again. */
const Progress = z.object({
  etag: z.string().max(1_000).nullable(),
  modified: z.string().max(100).nullable(),
  digest: z.string(),
})
type Progress = z.infer<typeof Progress>

/** A feed of vacancies in one file, whole each time. */
export function createFeed(options: Feed): Source {
  const { name, language, format } = options
  return { name, kind: format, language, read: (since, tools) => read(options, readCheckpoint(since, Progress), tools) }
}

async function* read(
  { url, format }: Feed,
  since: Progress | undefined,
  tools: SourceTools,
): AsyncGenerator<SourceEvent> {
  const headers = {
    ...(since?.etag && { 'if-none-match': since.etag }),
    ...(since?.modified && { 'if-modified-since': since.modified }),
  }
  const fetched = await tools.fetcher.get(url, { expects: 'feed', headers, signal: tools.signal })
  if (fetched.type !== 'ok') {
    yield troubleOf(fetched)
    return
  }
  if (fetched.status === 304) {
    if (since !== undefined) yield checkpointOf(since, 'unchanged')
    return
  }
  const digest = createHash('sha256').update(fetched.body).digest('base64url')
  const progress = { etag: fetched.headers.etag ?? null, modified: fetched.headers['last-modified'] ?? null, digest }
  if (digest !== since?.digest) {
    const body = unpacked(fetched.body)
    if (body === undefined) {
      yield broken(`${url} is packed, and cannot be unpacked or has more than ${mostUnpacked} bytes`)
      return
    }
    const trouble = yield* itemsOf(body, encodingOf(body, fetched.headers['content-type']), { url, format })
    if (trouble !== undefined) {
      yield trouble
      return
    }
  }
  yield checkpointOf(progress, digest === since?.digest ? 'unchanged' : 'read')
}

function broken(why: string): Trouble {
  return { type: 'trouble', trouble: 'broken', until: null, why }
}

const mostUnpacked = 50_000_000

/** A file that is packed itself ("vacancies.xml.gz"), besides what the connection may do. */
function unpacked(body: Buffer): Buffer | undefined {
  if (body[0] !== 0x1f || body[1] !== 0x8b) return body
  try {
    // One that breaks off gives what is complete in it.
    return gunzipSync(body, { maxOutputLength: mostUnpacked, finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return undefined
  }
}

const piece = 64 * 1024

/** What is complete counts, the same number once; the trouble that ends it early is returned. */
function* itemsOf(
  body: Buffer,
  encoding: string,
  { url, format }: Pick<Feed, 'url' | 'format'>,
): Generator<SourceEvent, Trouble | undefined> {
  const { item, fieldsOf } = formats[format]
  const reader = createFeedReader(item)
  const decoder = new TextDecoder(encoding)
  const had = new Set<string>()
  let count = 0
  for (let start = 0; start < body.length; start += piece) {
    for (const one of reader.write(decoder.decode(body.subarray(start, start + piece), { stream: true }))) {
      count++
      const fields = fieldsOf(one)
      const id = fields.id ?? fields.url ?? ''
      if (had.has(id)) continue
      if (id !== '') had.add(id)
      yield vacancyOf(fields, fields.url ?? fields.id ?? `${item} ${count} of ${url}`)
    }
    const fault = reader.fault()
    if (fault !== undefined) return broken(`${url} is no feed that can be read: ${fault}`)
  }
  if (!reader.isWhole()) return broken(`${url} breaks off after ${count} vacancies; what came of it is kept`)
  return undefined
}

type Format = { readonly item: string; fieldsOf(item: FeedItem): Fields }

const formats: Readonly<Record<FeedFormat, Format>> = {
  jooble: { item: 'job', fieldsOf: fieldsOfJooble },
  yandex: { item: 'vacancy', fieldsOf: fieldsOfYandex },
}

/**
 * Jooble's form, after its "XML Feed Specifications" (https://jooble.org, "XML specs", as published in 2024): `<jobs>`
 * of `<job id>` with link, name, region, description, pubdate, updated, salary, company, expire, jobtype.
 */
function fieldsOfJooble(item: FeedItem): Fields {
  const text = textsOf(item)
  return {
    id: item.attributes.id?.trim() || text('id'),
    url: text('link') ?? text('url'),
    title: text('name') ?? text('title'),
    employer: text('company') ?? text('company/name'),
    town: text('region'),
    salary: text('salary'),
    currency: text('currency'),
    employment: text('jobtype'),
    description: text('description'),
    contact: joined([text('phone'), text('email')], ', '),
    published: text('pubdate') ?? text('updated'),
    validThrough: text('expire'),
  }
}

/**
 * The form of Yandex' former service for work, after its description for partners ("Формат данных Яндекс.Работы", as
 * job boards still write it in 2026): `<source><vacancies>` of `<vacancy>` with url, creation-date, salary, currency,
 * job-name, employment, schedule, description, duty, term, requirement, addresses, company. It has no numbers: a
 * vacancy is known by its page.
 */
function fieldsOfYandex(item: FeedItem): Fields {
  const text = textsOf(item)
  return {
    id: item.attributes.id?.trim() || text('id'),
    url: text('url'),
    title: text('job-name'),
    employer: text('company/name'),
    town: text('addresses/address/location'),
    salary: text('salary'),
    currency: text('currency'),
    experience: text('requirement/experience'),
    education: text('requirement/education'),
    employment: text('employment'),
    schedule: text('schedule'),
    description: joined([text('description'), text('duty'), text('term/text')], '\n\n'),
    requirements: joined([text('requirement/qualification'), ageOf(text('requirement/age'))], '\n'),
    contact: joined([text('company/phone'), text('company/email')], ', '),
    published: withoutZoneName(text('creation-date') ?? text('update-date')),
    validThrough: withoutZoneName(text('expire-date')),
  }
}

function textsOf({ texts }: FeedItem): (path: string) => string | null {
  return (path) => texts.get(path)?.[0] ?? null
}

function joined(texts: readonly (string | null)[], between: string): string | null {
  return texts.filter((text) => text !== null).join(between) || null
}

/** "18-" there is "18+" elsewhere. */
function ageOf(text: string | null): string | null {
  return text?.replace(/^(\d{1,2})\s{0,3}-$/, '$1+') ?? null
}

/** "2026-11-30 09:00:00 GMT+5" as ISO 8601 has it. */
function withoutZoneName(text: string | null): string | null {
  const parts = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)\s{0,3}(?:GMT|UTC)([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(
    text ?? '',
  )
  if (parts === null) return text
  const [, day, time, sign, hours = '', minutes = '00'] = parts
  return `${day}T${time}${sign}${hours.padStart(2, '0')}:${minutes}`
}
