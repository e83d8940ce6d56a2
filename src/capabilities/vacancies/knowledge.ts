import { z } from 'zod'
import type { Words } from '../../../flows/kit/words.ts'
import { createEmployerOf, createIdentityOf, type IdentityOf } from '../../../flows/vacancies/merge.ts'
import { createNormalise, type Normalise } from '../../../flows/vacancies/normalise/normalise.ts'
import type { VacancyWords } from '../../../flows/vacancies/normalise/words.ts'
import { readChecked } from '../../base/content-files.ts'
import { ColumnNames, createFieldOf, type FieldOf } from './files/columns.ts'
import { readLawTerms } from './law.ts'
import { readingRules } from './rules.ts'
import { readScam } from './scam.ts'
import { readVacancyWords } from './terms.ts'

/** What is known of vacancies in general: how columns are called, what a text says, when two are the same. */
export type Knowledge = {
  readonly fieldOf: FieldOf
  readonly normalise: Normalise
  readonly identityOf: IdentityOf
  /** The name of an employer as identities have it. */
  readonly employerOf: (name: string) => string
  /** By which law and signs of a scam are recognised in a vacancy's words. */
  readonly law: Awaited<ReturnType<typeof readLawTerms>>
  readonly scam: Awaited<ReturnType<typeof readScam>>
  /** A digest of all by which a vacancy's words are read. */
  readonly rules: string
  /** A town by its id in every language; what is no id is the town as a source wrote it. */
  readonly townName: (town: string) => Words | string
  /** The lists that vacancies, and what people write of them, are read with. */
  readonly words: VacancyWords
}

const phrases = z.array(z.string().trim().min(1))
const IdentityFile = z.strictObject({ legalForms: phrases, callings: phrases })

/** Reads the word lists of the project. Throws a ContentError that names file, line and field of every fault. */
export async function readKnowledge(files: URL): Promise<Knowledge> {
  const folder = new URL('flows/vacancies/terms/', files)
  const [columns, identity, words, law, scam, rules] = await Promise.all([
    readChecked(new URL('columns.yaml', folder), ColumnNames),
    readChecked(new URL('identity.yaml', folder), IdentityFile),
    readVacancyWords(files),
    readLawTerms(new URL('law.yaml', folder)),
    readScam(files),
    readingRules(files),
  ])
  return {
    fieldOf: createFieldOf(columns),
    normalise: createNormalise(words),
    identityOf: createIdentityOf(identity),
    employerOf: createEmployerOf(identity),
    law,
    scam,
    rules,
    townName: createTownName(words.towns),
    words,
  }
}

function createTownName({ towns }: VacancyWords['towns']) {
  const names = new Map(towns.map(({ id, kk, ru }) => [id, { kk, ru, en: latinName(id) }]))
  return (town: string) => names.get(town) ?? town
}

/** Ids are the English names in small letters. */
function latinName(id: string): string {
  return id
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('-')
}
