import { z } from 'zod'
import { languages, value } from '../../../flows/kit/words.ts'
import { type Answer, findAnswer, type Hit, listSubjects } from '../../../flows/search/contract.ts'
import { readFolder } from '../../base/content-files.ts'
import { holds, type Pattern, readMessage, readPattern } from '../../base/phrases.ts'
import { sentencesOf } from '../../base/sentences.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import type { Finder } from '../capability.ts'

/** Offers at most, where a text asks of several subjects. */
const mostOffers = 3

/**
 * A subject of everyday life with what is known of it. `asked` are phrases by which people ask: all words of one stand in
 * the text, in any order; a star stands for any ending. `checked` is the month in which the sources were looked up.
 */
export const answerSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'must be lower-case English words joined by hyphens'),
  name: inEachLanguage(z.string().trim().min(1).max(28)),
  asked: inEachLanguage(z.array(z.string().trim().min(3)).min(1).max(60)),
  text: inEachLanguage(
    z
      .string()
      .max(620)
      .refine((text) => {
        const count = sentencesOf(text).length
        return count >= 2 && count <= 4 && /[.!?]$/.test(text.trim())
      }, 'must be two to four whole sentences'),
  ),
  source: inEachLanguage(z.string().trim().min(1).max(160)),
  checked: z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'must be a year and a month such as 2026-11'),
})

export type StoredAnswer = z.infer<typeof answerSchema>

/** Reads every answer. Throws a ContentError that names file, line and field of every fault. */
export async function readAnswers(files: URL): Promise<readonly StoredAnswer[]> {
  return readFolder(new URL('flows/search/answers/', files), answerSchema)
}

/** The look-ups behind an answer and the list of all. */
export function answerReplies(stored: readonly StoredAnswer[]): readonly Reply[] {
  const answers = stored.map(({ asked: _, ...answer }): Answer => answer)
  return [
    reply(findAnswer, async ({ id }) => answers.find((one) => one.id === id) ?? null),
    reply(listSubjects, async () => answers.map(({ id, name }) => ({ id, name }))),
  ]
}

/** Subjects that a text asks of, in any language. */
export function findAnswers(stored: readonly StoredAnswer[]): Finder {
  const asked = stored.map(({ id, name, asked }) => ({
    hit: hitOfAnswer({ id, name }),
    patterns: languages.flatMap((language) => asked[language]).map((phrase) => readPattern(phrase)),
  }))
  return async (text) => {
    const message = readMessage(text)
    const found = asked
      .map(({ patterns, ...one }) => ({ ...one, said: patterns.filter((pattern) => holds(message, pattern)) }))
      .filter(({ said }) => said.length > 0)
    // "A card for work" asks of the card more than of work, where its phrase says more.
    const most = Math.max(...found.map(({ said }) => longest(said)))
    return found
      .filter(({ said }) => longest(said) === most)
      .slice(0, mostOffers)
      .map(({ hit }) => hit)
  }
}

/** What leads to an answer. */
export function hitOfAnswer({ id, name }: Pick<StoredAnswer, 'id' | 'name'>): Hit {
  return { kind: 'answer', label: value(name), flow: 'search', input: { answer: id }, fit: 'exact' }
}

function longest(patterns: readonly Pattern[]): number {
  return Math.max(0, ...patterns.map(({ length }) => length))
}

function inEachLanguage<Text extends z.ZodType>(text: Text) {
  return z.strictObject({ kk: text, ru: text, en: text })
}
