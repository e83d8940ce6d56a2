import { createHash } from 'node:crypto'
import type { AgeBand } from '../../../flows/common/person.ts'
import { type Judgement, judge } from '../../../flows/vacancies/law/judge.ts'
import { createLawWords } from '../../../flows/vacancies/law/terms.ts'
import type { Listing } from '../../../flows/vacancies/listing.ts'
import { type Candidate, prepare, vacancyStems } from '../../../flows/vacancies/matching/candidate.ts'
import type { Fit } from '../../../flows/vacancies/matching/rank.ts'
import type { VacancyBody } from '../../../flows/vacancies/merge.ts'
import { isHeld, type Sign, signsOf } from '../../../flows/vacancies/scam/signs.ts'
import type { Catalogue } from '../professions/seed.ts'
import type { Gist } from './gist.ts'
import type { Knowledge } from './knowledge.ts'
import type { KeptVacancy } from './rows.ts'

/** What people have found of a vacancy. */
export type Findings = {
  /** How many reported it, since a mentor cleared it, where one has. */
  readonly reports: number
  /** What a mentor decided, if one has looked. */
  readonly verdict: 'cleared' | 'barred' | null
  /** The words the verdict was given on: `wordingOf`; null where they are not known. */
  readonly wording: string | null
}

/** So many reports hold a vacancy back until a mentor has looked. */
export const reportsToHold = 3

export const noFindings: Findings = { reports: 0, verdict: null, wording: null }

/** What is made of a vacancy as it is kept. */
export type Reading = {
  /** The rules by which words are read: where they are others, there is another gist. */
  readonly rules: string
  /** Reads the words, which takes long beside all the rest. */
  gist(body: VacancyBody): Gist
  candidate(kept: Pick<KeptVacancy, 'id' | 'body' | 'gist'>, findings: Findings): Candidate
  judgement(body: VacancyBody, ageBand: AgeBand): Judgement
  signs(body: VacancyBody): readonly Sign[]
  listing(kept: Pick<KeptVacancy, 'id' | 'body' | 'gist'>, seen: Seen): Listing
}

/** For whom a vacancy is listed, and why. */
export type Seen = { readonly ageBand: AgeBand; readonly findings: Findings; readonly fits: readonly Fit[] }

/** A digest of all that a mentor judges a vacancy by: whoever offers it must not write something else once it is cleared. */
export function wordingOf({ title, employer, bin, description, contact, pay }: VacancyBody): string {
  const { phone = null, mail = null, telegram = null } = contact ?? {}
  const paid = pay === null ? null : [pay.min, pay.max, pay.currency, pay.period, pay.tax]
  const words = JSON.stringify([title, employer, bin, description, phone, mail, telegram, paid])
  return createHash('sha256').update(words).digest('base64url')
}

/** Makes the reader of kept vacancies: for filters, for lists, for the law. */
export function createReading(
  { law, scam, rules, townName }: Pick<Knowledge, 'law' | 'scam' | 'rules' | 'townName'>,
  { professions }: Pick<Catalogue, 'professions'>,
): Reading {
  const words = createLawWords(law)
  const families = new Map(professions.map(({ id, family }) => [id, family]))
  const signs = (body: VacancyBody) => signsOf(body, scam)
  const judgement = (body: VacancyBody, ageBand: AgeBand) => judge(body, ageBand, words)
  const gistOf = (body: VacancyBody): Gist => {
    return { isSuspect: isHeld(signs(body)), topics: words(body), stems: vacancyStems(body) }
  }
  /** For reports, or for signs of a scam, until a mentor has cleared it in the words it has now. */
  const isHeldBack = (body: VacancyBody, { isSuspect }: Gist, { reports, verdict, wording }: Findings) => {
    if (verdict === 'barred' || reports >= reportsToHold) return true
    return isSuspect && !(verdict === 'cleared' && wording === wordingOf(body))
  }
  return {
    rules,
    gist: gistOf,
    judgement,
    signs,
    candidate: ({ id, body, gist = gistOf(body) }, findings) => {
      return prepare(body, {
        id,
        outcomeFor: (ageBand) => judge(body, ageBand, () => gist.topics).outcome,
        familyOf: (profession) => families.get(profession),
        isHeld: isHeldBack(body, gist, findings),
        stems: gist.stems,
      })
    },
    listing: ({ id, body, gist = gistOf(body) }, { ageBand, findings, fits }) => {
      const { title, employer, region, town, pay, publishedAt } = body
      return {
        ...{ id, title, employer, region, pay, publishedAt },
        town: town === null ? null : townName(town),
        outcome: judge(body, ageBand, () => gist.topics).outcome,
        isHeld: isHeldBack(body, gist, findings),
        fits: [...fits],
      }
    },
  }
}
