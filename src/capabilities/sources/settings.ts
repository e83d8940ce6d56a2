import { z } from 'zod'
import { languages } from '../../../flows/kit/words.ts'
import { readChecked } from '../../base/content-files.ts'
import { createFeed, feedFormats } from './readers/feeds.ts'
import { createHeadHunter } from './readers/headhunter.ts'
import { createPostingPages } from './readers/posting-pages.ts'
import type { Source } from './readers/source.ts'

const address = z
  .url({ protocol: /^https?$/, error: 'must be an address that begins with https:// or http://' })
  .max(2_000)

const common = {
  /** Stands with every vacancy that came from it: it must stay the same. */
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/, 'must be of a–z, 0–9, "." and "-", at most 64 signs'),
  on: z.boolean(),
  /** Hours between two runs. */
  everyHours: z.number().min(0.25).max(168).default(6),
  language: z.enum(languages).nullable().default(null),
  /** Hosts that may have addresses of a private network. */
  privateHosts: z.array(z.string().min(1).max(253)).max(20).default([]),
}

const Pages = z.strictObject({
  ...common,
  kind: z.literal('pages'),
  list: address.refine((url) => url.includes('{page}'), 'must have {page} where the number of the list stands'),
  cards: z
    .string()
    .min(2)
    .max(300)
    .regex(/^\/.*\*/, 'must be a path with "*" for what differs, such as /ru/vacancy/*~*'),
  /** The first list may have no cards at times. */
  mayBeEmpty: z.boolean().default(false),
  mostCards: z.int().min(1).max(5_000).default(500),
  mostLists: z.int().min(1).max(1_000).default(100),
})

const Feeds = z.strictObject({ ...common, kind: z.enum(feedFormats), url: address })

const HeadHunters = z.strictObject({
  ...common,
  kind: z.literal('headhunter'),
  url: address.default('https://api.hh.ru'),
  areas: z.array(z.string().min(1).max(100)).min(1).max(20),
  text: z.string().min(1).max(500).nullable().default(null),
  days: z.int().min(1).max(30).default(7),
  mostPages: z.int().min(1).max(2_000).default(200),
})

const SourceSettings = z.discriminatedUnion('kind', [Pages, Feeds, HeadHunters])
export type SourceSettings = z.infer<typeof SourceSettings>

export const SourcesFile = z.strictObject({
  sources: z.array(SourceSettings).superRefine((sources, context) => {
    for (const [index, { name }] of sources.entries())
      if (sources.findIndex((other) => other.name === name) < index)
        context.addIssue({
          code: 'custom',
          path: [index, 'name'],
          message: `"${name}" stands there twice; give each its own`,
        })
  }),
})

/** Reads the file of sources. Throws a ContentError that names file, line and field of every fault. */
export async function readSources(file: URL | string): Promise<readonly SourceSettings[]> {
  return (await readChecked(file, SourcesFile)).sources
}

/** What sources need that must not stand in a file which is passed around. */
export type SourceSecrets = { readonly headHunterToken: string | undefined }

export function createSource(settings: SourceSettings, secrets: SourceSecrets): Source {
  switch (settings.kind) {
    case 'pages':
      return createPostingPages({ ...settings, most: { cards: settings.mostCards, lists: settings.mostLists } })
    case 'headhunter':
      return createHeadHunter({ ...settings, token: secrets.headHunterToken, most: settings.mostPages })
    default:
      return createFeed({ ...settings, format: settings.kind })
  }
}
