import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { root } from '../../config.ts'

/** By which a vacancy's words are read, besides the word lists: code of the project. */
export const readingCode = [
  'flows/common/classifier.ts',
  'flows/common/features.ts',
  'flows/common/letters.ts',
  'flows/vacancies/vacancy.ts',
  'flows/vacancies/law/shifts.ts',
  'flows/vacancies/law/terms.ts',
  'flows/vacancies/matching/words.ts',
  'flows/vacancies/scam/likeness.ts',
  'flows/vacancies/scam/patterns.ts',
  'flows/vacancies/scam/pay.ts',
  'flows/vacancies/scam/reading.ts',
  'flows/vacancies/scam/signs.ts',
] as const

const wordLists = [
  'flows/vacancies/scam/weights.json',
  'flows/vacancies/terms/law.yaml',
  'flows/vacancies/terms/scam.yaml',
] as const

/** A digest of the rules by which vacancies are read: of another one, and they must be read anew. */
export async function readingRules(files: URL): Promise<string> {
  const places = [...readingCode.map((file) => new URL(file, root)), ...wordLists.map((file) => new URL(file, files))]
  const hash = createHash('sha256')
  for (const text of await Promise.all(places.map((place) => readFile(place)))) hash.update(text).update('\0')
  return hash.digest('base64url').slice(0, 22)
}
