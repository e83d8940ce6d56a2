import { z } from 'zod'
import { foldText } from '../../../flows/common/letters.ts'
import { type LawTerms, topics } from '../../../flows/vacancies/law/terms.ts'
import { readChecked } from '../../base/content-files.ts'

/** Letters before a star, as they are compared: doubled ones are one. A word that stands alone needs more of them. */
const stemLength = { alone: 4, amongOthers: 3 }

const phrase = z
  .string()
  .trim()
  .min(1)
  .refine((text) => wordsOf(text).every((word) => !word.slice(0, -1).includes('*')), {
    message: 'has a star inside a word; a star stands for the ending only',
  })
  .refine((text) => wordsOf(text).every((word, _, { length }) => !word.endsWith('*') || isStem(word, length)), {
    message: 'has too short a word before a star: it would be found in many others. Write more of it, or whole words',
  })

function wordsOf(text: string): string[] {
  return text.split(/[\s-]+/)
}

function isStem(word: string, ofWords: number): boolean {
  return foldText(word).length >= (ofWords === 1 ? stemLength.alone : stemLength.amongOthers)
}

const phrases = z.array(phrase).min(1)

const clockWords = z.array(z.string().regex(/^\p{L}+$/u, 'must be one word of letters')).min(1)

const TopicWords = z.strictObject({
  says: phrases,
  except: z.array(phrase).default([]),
  professions: z.array(z.string().min(1)).default([]),
})

/** Words by which it is known what the law says of a vacancy. */
export const LawTermsFile: z.ZodType<LawTerms> = z.strictObject({
  denials: z.strictObject({ before: phrases, after: phrases, joins: phrases, endings: phrases }),
  clock: z.strictObject({
    since: clockWords,
    until: clockWords,
    hour: clockWords,
    morning: clockWords,
    evening: clockWords,
  }),
  topics: z.record(z.enum(topics), TopicWords),
})

/** Reads `terms/law.yaml`. Throws a ContentError that names line and field of every fault. */
export function readLawTerms(file: URL | string): Promise<LawTerms> {
  return readChecked(file, LawTermsFile)
}
