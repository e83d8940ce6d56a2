import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Topic, topics } from '../../../flows/vacancies/law/terms.ts'
import type { VacancyBody } from '../../../flows/vacancies/merge.ts'

/**
 * What is read of a vacancy's words, which takes some milliseconds. It depends on them and on the rules alone: neither
 * on who looks nor on what people have found.
 */
export type Gist = {
  /** Whether it bears signs of a scam that hold it back. */
  readonly isSuspect: boolean
  /** What the law looks at. */
  readonly topics: ReadonlySet<Topic>
  readonly stems: ReadonlySet<string>
}

const Column = z.strictObject({
  /** A digest of the words it was read of: other words, and it must be read anew. */
  of: z.string(),
  isSuspect: z.boolean(),
  topics: z.array(z.enum(topics)),
  /** With spaces between them. */
  stems: z.string(),
})

/** The gist as it is kept beside the words. */
export function gistColumn({ isSuspect, topics: spoken, stems }: Gist, body: VacancyBody): string {
  const kept = { of: digestOf(body), isSuspect, topics: [...spoken], stems: [...stems].join(' ') }
  return JSON.stringify(kept satisfies z.infer<typeof Column>)
}

/** The gist that is kept, if it is one and of these words; whoever finds none reads the words. */
export function keptGist(column: string | null, body: VacancyBody): Gist | undefined {
  if (column === null) return undefined
  const { success, data } = Column.safeParse(jsonOf(column))
  if (!success || data.of !== digestOf(body)) return undefined
  const stems = data.stems === '' ? [] : data.stems.split(' ')
  return { isSuspect: data.isSuspect, topics: new Set(data.topics), stems: new Set(stems) }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Of all that signs, law and words are looked for in; a source that only gives another day changes none of it. */
function digestOf({ title, employer, bin, description, pay, experience, professions }: VacancyBody): string {
  const paid = pay === null ? null : [pay.min, pay.max, pay.currency, pay.period]
  const words = JSON.stringify([title, employer, bin, description, paid, experience, professions])
  return createHash('sha256').update(words).digest('base64url').slice(0, 22)
}
