import { z } from 'zod'
import { type LawTerms, topics } from '../../../flows/vacancies/law/terms.ts'
import { readChecked } from '../../base/content-files.ts'

const stemLength = 3

const phrase = z
  .string()
  .trim()
  .min(1)
  .refine((text) => text.split(/[\s-]+/).every((word) => !word.slice(0, -1).includes('*')), {
    message: 'has a star inside a word; a star stands for the ending only',
  })
  .refine((text) => text.split(/[\s-]+/).every((word) => !word.endsWith('*') || word.length > stemLength), {
    message: 'has too short a word before a star: it would be found in every other word. Write three letters at least',
  })

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
