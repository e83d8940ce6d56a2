import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { readChecked, readFolder } from '../../base/content-files.ts'
import type { Problem } from '../../base/content-source.ts'
import { sentencesOf } from '../../base/sentences.ts'

/** What really opens a profession in Kazakhstan: short training at work, a college, a university. */
export const waySchema = z.enum(['work', 'college', 'university'])

/** A family of work: a few professions that stand on one shelf of the catalogue. */
export const familySchema = z.strictObject({
  id: permanentId(),
  name: inEachLanguage(z.string().trim().min(1).max(32)),
  about: inEachLanguage(sentence()),
  /** Other words by which people ask for the family. */
  words: inEachLanguage(someWords(1, 12)),
  /** Work of the family that has no profession here yet. */
  without: inEachLanguage(someWords(1, 24)),
})

/**
 * A profession of the starter catalogue. `interests` are O*NET 29.3 scores from 1 to 7, `jobZone` its level of
 * preparation from 1 to 5; the format of the texts is described in prisma/seed/README.md.
 */
export const professionSchema = z.strictObject({
  id: permanentId(),
  soc: z.string().regex(/^\d{2}-\d{4}\.\d{2}$/, 'must be an O*NET-SOC code such as 51-4121.00'),
  title: z.string().trim().min(1),
  interests: z.strictObject({ R: score(), I: score(), A: score(), S: score(), E: score(), C: score() }),
  jobZone: z.int().min(1).max(5),
  family: permanentId(),
  ways: z.array(waySchema).min(1).refine(allDifferent, 'must not name the same way twice'),
  name: inEachLanguage(z.string().trim().min(1).max(48)),
  about: inEachLanguage(z.array(sentence()).length(3)),
  day: inEachLanguage(fewSentences()),
  entry: inEachLanguage(fewSentences()),
  words: inEachLanguage(someWords(2, 8)),
  /** What the work has to do with: "I want to work with children" is found by it, and by no name. */
  fields: inEachLanguage(someWords(1, 8)).optional(),
})

/** How professions are recognised in titles of vacancies; prisma/seed/titles.yaml says what is what. */
export const titleWordsSchema = z.strictObject({
  themes: inEachLanguage(someWords(1, 200)),
  beside: inEachLanguage(someWords(1, 50)),
  /** Regular expressions. */
  endings: z.array(z.string().min(1).refine(isPattern, 'must be a regular expression')).min(1),
})

export type Way = z.infer<typeof waySchema>
export type Family = z.infer<typeof familySchema>
export type Profession = z.infer<typeof professionSchema>
export type TitleWords = z.infer<typeof titleWordsSchema>
export type Catalogue = { readonly families: readonly Family[]; readonly professions: readonly Profession[] }
/** As its files have it: titles of vacancies are read by them alone. */
export type WrittenCatalogue = Catalogue & { readonly titles: TitleWords }

/** The catalogue of the project whose folder is given, with a trailing slash. */
export function readSeed(files: URL): Promise<WrittenCatalogue> {
  return readCatalogue(new URL('prisma/seed/', files))
}

/**
 * Reads `families.yaml`, `titles.yaml` and `professions/*.yaml` of a seed folder: families in their written order, professions by id.
 * Throws a ContentError that names file, line and field of every fault found there.
 */
export async function readCatalogue(folder: URL | string): Promise<WrittenCatalogue> {
  const root = folder instanceof URL ? fileURLToPath(folder) : folder
  const families = await readChecked(join(root, 'families.yaml'), z.array(familySchema))
  const titles = await readChecked(join(root, 'titles.yaml'), titleWordsSchema)
  const professions = await readFolder(join(root, 'professions'), professionSchema, (profession, earlier) => [
    ...familyProblems(profession, families),
    ...twinProblems(profession, earlier),
  ])
  return { families, professions, titles }
}

function familyProblems({ family }: Profession, families: readonly Family[]): Problem[] {
  if (families.some(({ id }) => id === family)) return []
  return [{ path: ['family'], message: `"${family}" is not in families.yaml; add it there or choose another` }]
}

function twinProblems({ soc }: Profession, earlier: readonly Profession[]): Problem[] {
  const twin = earlier.find((other) => other.soc === soc)
  if (twin === undefined) return []
  return [{ path: ['soc'], message: `${soc} already belongs to "${twin.id}"; each code is used once` }]
}

function permanentId() {
  return z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'must be lower-case English words joined by hyphens')
}

function inEachLanguage<Text extends z.ZodType>(text: Text) {
  return z.strictObject({ kk: text, ru: text, en: text })
}

function someWords(least: number, most: number) {
  return z.array(z.string().trim().min(1)).min(least).max(most).refine(allDifferent, 'must not repeat')
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp
  } catch {
    return false
  }
}

function score() {
  return z.number().min(1).max(7)
}

function sentence() {
  return z
    .string()
    .max(160)
    .refine((text) => /[.!?]$/.test(text) && sentencesOf(text).length === 1, 'must be one sentence ending with a stop')
}

function fewSentences() {
  return z.string().refine((text) => {
    const sentences = sentencesOf(text)
    return [2, 3].includes(sentences.length) && sentences.every((one) => sentence().safeParse(one).success)
  }, 'must be two or three sentences of at most 160 characters')
}

function allDifferent(list: string[]): boolean {
  return new Set(list).size === list.length
}
