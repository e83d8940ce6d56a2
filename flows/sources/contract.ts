import { z } from 'zod'
import { defineAsk, defineTell } from '../kit/contract.ts'

/**
 * Kinds of trouble with a source: kept away, asked for patience, no sound answer, not asked by us, a riddle for human
 * beings, forbidden by its robots.txt, no valid token, read in vain, far fewer vacancies than are known.
 */
export const troubles = [
  'blocked',
  'limited',
  'broken',
  'refused',
  'captcha',
  'robots',
  'token',
  'changedLayout',
  'shrunk',
] as const

/** Kinds of sources that have a word. */
export const kinds = ['pages', 'jooble', 'yandex', 'headhunter'] as const

/** How a source stands: switched off, not read yet, being read, read well, in trouble. */
export const standings = ['off', 'new', 'running', 'well', 'failing'] as const
export type Standing = (typeof standings)[number]

export const Name = z.string().min(1).max(64)

const Count = z.int().nonnegative()

/** A source of vacancies as coordinators see it. Times are epoch ms. */
export const SourceHealth = z.object({
  name: Name,
  kind: z.string().min(1).max(40),
  standing: z.enum(standings),
  /** When it was last read to its end without trouble. */
  goodAt: z.int().nullable(),
  /** When it is read next; null for one that is off. */
  nextAt: z.int().nullable(),
  /** What became of all that its last run gave. */
  counts: z
    .object({ stored: Count, changed: Count, unchanged: Count, merged: Count, refused: Count, gone: Count })
    .nullable(),
  trouble: z
    .object({
      kind: z.enum(troubles),
      /** Of the program for whoever runs it, in English: its own tool tells it, no screen does. */
      why: z.string(),
      /** Runs in a row. */
      failures: z.int().positive(),
    })
    .nullable(),
})
export type SourceHealth = z.infer<typeof SourceHealth>

const counts = { stored: 12, changed: 3, unchanged: 240, merged: 2, refused: 1, gone: 4 }
const wellAt = Date.UTC(2026, 0, 15, 3)
const example: SourceHealth = {
  ...{ name: 'example', kind: 'pages', standing: 'well', goodAt: wellAt, nextAt: wellAt + 21_600_000 },
  ...{ counts, trouble: null },
}
const nothing = { stored: 0, changed: 0, unchanged: 0, merged: 0, refused: 0, gone: 0 }
const unread = { goodAt: null, counts: null, trouble: null }

/** One of each kind. */
const examples: readonly SourceHealth[] = [
  example,
  { ...example, ...unread, name: 'new-one', kind: 'jooble', standing: 'new', nextAt: wellAt },
  { ...example, name: 'running', kind: 'yandex', standing: 'running' },
  { ...example, name: 'quiet', counts: nothing },
  { ...example, ...unread, name: 'switched-off', kind: 'headhunter', standing: 'off', nextAt: null },
  ...troubles.map(
    (kind, index): SourceHealth => ({
      ...{ ...example, name: `in-trouble-${index}`, standing: 'failing', goodAt: index === 0 ? null : wellAt },
      trouble: { kind, why: 'example.org answers <500> & nothing else', failures: index + 1 },
    }),
  ),
]

/** Sources shown at most; nobody has more. */
export const mostSources = 50

/** All sources of the operator's file, in its order. */
export const listSources = defineAsk('sources.list', {
  who: 'coordinator',
  data: z.null(),
  reply: z.array(SourceHealth).max(mostSources),
  examples: [[], [...examples], [example]],
})

/** Has a source read as soon as may be, whenever it was due. */
export const trySource = defineTell('sources.try', { who: 'coordinator', data: z.object({ name: Name }) })
